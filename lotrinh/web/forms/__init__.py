"""What people send: one form per write, which turns what was typed into what a service takes."""
