"""What became of the proposals of each rule, counted to the single decision."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.models import Decision
from lotrinh.rules.certainty import Share
from tests.apps.intake.test_reread import differences, of, older_rules, settle
from tests.apps.intake.test_take_text import take
from tests.cast import Cast
from tests.factories import NOW, TODAY, an_assignment, key, make_run
from tests.readings import hand_in, read_again_now, read_by_older_rules

HEAD = "Số {number}-CTr/TU\nHà Nội, ngày 10 tháng 5 năm 2024\n\nCHƯƠNG TRÌNH\n\nII. NHIỆM VỤ\n"


def rows_of(cast: Cast, number: int, count: int):
    lines = (f"{n}. Xây dựng kế hoạch số {n} của thành phố.\n" for n in range(1, count + 1))
    text = HEAD.format(number=number) + "".join(lines)
    run = make_run(keeper=cast.office, user=cast.chi, text=text)
    rows = readings.candidates_of(run=run)
    assert {row.rule for row in rows} == {"task.imperative"}
    assert len(rows) == count
    return rows


def accept(cast: Cast, rows, *, title: str = "", at: datetime = NOW) -> None:
    for row in rows:
        passage = row.run.rendition.text[row.start : row.end]
        words = replace(
            an_assignment(),
            title=title or passage,
            due=None,
            deliverable=row.fields["deliverable"] or "",
        )
        intake.confirm_task(
            candidate_id=row.pk,
            assignment=words,
            user=cast.chi,
            client_key=key(),
            on=TODAY,
            at=at,
        )


def drop(cast: Cast, rows, reason: str, *, at: datetime = NOW) -> None:
    for row in rows:
        intake.reject_candidate(
            candidate_id=row.pk, reason=reason, user=cast.chi, client_key=key(), on=TODAY, at=at
        )


def records(cast: Cast, **period):
    """Return the records by rule; the tallies of the days never say anything else."""
    assert intake.recount_rules() == 0
    return {
        record.rule: record
        for record in readings.rule_records(seen_by=cast.chi.pk, on=TODAY, **period)
    }


def test_every_decision_is_counted_once_as_what_it_was(cast: Cast) -> None:
    rows = rows_of(cast, 501, 9)
    accept(cast, rows[:3])
    accept(cast, rows[3:5], title="Việc khác")
    drop(cast, rows[5:6], "duplicate")
    drop(cast, rows[6:8], "not_commitment")

    record = records(cast)["task.imperative"]

    assert (record.accepted, record.changed, record.reshaped) == (3, 2, 0)
    assert record.dropped == {"duplicate": 1, "not_commitment": 2}
    assert record.share == Share(5, 8)
    assert not record.share.is_measured


def test_what_was_split_counts_neither_way_and_what_was_undone_not_at_all(cast: Cast) -> None:
    rows = rows_of(cast, 502, 3)
    intake.split_candidate(
        candidate_id=rows[0].pk,
        turn=0,
        place=rows[0].start + 8,
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )
    drop(cast, rows[1:2], "duplicate")
    intake.reopen_candidate(
        candidate_id=rows[1].pk, turn=1, user=cast.chi, client_key=key(), on=TODAY, at=NOW
    )

    record = records(cast)["task.imperative"]

    assert (record.reshaped, record.share) == (1, Share(0, 0))
    assert record.share.value is None
    assert record.share.interval is None


def take_signed(cast: Cast, rows):
    """Take a further text of the document, in which every passage stands again."""
    run = rows[0].run
    text = run.rendition.text.replace("II. NHIỆM VỤ", "Căn cứ đề nghị.\n\nII. NHIỆM VỤ")
    signed = hand_in(text, keeper=cast.office, user=cast.chi)
    assert signed.rendition.document_id == run.rendition.document_id
    carried = take(signed, cast.chi, instead_of=run)
    return signed, carried.count


def test_what_goes_along_with_a_text_is_counted_once(cast: Cast) -> None:
    rows = rows_of(cast, 506, 3)
    accept(cast, rows[:1])
    drop(cast, rows[1:2], "not_commitment")

    signed, carried = take_signed(cast, rows)
    record = records(cast)["task.imperative"]

    assert carried == 2
    assert (record.accepted, record.dropped) == (1, {"not_commitment": 1})
    drop(cast, readings.standing(signed)[2:], "duplicate")  # decided there, by a person
    assert records(cast)["task.imperative"].dropped == {"not_commitment": 1, "duplicate": 1}


def test_thirty_decisions_are_no_more_once_they_went_along(cast: Cast) -> None:
    rows = rows_of(cast, 507, 15)
    accept(cast, rows)

    assert take_signed(cast, rows)[1] == 15
    assert readings.measured_shares({"task.imperative"}, on=TODAY) == {}


def test_what_newer_rules_replaced_is_counted_as_nothing(cast: Cast) -> None:
    run = read_by_older_rules(keeper=cast.city, user=cast.chi, older=older_rules)
    read_again_now(run, cast.chi)
    settle(of(differences(run), "task"), cast.chi, "due")

    assert Decision.objects.get().verdict == "replaced"
    assert readings.rule_records(seen_by=None, on=TODAY) == ()


def test_what_is_said_of_a_reading_again_is_counted_as_nothing(cast: Cast) -> None:
    run = read_by_older_rules(keeper=cast.city, user=cast.chi)
    newer = read_again_now(run, cast.chi)
    Decision.objects.create(
        candidate=newer.candidates.get(ordinal=1),
        verdict="rejected",
        reason="not_commitment",
        by=cast.chi,
        at=NOW,
        client_key=key(),
    )

    assert readings.rule_records(seen_by=None, on=TODAY) == ()
    assert readings.corrections_made() == ()


def test_a_period_takes_both_of_its_ends_by_the_local_day(cast: Cast) -> None:
    rows = rows_of(cast, 503, 2)
    local = ZoneInfo("Asia/Ho_Chi_Minh")
    drop(cast, rows[:1], "duplicate", at=datetime(2024, 8, 1, 0, 5, tzinfo=local))
    drop(cast, rows[1:], "wrong_span", at=datetime(2024, 8, 1, 23, 55, tzinfo=local))
    day = date(2024, 8, 1)

    def dropped(**period):
        found = records(cast, **period)
        return found["task.imperative"].dropped if found else {}

    assert dropped(since=day, until=day + timedelta(days=1)) == {"duplicate": 1, "wrong_span": 1}
    assert dropped(since=day + timedelta(days=1)) == {}
    assert dropped(until=day) == {}


def test_only_documents_that_are_seen_are_counted_unless_all_are_asked_for(cast: Cast) -> None:
    drop(cast, rows_of(cast, 504, 1), "duplicate")

    assert readings.rule_records(seen_by=cast.mai.pk, on=TODAY) == ()
    (record,) = readings.rule_records(seen_by=None, on=TODAY)
    assert record.dropped == {"duplicate": 1}


@pytest.mark.parametrize(
    ("count", "measured"), [(29, {}), (30, {"task.imperative": Share(29, 30)})]
)
def test_thirty_decisions_measure_a_rule(cast: Cast, count: int, measured) -> None:
    rows = rows_of(cast, 505, count)
    accept(cast, rows[1:])
    drop(cast, rows[:1], "not_commitment")

    assert readings.measured_shares({"task.imperative"}, on=TODAY) == measured
    assert readings.measured_shares({"task.lead"}, on=TODAY) == {}
    assert readings.measured_shares({"task.imperative"}, on=TODAY + timedelta(days=366)) == {}
