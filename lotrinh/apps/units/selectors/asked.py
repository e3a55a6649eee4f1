"""What the making of one page, or one act, has learnt once and need not ask again."""

from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Appointment
    from lotrinh.apps.units.selectors.ended import Ended

Scopes = Mapping[str, tuple[str, ...]]
"""By action, the paths at or below which it may be done."""

Names = Mapping[int, tuple[str, str]]
"""By unit id, an official name in Vietnamese and in English."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """A mandate by which somebody inspects, and the unit over which, by their uids."""

    mandate: UUID
    scope: UUID


@dataclass(frozen=True, slots=True)
class KnownAs:
    """As whom an account is known: the person, the title of the first post, the unit it is in."""

    person_name: str
    title_vi: str
    title_en: str
    unit_id: int
    unit_uid: UUID
    name_vi: str
    name_en: str


@dataclass(slots=True)
class Asked:
    """Rights, names and successions of some days.

    A page asks about many units, so it learns at once which of them are reached (``is_page``); an
    act asks about the few that it touches, each by itself.
    """

    is_page: bool = True
    scopes: dict[tuple[int, date], Scopes] = field(default_factory=dict)
    below: dict[tuple[str, date], frozenset[int]] = field(default_factory=dict)
    reached: dict[tuple[tuple[str, ...], date], frozenset[int]] = field(default_factory=dict)
    names: dict[date, Names] = field(default_factory=dict)
    ended: dict[date, "Ended"] = field(default_factory=dict)
    first_posts: dict[tuple[int, date], "Appointment | None"] = field(default_factory=dict)
    known_as: dict[tuple[int, date], KnownAs | None] = field(default_factory=dict)
    inspecting: dict[tuple[int, date], tuple[Inspection, ...]] = field(default_factory=dict)
    acting: dict[tuple[int, date], frozenset[int]] = field(default_factory=dict)
    judged: dict[tuple[int, date], str | None] = field(default_factory=dict)
    learnt: dict[Hashable, Any] = field(default_factory=dict)


_ASKED: ContextVar[Asked | None] = ContextVar("asked", default=None)


@contextmanager
def asked_by(asked: Asked) -> Iterator[None]:
    """Let all that is read inside be told what ``asked`` knows, and add to it."""
    token = _ASKED.set(asked)
    try:
        yield
    finally:
        _ASKED.reset(token)


@contextmanager
def rights_asked_once() -> Iterator[None]:
    """Let the rights of an account be read once and hold for all that is read inside.

    For the making of one page, whose parts should be judged alike. Nothing that moves a post, a
    role or a unit belongs inside.
    """
    known = _ASKED.get()
    with asked_by(known if known is not None and known.is_page else Asked()):
        yield


@contextmanager
def rights_asked_once_an_act() -> Iterator[None]:
    """Let the rights of an account be read once and hold for all that one act asks inside.

    For a service that judges several rights in one transaction and moves no post, role or unit.
    It begins with the act and ends with it: the next one asks anew.
    """
    with asked_by(_ASKED.get() or Asked(is_page=False)):
        yield


def asked_here() -> Asked | None:
    """Return what this page has learnt so far; None where nothing is kept."""
    return _ASKED.get()


def learnt_here() -> dict[Hashable, Any]:
    """Return what applications further up have learnt for this page; they add to it.

    Where no page is made it is empty and nobody keeps what is added.
    """
    asked = _ASKED.get()
    return asked.learnt if asked is not None and asked.is_page else {}
