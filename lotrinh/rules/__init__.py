"""What the field means by its words: plain arithmetic and tables. No Django, no clock."""
