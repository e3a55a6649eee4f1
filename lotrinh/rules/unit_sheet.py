"""The sheet of units: one row for each stretch of days on which a unit stood in one place under
one name.

The sheet of an organisation is the organisation: what is there is said in the same rows as what is
given, so that the two can be held against each other without a table being asked. Rows may come in
any order. A row is refused alone; only the other rows of a unit that is new wait with it, and the
units that stand below.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from lotrinh.rules.names import name_key, search_key
from lotrinh.rules.sheet_cells import Reading, Spell
from lotrinh.rules.sheets import Fault, Flaw, code_of
from lotrinh.rules.sorting import sort_key

NEEDED = ("code", "kind", "name_vi")
COLUMNS = (
    "code",
    "kind",
    "name_vi",
    "name_en",
    "tree",
    "parent",
    "since",
    "until",
    "legal_basis",
    "aliases",
    "abbreviations",
)
"""The columns of an export; those of the public numberings follow."""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in one place of one tree for ``[since, until)``; without ``tree`` it stands nowhere.

    ``parent`` is the code of its superior, empty at the root. The lists belong to the unit and
    may stand in any of its rows; ``codes`` are pairs of a public numbering and a code in it.
    """

    line: int
    code: str
    kind: str
    name_vi: str
    name_en: str
    tree: str = ""
    parent: str = ""
    since: date | None = None
    until: date | None = None
    legal_basis: str = ""
    aliases: tuple[Spell, ...] = ()
    abbreviations: tuple[Spell, ...] = ()
    codes: tuple[tuple[str, Spell], ...] = ()

    @property
    def days(self) -> Spell:
        """The days of the row."""
        return Spell(self.code, self.since, self.until)

    @property
    def place(self) -> tuple[str, date | None]:
        """What tells the rows of one unit apart."""
        return self.tree, self.since


def read_row(line: int, cells: Mapping[str, str], *, tree: str) -> tuple[UnitRow, list[Fault]]:
    """Return a row of the sheet and what is wrong with its cells.

    A row with a day and no tree means ``tree``; without an English name the unit bears the
    Vietnamese one.
    """
    reading = Reading(cells)
    name_vi = reading.text("name_vi", most=200, needed=True)
    named = reading.text("tree", most=40)
    typed_kind = reading.text("kind", most=40, needed=True)
    kind = code_of("kinds", typed_kind) or typed_kind
    if kind and not kind.replace("_", "").replace("-", "").isalnum():
        reading.wrong(Flaw.UNKNOWN_WORD, "kind", given=typed_kind)
    is_placed = any(cells.get(column, "").strip() for column in ("tree", "parent", "since"))
    since, until = reading.interval(needed=is_placed)
    row = UnitRow(
        line=line,
        code=reading.code("code", needed=True),
        kind=kind,
        name_vi=name_vi,
        name_en=reading.text("name_en", most=200) or name_vi,
        tree=named or (tree if is_placed else ""),
        parent=reading.code("parent"),
        since=since,
        until=until,
        legal_basis=reading.text("legal_basis", most=300),
        aliases=reading.spells("aliases", most=200),
        abbreviations=reading.spells("abbreviations", most=200),
        codes=tuple(
            (column.removeprefix("codes:"), spell)
            for column in sorted(cells)
            if column.startswith("codes:")
            for spell in reading.spells(column, most=80)
        ),
    )
    for name in (name_vi, row.name_en, *(spell.text for spell in row.aliases + row.abbreviations)):
        if len(sort_key(name)) > 1000 or max(len(name_key(name)), len(search_key(name))) > 250:
            reading.wrong(Flaw.TOO_LONG, "name_vi", most=200)
            break
    return row, reading.faults


def names_through_time(rows: Iterable[UnitRow]) -> list[UnitRow]:
    """Return of the rows of one unit those with which a name begins, the earliest first.

    The name of each holds until that of the next begins.
    """
    begun: list[UnitRow] = []
    for row in sorted(rows, key=lambda row: (row.since or date.min, row.tree)):
        if not begun or (begun[-1].name_vi, begun[-1].name_en) != (row.name_vi, row.name_en):
            begun.append(row)
    return begun
