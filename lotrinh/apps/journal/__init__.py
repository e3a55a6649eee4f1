"""The append-only record of who did what, when and to which object.

It keeps entries (facts without names) and subjects (names that can be erased). It stands at the
bottom and has no foreign key: actors, units and objects are named by (kind, uid), so an entry
outlives the row it speaks of. Every application may write here; nobody may change what is written.
"""
