"""One law of rights for any tree, any post and any day: what is in reach is what may be done."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lotrinh.apps.units import selectors
from lotrinh.rules.actions import Action
from tests.factories import LONG_AGO, make_officer, make_unit

pytestmark = pytest.mark.django_db

YEARS = 12
days = st.integers(0, YEARS * 12).map(lambda months: LONG_AGO + timedelta(days=30 * months))


@st.composite
def trees(draw):
    """Return (parent, since, until) of some units; a child stands within its parent's interval."""
    units = [(None, LONG_AGO, None)]
    for _ in range(draw(st.integers(1, 5))):
        parent = draw(st.integers(0, len(units) - 1))
        since = max(draw(days), units[parent][1])
        until = draw(st.none() | days)
        limit = units[parent][2]
        until = limit if until is None else min(until, limit or until)
        if until is not None and until <= since:
            continue
        units.append((parent, since, until))
    return units


_ANY = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}
_DRAWN = {
    "tree": trees(),
    "seat": st.integers(0, 5),
    "over": st.integers(0, 5),
    "actions": st.sets(st.sampled_from(Action), max_size=3),
    "held": st.tuples(days, st.none() | days),
    "asked": st.sampled_from(Action),
    "on": days,
}


@settings(max_examples=12, **_ANY)
@given(**_DRAWN)
def test_reach_holds_exactly_the_units_where_the_right_holds(**drawn):
    keep_the_law(**drawn)


@pytest.mark.slow
@settings(max_examples=80, **_ANY)
@given(**_DRAWN)
def test_it_does_so_for_many_trees(**drawn):
    keep_the_law(**drawn)


def keep_the_law(tree, seat, over, actions, held, asked, on):
    """Hold the reach of an account against the rule worked out by hand."""
    rows = []
    for parent, since, until in tree:
        superior = None if parent is None else rows[parent]
        rows.append(make_unit(parent=superior, since=since, until=until))
    begin, end = held
    if end is not None and end <= begin:
        end = None
    user = make_officer(
        rows[seat % len(rows)],
        scope=rows[over % len(rows)],
        actions=actions,
        since=begin,
        until=end,
    )

    reach = selectors.reach(user_id=user.pk, action=asked, on=on)

    allowed = {
        unit.pk
        for unit in rows
        if selectors.may(user_id=user.pk, action=asked, unit_id=unit.pk, on=on)
    }
    assert reach == allowed
    assert allowed == _expected(tree, over % len(tree), actions, (begin, end), asked, on, rows)


def _expected(tree, over, actions, held, asked, on, rows):
    """Work the rule out by hand: a post held, an action carried, a scope in force, a unit below."""
    begin, end = held
    _, since, until = tree[over]
    carries = asked in actions and begin <= on and (end is None or on < end)
    if not carries or on < since or (until is not None and on >= until):
        return set()

    def below(position):
        while position is not None and position != over:
            position = tree[position][0]
        return position == over

    return {
        rows[position].pk
        for position, (_, begun, _) in enumerate(tree)
        if begun <= on and below(position)
    }


def test_a_unit_that_is_gone_is_judged_where_it_last_stood(cast):
    on = date(2024, 8, 7)

    assert cast.sen_cu.pk in selectors.reach(user_id=cast.ha.pk, action=Action.READ_DUTY, on=on)
    assert cast.sen_cu.pk not in selectors.reach(
        user_id=cast.khe.pk, action=Action.READ_DUTY, on=on
    )


def test_a_unit_of_another_tree_is_in_nobodys_reach(cast):
    for user in cast.named_users().values():
        for action in Action:
            assert not selectors.may(
                user_id=user.pk, action=action, unit_id=cast.election_board.pk, on=date(2024, 8, 7)
            )
