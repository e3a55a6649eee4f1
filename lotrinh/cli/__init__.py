"""The one command `lotrinh`: it reads, demonstrates, serves, works and says what is wrong."""
