"""What the command line does once Django is set up; people call ``lotrinh``, not these."""
