"""What comes back: periods, figures that nobody changes in place, and the totals made of them.

A figure is approved once and stays; a correction supersedes it and says why. An approval writes its
figures and one line of what it adds; one worker folds these lines into packed totals along the tree
as it stood on the last day of the period. Totals can be made anew from the figures at any time.
"""
