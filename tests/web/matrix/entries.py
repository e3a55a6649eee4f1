"""The kinds of entry in the table of addresses; every capability fills in those that it needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Places = frozenset[str]
"""Units of the story, by their codes."""


@dataclass(frozen=True, slots=True)
class Entries:
    """What the addresses of one capability answer, and to whom. Written by hand.

    ``kinds`` names the object that an address takes where nothing else here says it. ``forms``
    holds what an address would accept from somebody who may send it.
    """

    shown: Mapping[str, str] = field(default_factory=dict)
    """Pages of one object: 200 where it is seen, 404 where it is not."""
    done: Mapping[str, tuple[str, Mapping[str, Places]]] = field(default_factory=dict)
    """Acts on one object: 303 where allowed, 403 where only seen, 404 where not seen; never by
    GET."""
    filled_in: Mapping[str, tuple[str, Mapping[str, Places]]] = field(default_factory=dict)
    """Forms about one object: looked at and sent by those who may, 403 where only seen, 404
    else."""
    listed: Mapping[str, str] = field(default_factory=dict)
    """Lists: open to everyone who signs in, with exactly what each of them sees."""
    open_to_all: frozenset[str] = frozenset()
    """Open to everyone who signs in."""
    told_apart: frozenset[str] = frozenset()
    """Asked about one by one in the tests of the capability."""
    public: frozenset[str] = frozenset()
    """Open to strangers."""
    of_people: frozenset[str] = frozenset()
    """About people, who are not seen by everyone that sees the papers of their unit."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    """What stands in an address besides the uid, by its slot."""
    forms: Mapping[str, Callable[[], dict[str, str]]] = field(default_factory=dict)

    def names(self) -> list[str]:
        """Return the names of the addresses, once for each entry."""
        tables = (self.shown, self.done, self.filled_in, self.listed)
        sets = (self.open_to_all, self.told_apart, self.public)
        return [name for one in (*tables, *sets) for name in one]
