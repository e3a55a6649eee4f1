"""From a text to commitments that somebody stands by.

A submitted text passes the gate, is kept and read by the worker; reading leaves candidates with
their spans. A candidate counts for nothing until a person confirms it, in the sentence that says
so; each is decided once.
"""
