"""The outer form of a text: its numbered pieces, its sentences, and what kind of paper it is."""
