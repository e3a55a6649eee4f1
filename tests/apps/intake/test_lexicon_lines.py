"""What people put right again and again becomes a line of the lexicon: measured, then applied."""

from dataclasses import replace
from pathlib import Path

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from lotrinh.apps.intake import jobs, measuring
from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.models import LexiconLine, LexiconTurn, ReadingRun
from lotrinh.reading.grammar import lexicon_hash
from lotrinh.rules.target_terms import Comparator
from tests.apps.intake.test_take_text import take
from tests.cast import Cast
from tests.factories import NOW, TODAY, a_promise, an_assignment, key, make_run
from tests.readings import hand_in

LINE = ("verbs.imperative.vi", "bồi lắng")
HEAD = """THÀNH ỦY HÀ NỘI
*
Số {number}-CTr/TU
Hà Nội, ngày 10 tháng 5 năm 2024

CHƯƠNG TRÌNH HÀNH ĐỘNG

II. NHIỆM VỤ
"""


def read(cast: Cast, number: int, body: str) -> ReadingRun:
    return make_run(keeper=cast.office, user=cast.chi, text=HEAD.format(number=number) + body)


def missed(cast: Cast, number: int, things: str):
    """Add by hand, and confirm, an instruction that reading did not find."""
    words = f"Bồi lắng các {things} trên địa bàn"
    run = read(cast, number, f"1. {words}, hoàn thành trong quý IV năm 2024.\n")
    assert [row.kind for row in readings.candidates_of(run=run)] == []
    start = run.rendition.text.index(words)
    added = intake.add_candidate(
        run_id=run.pk,
        kind="task",
        start=start,
        end=start + len(words),
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )
    intake.confirm_task(
        candidate_id=added.pk,
        assignment=replace(an_assignment(), title=words),
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )
    return added


def thrice(cast: Cast):
    return [
        missed(cast, number, things)
        for number, things in ((301, "hồ chứa"), (302, "tuyến kênh"), (303, "cửa sông"))
    ]


def decide(line: LexiconLine, verdict: str, user, *, turn: int, reason="đã xem", client_key=None):
    return intake.decide_line(
        line_id=line.pk,
        turn=turn,
        verdict=verdict,
        reason=reason,
        user=user,
        client_key=client_key or key(),
        on=TODAY,
        at=NOW,
    )


@pytest.fixture
def own(settings, tmp_path: Path) -> None:
    """An installed product: no labelled set on this machine."""
    settings.LABELLED_SET = tmp_path / "tests" / "reading" / "labelled"


def test_twice_is_not_enough_and_three_times_is(cast: Cast) -> None:
    missed(cast, 301, "hồ chứa")
    missed(cast, 302, "tuyến kênh")
    assert intake.find_lines(at=NOW) == ()

    missed(cast, 303, "cửa sông")
    (line,) = intake.find_lines(at=NOW)

    assert (line.place, line.words, line.cause) == (*LINE, "missed_verb")
    assert line.support.count() == 3
    job = ProcrastinateJob.objects.get(task_name=jobs.measure_line.name)
    assert job.args == {"line": str(line.uid)}
    assert intake.find_lines(at=NOW) == ()  # nothing is proposed twice
    assert line.support.count() == 3


def test_a_further_correction_speaks_for_the_line_that_is_there(cast: Cast) -> None:
    thrice(cast)
    intake.find_lines(at=NOW)
    missed(cast, 304, "bãi bồi")

    assert intake.find_lines(at=NOW) == ()

    assert LexiconLine.objects.get().support.count() == 4


def test_what_was_undone_speaks_for_nothing(cast: Cast) -> None:
    first, *_ = thrice(cast)
    intake.reopen_candidate(
        candidate_id=first.pk, turn=1, user=cast.chi, client_key=key(), on=TODAY, at=NOW
    )

    assert intake.find_lines(at=NOW) == ()


def test_openings_that_were_dropped_thrice_are_proposed_never_to_be_read(cast: Cast) -> None:
    body = "".join(
        f"{n}. Tổ chức thành công {what} là thắng lợi to lớn.\n"
        for n, what in enumerate(("đại hội", "hội diễn", "ngày hội"), start=1)
    )
    run = read(cast, 305, body)
    rows = readings.candidates_of(run=run)
    assert len(rows) == 3
    intake.reject_block(
        run_id=run.pk,
        turns={row.pk: 0 for row in rows},
        reason="not_commitment",
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )

    (line,) = intake.find_lines(at=NOW)

    assert (line.place, line.words) == ("verbs.never.vi", "tổ chức thành công")
    assert line.cause == "dropped_opening"


def test_comparisons_that_were_changed_thrice_are_proposed(cast: Cast) -> None:
    lines = [f"{n}. Đến năm 2030, tỷ lệ {what} không kém 42%.\n" for n, what in enumerate("abc", 1)]
    run = read(cast, 306, "".join(lines).replace("II. NHIỆM VỤ", "I. MỤC TIÊU"))
    rows = [row for row in readings.candidates_of(run=run) if row.kind == "target"]
    assert [row.fields["comparator"] for row in rows] == ["="] * 3
    for row in rows:
        intake.confirm_target(
            candidate_id=row.pk,
            promise=replace(a_promise(), comparator=Comparator.AT_LEAST),
            user=cast.chi,
            client_key=key(),
            on=TODAY,
            at=NOW,
        )

    (line,) = intake.find_lines(at=NOW)

    assert (line.place, line.words) == ("measures.comparator.>=.vi", "không kém")


def test_an_applied_line_is_read_by_and_a_removed_one_is_not(cast: Cast) -> None:
    thrice(cast)
    (line,) = intake.find_lines(at=NOW)
    body = "1. Bồi lắng các đầm phá trên địa bàn, hoàn thành trong quý IV năm 2024.\n"

    decide(line, "applied", cast.chi, turn=0)
    run = read(cast, 307, body)

    assert [row.kind for row in readings.candidates_of(run=run)] == ["task"]
    assert run.lexicon_hash == readings.rules_of_today()[1] == lexicon_hash((LINE,))

    decide(line, "removed", cast.chi, turn=1)
    later = read(cast, 308, body)

    assert [row.kind for row in readings.candidates_of(run=later)] == []
    assert later.lexicon_hash == readings.rules_of_today()[1] == lexicon_hash()
    assert [turn.verdict for turn in line.turns.order_by("turn")] == ["applied", "removed"]


def test_on_own_documents_a_line_gains_what_was_added_by_hand(cast: Cast, own: None) -> None:
    added = thrice(cast)
    (line,) = intake.find_lines(at=NOW)

    kept = intake.measure_line(uid=line.uid, at=NOW)

    assert (kept.measured_on, kept.documents, kept.known) == ("own", 3, 3)
    assert sorted(one["key"] for one in kept.gained) == sorted(str(row.uid) for row in added)
    assert (kept.lost, kept.false_gone, kept.false_new) == ([], [], [])
    assert kept.base_hash == lexicon_hash()


def test_on_own_documents_a_line_may_bring_back_what_was_dropped(cast: Cast, own: None) -> None:
    thrice(cast)
    body = "1. Tổ chức thành công đại hội là thắng lợi to lớn.\n2. Rà soát các hồ chứa.\n"
    run = read(cast, 305, body)
    dropped, kept_row = readings.candidates_of(run=run)
    intake.reject_candidate(
        candidate_id=dropped.pk,
        reason="not_commitment",
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )
    intake.confirm_task(
        candidate_id=kept_row.pk,
        assignment=an_assignment(),
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )

    outcome = measuring.measured(
        [], [("verbs.never.vi", "tổ chức thành công"), ("verbs.never.vi", "rà soát các")]
    )

    assert [one["key"] for one in outcome.false_gone] == [str(dropped.uid)]
    assert [one["key"] for one in outcome.lost] == [str(kept_row.uid)]
    assert outcome.gained == []


def test_a_text_that_was_taken_neither_proposes_a_line_nor_measures_twice(
    cast: Cast, own: None
) -> None:
    """Two dropped sentences stay two, though each stands in two texts of its document."""
    for number in (309, 310):
        body = f"1. Xây dựng kế hoạch thu gom rác số {number}.\n2. Rà soát các hồ chứa.\n"
        run = read(cast, number, body)
        dropped = readings.candidates_of(run=run)[0]
        intake.reject_candidate(
            candidate_id=dropped.pk,
            reason="not_commitment",
            user=cast.chi,
            client_key=key(),
            on=TODAY,
            at=NOW,
        )
        text = HEAD.format(number=number) + "Căn cứ đề nghị.\n" + body
        signed = hand_in(text, keeper=cast.office, user=cast.chi)
        assert take(signed, cast.chi, instead_of=run).count == 1
        there = readings.standing(signed)[0]

    assert len(readings.corrections_made()) == 2
    assert intake.find_lines(at=NOW) == ()
    outcome = measuring.measured([], [("verbs.never.vi", "xây dựng kế hoạch thu gom")])
    assert outcome.documents == 2
    assert len(outcome.false_gone) == 2
    assert str(there.uid) in {one["key"] for one in outcome.false_gone}  # of the text that counts


def test_the_labelled_set_says_what_is_gained_and_lost_word_by_word() -> None:
    def found(hits: str, missed: str, false: str):
        kinds = {"hits": hits, "missed": missed, "false": false}
        return {"a.txt": {"task": {name: {k: k.upper() for k in v} for name, v in kinds.items()}}}

    outcome = measuring.compared("labelled", found("ab", "c", "x"), found("bc", "a", "y"))

    where = {"document": "a.txt", "kind": "task"}
    assert (outcome.documents, outcome.known) == (1, 3)
    assert outcome.gained == [{**where, "key": "c", "words": "C"}]
    assert outcome.lost == [{**where, "key": "a", "words": "A"}]
    assert outcome.false_gone == [{**where, "key": "x", "words": "X"}]
    assert outcome.false_new == [{**where, "key": "y", "words": "Y"}]


def test_a_checkout_measures_on_its_labelled_set() -> None:
    script = measuring.labelling_script()
    assert script is not None
    assert script.name == "outcome.py"

    outcome = measuring.measured([], [("verbs.never.vi", "rà soát")])

    assert outcome.measured_on == "labelled"
    assert outcome.documents > 50
    assert len(outcome.lost) > 5
    assert {one["kind"] for one in outcome.lost} <= {"task", "relation", "target", "date"}
    lost = [one["words"].casefold() for one in outcome.lost if one["kind"] == "task"]
    assert sum("rà soát" in words for words in lost) > 5


def test_only_who_defines_roles_decides_with_a_reason_and_once(cast: Cast) -> None:
    thrice(cast)
    (line,), again = intake.find_lines(at=NOW), key()

    with pytest.raises(intake.NotAllowed):
        decide(line, "applied", cast.ha, turn=0)
    with pytest.raises(intake.NoReason):
        decide(line, "applied", cast.chi, turn=0, reason=" ")
    done = decide(line, "dismissed", cast.chi, turn=0, client_key=again)

    assert decide(line, "dismissed", cast.chi, turn=0, client_key=again) == done
    with pytest.raises(intake.LineDecided) as refused:
        decide(line, "applied", cast.chi, turn=0)
    assert refused.value.last == done
    with pytest.raises(intake.LineDecided):
        decide(line, "removed", cast.chi, turn=1)  # nothing is applied that could be removed
    assert decide(line, "applied", cast.chi, turn=1).turn == 2
    assert LexiconTurn.objects.count() == 2


def test_whoever_sees_none_of_the_passages_does_not_see_the_line(cast: Cast) -> None:
    thrice(cast)
    (line,) = intake.find_lines(at=NOW)

    def seen(user, *, sees_all: bool):
        return [
            (row.uid, row.supported, row.in_documents)
            for row in readings.lines_listed(seen_by=user.pk, on=TODAY, sees_all=sees_all)
        ]

    assert seen(cast.mai, sees_all=False) == []
    assert seen(cast.mai, sees_all=True) == [(line.uid, 3, 3)]
    assert seen(cast.thach, sees_all=False) == [(line.uid, 3, 3)]
    assert len(readings.passages_for(line_id=line.pk, seen_by=cast.chi.pk, on=TODAY)) == 3
    assert readings.passages_for(line_id=line.pk, seen_by=cast.mai.pk, on=TODAY) == ()
