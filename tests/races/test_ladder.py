"""Two workers climb the ladder at one instant, or one is killed: people are told once."""

from datetime import date

import pytest
from django.db import transaction

from lotrinh.apps.duties import services
from lotrinh.apps.duties.models import Notice
from lotrinh.apps.journal.models import Entry
from tests.factories import NOW, make_duty
from tests.races.together import failures, overlapping

DUE = date(2024, 9, 29)


class Killed(Exception):
    """The worker is no more."""


def left():
    return Notice.objects.count(), Entry.objects.filter(verb="duty.rung_reached").count()


@pytest.fixture
def duties(people):
    before = left()
    for _ in range(5):
        make_duty(
            owed_to=people.city,
            user=people.chi,
            unit=people.ho_sen,
            person=people.person(people.ha),
            is_issued=True,
        )
    return before


def climb(on):
    return lambda: services.climb_ladder(on=on, at=NOW)


def test_of_two_workers_at_once_the_second_finds_nothing_to_do(duties):
    outcomes = overlapping(climb(DUE), climb(DUE))

    assert failures(outcomes) == []
    assert outcomes == [5, 0]
    assert left() == (duties[0] + 5, duties[1] + 5)


def test_a_worker_that_is_killed_has_told_nobody_and_the_next_tells_all(duties):
    with pytest.raises(Killed), transaction.atomic():
        services.climb_ladder(on=DUE, at=NOW)
        raise Killed
    assert left() == duties

    assert services.climb_ladder(on=DUE, at=NOW) == 5
    assert left() == (duties[0] + 5, duties[1] + 5)
