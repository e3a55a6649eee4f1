"""Reads of names: what a unit was called on a day, and which unit a name or code means."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from lotrinh.apps.units.models import NameKind, Unit, UnitCode, UnitName
from lotrinh.apps.units.selectors.asked import Names, asked_here
from lotrinh.rules.names import name_key, search_key


@dataclass(frozen=True, slots=True)
class NameBorne:
    """A name and the interval ``[since, until)`` for which the unit bore it; None is open."""

    kind: str
    language: str
    text: str
    since: date | None
    until: date | None
    legal_basis: str


def other_names(*, on: date) -> Names:
    """Return the official names of that day of all units that were or will be renamed.

    A unit that is absent always bore the names of its row.
    """
    asked = asked_here()
    if asked is not None and on in asked.names:
        return asked.names[on]
    renamed = Q(valid__upper_inf=False) | Q(change__isnull=False)
    rows = UnitName.objects.filter(renamed, kind=NameKind.OFFICIAL, valid__contains=on).values_list(
        "unit_id", "language", "text"
    )
    found: dict[int, dict[str, str]] = {}
    for unit_id, language, text in rows:
        found.setdefault(unit_id, {})[language] = text
    names = {
        unit_id: (texts.get("vi", ""), texts.get("en", "")) for unit_id, texts in found.items()
    }
    if asked is not None:
        asked.names[on] = names
    return names


def names_of(*, unit_id: int) -> tuple[NameBorne, ...]:
    """Return every name of a unit, official ones first, the latest first."""
    rows = UnitName.objects.filter(unit_id=unit_id).order_by("-valid", "id")
    found = (
        NameBorne(
            kind=row.kind,
            language=row.language,
            text=row.text,
            since=row.valid.lower,
            until=row.valid.upper,
            legal_basis=row.legal_basis,
        )
        for row in rows
    )
    return tuple(sorted(found, key=lambda name: name.kind != NameKind.OFFICIAL))


def codes_of(*, unit_id: int) -> tuple[UnitCode, ...]:
    """Return the codes of a unit in public numberings, the latest first."""
    return tuple(UnitCode.objects.filter(unit_id=unit_id).order_by("system", "-valid"))


def name_keys_of(*, unit_id: int) -> frozenset[str]:
    """Return the keys of every name that the unit ever bore."""
    return frozenset(UnitName.objects.filter(unit_id=unit_id).values_list("key", flat=True))


def namesakes_of(unit_ids: Iterable[int]) -> frozenset[int]:
    """Return the ids of all units that ever bore a name which one of these ever bore."""
    keys = UnitName.objects.filter(unit_id__in=list(unit_ids)).values_list("key", flat=True)
    rows = UnitName.objects.filter(key__in=set(keys))
    return frozenset(rows.values_list("unit_id", flat=True))


def unit_named(name: str, *, on: date | None = None) -> Unit | None:
    """Return the one unit that bears this name or alias in either language, or None.

    Case, spaces, dashes and the place of a tone do not count. With ``on`` the names of that day
    decide first, and only where nobody bore it then those of all days. A name that two units bear
    means neither.
    """
    return units_named([name], on=on).get(name)


def units_bearing(name: str, *, on: date | None = None) -> tuple[int, ...]:
    """Return the ids of all units that bear this name or alias; see ``unit_named``."""
    rows = UnitName.objects.filter(key=name_key(name) or None).order_by("unit__sort_key", "unit_id")
    bearers = {row.unit_id: row for row in rows}
    that_day = dict.fromkeys(row.unit_id for row in rows if on is not None and on in row.valid)
    return tuple(that_day or bearers)


def units_named(names: Iterable[str], *, on: date | None = None) -> dict[str, Unit]:
    """Return for each name the one unit that ``unit_named`` would give; others are absent."""
    keys = {name: name_key(name) for name in names}
    wanted = sorted({key for key in keys.values() if key})
    ever: dict[str, dict[int, Unit]] = {key: {} for key in wanted}
    that_day: dict[str, dict[int, Unit]] = {key: {} for key in wanted}
    rows = UnitName.objects.filter(key__in=wanted).select_related("unit") if wanted else ()
    for row in rows:
        ever[row.key][row.unit_id] = row.unit
        if on is not None and on in row.valid:
            that_day[row.key][row.unit_id] = row.unit
    found = {}
    for name, key in keys.items():
        bearers = that_day.get(key) or ever.get(key) or {}
        if len(bearers) == 1:
            found[name] = next(iter(bearers.values()))
    return found


def units_found(words: str, *, most: int = 50) -> tuple[tuple[Unit, UnitName], ...]:
    """Return units that a name of theirs, of any day, makes plausible for typed words.

    Words may lack diacritics and stand in any order; a word that has marks must be found with
    them. A whole name comes before the beginning of one, that before the same words elsewhere in
    one, that before any other; names still borne come before former ones. Each unit is given
    once, with the name by which it was found.
    """
    typed = search_key(words).split()
    if not typed:
        return ()
    condition = Q()
    for word in typed:
        condition &= Q(search_key__contains=word)
    rows = UnitName.objects.filter(condition).select_related("unit")[:2000]
    marked = {word for word in name_key(words).split() if word != search_key(word)}
    plain = " ".join(typed)

    def rank(row: UnitName) -> tuple[bool, bool, bool, bool, bool, str]:
        return (
            not marked <= set(row.key.split()),
            row.search_key != plain,
            not row.search_key.startswith(plain),
            f" {plain} " not in f" {row.search_key} ",
            row.valid.upper is not None,
            row.unit.sort_key,
        )

    found: dict[int, tuple[Unit, UnitName]] = {}
    for row in sorted(rows, key=rank):
        if marked and not marked <= set(row.key.split()):
            continue
        found.setdefault(row.unit_id, (row.unit, row))
    by_code = Unit.objects.filter(codes__code__iexact=words.strip()).distinct()
    for unit in by_code:
        named = UnitName.objects.filter(unit=unit, language="vi").order_by("-valid").first()
        if named is not None:
            found.setdefault(unit.pk, (unit, named))
    return tuple(found.values())[:most]
