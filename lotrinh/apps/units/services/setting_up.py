"""Acts of setting an installation up: trees, units, their first names and places.

The caller checks the right. Changing a tree that already works has services of its own, in
``changes``.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import Named
from lotrinh.apps.units.models import (
    Change,
    NameKind,
    Placement,
    Tree,
    Unit,
    UnitCode,
    UnitName,
)
from lotrinh.rules.code_systems import forms_missed
from lotrinh.rules.sorting import sort_key


class AlreadyPlaced(Exception):
    """The unit stands elsewhere in this tree on at least one of these days."""


class ParentNotInForce(Exception):
    """The parent does not stand in this tree throughout the interval asked for."""


class CodeTaken(Exception):
    """Another unit bears this code, or this unit another code, on one of these days."""


class CodeMalformed(Exception):
    """A code has none of the forms that its numbering has for such a unit on these days."""

    def __init__(self, code: str, examples: tuple[str, ...]) -> None:
        super().__init__(f"{code}: {', '.join(examples)}")
        self.code = code
        self.examples = examples


@transaction.atomic
def create_tree(*, code: str, name_vi: str, name_en: str, actor: Named, at: datetime) -> Tree:
    """Open an empty hierarchy."""
    tree = Tree.objects.create(code=code, name_vi=name_vi, name_en=name_en)
    subject = journal.reference("tree", code)
    journal.record("tree.created", subject, actor=actor, at=at, data={"code": code})
    return tree


@transaction.atomic
def create_unit(
    *,
    code: str,
    kind: str,
    name_vi: str,
    name_en: str,
    aliases: Iterable[str] = (),
    abbreviations: Iterable[str] = (),
    since: date | None = None,
    actor: Named,
    at: datetime,
) -> Unit:
    """Register an organisation that bears its names from ``since`` (None: as long as known).

    It stands nowhere until it is placed.
    """
    unit = Unit.objects.create(
        code=code, kind=kind, name_vi=name_vi, name_en=name_en, sort_key=sort_key(name_vi)
    )
    valid = DateRange(since, None)
    names = [
        UnitName.of(unit, NameKind.OFFICIAL, name_vi, valid=valid, language="vi"),
        UnitName.of(unit, NameKind.OFFICIAL, name_en, valid=valid, language="en"),
        *(UnitName.of(unit, NameKind.ALIAS, text) for text in aliases),
        *(UnitName.of(unit, NameKind.ABBREVIATION, text) for text in abbreviations),
    ]
    UnitName.objects.bulk_create(names)
    journal.record(
        "unit.created", unit.named, actor=actor, at=at, unit_uid=unit.uid, data={"code": code}
    )
    return unit


@transaction.atomic
def add_name(
    *,
    unit: Unit,
    kind: NameKind,
    text: str,
    since: date | None = None,
    until: date | None = None,
    actor: Named,
    at: datetime,
) -> UnitName:
    """Let a unit be found under an alias or abbreviation for the days ``[since, until)``.

    None on either side is an open end. Saying the same twice changes nothing.
    """
    row = UnitName.of(unit, kind, text, valid=DateRange(since, until))
    known = UnitName.objects.filter(unit=unit, kind=kind, key=row.key, valid=row.valid).first()
    if known:
        return known
    row.save()
    data = {"kind": str(kind), "name": text}
    journal.record("unit.named", unit.named, actor=actor, at=at, unit_uid=unit.uid, data=data)
    return row


@transaction.atomic
def number_unit(
    *,
    unit: Unit,
    system: str,
    code: str,
    since: date | None = None,
    until: date | None = None,
    actor: Named,
    at: datetime,
) -> UnitCode:
    """Let a unit bear a code of a public numbering for an interval.

    Raises CodeTaken, CodeMalformed.
    """
    missed = forms_missed(code, system=system, kind=unit.kind, since=since, until=until)
    if missed:
        raise CodeMalformed(code, missed)
    try:
        with transaction.atomic():
            row = UnitCode.objects.create(
                unit=unit, system=system, code=code, valid=DateRange(since, until)
            )
    except IntegrityError as refused:
        raise CodeTaken(f"{system} {code}") from refused
    data = {"system": system, "code": code}
    journal.record("unit.numbered", unit.named, actor=actor, at=at, unit_uid=unit.uid, data=data)
    return row


@transaction.atomic
def place_unit(
    *,
    unit: Unit,
    tree: Tree,
    parent: Unit | None,
    since: date,
    until: date | None = None,
    legal_basis: str = "",
    change: Change | None = None,
    actor: Named,
    at: datetime,
) -> Placement:
    """Put a unit under ``parent`` (None: at the root) from ``since`` to the day before ``until``.

    The parent must itself stand in the tree for the whole interval.
    Raises AlreadyPlaced, ParentNotInForce.
    """
    valid = DateRange(since, until)
    path = str(unit.pk)
    if parent is not None:
        above = Placement.objects.filter(unit=parent, tree=tree, valid__contains=valid).first()
        if above is None:
            raise ParentNotInForce(f"{parent.code} from {since} to {until}")
        path = f"{above.path}.{unit.pk}"
    try:
        with transaction.atomic():
            placement = Placement.objects.create(
                unit=unit,
                tree=tree,
                parent=parent,
                path=path,
                valid=valid,
                legal_basis=legal_basis,
                change=change,
            )
    except IntegrityError as refused:
        raise AlreadyPlaced(f"{unit.code} from {since} to {until}") from refused
    data = {
        "tree": tree.code,
        "parent": str(parent.uid) if parent else None,
        "since": since.isoformat(),
        "until": until.isoformat() if until else None,
    }
    journal.record("unit.placed", unit.named, actor=actor, at=at, unit_uid=unit.uid, data=data)
    return placement
