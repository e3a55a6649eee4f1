"""Who handed over to whom between two days, as figures that must stay whole are carried."""

from datetime import date

from lotrinh.apps.units.models import Succession
from lotrinh.rules.lineage import Handover
from lotrinh.rules.succession import Edge


def handovers(*, since: date, on: date) -> tuple[Handover, ...]:
    """Return every succession after ``since`` and up to ``on``, in the order of their days.

    Of the edges that leave a unit which ends exactly one answers, so that tells whether it ended.
    """
    rows = Succession.objects.filter(
        change__undone_at=None, change__day__gt=since, change__day__lte=on
    ).values_list("change__day", "source_id", "target_id", "answers", "whole", "share")
    held = list(rows.order_by("change__day", "pk"))
    ended = {(day, source) for day, source, _target, answers, *_rest in held if answers}
    return tuple(
        Handover(day, Edge(source, target, answers, whole, share), (day, source) in ended)
        for day, source, target, answers, whole, share in held
    )
