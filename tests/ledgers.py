"""Builders of periods, measures and approved figures, through the services alone."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.reporting import selectors, services
from lotrinh.apps.reporting.models import Approval, Figure, Period
from lotrinh.apps.reporting.services import Entry, Told
from lotrinh.apps.targets.models import Measure
from lotrinh.apps.targets.services import Promise
from lotrinh.apps.units.models import Unit
from lotrinh.rules.figures import Basis
from lotrinh.rules.target_terms import Comparator, Rollup
from tests.factories import NOW, TODAY, key, make_target

ON = {"on": TODAY, "at": NOW}
JULY = date(2024, 7, 1), date(2024, 8, 1)


def make_period(kind: str = "month", starts: date = JULY[0], ends: date = JULY[1]) -> Period:
    """Open a period; July 2024 unless something else is said."""
    return services.open_period(kind=kind, starts=starts, ends=ends, on=TODAY, actor=SYSTEM, at=NOW)


def make_measure(*, owed_to: Unit, user: User, rollup: Rollup | None = Rollup.SUM) -> Measure:
    """Return a new measure that adds up so, with a target that names it."""
    promise = Promise(
        measure="Số hộ được công nhận",
        language="vi",
        comparator=Comparator.AT_LEAST,
        value=Decimal(1000),
        unit_of_measure="hộ",
        due=date(2025, 12, 31),
        rollup=rollup,
    )
    return make_target(owed_to=owed_to, user=user, promise=promise).measure


def told(measure: Measure, *numbers: object) -> Told:
    """Return what is told of a measure, in the form that its rule asks for."""
    given = [Decimal(str(number)) for number in numbers]
    if measure.rollup == Rollup.RATIO_OF_SUMS:
        return Told(measure, numerator=given[0], denominator=given[1])
    return Told(measure, given[0], weight=given[1] if len(given) > 1 else None)


def approve(
    unit: Unit,
    figures: Sequence[Told],
    *,
    period: Period,
    entered_by: User,
    user: User,
    basis: Basis = Basis.SELF_REPORTED,
    client_key: UUID | None = None,
) -> Approval:
    """Let figures count that somebody entered today."""
    return services.approve_figures(
        figures=figures,
        unit=unit,
        period=period,
        basis=basis,
        entry=Entry(entered_by, TODAY),
        user=user,
        client_key=client_key or key(),
        **ON,
    )


def correct(
    figure: Figure,
    told: Told | None,
    *,
    entered_by: User,
    user: User,
    reason: str = "Cộng nhầm một tổ dân phố",
    client_key: UUID | None = None,
) -> Figure:
    """Let something else stand in the place of a figure."""
    return services.correct_figure(
        figure_id=figure.pk,
        told=told,
        reason=reason,
        entry=Entry(entered_by, TODAY),
        user=user,
        client_key=client_key or key(),
        **ON,
    )


def fold() -> int:
    """Fold everything that waits; return how many approvals that were."""
    return services.fold_deltas(at=NOW)


def read(
    unit: Unit,
    measure: Measure,
    period: Period,
    *,
    seen_by: User,
    basis: Basis = Basis.SELF_REPORTED,
) -> selectors.TotalRead:
    """Return the total of a unit, which the account must be able to see."""
    found = selectors.total_of(
        unit=unit, measure=measure, period=period, basis=basis, seen_by=seen_by.pk, on=TODAY
    )
    assert found is not None
    return found


def differing() -> tuple[selectors.Difference, ...]:
    """Return the totals that are not what their figures make."""
    return services.recount_totals().differences
