"""Why an account is closed."""

from enum import StrEnum


class Closing(StrEnum):
    """The reasons for which somebody can no longer sign in; none of them ends a post."""

    LEFT = "left"
    ABSENT = "absent"
    SUSPENDED = "suspended"
    EXPOSED = "exposed"  # somebody else may know the password
    MISTAKEN = "mistaken"
