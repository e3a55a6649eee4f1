"""One law of bounds: they hold just the units that were given, whatever their ids."""

from django.db.models import Q
from hypothesis import example, given
from hypothesis import strategies as st

from lotrinh.apps.units.selectors import at_any

runs = st.tuples(st.integers(1, 5000), st.integers(1, 60)).map(lambda run: range(run[0], sum(run)))
ids = st.lists(runs, max_size=12).map(lambda all_runs: {one for run in all_runs for one in run})


def held(condition: Q, one: int) -> bool:
    """Say whether an id lies within a condition that is made of runs and a list."""
    meet = any if condition.connector == Q.OR else all
    return meet(
        held(part, one) if isinstance(part, Q) else _fits(*part, one) for part in condition.children
    )


def _fits(name: str, value: object, one: int) -> bool:
    if name == "unit_id__gte":
        return one >= int(str(value))
    if name == "unit_id__lte":
        return one <= int(str(value))
    assert name == "unit__in" and isinstance(value, list)
    return one in value


@given(ids)
@example(set())
@example(set(range(7, 3400)))
def test_bounds_hold_what_was_given_and_nothing_else(given_ids: set[int]) -> None:
    condition = at_any("unit", given_ids)

    assert {one for one in range(5200) if held(condition, one)} == given_ids


def test_a_whole_city_is_given_by_its_two_ends() -> None:
    assert at_any("keeper", range(7, 3400)) == Q(keeper_id__gte=7, keeper_id__lte=3399)
    assert at_any("keeper", [9, 5, 7]) == Q(keeper__in=[5, 7, 9])
    assert at_any("keeper", [9, *range(20, 40)]) == (
        Q(keeper_id__gte=20, keeper_id__lte=39) | Q(keeper__in=[9])
    )
