"""What the making of one page has learnt once and need not ask again."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date

Scopes = Mapping[str, tuple[str, ...]]
"""By action, the paths at or below which it may be done."""

Names = Mapping[int, tuple[str, str]]
"""By unit id, an official name in Vietnamese and in English."""


@dataclass(slots=True)
class Asked:
    """Rights and names of some days."""

    scopes: dict[tuple[int, date], Scopes] = field(default_factory=dict)
    reached: dict[tuple[tuple[str, ...], date], frozenset[int]] = field(default_factory=dict)
    names: dict[date, Names] = field(default_factory=dict)
    heirs: dict[date, Mapping[int, tuple[date, int]]] = field(default_factory=dict)


_ASKED: ContextVar[Asked | None] = ContextVar("asked", default=None)


@contextmanager
def rights_asked_once() -> Iterator[None]:
    """Let the rights of an account be read once and hold for all that is read inside.

    For the making of one page, whose parts should be judged alike. Nothing that moves a post, a
    role or a unit belongs inside.
    """
    token = _ASKED.set(_ASKED.get() or Asked())
    try:
        yield
    finally:
        _ASKED.reset(token)


def asked_here() -> Asked | None:
    """Return what this page has learnt so far; None where nothing is kept."""
    return _ASKED.get()
