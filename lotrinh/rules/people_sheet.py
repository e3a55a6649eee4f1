"""The sheet of people and posts: one row for each time that somebody held a post.

A row without a person is a post that nobody ever held; a row without a unit is somebody who never
held one. A person is known by the sign-in name; without one, by the full name within the unit, so
that two persons of one name stay two where they sit in different units. What is there is said in
the same rows as what is given.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from lotrinh.rules.actions import Action
from lotrinh.rules.sheet_cells import Reading, Spell, has_lost_letters, overlap, padded
from lotrinh.rules.sheets import Fault, Flaw, Judged, Verdict, code_of

NEEDED = ("unit", "title_vi", "full_name")
COLUMNS = (
    "unit",
    "title_vi",
    "title_en",
    "role",
    "scope",
    "rank",
    "full_name",
    "sign_in",
    "since",
    "until",
    "held_as",
    "legal_basis",
    "actions",
)
DELEGATED = "delegated"
MOST_RANK = 32_767
NOTHING = "-"
"""What stands for no action at all; an empty cell means every action that the role carries."""

PostKey = tuple[str, str, str, str, str, int]
_COMPARED = (
    "title_en",
    "role",
    "scope",
    "rank",
    "until",
    "held_as",
    "legal_basis",
    "actions",
)
_MAY_BE_LEFT_OUT = frozenset({"title_en", "legal_basis"})


@dataclass(frozen=True, slots=True)
class PostRow:
    """That ``full_name`` held a post for ``[since, until)``.

    ``unit`` and ``scope`` are codes; ``actions`` narrow what a delegation lends, None gives all.
    """

    line: int
    unit: str
    title_vi: str
    title_en: str
    role: str
    scope: str
    rank: int = 0
    full_name: str = ""
    sign_in: str = ""
    since: date | None = None
    until: date | None = None
    held_as: str = "appointed"
    legal_basis: str = ""
    actions: tuple[str, ...] | None = None

    @property
    def post(self) -> PostKey:
        """The post; two posts of a unit that are alike in all this are one."""
        return self.unit, self.title_vi, self.title_en, self.role, self.scope, self.rank

    @property
    def person(self) -> tuple[str, str, str]:
        """Who it is: an account, or a name within a unit."""
        return ("", "", self.sign_in) if self.sign_in else (self.full_name, self.unit, "")

    @property
    def days(self) -> Spell:
        """The days of the appointment."""
        return Spell(self.full_name, self.since, self.until)

    @property
    def is_appointment(self) -> bool:
        """Say whether somebody holds a post by this row."""
        return bool(self.unit and self.full_name)


@dataclass(frozen=True, slots=True)
class There:
    """What the installation holds: rows, codes of units, and by sign-in name whose account it is.

    An account that belongs to nobody has an empty name. ``roles`` gives the code for every word
    that means a role.
    """

    rows: tuple[PostRow, ...]
    units: frozenset[str]
    accounts: Mapping[str, str]
    roles: Mapping[str, str]


@dataclass(slots=True)
class Plan:
    """What becomes of every row, and the new ones; delegations stand last."""

    verdicts: list[Judged]
    new: list[PostRow] = field(default_factory=list)


def read_row(
    line: int, cells: Mapping[str, str], *, roles: Mapping[str, str]
) -> tuple[PostRow, list[Fault]]:
    """Return a row of the sheet and what is wrong with its cells."""
    reading = Reading(cells)
    unit = reading.code("unit")
    full_name = reading.text("full_name", most=200, needed=not unit)
    since, until = reading.interval(needed=bool(unit and full_name))
    title_vi = reading.text("title_vi", most=200, needed=bool(unit))
    said_role = reading.text("role", most=200, needed=bool(unit))
    role = roles.get(said_role.casefold(), "")
    if said_role and not role:
        reading.wrong(Flaw.UNKNOWN_ROLE, "role", given=said_role)
    said_held = reading.text("held_as", most=40)
    held_as = code_of("held_as", said_held) if said_held else "appointed"
    if held_as is None:
        reading.wrong(Flaw.UNKNOWN_WORD, "held_as", given=said_held)
    if held_as == DELEGATED and until is None:
        reading.wrong(Flaw.NEEDS_END, "until")
    row = PostRow(
        line=line,
        unit=unit,
        title_vi=title_vi,
        title_en=reading.text("title_en", most=200) or title_vi,
        role=role,
        scope=reading.code("scope") or unit,
        rank=reading.number("rank", most=MOST_RANK),
        full_name=full_name,
        sign_in=reading.text("sign_in", most=150),
        since=since,
        until=until,
        held_as=held_as or "",
        legal_basis=reading.text("legal_basis", most=300),
        actions=_actions(reading),
    )
    return row, reading.faults


def _actions(reading: Reading) -> tuple[str, ...] | None:
    """Return the actions that a delegation lends: None for an empty cell, none of them for "-"."""
    said = reading.text("actions", most=1000)
    if said == NOTHING:
        return ()
    found = tuple(sorted({word.strip() for word in said.split(";") if word.strip()}))
    strange = [word for word in found if word not in set(Action)]
    if strange:
        reading.wrong(Flaw.UNKNOWN_WORD, "actions", given=strange[0])
    return found or None


def judge(given: Sequence[tuple[PostRow, Sequence[Fault]]], *, there: There) -> Plan:
    """Return what becomes of the rows."""
    faults: dict[int, list[Fault]] = {row.line: list(wrong) for row, wrong in given}
    sound = [row for row, wrong in given if not wrong]
    books = _Books(there)
    kept: list[PostRow] = []
    unchanged: set[int] = set()
    for row, wrong in given:
        if wrong:  # what else is wrong is told with it, so that the row is mended once
            unread = {fault.column for fault in wrong}
            beside = books.wrong_by_itself(row)
            faults[row.line] += [fault for fault in beside if fault.column not in unread]
    for row in sorted(sound, key=lambda row: (row.held_as == DELEGATED, row.line)):
        if books.holds(row):
            unchanged.add(row.line)
            continue
        faults[row.line] += books.wrong_with(row)
        if not faults[row.line]:
            books.take(row)
            kept.append(row)
    return Plan([_judged(row, faults[row.line], unchanged) for row, _ in given], kept)


def _judged(row: PostRow, faults: list[Fault], unchanged: set[int]) -> Judged:
    key = f"{row.unit} {row.title_vi}".strip()
    if faults:
        return Judged(row.line, key, Verdict.REFUSED, tuple(faults))
    return Judged(row.line, key, Verdict.UNCHANGED if row.line in unchanged else Verdict.NEW)


class _Books:
    """What is there and what has been taken over so far."""

    def __init__(self, there: There) -> None:
        self._there = there
        self._padded = padded(there.units)
        self._posts: set[PostKey] = set()
        self._people: set[tuple[str, str, str]] = set()
        self._names = {name: who for name, who in there.accounts.items() if who}
        self._said_in: dict[str, int] = {}
        self._held: dict[PostKey, list[PostRow]] = defaultdict(list)
        self._known: dict[tuple[object, ...], list[PostRow]] = defaultdict(list)
        for row in there.rows:
            self.take(row)

    def take(self, row: PostRow) -> None:
        """Let a row hold from now on."""
        if row.unit:
            self._posts.add(row.post)
        if row.full_name:
            self._people.add(row.person)
        if row.sign_in:
            self._names[row.sign_in] = row.full_name
            self._said_in.setdefault(row.sign_in, row.line)
        if row.is_appointment:
            self._held[row.post].append(row)
            self._known[self._match(row)].append(row)

    def holds(self, row: PostRow) -> bool:
        """Say whether all that the row states holds already."""
        if row.is_appointment:
            return any(not _differences(row, held) for held in self._known[self._match(row)])
        if row.unit:
            return row.post in self._posts
        return row.person in self._people and self._names.get(row.sign_in, row.full_name) == (
            row.full_name
        )

    def wrong_with(self, row: PostRow) -> list[Fault]:
        """Return why the row cannot be taken over."""
        found = self.wrong_by_itself(row)
        if row.sign_in and self._names.get(row.sign_in, row.full_name) != row.full_name:
            line = self._said_in.get(row.sign_in, 0)
            flaw = Flaw.CONTRADICTS if line else Flaw.DIFFERS
            there = self._names[row.sign_in]
            found.append(Fault(flaw, "full_name", {"row": line, "there": there}))
        if found or not row.is_appointment:
            return found
        return self._appointment(row)

    def wrong_by_itself(self, row: PostRow) -> list[Fault]:
        """Return what is wrong with the row whatever the others say."""
        found = [
            self._unknown(code, column)
            for code, column in {row.scope: "scope", row.unit: "unit"}.items()
            if code and code not in self._there.units
        ]
        found += [
            Fault(Flaw.LOST_LETTERS, column, {"given": given})
            for column in ("title_vi", "title_en", "full_name", "legal_basis")
            if has_lost_letters(given := getattr(row, column)) and not _left_out(row, column)
        ]
        return found

    def _unknown(self, code: str, column: str) -> Fault:
        whole = self._padded.get(code)
        if whole:
            return Fault(Flaw.LOST_ZEROS, column, {"there": whole})
        return Fault(Flaw.UNKNOWN_UNIT, column, {"given": code})

    def _appointment(self, row: PostRow) -> list[Fault]:
        known = self._known[self._match(row)]
        if known and known[0].line == 0:
            return _differences(row, known[0])
        same = [held for held in self._held[row.post] if held.person == row.person]
        if any(overlap(held.days, row.days) for held in same):
            return [Fault(Flaw.OVERLAPS, "since")]
        if row.held_as == DELEGATED and not any(lends(held, row) for held in self._held[row.post]):
            return [Fault(Flaw.NOBODY_LENDS, "held_as")]
        return []

    @staticmethod
    def _match(row: PostRow) -> tuple[object, ...]:
        return row.unit, row.title_vi, row.person, row.full_name, row.since


def _differences(row: PostRow, held: PostRow) -> list[Fault]:
    return [
        Fault(Flaw.DIFFERS, name, {"there": str(getattr(held, name) or "")})
        for name in _COMPARED
        if getattr(row, name) != getattr(held, name) and not _left_out(row, name)
    ]


def _left_out(row: PostRow, name: str) -> bool:
    if name == "title_en":
        return row.title_en == row.title_vi
    return name in _MAY_BE_LEFT_OUT and not getattr(row, name)


def lends(lender: PostRow, row: PostRow) -> bool:
    """Say whether a holder of the post can lend it for the days of the row."""
    return (
        lender.held_as != DELEGATED
        and lender.since is not None
        and row.since is not None
        and lender.since <= row.since
        and (lender.until is None or (row.until is not None and row.until <= lender.until))
    )
