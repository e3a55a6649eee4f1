"""Reviews: the official text on a period, in which every number opens what it is made of.

A review is written in sections by several people; its numbers are quoted, never typed. Freezing
makes an edition: its bytes, its words and its numbers with their rows, which nobody changes. What
is corrected later makes another edition, with the list of what differs.
"""
