"""The pages, one file for each group of screens, in the users' words."""
