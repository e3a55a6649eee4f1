"""Steps, folds and recounts at one instant: nobody waits for the tally, and it stays right."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from lotrinh.apps.duties import selectors, services
from lotrinh.apps.duties.models import Duty, TallyChange
from lotrinh.apps.duties.selectors.tallies import kept_by_unit
from tests.cast import Cast
from tests.factories import TODAY, act, make_duty
from tests.races.together import Outcome, at_once, failures, overlapping

pytestmark = pytest.mark.slow


def issued(people: Cast) -> Duty:
    ha = people.person(people.ha)
    return make_duty(
        owed_to=people.city, user=people.chi, unit=people.ho_sen, person=ha, is_issued=True
    )


def claim(people: Cast, duty: Duty) -> Callable[[], Outcome]:
    return lambda: services.claim_duty(
        duty_id=duty.pk, act=act(people.ha, duty.version, note="Xong")
    )


def cancelled(duty: Duty) -> Callable[[], Outcome]:
    return lambda: Duty.objects.filter(pk=duty.pk).update(state="cancelled")


def impatient(act: Callable[[], object]) -> Callable[[], Outcome]:
    """Let an act fail that has to wait for a lock."""

    def run() -> object:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        return act()

    return run


def test_neither_a_step_waits_for_a_fold_nor_a_fold_for_a_step(people: Cast) -> None:
    def fold() -> int:
        return services.fold_tallies(on=TODAY)

    first, second = issued(people), issued(people)
    fold()

    assert failures(overlapping(cancelled(first), impatient(fold))) == []
    assert TallyChange.objects.count() == 2
    assert failures(overlapping(fold, impatient(cancelled(second)))) == []
    assert (
        failures(overlapping(cancelled(issued(people)), impatient(cancelled(issued(people))))) == []
    )

    assert selectors.tally_differences() == ()
    numbers = kept_by_unit(reach=[people.city.pk], on=TODAY)[people.ho_sen.pk]
    assert numbers[-1] == 4


def test_folds_recounts_and_steps_at_once_leave_it_right(people: Cast) -> None:
    duties = [issued(people) for _ in range(12)]

    def fold_often(shift: int) -> int:
        return sum(services.fold_tallies(on=TODAY + timedelta(shift * n)) for n in range(15))

    outcomes = at_once(
        *(claim(people, duty) for duty in duties[:4]),
        *(cancelled(duty) for duty in duties[4:]),
        lambda: fold_often(30),
        lambda: fold_often(-30),
        lambda: [services.recount_duties() for _ in range(10)],
    )

    assert failures(outcomes) == []
    assert outcomes[-1] == [()] * 10
    assert selectors.tally_differences() == ()
