"""What a review says in numbers: which numbers a text may quote, and how each is made again."""
