"""The figures that count: of each series the one that nothing supersedes."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from lotrinh.apps.reporting.models import Delta, Figure, Period
from lotrinh.rules import figures as rules
from lotrinh.rules.figures import Basis
from lotrinh.rules.ledger import Counted, FigureTooLarge, WrongFigureForm, counted
from lotrinh.rules.target_terms import Rollup

_SAYS_SOMETHING = Q(value__isnull=False) | Q(numerator__isnull=False)


def standing(*, period: Period, basis: str) -> QuerySet[Figure]:
    """Return the figures that count for a period; what was withdrawn is not among them."""
    return standing_of(basis=basis).filter(period=period)


def standing_of(*, basis: str) -> QuerySet[Figure]:
    """Return the figures that count, of every period; what was withdrawn is not among them."""
    return Figure.objects.filter(_SAYS_SOMETHING, basis=basis, superseded_by=None)


class Telling(NamedTuple):
    """What one figure of a period and basis says."""

    unit_id: int
    measure_id: int
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    weight: Decimal | None


def folded(
    *, period: Period, basis: str, measure_ids: Iterable[int] | None = None
) -> Iterator[Telling]:
    """Yield the figures that the totals hold: as if what still waits had not been approved."""
    waits = Delta.objects.filter(approval=OuterRef("approval"))
    later = Figure.objects.filter(supersedes=OuterRef("pk"))
    later = later.filter(~Exists(Delta.objects.filter(approval=OuterRef("approval"))))
    rows = Figure.objects.filter(_SAYS_SOMETHING, period=period, basis=basis)
    if measure_ids is not None:
        rows = rows.filter(measure__in=list(measure_ids))
    rows = rows.filter(~Exists(waits), ~Exists(later))
    for row in rows.values_list(*Telling._fields).iterator(chunk_size=20_000):
        yield Telling(*row)


def as_counted(told: Telling, rollup: Rollup) -> Counted | None:
    """Return what a figure counts for; None where it was told before its measure had this rule."""
    try:
        return counted(
            rollup,
            value=told.value,
            numerator=told.numerator,
            denominator=told.denominator,
            weight=told.weight,
        )
    except (WrongFigureForm, FigureTooLarge):
        return None


def as_rule(told: Telling, period: Period, basis: str) -> rules.Figure:
    """Return a figure as the rules know it: told of all days of its period."""
    return rules.Figure(
        unit=told.unit_id,
        since=period.starts,
        until=period.ends,
        basis=Basis(basis),
        value=told.value,
        numerator=told.numerator,
        denominator=told.denominator,
        weight=told.weight,
    )
