"""The registry of documents, apart from their texts, their clauses and how documents relate.

A document is known by system, type, number, issuer and year, never by its number alone; it may be a
stub that is only cited so far. Its texts (renditions) and their clauses are written once and never
changed, since every commitment points into them.
"""
