"""The tallies of the rules say at any time just what the decisions say that hold."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.models import RuleTally
from lotrinh.rules.certainty import Share
from tests.apps.intake.test_rule_records import accept, drop, rows_of
from tests.cast import Cast
from tests.factories import NOW, TODAY, key
from tests.unchanged import nothing_changes

RULE = "task.imperative"


def kept() -> dict[date, tuple[int, int]]:
    """Return the tallies of the rule by day."""
    days: dict[date, tuple[int, int]] = {}
    for row in RuleTally.objects.filter(rule=RULE):
        accepted, dropped = days.get(row.day, (0, 0))
        days[row.day] = (accepted + row.accepted, dropped + row.dropped)
    return days


def reopen(cast: Cast, row, turn: int) -> None:
    intake.reopen_candidate(
        candidate_id=row.pk, turn=turn, user=cast.chi, client_key=key(), on=TODAY, at=NOW
    )


def test_a_turn_is_tallied_on_its_day_and_taken_off_that_day_when_it_is_taken_back(
    cast: Cast,
) -> None:
    rows = rows_of(cast, 601, 3)
    local = ZoneInfo("Asia/Ho_Chi_Minh")
    late = datetime(2024, 8, 1, 23, 55, tzinfo=local)
    early = datetime(2024, 8, 2, 0, 5, tzinfo=local)

    accept(cast, rows[:2], at=late)
    drop(cast, rows[2:], "duplicate", at=early)
    assert kept() == {date(2024, 8, 1): (2, 0), date(2024, 8, 2): (0, 1)}

    reopen(cast, rows[0], 1)
    reopen(cast, rows[2], 1)
    assert kept() == {date(2024, 8, 1): (1, 0), date(2024, 8, 2): (0, 0)}

    intake.reject_candidate(
        candidate_id=rows[0].pk,
        reason="not_commitment",
        turn=2,
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=early,
    )
    assert kept() == {date(2024, 8, 1): (1, 0), date(2024, 8, 2): (0, 1)}
    assert intake.recount_rules() == 0


def test_counting_anew_changes_nothing_where_all_is_right(cast: Cast) -> None:
    accept(cast, rows_of(cast, 602, 2))

    with nothing_changes():
        assert intake.recount_rules() == 0


def test_tallies_that_were_lost_or_are_wrong_are_made_as_they_were(cast: Cast) -> None:
    rows = rows_of(cast, 603, 31)
    accept(cast, rows[:30])
    drop(cast, rows[30:], "duplicate")
    before = kept()
    RuleTally.objects.all().delete()
    RuleTally.objects.create(rule="another", day=TODAY, accepted=3)

    assert readings.measured_shares({RULE}, on=TODAY) == {}
    assert intake.recount_rules() == 1 + len(before)
    assert kept() == before
    assert readings.measured_shares({RULE, "another"}, on=TODAY) == {RULE: Share(30, 31)}


def test_several_rows_of_one_day_are_added_up_and_made_one(cast: Cast) -> None:
    accept(cast, rows_of(cast, 604, 3))
    (day,) = kept()
    RuleTally.objects.create(rule=RULE, day=day, accepted=5)
    RuleTally.objects.create(rule=RULE, day=day, accepted=-5)

    assert kept() == {day: (3, 0)}
    assert intake.recount_rules() == 0
    assert [(row.accepted, row.dropped) for row in RuleTally.objects.all()] == [(3, 0)]
