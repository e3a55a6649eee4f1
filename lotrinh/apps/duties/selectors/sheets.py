"""What a sheet of duties would do, row by row; nothing is written by asking.

A row without a key becomes a draft, owed to the unit that keeps the document from which it comes.
A row with a key is held against the duty as an export would write it today: what is the same stays
the same whatever the version, a draft that nobody else has touched is changed, and what has been
issued is never changed by a file.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid5

from lotrinh.apps.documents.models import Rendition
from lotrinh.apps.duties.models import Duty, DutyEvent
from lotrinh.apps.duties.selectors.seen import visible
from lotrinh.apps.duties.selectors.sheet_cells import CellReader, Said, names_in
from lotrinh.apps.duties.selectors.sheet_names import SheetNames
from lotrinh.apps.duties.selectors.sheet_rows import (
    duty_cells,
    row_key_of,
    says,
    with_helpers,
)
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.clarities import Clarity, missing_clarities
from lotrinh.rules.duty_sheet import (
    INHERITED,
    SAID,
    DutyRow,
    Fate,
    Lot,
    find_duty_head,
    read_rows,
)
from lotrinh.rules.duty_states import DutyState, Step
from lotrinh.rules.names import name_key
from lotrinh.rules.sheet_heads import Grid, Head, rows_below
from lotrinh.rules.sheets import Fault, Flaw

_LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Planned:
    """A row that would be written: what it says, and the draft that it changes, if it does.

    ``changed`` are the columns that say something else than the draft.
    """

    line: int
    said: Said
    duty: Duty | None = None
    changed: frozenset[str] = frozenset()


@dataclass(slots=True)
class DutiesJudged:
    """A sheet of duties as given, what becomes of each row, and what would be written."""

    grid: Grid
    head: Head
    lots: list[Lot] = field(default_factory=list)
    planned: list[Planned] = field(default_factory=list)


def row_key(client_key: UUID, line: int) -> UUID:
    """Return the key of one row of a submission: sending it twice is sending it once."""
    return uuid5(client_key, f"row {line}")


def judged_duties(
    grid: Grid,
    *,
    rendition: Rendition | None,
    client_key: UUID | None = None,
    seen_by: int,
    on: date,
    language: str,
) -> DutiesJudged:
    """Return what an import of the sheet would do. Raises NoHead.

    ``rendition`` is the text of the document that asks for the new rows (None: there are none);
    with ``client_key`` the rows that came in by that very submission are there already.
    """
    head = find_duty_head(grid)
    judged = DutiesJudged(grid, head)
    rows = read_rows(rows_below(grid, head))
    judge = _Judge(rows, rendition, client_key, seen_by=seen_by, on=on, language=language)
    for row in rows:
        lot, planned = judge.lot_of(row)
        judged.lots.append(lot)
        if planned is not None:
            judged.planned.append(planned)
    return judged


class _Judge:
    """Holds the rows of one sheet against what is there."""

    def __init__(
        self,
        rows: Sequence[DutyRow],
        rendition: Rendition | None,
        client_key: UUID | None,
        *,
        seen_by: int,
        on: date,
        language: str,
    ) -> None:
        self._rendition, self._language = rendition, language
        self._names = SheetNames(on=on)
        self._names.learn(name for row in rows for name in names_in(row))
        self._assigns = units.reach(user_id=seen_by, action=Action.ASSIGN_DUTY, on=on)
        keys = [row.key.uid for row in rows if row.key]
        found = visible(seen_by=seen_by, on=on).filter(uid__in=keys)
        self._held = {duty.uid: duty for duty in with_helpers(found)} if keys else {}
        self._reader = CellReader(self._names, rendition, on=on, language=language)
        self._known = _known_of(rendition)
        self._sent = _sent(rows, client_key)
        self._lines: dict[UUID, int] = {}

    def lot_of(self, row: DutyRow) -> tuple[Lot, Planned | None]:
        """Return what becomes of one row, and what is to be written of it."""
        if row.is_heading:
            words = row.text("title") or row.text("number")
            return Lot(row.line, words, Fate.HEADING), None
        return self._changed(row) if row.text("key") else self._new(row)

    def _new(self, row: DutyRow) -> tuple[Lot, Planned | None]:
        said = self._reader.read(row)
        faults = [*said.faults, *self._refused_of(said)]
        lot = _Lots(row, said)
        if row.line in self._sent:
            return lot.of(Fate.REPEATED), None
        if faults:
            return lot.of(Fate.REFUSED, faults, said.notes), None
        if self._is_repeated(said):
            return lot.of(Fate.REPEATED), None
        missing = missing_clarities(said.terms)
        notes = [*said.notes, *_inherited(row)]
        fate = Fate.DRAFT if missing else Fate.READY
        return lot.of(fate, notes=notes, missing=missing), Planned(row.line, said)

    def _changed(self, row: DutyRow) -> tuple[Lot, Planned | None]:
        """Hold a row that was exported against the duty as it stands."""
        key = row.key
        duty = self._held.get(key.uid) if key else None
        if duty is None or key is None:
            bare = _Lots(row, None)
            return bare.of(Fate.REFUSED, [Fault(Flaw.UNKNOWN_KEY, "key")]), None
        lot, first = _Lots(row, None), self._lines.setdefault(key.uid, row.line)
        if first != row.line:
            return lot.of(Fate.REFUSED, [Fault(Flaw.KEY_TWICE, "key", {"row": first})]), None
        changed = self._differing(row, duty)
        if not changed or row.line in self._sent:
            return lot.of(Fate.UNCHANGED), None
        if duty.state != DutyState.DRAFT:
            return lot.of(Fate.REFUSED, _issued(row, changed)), None
        said = self._reader.read(row, only=changed, held=duty)
        faults = [*said.faults, *self._unassigned(said, duty.owed_to_id)]
        if key != row_key_of(duty):
            faults.insert(0, Fault(Flaw.CHANGED_MEANWHILE, "key"))
        if faults:
            return lot.of(Fate.REFUSED, faults, said.notes), None
        notes, missing = said.notes, missing_clarities(said.terms)
        planned = Planned(row.line, said, duty, frozenset(changed))
        return _Lots(row, said).of(Fate.AMENDS, notes=notes, missing=missing), planned

    def _differing(self, row: DutyRow, duty: Duty) -> tuple[str, ...]:
        """Return the columns of a row that say something else than an export would, in either
        language."""
        written = [duty_cells(duty, self._names, language=language) for language in _LANGUAGES]
        return tuple(
            column
            for column in SAID
            if column in row.said
            and not any(says(row.said[column], cells[column]) for cells in written)
        )

    def _refused_of(self, said: Said) -> Iterable[Fault]:
        if self._rendition is None:
            return [Fault(Flaw.NO_SOURCE, "document"), *self._unassigned(said)]
        return self._unassigned(said, self._rendition.document.keeper_id)

    def _unassigned(self, said: Said, owed_to: int | None = None) -> list[Fault]:
        """Return to which of the units that are named the reader may assign nothing."""
        named = [("unit", unit_id) for unit_id in (said.unit, owed_to) if unit_id is not None]
        named += [("coordinate", unit_id) for unit_id in said.helpers]
        refused = dict.fromkeys(one for one in named if one[1] not in self._assigns)
        return [
            Fault(Flaw.NOT_YOURS, column, {"given": self._names.label(unit_id, self._language)})
            for column, unit_id in refused
        ]

    def _is_repeated(self, said: Said) -> bool:
        """Say whether the document has given this to this unit before, or an earlier row does."""
        held = self._known.setdefault(name_key(said.title), set())
        if said.unit in held or (said.unit is None and held):
            return True
        held.add(said.unit)
        return False


@dataclass(frozen=True, slots=True)
class _Lots:
    """Makes the lot of one row."""

    row: DutyRow
    said: Said | None

    def of(
        self,
        fate: Fate,
        faults: Iterable[Fault] = (),
        notes: Iterable[Fault] = (),
        missing: tuple[Clarity, ...] = (),
    ) -> Lot:
        """Return the lot; a row that was not read is shown in its own words."""
        words = self.row.text
        due = self.said.due_text if self.said else words("due")
        unit = self.said.unit_text if self.said and self.said.unit else words("unit")
        return Lot(
            self.row.line,
            words("title"),
            fate,
            tuple(faults),
            missing,
            tuple(notes),
            (unit, due),
        )


def _inherited(row: DutyRow) -> Iterable[Fault]:
    taken = row.inherited or {}
    return [
        Fault(Flaw.INHERITED, name, {"row": taken[name]}) for name in INHERITED if name in taken
    ]


def _issued(row: DutyRow, changed: Iterable[str]) -> list[Fault]:
    return [Fault(Flaw.IS_ISSUED, name, {"given": row.text(name)[:80]}) for name in changed]


def _known_of(rendition: Rendition | None) -> dict[str, set[int | None]]:
    """Return by the key of its words to whom a document has given what in its keeper's name."""
    known: dict[str, set[int | None]] = {}
    if rendition is None:
        return known
    document = rendition.document
    rows = Duty.objects.filter(sources__rendition__document=document, owed_to=document.keeper_id)
    rows = rows.exclude(state=DutyState.WITHDRAWN)
    for title, unit_id in rows.values_list("title", "unit_id"):
        known.setdefault(name_key(title), set()).add(unit_id)
    return known


def _sent(rows: Sequence[DutyRow], client_key: UUID | None) -> frozenset[int]:
    """Return the rows that came in by this very submission before."""
    if client_key is None:
        return frozenset()
    keys = {row_key(client_key, row.line): row.line for row in rows}
    made = Duty.objects.filter(drafting_key__in=list(keys)).values_list("drafting_key", flat=True)
    steps = DutyEvent.objects.filter(client_key__in=list(keys), step=Step.AMEND)
    held = (*made, *steps.values_list("client_key", flat=True))
    return frozenset(keys[key] for key in held if key is not None)
