"""Who holds what of a number after units have merged, split, or given parts away."""

from datetime import date
from decimal import Decimal

import pytest

from lotrinh.rules.lineage import Handover, Lineage, Portion
from lotrinh.rules.succession import Edge

JULY, OCTOBER, NEXT = date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 1)
A, B, C, D, E = range(5)


def part(source, target, share=None):
    return Edge(source, target, whole=False, share=None if share is None else Decimal(share))


def held(handovers, amount="101", **more):
    lineage = Lineage(Handover(*one) for one in handovers)
    more = {"places": 0, "on": NEXT} | more
    return {
        (*sorted(one.holders), *(["beyond"] if one.beyond else [])): str(one.amounts[0])
        for one in lineage.carried(A, (Decimal(amount),), **more)
    }


MERGED = [(JULY, Edge(A, C)), (JULY, Edge(B, C))]
SPLIT = [(JULY, part(A, C, "0.6")), (JULY, part(A, D, "0.4"))]


@pytest.mark.parametrize(
    ("handovers", "expected"),
    [
        ([], {(A,): "101"}),
        (MERGED, {(C,): "101"}),
        (SPLIT, {(C,): "60", (D,): "40", (C, D): "1"}),
        ([(JULY, part(A, C)), (JULY, part(A, D))], {(C, D): "101"}),
        ([(JULY, part(A, C, "0.6")), (JULY, part(A, D))], {(C,): "60", (C, D): "41"}),
        ([(JULY, part(A, C, "0.5")), (JULY, part(A, D, "0.3"))], None),
        ([(JULY, part(A, C, "0.6"))], {(C,): "60", (C, "beyond"): "41"}),
        ([(JULY, part(A, C))], {(C, "beyond"): "101"}),
        ([(JULY, part(A, C, "1"))], {(C,): "101"}),
        ([(JULY, part(A, C, "0.3"), False)], {(C,): "30", (A,): "71"}),
        ([(JULY, part(A, C), False)], {(A,): "101"}),
        ([*MERGED, (OCTOBER, Edge(C, E))], {(E,): "101"}),
        ([*SPLIT, (OCTOBER, Edge(C, E))], {(E,): "60", (D,): "40", (D, E): "1"}),
        ([*SPLIT, (OCTOBER, Edge(C, E)), (OCTOBER, Edge(D, E))], {(E,): "101"}),
        ([*MERGED, (JULY, Edge(C, E))], {(E,): "101"}),
    ],
)
def test_the_parts_of_a_number_are_held_by_those_who_follow(handovers, expected):
    if expected is None:
        expected = {(C,): "50", (D,): "30", (C, D, "beyond"): "21"}

    assert held(handovers) == expected


def test_what_is_undivided_comes_together_again_where_all_who_may_hold_it_merge():
    apart = [(JULY, part(A, C)), (JULY, part(A, D))]
    merged = [(OCTOBER, Edge(C, E)), (OCTOBER, Edge(D, E))]

    assert held(apart) == {(C, D): "101"}
    assert held(apart + merged) == {(E,): "101"}


def test_a_day_before_the_change_nothing_has_moved():
    assert held(MERGED, on=date(2025, 6, 30)) == {(A,): "101"}
    assert held(MERGED, on=JULY) == {(C,): "101"}


def test_what_tells_of_days_after_a_part_was_given_away_is_the_units_own():
    given = [(JULY, part(A, C, "0.3"), False)]

    assert held(given, told_until=JULY) == {(C,): "30", (A,): "71"}
    assert held(given, told_until=OCTOBER) == {(A,): "101"}
    assert held(SPLIT, told_until=OCTOBER) == {(C,): "60", (D,): "40", (C, D): "1"}


def test_what_cannot_be_divided_goes_on_whole_or_stays_undivided():
    assert held(MERGED, divisible=False) == {(C,): "101"}
    assert held(SPLIT, divisible=False) == {(C, D): "101"}
    assert held([(JULY, part(A, C, "0.3"), False)], divisible=False) == {(A,): "101"}


def test_a_loss_is_cut_towards_nought_and_nil_goes_on_as_nil():
    assert held(SPLIT, "-101") == {(C,): "-60", (D,): "-40", (C, D): "-1"}
    assert held(SPLIT, "0") == {(C,): "0", (D,): "0"}
    assert held(SPLIT, "101.5", places=1) == {(C,): "60.9", (D,): "40.6"}
    assert held([(JULY, part(A, C)), (JULY, part(A, D))], "0") == {(C, D): "0"}


def test_what_a_follower_tells_itself_is_left_out():
    assert held(MERGED, told_by={C: OCTOBER}) == {}
    assert held(MERGED, told_by={C: JULY}) == {(C,): "101"}
    assert held(SPLIT, told_by={C: NEXT}) == {(D,): "40", (C, D): "1"}
    assert held(SPLIT, told_by={C: NEXT, D: NEXT}) == {}
    assert held([*MERGED, (OCTOBER, Edge(C, E))], told_by={C: OCTOBER}) == {}


def test_a_part_arriving_is_not_given_away_the_same_day():
    chain = [*MERGED, (JULY, part(C, D, "0.5"), False)]

    assert held(chain) == {(C,): "101"}


def test_units_at_which_an_ended_unit_counts():
    lineage = Lineage(Handover(*one) for one in [*SPLIT, (OCTOBER, Edge(C, E))])

    assert lineage.followers(A, date(2025, 6, 30)) == {A}
    assert lineage.followers(A, JULY) == {C, D}
    assert lineage.followers(A, OCTOBER) == {D, E}
    assert lineage.ended_by(JULY) == {A}
    assert Lineage([Handover(JULY, part(A, C, "0.3"), False)]).followers(A, NEXT) == {A}


def test_circles_and_shares_above_the_whole_are_refused():
    circle = Lineage([Handover(JULY, Edge(A, B)), Handover(JULY, Edge(B, A))])

    with pytest.raises(ValueError, match="in a circle"):
        circle.carried(A, (Decimal(1),), places=0, on=NEXT)
    with pytest.raises(ValueError, match="more than the whole"):
        Lineage([Handover(JULY, part(A, C, "0.6")), Handover(JULY, part(A, D, "0.5"))])


def test_a_plan_is_carried_on_from_where_it_lay():
    lineage = Lineage(Handover(*one) for one in [*SPLIT, (OCTOBER, part(C, E, "0.5"), False)])
    plan = [Portion(frozenset({C}), (Decimal(61),)), Portion(frozenset({C, D}), (Decimal(1),))]

    carried = lineage.carried_on(plan, places=0, after=JULY, on=NEXT)

    assert {tuple(sorted(one.holders)): str(one.amounts[0]) for one in carried} == {
        (C,): "31",
        (E,): "30",
        (C, D, E): "1",
    }
