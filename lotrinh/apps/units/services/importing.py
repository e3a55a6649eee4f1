"""Taking over units, people and posts from sheets: what is good comes in, what is not is told.

What a sheet would do is worked out by the rules and can be asked for first
(``selectors.judged_units``, ``selectors.judged_people``). It is worked out again inside the
transaction that writes, and the good rows are written together or not at all. What is there
already is left alone, so that taking a sheet over twice is taking it over once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import SYSTEM, Act, Named
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.units.models import (
    NameKind,
    Placement,
    Tree,
    Unit,
    UnitCode,
    UnitName,
)
from lotrinh.apps.units.selectors.rights import may_throughout
from lotrinh.apps.units.selectors.sheets import (
    Grid,
    UnitsJudged,
    judged_units,
)
from lotrinh.apps.units.services.setting_up import create_tree
from lotrinh.apps.units.services.turns import await_organisation
from lotrinh.rules.actions import Action
from lotrinh.rules.sheets import counted
from lotrinh.rules.sorting import sort_key
from lotrinh.rules.unit_sheet import UnitRow, names_through_time

_BATCH = 1000
Progress = Callable[[int, int], None]
New = tuple[UnitRow, tuple[str, ...]]
"""A row to be written, and the codes from the root down to its unit."""


class ImportNotAllowed(Exception):
    """The account may not do this at the root of the main tree."""


@transaction.atomic
def import_units(
    *,
    grid: Grid,
    user: User | None,
    opens_trees: bool = False,
    new_kinds: bool = False,
    on: date,
    at: datetime,
) -> UnitsJudged:
    """Write the good rows of a sheet of units; return what became of each row.

    ``user`` None is the installation itself, at its own machine. With ``opens_trees`` a tree that
    is named and not there is opened, with ``new_kinds`` a kind that nobody knows is a new one.
    Raises ImportNotAllowed, and NoHead for a grid that is no sheet of units.
    """
    await_organisation()
    actor = _allowed(user, on=on)
    judged = judged_units(grid, opens_trees=opens_trees, new_kinds=new_kinds)
    new = judged.plan.new
    trees = {code: _tree(code, actor=actor, at=at) for code in sorted(_trees_of(new))}
    fresh = _create_units(new)
    units = {unit.code: unit for unit in Unit.objects.all()}
    _name_units(new, fresh)
    _number_units(new, units)
    _place_units(new, units, trees)
    acts = [
        Act("unit.created", unit.named, unit.uid, {"code": unit.code}) for unit in fresh.values()
    ]
    acts += _acts(new, units)
    counts = counted(judged.plan.verdicts)
    if new:
        acts.append(Act("sheet.imported", journal.reference("sheet", "units"), None, counts))
        journal.record_all(acts=acts, actor=actor, at=at)
    return judged


def _allowed(user: User | None, *, on: date) -> Named:
    """Return who acts."""
    if user is None:
        return SYSTEM
    if not may_throughout(user_id=user.pk, action=Action.CHANGE_UNIT, on=on):
        raise ImportNotAllowed(Action.CHANGE_UNIT)
    return user.named


def _trees_of(new: Iterable[New]) -> set[str]:
    return {row.tree for row, _ in new if row.tree}


def _tree(code: str, *, actor: Named, at: datetime) -> Tree:
    """Return a tree whose turn this transaction has; one that is opened is named by its code."""
    take_turn("tree", code)
    known = Tree.objects.filter(code=code).first()
    return known or create_tree(code=code, name_vi=code, name_en=code, actor=actor, at=at)


def _create_units(new: Sequence[New]) -> dict[str, Unit]:
    """Register the units that are not there yet, under the latest of their names."""
    known = set(Unit.objects.values_list("code", flat=True))
    by_code = _by_unit(new)
    fresh = {}
    for code, rows in by_code.items():
        if code in known:
            continue
        latest = names_through_time(rows)[-1]
        fresh[code] = Unit(
            code=code,
            kind=latest.kind,
            name_vi=latest.name_vi,
            name_en=latest.name_en,
            sort_key=sort_key(latest.name_vi),
        )
    Unit.objects.bulk_create(fresh.values(), batch_size=_BATCH)
    return fresh


def _by_unit(new: Sequence[New]) -> dict[str, list[UnitRow]]:
    found: dict[str, list[UnitRow]] = defaultdict(list)
    for row, _ in new:
        found[row.code].append(row)
    return found


def _name_units(new: Sequence[New], fresh: dict[str, Unit]) -> None:
    """Give the new units their official names, each until the next, and what else they say."""
    names: list[UnitName] = []
    for code, rows in _by_unit(new).items():
        if code not in fresh:
            continue
        begun = names_through_time(rows)
        for place, row in enumerate(begun):
            until = begun[place + 1].since if place + 1 < len(begun) else None
            for language, text in (("vi", row.name_vi), ("en", row.name_en)):
                names.append(
                    UnitName.of(
                        fresh[code],
                        NameKind.OFFICIAL,
                        text,
                        valid=DateRange(row.since, until),
                        language=language,
                        legal_basis=row.legal_basis if place else "",
                    )
                )
        for kind, spells in (
            (NameKind.ALIAS, {spell for row in rows for spell in row.aliases}),
            (NameKind.ABBREVIATION, {spell for row in rows for spell in row.abbreviations}),
        ):
            names += (
                UnitName.of(
                    fresh[code], kind, spell.text, valid=DateRange(spell.since, spell.until)
                )
                for spell in sorted(spells, key=str)
            )
    UnitName.objects.bulk_create(names, batch_size=_BATCH)


def _number_units(new: Sequence[New], units: dict[str, Unit]) -> None:
    """Give new units their codes in public numberings; a known unit has all that it states."""
    pairs = {(row.code, system, spell) for row, _ in new for system, spell in row.codes}
    known = set(UnitCode.objects.values_list("unit__code", "system", "code"))
    UnitCode.objects.bulk_create(
        (
            UnitCode(
                unit=units[unit],
                system=system,
                code=spell.text,
                valid=DateRange(spell.since, spell.until),
            )
            for unit, system, spell in sorted(pairs, key=str)
            if (unit, system, spell.text) not in known
        ),
        batch_size=_BATCH,
    )


def _place_units(new: Sequence[New], units: dict[str, Unit], trees: dict[str, Tree]) -> None:
    Placement.objects.bulk_create(
        (
            Placement(
                unit=units[row.code],
                tree=trees[row.tree],
                parent=units[row.parent] if row.parent else None,
                path=".".join(str(units[code].pk) for code in path),
                valid=DateRange(row.since, row.until),
                legal_basis=row.legal_basis,
            )
            for row, path in new
            if row.tree
        ),
        batch_size=_BATCH,
    )


def _acts(new: Sequence[New], units: dict[str, Unit]) -> Iterator[Act]:
    """Give what the journal says of each row: where a unit was placed and how it was numbered."""
    for row, _ in new:
        unit = units[row.code]
        if row.tree:
            placed = {
                "tree": row.tree,
                "parent": str(units[row.parent].uid) if row.parent else None,
                "since": row.since.isoformat() if row.since else None,
                "until": row.until.isoformat() if row.until else None,
            }
            yield Act("unit.placed", unit.named, unit.uid, placed)
        for system, spell in row.codes:
            numbered = {"system": system, "code": spell.text}
            yield Act("unit.numbered", unit.named, unit.uid, numbered)
