"""What the making of one page, or one act, has learnt once and need not ask again."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
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


@dataclass(slots=True)
class Asked:
    """Rights, names and successions of some days.

    A page asks about many units, so it learns at once which of them are reached (``is_page``); an
    act asks about the few that it touches, each by itself.
    """

    is_page: bool = True
    scopes: dict[tuple[int, date], Scopes] = field(default_factory=dict)
    reached: dict[tuple[tuple[str, ...], date], frozenset[int]] = field(default_factory=dict)
    names: dict[date, Names] = field(default_factory=dict)
    ended: dict[date, "Ended"] = field(default_factory=dict)
    first_posts: dict[tuple[int, date], "Appointment | None"] = field(default_factory=dict)
    inspecting: dict[tuple[int, date], tuple[Inspection, ...]] = field(default_factory=dict)
    acting: dict[tuple[int, date], frozenset[int]] = field(default_factory=dict)
    judged: dict[tuple[int, date], str | None] = field(default_factory=dict)


_ASKED: ContextVar[Asked | None] = ContextVar("asked", default=None)


@contextmanager
def rights_asked_once() -> Iterator[None]:
    """Let the rights of an account be read once and hold for all that is read inside.

    For the making of one page, whose parts should be judged alike. Nothing that moves a post, a
    role or a unit belongs inside.
    """
    known = _ASKED.get()
    token = _ASKED.set(known if known is not None and known.is_page else Asked())
    try:
        yield
    finally:
        _ASKED.reset(token)


@contextmanager
def rights_asked_once_an_act() -> Iterator[None]:
    """Let the rights of an account be read once and hold for all that one act asks inside.

    For a service that judges several rights in one transaction and moves no post, role or unit.
    It begins with the act and ends with it: the next one asks anew.
    """
    token = _ASKED.set(_ASKED.get() or Asked(is_page=False))
    try:
        yield
    finally:
        _ASKED.reset(token)


def asked_here() -> Asked | None:
    """Return what this page has learnt so far; None where nothing is kept."""
    return _ASKED.get()
