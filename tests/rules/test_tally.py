"""How duties are added up: the figures of published reports, and one duty through its steps."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from lotrinh.rules.duty_states import COUNTED_ANEW, DutyState, Step
from lotrinh.rules.standing import Standing
from lotrinh.rules.tally import Aside, Course, Mark, Share, Taken, Tally, class_of, marks_of, tally

ISSUED_ON, DUE = date(2024, 1, 10), date(2024, 3, 31)
RETURNED = DutyState.RETURNED
ISSUED = Taken(Step.ISSUE, DutyState.ISSUED, ISSUED_ON)


def taken(step, to, month, day, until=None):
    return Taken(step, to, date(2024, month, day), until)


def course(*steps, due=DUE):
    return Course(due, (ISSUED, *steps))


def counted(on_time, late, in_term, overdue):
    return Tally(
        {
            Standing.DONE_ON_TIME: on_time,
            Standing.DONE_LATE: late,
            Standing.OPEN_IN_TERM: in_term,
            Standing.OPEN_OVERDUE: overdue,
        }
    )


def test_the_year_2017_gives_the_published_shares_each_with_its_denominator():
    year = counted(14_068, 1_983, 5_640, 223)

    assert (year.total, year.done, year.open, year.judged) == (21_914, 16_051, 5_863, 16_274)
    assert year.done_of_judged == Share(16_051, 16_274)
    assert year.on_time_of_judged == Share(14_068, 16_274)
    assert year.on_time_of_all == Share(14_068, 21_914)
    assert year.overdue_of_judged == Share(223, 16_274)
    assert year.done_of_judged.percent() == Decimal("98.6")
    assert year.on_time_of_judged.percent() == Decimal("86.4")
    assert year.on_time_of_all.percent() == Decimal("64.2")
    assert year.overdue_of_judged.percent(2) == Decimal("1.37")


@pytest.mark.parametrize(
    ("done", "in_term", "overdue", "total"), [(585, 67, 181, 833), (22, 13, 2, 37)]
)
def test_published_totals_are_the_sum_of_their_parts(done, in_term, overdue, total):
    assert counted(done, 0, in_term, overdue).total == total


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(728, 24_321, "3.0"), (15, 20, "75.0"), (9, 9, "100.0"), (1, 16, "6.3"), (0, 7, "0.0")],
)
def test_a_share_is_rounded_half_up_from_the_exact_quotient(part, whole, percent):
    assert Share(part, whole).percent() == Decimal(percent)


def test_a_share_of_nothing_is_not_zero():
    assert Tally().done_of_judged.percent() is None


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 1, 9), None),
        (date(2024, 3, 31), Standing.OPEN_IN_TERM),
        (date(2024, 4, 1), Standing.OPEN_OVERDUE),
        (date(2024, 4, 9), Standing.OPEN_OVERDUE),
        (date(2024, 4, 10), Standing.DONE_ON_TIME),
    ],
)
def test_what_is_verified_late_but_was_claimed_in_time_was_done_in_time(day, expected):
    found = course(
        taken(Step.CLAIM, DutyState.CLAIMED, 3, 30), taken(Step.VERIFY, DutyState.DONE, 4, 10)
    )

    assert class_of(found, day) is expected


def test_the_claim_that_was_returned_does_not_count():
    found = course(
        taken(Step.CLAIM, DutyState.CLAIMED, 3, 30),
        taken(Step.RETURN, DutyState.RETURNED, 4, 2),
        taken(Step.CLAIM, DutyState.CLAIMED, 4, 5),
        taken(Step.VERIFY, DutyState.DONE, 4, 6),
    )

    assert class_of(found, date(2024, 4, 6)) is Standing.DONE_LATE


def test_a_granted_deadline_judges_from_its_day_on_and_the_original_is_still_asked():
    found = course(
        taken(Step.ASK, DutyState.ISSUED, 3, 20),
        taken(Step.EXTEND, DutyState.ISSUED, 4, 2, until=date(2024, 4, 30)),
    )

    assert class_of(found, date(2024, 4, 1)) is Standing.OPEN_OVERDUE
    assert class_of(found, date(2024, 4, 2)) is Standing.OPEN_IN_TERM
    assert class_of(found, date(2024, 4, 2), by_original=True) is Standing.OPEN_OVERDUE
    assert Mark.ASKED in marks_of(found, date(2024, 4, 1))
    assert Mark.ASKED not in marks_of(found, date(2024, 4, 2))


def test_what_was_cancelled_or_refused_stands_beside_the_total_and_is_never_done():
    cancelled = course(taken(Step.CANCEL, DutyState.CANCELLED, 2, 1))
    refused = course(
        taken(Step.REFUSE, DutyState.REFUSING, 1, 12),
        taken(Step.RELEASE, DutyState.REFUSED, 2, 1),
    )

    before = tally(class_of(one, date(2024, 1, 31)) for one in (cancelled, refused))
    after = tally(class_of(one, date(2024, 2, 1)) for one in (cancelled, refused))

    assert before == tally([Standing.OPEN_IN_TERM, Standing.OPEN_IN_TERM])
    assert after == tally([Aside.CANCELLED, Aside.REFUSED])
    assert (after.total, after.done, after.cancelled, after.refused) == (0, 0, 1, 1)


def test_a_suspended_duty_counts_in_its_open_class_and_is_marked():
    found = course(taken(Step.SUSPEND, DutyState.SUSPENDED, 2, 1))

    assert class_of(found, date(2024, 5, 1)) is Standing.OPEN_OVERDUE
    assert marks_of(found, date(2024, 5, 1)) == {Mark.SUSPENDED}


def test_a_unit_is_silent_after_two_periods_without_a_word_and_no_more_once_it_spoke():
    found = course(taken(Step.REPORT, DutyState.ACCEPTED, 3, 15))

    assert Mark.SILENT not in marks_of(found, date(2024, 3, 10))
    assert Mark.SILENT in marks_of(found, date(2024, 3, 11))
    assert Mark.SILENT not in marks_of(found, date(2024, 3, 15))
    assert marks_of(found, date(2024, 3, 24)) == {Mark.DUE_SOON}


@pytest.mark.parametrize("step", sorted(COUNTED_ANEW))
def test_work_laid_before_a_unit_anew_gives_it_time_to_be_heard(step):
    found = course(taken(Step.REPORT, DutyState.ACCEPTED, 1, 15), taken(step, RETURNED, 6, 1))

    assert Mark.SILENT in marks_of(found, date(2024, 5, 31))
    assert Mark.SILENT not in marks_of(found, date(2024, 7, 31))
    assert Mark.SILENT in marks_of(found, date(2024, 8, 1))


def test_what_is_owed_anew_for_each_period_is_never_silent_itself():
    assert marks_of(course(due=None), date(2024, 8, 1)) == {Mark.SILENT}
    assert marks_of(Course(None, (ISSUED,), has_periods=True), date(2024, 8, 1)) == set()


def test_what_is_counted_by_its_periods_stands_in_no_class_until_it_ends():
    found = Course(None, (ISSUED,), has_periods=True, is_counted_by_periods=True)
    ended = replace(found, taken=(ISSUED, taken(Step.CANCEL, DutyState.CANCELLED, 2, 1)))

    assert class_of(found, date(2024, 8, 1)) is None
    assert class_of(ended, date(2024, 8, 1)) is Aside.CANCELLED


def test_a_claim_is_not_silence_but_waits():
    found = course(taken(Step.CLAIM, DutyState.CLAIMED, 2, 1))

    assert marks_of(found, date(2024, 12, 1)) == {Mark.AWAITING}
