"""The embedded database, tested on real clusters that are killed for real."""
