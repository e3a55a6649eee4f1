"""Scenarios of describing a target and dividing it: before, and the one call that is watched."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from lotrinh.apps.targets import selectors, services
from lotrinh.apps.targets.models import AllocationShare
from lotrinh.apps.targets.services import Among, Description, MeasureFacts
from lotrinh.rules.allocation_states import ShareAnswer
from lotrinh.rules.target_terms import Comparator
from tests.apps.targets.dividing import (
    ON,
    by_bases,
    by_hand,
    consulted,
    districts,
    drafted,
    families,
)
from tests.cast import Cast
from tests.factories import TODAY, key, make_document

Act = Callable[[], object]


def describe_target(cast: Cast) -> Act:
    target = families(cast)
    said = Description(
        facts=MeasureFacts(definition="Hộ có quyết định công nhận"),
        comparator=Comparator.AT_LEAST,
        value=Decimal(101),
    )
    return lambda: services.describe_target(
        target_id=target.pk,
        shown=selectors.described_mark(target),
        description=said,
        user=cast.chi,
        **ON,
    )


def draft_allocation(cast: Cast) -> Act:
    target, group = families(cast), districts(cast)
    return lambda: services.draft_allocation(
        target_id=target.pk,
        among=Among(group, TODAY),
        division=by_bases(cast),
        user=cast.chi,
        client_key=key(),
        **ON,
    )


def amend_allocation(cast: Cast) -> Act:
    allocation = drafted(cast, families(cast))
    return lambda: services.amend_allocation(
        allocation_id=allocation.pk,
        version=1,
        division=replace(by_hand(cast, 51, 50), works_out=False),
        user=cast.chi,
        client_key=key(),
        **ON,
    )


def consult_units(cast: Cast) -> Act:
    allocation = drafted(cast, families(cast))
    return lambda: consulted(cast, allocation)


def answer_consultation(cast: Cast) -> Act:
    allocation = consulted(cast, drafted(cast, families(cast)))
    share = AllocationShare.objects.get(allocation=allocation, unit=cast.ho_sen)
    return lambda: services.answer_consultation(
        share_id=share.pk,
        version=1,
        answer=ShareAnswer.AGREES,
        asked=None,
        reason="",
        user=cast.ha,
        client_key=key(),
        **ON,
    )


def decide_allocation(cast: Cast) -> Act:
    allocation = consulted(cast, drafted(cast, families(cast)))
    basis = make_document(keeper=cast.city, user=cast.chi)
    return lambda: services.decide_allocation(
        allocation_id=allocation.pk,
        version=2,
        basis=basis,
        difference_reason="",
        user=cast.chi,
        client_key=key(),
        **ON,
    )


def withdraw_allocation(cast: Cast) -> Act:
    allocation = drafted(cast, families(cast))
    return lambda: services.withdraw_allocation(
        allocation_id=allocation.pk,
        version=1,
        reason="",
        user=cast.chi,
        client_key=key(),
        **ON,
    )


def way_of_a_target(cast: Cast) -> None:
    """Let a target have a day on its way."""
    target = families(cast)
    services.describe_target(
        target_id=target.pk,
        shown=selectors.described_mark(target),
        description=Description(
            facts=MeasureFacts(),
            comparator=Comparator.AT_LEAST,
            value=Decimal(101),
            interim={date(2024, 9, 30): Decimal(60)},
        ),
        user=cast.chi,
        **ON,
    )


TARGET_SCENARIOS: dict[str, Callable[[Cast], Act]] = {
    "targets.describe_target": describe_target,
    "targets.draft_allocation": draft_allocation,
    "targets.amend_allocation": amend_allocation,
    "targets.consult_units": consult_units,
    "targets.answer_consultation": answer_consultation,
    "targets.decide_allocation": decide_allocation,
    "targets.withdraw_allocation": withdraw_allocation,
}

NO_TARGET_SERVICE = {
    "targets.make_shares": "a step of drafting an allocation, which is watched",
    "targets.change_shares": "a step of amending an allocation, which is watched",
    "targets.locked_shares": "waits for others and writes nothing",
    "targets.require": "asks a right and writes nothing",
    "targets.locked_allocation": "waits for others and writes nothing",
    "targets.step_taken": "a question, asked by the services of allocations",
    "targets.require_step": "a question, asked by the services of allocations",
    "targets.last_step": "a question, asked by the services of allocations",
    "targets.keep_step": "a step of the services of allocations, which are watched",
}
