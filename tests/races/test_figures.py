"""Many approve at one instant while one worker folds: nothing is lost, doubled or waited for."""

from datetime import date

import pytest
from django.db import connection

from lotrinh.apps.reporting import services
from lotrinh.apps.reporting.models import Approval, Delta, Figure
from lotrinh.rules.target_terms import Rollup
from tests.factories import NOW, key, make_unit
from tests.ledgers import (
    approve,
    correct,
    differing,
    fold,
    make_measure,
    make_period,
    read,
    told,
)
from tests.races.together import at_once, failures, overlapping

APPROVERS = 8
QUARTER = date(2024, 4, 1), date(2024, 7, 1)
ROUNDS = [3, pytest.param(60, marks=pytest.mark.slow)]


@pytest.mark.parametrize("rounds", ROUNDS)
def test_approvals_of_many_units_and_one_fold_end_at_the_recount(people, rounds):
    measures = [
        make_measure(owed_to=people.city, user=people.chi, rollup=rule)
        for rule in (Rollup.SUM, Rollup.RATIO_OF_SUMS, Rollup.MAX)
    ]
    month = make_period()
    units = [make_unit(parent=people.ho_sen) for _ in range(APPROVERS * rounds)]

    def approver(own):
        def act():
            for place, unit in enumerate(own):
                numbers = [
                    told(one, place + 1, 2) if one.rollup == Rollup.RATIO_OF_SUMS else told(one, 3)
                    for one in measures
                ]
                approve(unit, numbers, period=month, entered_by=people.chi, user=people.thach)

        return act

    def worker():
        for _ in range(10 * rounds):
            services.fold_deltas(at=NOW, at_most=7)

    acts = [approver(units[place::APPROVERS]) for place in range(APPROVERS)]
    outcomes = at_once(*acts, worker)
    while fold():
        continue

    assert failures(outcomes) == []
    assert (Delta.objects.count(), Figure.objects.filter(period=month, unit__in=units).count()) == (
        0,
        3 * len(units),
    )
    total = read(people.city, measures[0], month, seen_by=people.chi)
    assert (total.value(0), total.answers) == (3 * len(units), len(units))
    assert differing() == ()


def test_of_two_corrections_at_once_one_counts(people):
    families = make_measure(owed_to=people.city, user=people.chi)
    by = {"entered_by": people.chi, "user": people.thach}
    act = approve(people.sen_tay, [told(families, 9)], period=make_period(), **by)
    figure = act.figures.get()

    outcomes = overlapping(
        lambda: correct(figure, told(families, 8), **by),
        lambda: correct(figure, told(families, 7), **by),
    )

    assert failures(outcomes) == ["FigureSuperseded"]
    assert Figure.objects.filter(supersedes=figure).count() == 1


def test_of_two_forms_with_one_key_at_once_one_is_taken(people):
    families = make_measure(owed_to=people.city, user=people.chi)
    month, sent = make_period(), key()
    by = {"entered_by": people.chi, "user": people.thach, "client_key": sent, "period": month}

    outcomes = overlapping(
        lambda: approve(people.dong_gao, [told(families, 8)], **by),
        lambda: approve(people.dong_gao, [told(families, 8)], **by),
    )

    assert failures(outcomes) == []
    assert Approval.objects.filter(client_key=sent).count() == 1


def test_an_approval_does_not_wait_for_the_fold_nor_for_other_units(people):
    families = make_measure(owed_to=people.city, user=people.chi)
    month = make_period("quarter", *QUARTER)
    by = {"entered_by": people.chi, "user": people.thach, "period": month}
    approve(people.sen_tay, [told(families, 8)], **by)

    def patient():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '300ms'")
        return approve(people.dong_gao, [told(families, 8)], **by)

    def slow():
        fold()
        return approve(people.ho_sen, [told(families, 1)], **by)

    assert failures(overlapping(slow, patient)) == []
