"""Units: which there are, one of them, and a tree as it stood on a day."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from lotrinh.api import clock
from lotrinh.api.keys import KeyOpens
from lotrinh.api.paging import Page, next_url, only_known, require_known
from lotrinh.api.problems import at_fault, not_found
from lotrinh.api.shapes import LOOKING, Day
from lotrinh.apps.units import selectors as units
from lotrinh.rules.scopes import Scope

if TYPE_CHECKING:
    from lotrinh.apps.units.selectors import PlacedUnit

router = Router(tags=["units"], auth=KeyOpens(Scope.READ_UNITS))


class PlacedOut(Schema):
    """A unit where it stands on a day, from ``since`` to before ``until``."""

    uid: UUID
    code: str
    kind: str
    name_vi: str
    name_en: str
    parent: UUID | None
    depth: int
    since: date
    until: date | None
    legal_basis: str


class UnitsOut(Schema):
    """A page of a tree, parents before those below them."""

    on: date
    tree: str
    items: list[PlacedOut]
    next: str | None


class UnitOut(Schema):
    """A unit: ``place`` is where it stands on the day, None where it does not stand."""

    uid: UUID
    code: str
    kind: str
    name_vi: str
    name_en: str
    place: PlacedOut | None


class TreePage(Page):
    """Which tree, on which day."""

    on: Day | None = Field(None, description="The day; today where none is said.")
    tree: str = Field(units.MAIN_TREE, max_length=60, pattern=r"^[a-z0-9-]+$")


class OnDay(Schema):
    """On which day."""

    on: Day | None = Field(None, description="The day; today where none is said.")


@router.get("", response={200: UnitsOut, **LOOKING}, url_name="api-units", summary="The tree")
def list_units(request: HttpRequest, filters: Query[TreePage]) -> UnitsOut:
    """The units of a tree on a day, each with the unit above it, so that the tree can be built."""
    only_known(request, filters)
    on = filters.on or clock.today()
    placed = units.tree_on(on=on, tree=filters.tree)
    uids = {unit.id: unit.uid for unit in placed}
    at = 0
    if filters.after is not None:
        at = next((n for n, one in enumerate(placed, 1) if one.uid == filters.after), 0)
        require_known(at > 0)
    rows = placed[at : at + filters.limit]
    more = at + filters.limit < len(placed)
    return UnitsOut(
        on=on,
        tree=filters.tree,
        items=[_placed(row, uids.get(row.path[-2]) if row.depth else None) for row in rows],
        next=next_url(request, rows[-1].uid) if more else None,
    )


@router.get("/{uuid:uid}", response={200: UnitOut, **LOOKING}, url_name="api-unit", summary="One")
def one_unit(request: HttpRequest, uid: UUID, filters: Query[OnDay]) -> UnitOut:
    """One unit, whether or not it still stands."""
    only_known(request, filters)
    unit = units.unit_by_uid(uid)
    if unit is None:
        raise not_found()
    lineage = units.lineage(unit_id=unit.pk, on=filters.on or clock.today())
    here = lineage[-1] if lineage else None
    above = lineage[-2].uid if len(lineage) > 1 else None
    return UnitOut(
        uid=unit.uid,
        code=unit.code,
        kind=unit.kind,
        name_vi=here.name_vi if here else unit.name_vi,
        name_en=here.name_en if here else unit.name_en,
        place=_placed(here, above) if here else None,
    )


def unit_id_of(uid: UUID | None, name: str) -> int | None:
    """Return the id of the unit that a field names; raises Problem where there is none."""
    if uid is None:
        return None
    unit = units.unit_by_uid(uid)
    if unit is None:
        raise at_fault(name, not_found().detail)
    return unit.pk


def _placed(row: "PlacedUnit", parent: UUID | None) -> PlacedOut:
    return PlacedOut(
        uid=row.uid,
        code=row.code,
        kind=row.kind,
        name_vi=row.name_vi,
        name_en=row.name_en,
        parent=parent,
        depth=row.depth,
        since=row.since,
        until=row.until,
        legal_basis=row.legal_basis,
    )
