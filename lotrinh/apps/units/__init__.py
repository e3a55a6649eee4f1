"""Units with a lasting identity, their places in a tree through time, their posts, the people who
hold the posts, and the rights that a post carries.

History is never re-pointed: a placement is an interval ``[from, to)`` in one tree, and every
question takes a day. What a person may do is a post's role over the subtree of its scope that day.
"""
