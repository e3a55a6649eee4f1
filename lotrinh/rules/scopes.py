"""What a key of the interface for programs opens, beside what its account may do at all."""

from enum import StrEnum


class Scope(StrEnum):
    """One resource, to read or to write. A key never opens more than its account."""

    READ_UNITS = "units:read"
    READ_DOCUMENTS = "documents:read"
    READ_DUTIES = "duties:read"
    WRITE_DUTIES = "duties:write"


LONGEST_DAYS = 366
"""For how many days a key is given at most: after that somebody says again that it is needed."""
