"""What several resources say alike: a unit, a person, words that can be kept, what can go wrong."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from lotrinh.api.problems import ProblemOut

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Person, Unit

PLAIN = r"^[^\x00]*$"
"""No text of PostgreSQL holds a nought."""
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 12, 31))]

LOOKING: dict[Any, Any] = dict.fromkeys((401, 403, 404, 422, 429), ProblemOut)
"""What can go wrong where something is looked at."""
WRITING: dict[Any, Any] = LOOKING | dict.fromkeys((400, 409, 413, 428), ProblemOut)
"""What can go wrong where something is written."""


class UnitName(Schema):
    """A unit, by what it is called."""

    uid: UUID
    code: str
    name_vi: str
    name_en: str


class PersonName(Schema):
    """A person, by name."""

    uid: UUID
    name: str


def unit_name(unit: "Unit | None") -> UnitName | None:
    """Return what a unit is called; None for none."""
    if unit is None:
        return None
    return UnitName(uid=unit.uid, code=unit.code, name_vi=unit.name_vi, name_en=unit.name_en)


def person_name(person: "Person | None") -> PersonName | None:
    """Return what a person is called; None for nobody."""
    return PersonName(uid=person.uid, name=person.full_name) if person else None
