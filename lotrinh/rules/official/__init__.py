"""Official texts: what one is made of, and the form that the rules in force give it."""
