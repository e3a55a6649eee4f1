"""What recurs is never late itself; it is owed anew for each period, which may be."""

from dataclasses import replace
from datetime import date

import pytest

from lotrinh.apps.duties import selectors, services
from lotrinh.apps.duties.models import Duty, DutyEvent
from lotrinh.apps.journal.models import Entry
from lotrinh.rules.duty_states import DutyState
from lotrinh.rules.standing import Standing
from tests.factories import NOW, TODAY, act, an_assignment, key, make_duty
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db

NEXT_MARCH = date(2025, 3, 1)


@pytest.fixture
def recurring(cast):
    def make(recurrence, *, due=None):
        words = an_assignment(cast.ho_sen, cast.person(cast.ha))
        return make_duty(
            owed_to=cast.city,
            user=cast.chi,
            assignment=replace(words, recurrence=recurrence, due=due),
            is_issued=True,
        )

    return make


def periods(duty):
    rows = Duty.objects.filter(superior=duty).order_by("due")
    return [(row.period, row.due) for row in rows]


def test_it_is_owed_at_once_for_the_period_in_which_it_is_issued(recurring):
    duty = recurring("monthly:20")

    assert date(2024, 8, 7) == TODAY
    assert periods(duty) == [("2024-08", date(2024, 8, 20))]


def test_the_job_makes_what_has_begun_since_and_asked_again_makes_nothing(recurring):
    duty = recurring("quarterly")

    assert services.make_periods(on=NEXT_MARCH, at=NOW) == 2
    assert periods(duty) == [
        ("2024-Q3", date(2024, 9, 30)),
        ("2024-Q4", date(2024, 12, 31)),
        ("2025-Q1", date(2025, 3, 31)),
    ]
    with nothing_changes():
        assert services.make_periods(on=NEXT_MARCH, at=NOW) == 0


def test_the_duty_for_a_period_says_what_the_recurring_one_says(recurring, cast):
    duty = recurring("monthly")
    (made,) = Duty.objects.filter(superior=duty)

    assert (made.state, made.issued_on, made.recurrence) == (DutyState.ISSUED, TODAY, "")
    assert (made.title, made.unit, made.person, made.owed_to) == (
        duty.title,
        cast.ho_sen,
        cast.person(cast.ha),
        cast.city,
    )
    (source,), (first,) = selectors.sources_of(duty=made), selectors.sources_of(duty=duty)
    assert (source.rendition_id, source.start, source.end) == (
        first.rendition_id,
        first.start,
        first.end,
    )
    assert (source.stated_due, source.due) == ("2024-08", date(2024, 8, 31))
    event = DutyEvent.objects.get(duty=made)
    assert (event.by, event.details) == (cast.chi, {"period": "2024-08"})
    assert Entry.objects.filter(verb="duty.period_opened").count() == 1


def test_the_recurring_one_is_counted_once_by_its_periods_and_a_missing_one_is_late(
    recurring, cast
):
    recurring("monthly:20")
    for unit_id in (None, cast.ho_sen.pk):
        counts = selectors.counts(seen_by=cast.chi.pk, on=date(2024, 8, 21), unit_id=unit_id)

        assert counts.by_standing[Standing.OPEN_WITHOUT_DEADLINE] == 0
        assert counts.by_standing[Standing.OPEN_OVERDUE] == 1
        assert (counts.issued, counts.open, counts.recurring) == (1, 1, 1)


def test_it_counts_itself_until_it_is_owed_for_a_period(recurring, cast):
    duty = recurring("yearly:03-31")
    before = selectors.counts(seen_by=cast.chi.pk, on=TODAY)
    assert (periods(duty), before.issued, before.recurring) == ([], 1, 0)

    services.make_periods(on=NEXT_MARCH, at=NOW)

    assert periods(duty) == [("2025", date(2025, 3, 31))]
    after = selectors.counts(seen_by=cast.chi.pk, on=NEXT_MARCH)
    assert (after.issued, after.recurring) == (1, 1)
    assert after.by_standing[Standing.OPEN_IN_TERM] == 1
    assert selectors.tally_differences() == ()


def test_once_it_is_cancelled_it_stands_beside_the_total(recurring, cast):
    duty = recurring("monthly:20")
    basis = duty.sources.get().rendition.document
    services.cancel_duty(duty_id=duty.pk, act=act(cast.thach, 2, note="Thôi", basis=basis))

    counts = selectors.counts(seen_by=cast.chi.pk, on=TODAY)

    assert (counts.issued, counts.recurring, counts.cancelled) == (1, 0, 1)
    assert selectors.tally_differences() == ()


@pytest.mark.parametrize("recurrence", ["continuous", "daily"])
def test_what_goes_on_all_the_time_is_never_late(recurring, cast, recurrence):
    duty = recurring(recurrence, due=date(2024, 12, 31))
    services.make_periods(on=NEXT_MARCH, at=NOW)

    assert periods(duty) == []
    counts = selectors.counts(seen_by=cast.chi.pk, on=date(2030, 1, 1))
    assert (counts.by_standing[Standing.OPEN_WITHOUT_DEADLINE], counts.issued) == (1, 1)


def test_periods_end_with_the_last_day_of_what_recurs(recurring):
    duty = recurring("quarterly", due=date(2024, 12, 31))
    services.make_periods(on=date(2026, 1, 1), at=NOW)

    assert [period for period, _ in periods(duty)] == ["2024-Q3", "2024-Q4"]


def test_what_is_not_open_is_owed_no_more(recurring, cast):
    duty = recurring("monthly")
    basis = duty.sources.get().rendition.document
    services.cancel_duty(duty_id=duty.pk, act=act(cast.thach, 2, note="Thôi", basis=basis))

    assert services.make_periods(on=NEXT_MARCH, at=NOW) == 0


def test_what_fell_due_while_it_was_suspended_is_never_owed(recurring, cast):
    duty = recurring("monthly")
    basis = duty.sources.get().rendition.document
    services.suspend_duty(duty_id=duty.pk, act=act(cast.thach, 2, note="Tạm dừng", basis=basis))
    assert services.make_periods(on=date(2024, 9, 16), at=NOW) == 0
    services.resume_duty(duty_id=duty.pk, act=act(cast.thach, 3, on=date(2024, 11, 5)))

    assert services.make_periods(on=date(2024, 11, 6), at=NOW) == 1
    assert [period for period, _ in periods(duty)] == ["2024-08", "2024-11"]


def test_one_duty_a_period_by_the_database_too(recurring):
    duty = recurring("monthly")
    (made,) = Duty.objects.filter(superior=duty)
    made.pk, made.uid = None, key()

    with pytest.raises(Exception, match="duties_once_a_period"):
        made.save(force_insert=True)
