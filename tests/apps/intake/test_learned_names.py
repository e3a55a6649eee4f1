"""What a name meant once is filled in next time: for one issuer, with its source, reversibly."""

from dataclasses import replace
from datetime import date

import pytest

from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.models import Candidate, LearnedName, LearnedNameUse, ReadingRun
from lotrinh.apps.units.models import Unit
from tests.cast import Cast
from tests.factories import NOW, TODAY, an_assignment, key, make_run

NAMED = "Phòng Bãi Bồi"


def text(number: int, name: str = NAMED) -> str:
    return f"""THÀNH ỦY HÀ NỘI
*
Số {number}-CTr/TU
Hà Nội, ngày 10 tháng 5 năm 2024

CHƯƠNG TRÌNH HÀNH ĐỘNG

II. NHIỆM VỤ
1. Giao {name} chủ trì xây dựng kế hoạch đào tạo cán bộ, hoàn thành trước ngày 30/9/2024.
"""


def task_of(cast: Cast, number: int, name: str = NAMED) -> Candidate:
    run = make_run(keeper=cast.office, user=cast.chi, text=text(number, name))
    return next(row for row in readings.candidates_of(run=run) if row.kind == "task")


def confirm(candidate: Candidate, unit: Unit | None, user, *, turn: int = 0) -> None:
    intake.confirm_task(
        candidate_id=candidate.pk,
        assignment=an_assignment(unit),
        user=user,
        client_key=key(),
        on=TODAY,
        at=NOW,
        turn=turn,
    )


def meaning(run: ReadingRun) -> readings.Meaning | None:
    return readings.meanings_of([NAMED], document=run.rendition.document).get(NAMED)


def test_the_lead_of_the_story_is_unknown(cast: Cast) -> None:
    assert task_of(cast, 201).fields["lead"] == [NAMED]


def test_the_unit_that_was_chosen_is_learned_with_where_it_comes_from(cast: Cast) -> None:
    first = task_of(cast, 201)

    confirm(first, cast.ho_sen, cast.chi)

    learned = LearnedName.objects.get()
    assert (learned.text, learned.unit, learned.by) == (NAMED, cast.ho_sen, cast.chi)
    assert (learned.scope, learned.scope_unit, learned.scope_words) == (
        "printed",
        None,
        "thành ủy hà nội",
    )
    assert readings.document_of(learned) == first.run.rendition.document


def test_it_is_known_in_the_next_document_of_that_issuer_and_its_use_counted(cast: Cast) -> None:
    confirm(task_of(cast, 201), cast.ho_sen, cast.chi)
    second = task_of(cast, 202)
    known = meaning(second.run)
    assert known is not None and known.agreed is not None
    assert known.agreed.unit == cast.ho_sen

    confirm(second, cast.ho_sen, cast.chi)

    assert LearnedName.objects.count() == 1
    assert LearnedNameUse.objects.count() == 1
    (listed,) = readings.learned_names(seen_by=cast.chi.pk, on=TODAY)
    assert listed.used == 1


def test_a_name_of_the_register_teaches_nothing(cast: Cast) -> None:
    confirm(task_of(cast, 201, cast.ho_sen.name_vi), cast.dong_gao, cast.chi)

    assert not LearnedName.objects.exists()


def test_nobody_named_teaches_nothing(cast: Cast) -> None:
    confirm(task_of(cast, 201), None, cast.chi)

    assert not LearnedName.objects.exists()


def test_in_documents_of_others_the_name_means_nothing(cast: Cast) -> None:
    confirm(task_of(cast, 201), cast.ho_sen, cast.chi)
    other = text(44).replace("THÀNH ỦY HÀ NỘI", "THÀNH ỦY HẢI PHÒNG")
    run = make_run(keeper=cast.office, user=cast.chi, text=other)

    assert meaning(run) is None


def test_two_people_who_disagree_leave_nothing_filled_in(cast: Cast) -> None:
    first = task_of(cast, 201)
    confirm(first, cast.ho_sen, cast.chi)
    run = make_run(keeper=cast.ho_sen, user=cast.ha, text=text(203))
    theirs = next(row for row in readings.candidates_of(run=run) if row.kind == "task")
    confirm(theirs, cast.sen_tay, cast.ha)

    known = meaning(first.run)
    assert known is not None and known.agreed is None
    assert known.unit_ids == (cast.ho_sen.pk, cast.sen_tay.pk)
    rows = LearnedName.objects.all()
    assert readings.conflicts_among(rows) == {row.pk for row in rows}

    (mine, _theirs) = rows.order_by("id")
    end(mine, cast.chi)

    known = meaning(first.run)
    assert known is not None and known.agreed is not None
    assert known.agreed.unit == cast.sen_tay
    assert readings.conflicts_among(rows) == frozenset()


def test_whoever_changes_his_mind_disputes_nothing(cast: Cast) -> None:
    first, second = task_of(cast, 201), task_of(cast, 202)
    confirm(first, cast.ho_sen, cast.chi)
    confirm(second, cast.dong_gao, cast.chi)

    known = meaning(first.run)
    assert known is not None and known.agreed is not None
    assert known.agreed.unit == cast.dong_gao


def test_undoing_the_decision_undoes_what_it_taught(cast: Cast) -> None:
    first = task_of(cast, 201)
    confirm(first, cast.ho_sen, cast.chi)

    intake.reopen_candidate(
        candidate_id=first.pk, turn=1, user=cast.chi, client_key=key(), on=TODAY, at=NOW
    )

    assert meaning(first.run) is None
    (listed,) = readings.learned_names(seen_by=cast.chi.pk, on=TODAY)
    assert listed.is_undone

    confirm(first, cast.dong_gao, cast.chi, turn=2)
    known = meaning(first.run)
    assert known is not None and known.agreed is not None
    assert known.agreed.unit == cast.dong_gao


def test_many_rows_at_once_teach_once_and_use_what_was_taught(cast: Cast) -> None:
    lines = "\n".join(f"{n}. Giao {NAMED} chủ trì xây dựng kế hoạch số {n}." for n in (2, 3, 4))
    run = make_run(keeper=cast.office, user=cast.chi, text=text(205) + lines)
    rows = [row for row in readings.candidates_of(run=run) if row.kind == "task"]
    assert len(rows) == 4

    intake.confirm_block(
        run_id=run.pk,
        rows=[intake.Row(row.pk, 0, an_assignment(cast.ho_sen)) for row in rows],
        whole=True,
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )

    assert LearnedName.objects.count() == 1
    assert LearnedNameUse.objects.count() == 3


def end(learned: LearnedName, user, *, reason: str = "nhầm đơn vị", client_key=None):
    return intake.end_learned_name(
        learned_id=learned.pk,
        reason=reason,
        user=user,
        client_key=client_key or key(),
        on=TODAY,
        at=NOW,
    )


def test_who_decides_there_ends_it_with_a_reason_and_once(cast: Cast) -> None:
    first = task_of(cast, 201)
    confirm(first, cast.ho_sen, cast.chi)
    learned, again = LearnedName.objects.get(), key()

    with pytest.raises(intake.NotAllowed):
        end(learned, cast.mai)
    with pytest.raises(intake.NoReason):
        end(learned, cast.chi, reason="  ")
    done = end(learned, cast.chi, client_key=again)

    assert meaning(first.run) is None
    assert end(learned, cast.chi, client_key=again) == done
    with pytest.raises(intake.NameEnded):
        end(learned, cast.chi)
    (listed,) = readings.learned_names(seen_by=cast.chi.pk, on=TODAY)
    assert listed.ending.reason == "nhầm đơn vị"


def test_who_does_not_see_the_document_does_not_see_what_it_taught(cast: Cast) -> None:
    confirm(task_of(cast, 201), cast.ho_sen, cast.chi)
    learned = LearnedName.objects.get()

    assert readings.learned_names(seen_by=cast.mai.pk, on=TODAY) == ()
    assert readings.learned_name(learned.uid, seen_by=cast.mai.pk, on=TODAY) is None
    assert readings.learned_name(learned.uid, seen_by=cast.chi.pk, on=TODAY) == learned


def test_what_was_put_right_is_kept_field_by_field(cast: Cast) -> None:
    candidate = task_of(cast, 201)
    words = replace(an_assignment(), title="Việc khác hẳn", due=date(2024, 10, 31))

    intake.confirm_task(
        candidate_id=candidate.pk,
        assignment=words,
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )

    (decision,) = candidate.decisions.all()
    kept = {row.field: (row.was, row.became) for row in decision.corrections.all()}
    assert kept.keys() == {"due", "deliverable", "title"}
    assert kept["due"] == ("2024-09-30", "2024-10-31")
    assert kept["title"][1] == "Việc khác hẳn"


def test_what_is_taken_as_it_was_read_corrects_nothing(cast: Cast) -> None:
    candidate = task_of(cast, 201)
    passage = candidate.run.rendition.text[candidate.start : candidate.end]
    words = replace(
        an_assignment(cast.ho_sen),
        title=passage[:1].upper() + passage[1:40] + "…",
        due=date(2024, 9, 29),  # "before 30/9" ends the day before
        deliverable=candidate.fields["deliverable"] or "",
    )

    intake.confirm_task(
        candidate_id=candidate.pk,
        assignment=words,
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )

    assert list(candidate.decisions.get().corrections.all()) == []
