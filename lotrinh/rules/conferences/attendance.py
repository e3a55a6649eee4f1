"""Who is present at a conference of many sites, added up without counting anybody twice.

A site tells by class of delegates how many sit there; the last word counts, and what it never told
is not zero but unknown. A later session for those who were absent is a count of its own: it is
added to what was summoned once, so that nobody is summoned twice either.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Counting(StrEnum):
    """What is counted at the door."""

    HEADCOUNT = "headcount"  # each site tells how many of each class are there
    PERSON = "person"  # each person is checked in once, at one site


class Link(StrEnum):
    """How a site is connected, by its own last word."""

    NOT_YET = "not_yet"
    TESTED = "tested"  # the line was tried before the day
    CONNECTED = "connected"
    WEAK = "weak"
    LOST = "lost"


class Admission(StrEnum):
    """What came of a pass that was shown at a door."""

    ADMITTED = "admitted"
    GUEST = "guest"  # let in, though called to another site
    AGAIN = "again"  # was let in here before
    ELSEWHERE = "elsewhere"  # was let in at another site, where it counts
    RENEWED = "renewed"  # another pass was given since
    UNKNOWN = "unknown"  # no pass of this conference
    NOT_NOW = "not_now"  # the conference has not begun, or is over


JOINED = frozenset({Link.CONNECTED, Link.WEAK})
"""What counts as connected."""


@dataclass(frozen=True, slots=True)
class Present:
    """Sites and people of a part of the tree.

    ``sites`` were called, ``joined`` of them are connected, ``silent`` have told of nobody yet.
    ``summoned`` is None where nobody said how many were to come to one of the sites.
    """

    sites: int
    joined: int
    silent: int
    present: int
    summoned: int | None


def presence_of(sites: Iterable[tuple[Link, Mapping[str, int], Mapping[str, int]]]) -> Present:
    """Add sites up, each given by its link, whom it summoned by class, and who is there by class.

    >>> there = [(Link.CONNECTED, {"leader": 2}, {"leader": 1}), (Link.NOT_YET, {"leader": 3}, {})]
    >>> presence_of(there)
    Present(sites=2, joined=1, silent=1, present=1, summoned=5)
    """
    held = list(sites)
    unsaid = any(not summoned for _link, summoned, _present in held)
    return Present(
        sites=len(held),
        joined=sum(link in JOINED for link, _summoned, _present in held),
        silent=sum(not present for _link, _summoned, present in held),
        present=sum(sum(present.values()) for _link, _summoned, present in held),
        summoned=None if unsaid else sum(sum(summoned.values()) for _link, summoned, _p in held),
    )
