"""A small city that divides a target: two districts, a group of them, and the forms of one act."""

from datetime import date
from decimal import Decimal
from itertools import count

from lotrinh.apps.documents.models import Document
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.targets import services
from lotrinh.apps.targets.models import Allocation, Target
from lotrinh.apps.targets.services import Among, Division, Given
from lotrinh.apps.units.models import Group, Unit
from lotrinh.apps.units.services import Choice, save_group
from lotrinh.rules.allocation_states import AllocationMethod
from lotrinh.rules.target_terms import Comparator, Rollup
from tests.cast import Cast
from tests.factories import NOW, TODAY, key, make_document, make_rendition, make_target, make_tree

ON = {"on": TODAY, "at": NOW}
_NUMBERS = count(1)


def districts(cast: Cast, *more: Unit, code: str = "") -> Group:
    """Return a group of both districts and of whatever else is given."""
    choice = Choice(
        name_vi="Quận",
        name_en="Districts",
        tree=make_tree(),
        added=(cast.ho_sen, cast.dong_gao, *more),
    )
    return save_group(code=code or f"quan-{next(_NUMBERS)}", choice=choice, actor=SYSTEM, at=NOW)


def families(cast: Cast, *, value: int = 101, rollup: Rollup = Rollup.SUM) -> Target:
    """Return a target of the city that can be divided; nobody leads it yet."""
    promise = services.Promise(
        measure="Gia đình văn hóa được công nhận",
        language="vi",
        comparator=Comparator.AT_LEAST,
        value=Decimal(value),
        unit_of_measure="household",
        due=date(2024, 12, 31),
        rollup=rollup,
    )
    rendition = make_rendition(make_document(keeper=cast.city, user=cast.chi))
    return make_target(owed_to=cast.city, user=cast.chi, promise=promise, rendition=rendition)


def by_bases(cast: Cast, ho_sen: int | None = 300, dong_gao: int | None = 100) -> Division:
    """Return a division in proportion to households."""
    given = {cast.ho_sen: ho_sen, cast.dong_gao: dong_gao}
    return Division(
        AllocationMethod.PROPORTIONAL,
        base_words="Số hộ",
        given={
            unit.pk: Given(base=Decimal(base)) for unit, base in given.items() if base is not None
        },
    )


def by_hand(cast: Cast, ho_sen: int | None, dong_gao: int | None, reason: str = "") -> Division:
    """Return a division typed by hand."""
    given = {cast.ho_sen.pk: ho_sen, cast.dong_gao.pk: dong_gao}
    return Division(
        AllocationMethod.BY_HAND,
        given={
            unit: Given(value=None if value is None else Decimal(value))
            for unit, value in given.items()
        },
        difference_reason=reason,
    )


def drafted(
    cast: Cast, target: Target, division: Division | None = None, group: Group | None = None
) -> Allocation:
    """Draft an allocation as the planning office."""
    return services.draft_allocation(
        target_id=target.pk,
        among=Among(group or districts(cast), TODAY),
        division=division or by_bases(cast),
        user=cast.chi,
        client_key=key(),
        **ON,
    )


def consulted(cast: Cast, allocation: Allocation) -> Allocation:
    """Lay it before the units."""
    return services.consult_units(
        allocation_id=allocation.pk,
        version=allocation.version,
        answers_due=date(2024, 8, 20),
        user=cast.chi,
        client_key=key(),
        **ON,
    )


def decided(
    cast: Cast, allocation: Allocation, reason: str = "", basis: Document | None = None
) -> Allocation:
    """Decide it by a document of the city."""
    return services.decide_allocation(
        allocation_id=allocation.pk,
        version=allocation.version,
        basis=basis or make_document(keeper=cast.city, user=cast.chi),
        difference_reason=reason,
        user=cast.chi,
        client_key=key(),
        **ON,
    )
