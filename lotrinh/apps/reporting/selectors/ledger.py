"""The figures that count: of each series the one that nothing supersedes."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from lotrinh.apps.reporting.models import Delta, Figure, Period
from lotrinh.rules import figures as rules
from lotrinh.rules.figures import Basis

_SAYS_SOMETHING = Q(value__isnull=False) | Q(numerator__isnull=False)


def standing(*, period: Period, basis: str) -> QuerySet[Figure]:
    """Return the figures that count for a period; what was withdrawn is not among them."""
    rows = Figure.objects.filter(period=period, basis=basis, superseded_by=None)
    return rows.filter(_SAYS_SOMETHING)


def folded(
    *, period: Period, basis: str, measure_ids: Iterable[int] | None = None
) -> QuerySet[Figure]:
    """Return the figures that the totals hold: as if what still waits had not been approved."""
    waits = Delta.objects.filter(approval=OuterRef("approval"))
    later = Figure.objects.filter(supersedes=OuterRef("pk"))
    later = later.filter(~Exists(Delta.objects.filter(approval=OuterRef("approval"))))
    rows = Figure.objects.filter(_SAYS_SOMETHING, period=period, basis=basis)
    if measure_ids is not None:
        rows = rows.filter(measure__in=list(measure_ids))
    return rows.filter(~Exists(waits), ~Exists(later))


def as_rule(figure: Figure, period: Period) -> rules.Figure:
    """Return a figure as the rules know it: told of all days of its period."""
    return rules.Figure(
        unit=figure.unit_id,
        since=period.starts,
        until=period.ends,
        basis=Basis(figure.basis),
        value=figure.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        weight=figure.weight,
    )
