"""The units that somebody reaches, as conditions that a database weighs and judges at once.

Units that were registered together have ids that follow each other, so those of a whole city are a
few runs of whole numbers. A run is given by its two ends: an id between them is an id of the run,
whichever units are registered meanwhile. A list of thousands of ids would be weighed one by one
each time that a question is planned.
"""

from collections.abc import Iterable

from django.db.models import Q

_MOST_RUNS, _SHORTEST = 4, 16


def at_any(name: str, unit_ids: Iterable[int]) -> Q:
    """Return the condition that the field ``name`` ("keeper", "unit") names one of the units."""
    runs = sorted(_runs(unit_ids), key=len, reverse=True)
    long = [run for run in runs[:_MOST_RUNS] if len(run) >= _SHORTEST]
    rest = sorted(one for run in runs[len(long) :] for one in run)
    condition = Q()
    for run in long:
        condition |= Q(**{f"{name}_id__gte": run[0], f"{name}_id__lte": run[-1]})
    return condition | Q(**{f"{name}__in": rest}) if rest or not long else condition


def _runs(unit_ids: Iterable[int]) -> list[range]:
    """Return the ids as runs of numbers that follow each other.

    >>> _runs([7, 3, 4, 5])
    [range(3, 6), range(7, 8)]
    """
    runs: list[range] = []
    for one in sorted(set(unit_ids)):
        if runs and runs[-1].stop == one:
            runs[-1] = range(runs[-1].start, one + 1)
        else:
            runs.append(range(one, one + 1))
    return runs
