"""What an address asks of the register: words, and by what it is narrowed."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from lotrinh.apps.documents.selectors import CITED, HELD, Filters
from lotrinh.web.answers import asked_uid
from lotrinh.web.formatting import FIRST_YEAR, LAST_YEAR, typed_day

LONGEST = 200
"""How many characters of a question are read."""
FIELDS = (
    "state",
    "system",
    "type",
    "issuer",
    "keeper",
    "year",
    "held",
    "in_force",
    "language",
)
"""The filters of the register, in the order in which they are shown."""
STATES = ("waiting", "queued", "failed")
"""The states of reading by which the register can be narrowed."""


@dataclass(frozen=True, slots=True)
class RegisterAsked:
    """What was asked. ``given`` are the filters as the address holds them, empty ones left out.

    ``is_narrowing``: the form of the filters is asked for, with all that it offers.
    """

    words: str
    state: str
    filters: Filters
    given: Mapping[str, str]
    is_narrowing: bool
    after: UUID | None

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the whole register is asked for."""
        return bool(self.words or self.given)

    @property
    def with_cited(self) -> bool:
        """Whether documents that are only cited are among what is shown: not in the plain list."""
        return bool(self.words or self.filters.held == CITED)

    @property
    def understood(self) -> bool:
        """Whether every filter names something that exists; else nothing fits."""
        read = {
            "issuer": self.filters.issuer,
            "keeper": self.filters.keeper,
            "year": self.filters.year,
            "in_force": self.filters.in_force,
        }
        return all(read[name] for name in read if name in self.given)


def read_register(given: Mapping[str, str]) -> RegisterAsked:
    """Return what the address asks of the register; whatever cannot be read narrows to nothing."""
    asked = {name: _plain(given.get(name, "")) for name in FIELDS}
    if asked["state"] == CITED:  # as older addresses have it
        asked |= {"state": "", "held": CITED}
    year = asked["year"]
    known = year.isascii() and year.isdecimal() and len(year) == 4
    filters = Filters(
        system=asked["system"],
        type_code=asked["type"],
        issuer=asked_uid(asked, "issuer"),
        keeper=asked_uid(asked, "keeper"),
        year=int(year) if known and FIRST_YEAR <= int(year) <= LAST_YEAR else None,
        language=asked["language"],
        held=asked["held"] if asked["held"] in {HELD, CITED} else "",
        in_force=typed_day(asked["in_force"]),
    )
    return RegisterAsked(
        words=_plain(given.get("q", "")),
        state=asked["state"],
        filters=filters,
        given={name: value for name, value in asked.items() if value},
        is_narrowing=given.get("narrow") == "1",
        after=asked_uid(given, "after"),
    )


def _plain(typed: str) -> str:
    return typed.replace("\x00", "").strip()[:LONGEST]  # no text of PostgreSQL holds a nought
