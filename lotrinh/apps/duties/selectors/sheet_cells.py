"""What the cells of one row of duties mean: whose it is, by when, where the document says so."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from unicodedata import normalize

from lotrinh.apps.documents.models import Rendition
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.selectors.counting import counting_of, working_days
from lotrinh.apps.duties.selectors.sheet_names import SheetNames
from lotrinh.apps.duties.selectors.sheet_rows import helpers_of
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Person
from lotrinh.reading.due_cells import stated_in_cell
from lotrinh.reading.tables.names import read_roles
from lotrinh.reading.text import Source, fold
from lotrinh.reading.whereabouts import Whereabouts
from lotrinh.rules.clarities import Terms
from lotrinh.rules.due_days import DEFAULT_COUNTING, Counting, Due, FromEvent, Stated, due_of
from lotrinh.rules.duty_sheet import SAID, DutyRow, recurrence_in, recurrence_text
from lotrinh.rules.names import name_key
from lotrinh.rules.sheet_cells import Reading
from lotrinh.rules.sheets import Fault, Flaw
from lotrinh.rules.working_days import WorkingDays

_ROOM = 500
_WORDS = ("responsibility", "deliverable", "authority")


@dataclass(slots=True)
class Said:
    """What a row says. ``span`` is where the document says it; ``helpers`` are unit ids."""

    title: str = ""
    unit: int | None = None
    unit_text: str = ""
    helpers: tuple[int, ...] = ()
    person: Person | None = None
    stated: str = ""
    due: Due | None = None
    due_on: date | None = None
    recurrence: str = ""
    due_text: str = ""
    words: dict[str, str] = field(default_factory=lambda: dict.fromkeys(_WORDS, ""))
    span: tuple[int, int] | None = None
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)

    @property
    def terms(self) -> Terms:
        """What is said, as the rules judge it."""
        return Terms(
            lead=self.unit is not None,
            person=self.person is not None,
            work=self.title,
            due=self.due_on,
            recurrence=self.recurrence,
            leader=False,
            **self.words,
        )


def names_in(row: DutyRow) -> Iterator[str]:
    """Give every name of a unit that the cells of a row may mean."""
    for column in ("unit", "coordinate"):
        whole = row.text(column)
        if whole:
            yield whole
            yield from _named(row.said[column])[0]
            yield from _named(row.said[column])[1]


class CellReader:
    """Reads the rows of one sheet, and asks once for what several of them need."""

    def __init__(
        self, names: SheetNames, rendition: Rendition | None, *, on: date, language: str
    ) -> None:
        self._names, self._rendition = names, rendition
        self._on, self._language = on, language
        self._people: dict[int, tuple[Person, ...]] = {}

    def read(self, row: DutyRow, *, only: Collection[str] = SAID, held: Duty | None = None) -> Said:
        """Return what the columns ``only`` of a row say; the others are as in ``held``."""
        said = _as_held(held, self._names, self._language) if held else Said()
        cells = Reading(row.said)
        if "title" in only:
            said.title = cells.text("title", most=_ROOM, needed=True)
            said.span = self._span(said)
        for column in _WORDS:
            if column in only:
                said.words[column] = cells.text(column, most=_ROOM)
        said.faults += cells.faults
        if "unit" in only or "coordinate" in only:
            self._units(row, said, only)
        if "person" in only:
            self._person(row, said)
        elif said.person is not None:
            self._still(said)
        if "due" in only:
            self._due(row, said)
        return said

    def _span(self, said: Said) -> tuple[int, int] | None:
        """Return where the document says it; the whole of it where these words do not stand."""
        if self._rendition is None or not said.title:
            return None
        found = self._whereabouts.span(said.title)
        if found is None:
            said.notes.append(Fault(Flaw.NOT_IN_TEXT, "title"))
        return found or (0, len(self._rendition.text))

    @cached_property
    def _whereabouts(self) -> Whereabouts:
        return Whereabouts(self._rendition.text if self._rendition else "")

    def _units(self, row: DutyRow, said: Said, only: Collection[str]) -> None:
        lead, beside = self._meant(row.said.get("unit", ""))
        helping, also = self._meant(row.said.get("coordinate", ""))
        if "unit" in only:
            said.unit = self._lead(lead, said)
            said.unit_text = self._names.label(said.unit, self._language) if said.unit else ""
        told = [("unit", name) for name in (*lead[1:], *beside) if "unit" in only]
        told += [("coordinate", name) for name in (*helping, *also) if "coordinate" in only]
        kept = () if "coordinate" in only else said.helpers
        found = dict.fromkeys((*kept, *(self._helpers(told, said))))
        said.helpers = tuple(one for one in found if one != said.unit)
        if "unit" in only and said.unit and lead[1:]:
            words = {"unit": said.unit_text, "given": "; ".join(lead[1:])}
            said.notes.append(Fault(Flaw.SEVERAL_LEADS, "unit", words))

    def _lead(self, lead: tuple[str, ...], said: Said) -> int | None:
        """Return the unit that owes; a group owes nothing until the draft is carried down."""
        if not lead:
            return None
        found = self._names.find(lead[0])
        if found is not None:
            return found
        if name_key(lead[0]) in self._groups:
            said.notes.append(Fault(Flaw.A_GROUP, "unit", {"given": lead[0]}))
            return None
        said.faults.append(self._unknown(lead[0], "unit"))
        return None

    def _helpers(self, told: Iterable[tuple[str, str]], said: Said) -> Iterator[int]:
        """Give who takes part; a name that is nearly a unit's is a slip, any other only a word."""
        for column, name in told:
            found = self._names.find(name)
            if found is not None:
                yield found
                continue
            unknown = self._unknown(name, column)
            if unknown.flaw is Flaw.NEAR_UNIT:
                said.faults.append(unknown)
            else:
                said.notes.append(Fault(Flaw.NO_HELPER_CALLED, column, unknown.data))

    def _unknown(self, name: str, column: str) -> Fault:
        near = self._names.near(name, self._language)
        if not near:
            return Fault(Flaw.NO_UNIT_CALLED, column, {"given": name[:80]})
        return Fault(Flaw.NEAR_UNIT, column, {"given": name[:80], "near": "; ".join(near)})

    def _meant(self, cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return who leads and who helps by one cell; a whole cell that is a name is one name."""
        whole = " ".join(cell.split())
        return ((whole,), ()) if whole and self._names.find(whole) else _named(cell)

    @cached_property
    def _groups(self) -> frozenset[str]:
        known = units.groups_known(on=self._on)
        return frozenset(name_key(name) for one in known for name in (one.name_vi, one.name_en))

    def _person(self, row: DutyRow, said: Said) -> None:
        typed = row.text("person")
        said.person = None
        if not typed or said.unit is None:
            return
        wanted = name_key(typed.partition("(")[0])
        found = [one for one in self._in(said.unit) if name_key(one.full_name) == wanted]
        if len(found) == 1:
            said.person = found[0]
        else:
            said.notes.append(Fault(Flaw.NO_PERSON_CALLED, "person", {"given": typed[:80]}))

    def _still(self, said: Said) -> None:
        """Let go of the person of a draft who does not belong to the unit that owes it now."""
        who = said.person
        if who is not None and (said.unit is None or who not in self._in(said.unit)):
            said.person = None
            said.notes.append(Fault(Flaw.NO_PERSON_CALLED, "person", {"given": who.full_name}))

    def _in(self, unit_id: int) -> tuple[Person, ...]:
        if unit_id not in self._people:
            self._people[unit_id] = units.people_in(unit_id=unit_id, on=self._on)
        return self._people[unit_id]

    def _due(self, row: DutyRow, said: Said) -> None:
        typed = row.text("due")
        often = recurrence_in(typed)
        stated = Stated(recurrence=often) if often else stated_in_cell(typed) if typed else Stated()
        if stated is None:
            said.notes.append(Fault(Flaw.TIME_UNREAD, "due", {"given": typed[:80]}))
            stated = Stated()
        is_said = bool(stated.iso or stated.recurrence or stated.days is not None)
        said.due = due_of(
            stated,
            issued_on=self._issued_on or self._on,
            counts_from=self._event(stated),
            counting=DEFAULT_COUNTING if is_said or typed else self._counting,
            calendar=self._calendar,
        )
        said.stated, said.due_on = stated.iso, said.due.day
        said.recurrence = said.due.recurrence
        said.due_text = _due_text(said, self._language)

    @property
    def _issued_on(self) -> date | None:
        return self._rendition.document.issued_on if self._rendition else None

    def _event(self, stated: Stated) -> date | None:
        """Return the day from which days count; one that only the text knows is not guessed."""
        if stated.days is None or stated.event == FromEvent.RECEIVED:
            return self._on
        return self._issued_on if stated.event == FromEvent.ISSUED else None

    @cached_property
    def _counting(self) -> Counting:
        if self._rendition is None:
            return DEFAULT_COUNTING
        keeper = self._rendition.document.keeper_id
        return counting_of([keeper], on=self._on)[keeper]

    @cached_property
    def _calendar(self) -> WorkingDays:
        return working_days()


def _named(cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    plain = normalize("NFC", cell)
    found = read_roles(Source(plain, plain, fold(plain), (), True), 0, len(plain))
    return found.lead, found.coordinate


def _as_held(duty: Duty, names: SheetNames, language: str) -> Said:
    """Return what a draft says."""
    words: Mapping[str, str] = {name: getattr(duty, name) for name in _WORDS}
    said = Said(
        title=duty.title,
        unit=duty.unit_id,
        unit_text=names.text(duty.unit, language),
        helpers=tuple(part.unit_id for part in helpers_of(duty)),
        person=duty.person,
        due_on=duty.due,
        recurrence=duty.recurrence,
        words=dict(words),
    )
    said.due_text = _due_text(said, language)
    return said


def _due_text(said: Said, language: str) -> str:
    if said.recurrence:
        return recurrence_text(said.recurrence, language)
    return f"{said.due_on.day}/{said.due_on.month}/{said.due_on.year}" if said.due_on else ""
