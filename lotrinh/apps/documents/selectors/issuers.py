"""Whose document a number may be: the suffix, the words beside it, and where it is cited.

A suffix under-determines the issuer: TU is the suffix of every province, UBND that of every
commune. So the words "of ..." decide first, then the neighbourhood of the unit in whose document
the number stands. What neither settles stays open; a wrong link is worse than none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lotrinh.apps.documents.models import IssuerSuffix
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.names import name_key
from lotrinh.rules.series import suffix_of

_INNER = ("ban thường vụ ", "ban chấp hành đảng bộ ", "ban chấp hành ", "văn phòng ban ")


@dataclass(frozen=True, slots=True)
class IssuerMeant:
    """Who issued a document as far as it is certain.

    ``unit`` is a registered one; ``key`` the key of a printed name that is none, empty where the
    number alone says who it is or nothing is known; ``candidates`` are the registered units among
    which nothing decides.
    """

    unit: Unit | None = None
    key: str = ""
    candidates: tuple[Unit, ...] = ()


def suffix_on(*, suffix: str, system: str, on: date) -> IssuerSuffix | None:
    """Return what a suffix said on that day, else what it says in the nearest rule, or None."""
    rows = list(IssuerSuffix.objects.filter(suffix=suffix, system=system).order_by("-valid"))
    return next((row for row in rows if on in row.valid), rows[0] if rows else None)


def issuer_meant(*, number: str, system: str, words: str, keeper_id: int, on: date) -> IssuerMeant:
    """Return who issued the document ``number``, cited with ``words`` where ``keeper_id`` keeps.

    Words that name another kind of body than the suffix belong to another thought and are passed
    over. Without reference data on the suffix only a registered name of the words counts.
    """
    row = suffix_on(suffix=suffix_of(number), system=system, on=on)
    bodies = {name_key(body) for body in row.bodies} if row is not None else set()
    if words and row is not None and not _is_one_of(_inner_key(words), bodies):
        words = ""
    named = _named(words, on=on) if words else None
    if named is not None:
        return IssuerMeant(unit=named)
    if row is None or not row.is_shared:
        return IssuerMeant()
    key = _inner_key(words)
    if words and key not in bodies:
        return IssuerMeant(key=key)
    found = _around(bodies, keeper_id=keeper_id, on=on)
    if len(found) == 1:
        return IssuerMeant(unit=found[0])
    return IssuerMeant(candidates=tuple(found))


def key_of(*, number: str, system: str, words: str, on: date) -> str:
    """Return by what the printed name of an unregistered issuer is told apart from others.

    Empty where the suffix means one body whatever it is called.
    """
    row = suffix_on(suffix=suffix_of(number), system=system, on=on) if number else None
    if row is not None and not row.is_shared:
        return ""
    return name_key(words)


def _named(words: str, *, on: date) -> Unit | None:
    """Return the unit that the words name, also where they name its standing committee."""
    known: Mapping[str, Unit] = units.units_named([words, _inner_key(words)], on=on)
    return known.get(words) or known.get(_inner_key(words))


def _inner_key(words: str) -> str:
    """Return the key of a committee for whatever part of it is named: they share one series."""
    key = name_key(words)
    for inner in _INNER:
        if key.startswith(inner):
            return key.removeprefix(inner)
    return key


def _around(bodies: set[str], *, keeper_id: int, on: date) -> Sequence[Unit]:
    """Return the units of such a name nearest to the keeper: it, then each one above in turn."""
    for place in reversed(units.lineage(unit_id=keeper_id, on=on)):
        near = [place, *units.children_of(unit_id=place.id, on=on)]
        ids = [unit.id for unit in near if _is_one_of(name_key(unit.name_vi), bodies)]
        if ids:
            return list(units.units_by_ids(ids).values())
    return ()


def _is_one_of(key: str, bodies: set[str]) -> bool:
    """Say whether a name is of such a body: Vietnamese begins with the kind, English ends so."""
    return any(
        key == body or key.startswith(f"{body} ") or (body.isascii() and key.endswith(f" {body}"))
        for body in bodies
    )
