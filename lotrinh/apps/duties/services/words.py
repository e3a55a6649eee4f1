"""What a duty says: the passage that asks for it and the words that assign it."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Self

from lotrinh.apps.documents.models import Rendition
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.units.models import Person, Unit
from lotrinh.rules.deadlines import last_day
from lotrinh.rules.due_days import Due, Precision, precision_of


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a document says so: a span, end exclusive, and the deadline as it is named there.

    ``due`` is what the name binds to by the rules; None where nobody has worked it out.
    """

    rendition: Rendition
    start: int
    end: int
    stated_due: str = ""
    due: Due | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """The words of a duty, as far as they are known. Empty and None mean: not clear yet.

    ``may_overrun`` is no word of it: who writes them knows that it is due after what it serves.
    """

    title: str
    language: str
    unit: Unit | None = None
    person: Person | None = None
    due: date | None = None
    recurrence: str = ""
    responsibility: str = ""
    deliverable: str = ""
    authority: str = ""
    leader: Person | None = None
    may_overrun: bool = False

    @classmethod
    def of(cls, duty: Duty) -> Self:
        """Return the words that a duty has, as they would be given to it."""
        words = [field.name for field in fields(cls) if field.name != "may_overrun"]
        return cls(**{name: getattr(duty, name) for name in words})


def columns_of(*, assignment: Assignment) -> dict[str, object]:
    """Return the columns of a duty that its words fill, cut to the room that they have."""
    words = [field.name for field in fields(assignment) if field.name != "may_overrun"]
    values = {name: getattr(assignment, name) for name in words}
    return {name: _fitted(name, value) for name, value in values.items()}


def source_columns(*, passage: Passage) -> dict[str, object]:
    """Return the columns of a source that its deadline fills."""
    stated = passage.stated_due[:30]
    due = passage.due or Due(last_day(stated), precision_of(stated) if stated else Precision.NONE)
    return {
        "stated_due": stated,
        "due": due.day,
        "precision": due.precision,
        "is_inferred": due.is_inferred,
    }


def words_of(*, duty: Duty) -> dict[str, str]:
    """Return what a duty says, as its events keep it: no name of a person, only the uid."""
    said = {
        "title": duty.title,
        "unit": str(duty.unit.uid) if duty.unit else "",
        "person": str(duty.person.uid) if duty.person else "",
        "due": duty.due.isoformat() if duty.due else "",
        "recurrence": duty.recurrence,
        "responsibility": duty.responsibility,
        "deliverable": duty.deliverable,
        "authority": duty.authority,
    }
    if duty.leader:
        said["leader"] = str(duty.leader.uid)
    if duty.approved_due:
        said["approved_due"] = duty.approved_due.isoformat()
    return said


def _fitted(name: str, value: object) -> object:
    room = getattr(Duty._meta.get_field(name), "max_length", None)
    return value[:room] if isinstance(value, str) and room else value
