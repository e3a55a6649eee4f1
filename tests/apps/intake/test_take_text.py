"""Another text of a document is taken: what was decided goes with it, by its passages."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lotrinh.apps.documents import services as registry
from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.intake import selectors, services
from lotrinh.apps.intake.models import Candidate, Decision, TypedWords
from tests.factories import NOW, TEXT, TODAY, a_promise, act, an_assignment, key, make_run
from tests.readings import hand_in
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db
ON = {"on": TODAY, "at": NOW}

SIGNED = TEXT.replace("đạt 80%", "đạt 85%").replace(
    "I. MỤC TIÊU", "Căn cứ đề nghị của các cơ quan tham mưu.\n\nI. MỤC TIÊU"
)
"""The signed copy: one level changed, one line more at the top."""


@pytest.fixture
def run(cast):
    return make_run(keeper=cast.city, user=cast.chi, text=TEXT)


def confirm_all(run, user):
    """Accept every proposal of a reading; return them in the order of the text."""
    rows = selectors.candidates_of(run=run)
    for row in rows:
        given = {"candidate_id": row.pk, "user": user, "client_key": key(), **ON}
        if row.kind == "task":
            services.confirm_task(assignment=an_assignment(), **given)
        else:
            services.confirm_target(
                promise=replace(a_promise(), measure=row.fields["metric"]), **given
            )
    return rows


def take(run, user, *, instead_of, client_key=None, at=NOW):
    return services.take_text(
        rendition=run.rendition,
        instead_of=instead_of.rendition.uid,
        reason="bản ký",
        user=user,
        client_key=client_key or key(),
        on=TODAY,
        at=at,
    )


def holding(run):
    """Return kind, verdict, and whether it was carried, in the order of the text."""
    found = []
    for row in selectors.standing(run):
        decision = selectors.decision_of(row)
        found.append(
            (row.kind, decision.verdict, decision.carried_from_id is not None)
            if decision
            else (row.kind, None, False)
        )
    return found


def test_a_second_text_changes_nothing_until_it_is_taken(cast, run):
    signed = hand_in(SIGNED, keeper=cast.city, user=cast.chi)

    assert signed.rendition.document == run.rendition.document
    assert selectors.run_of(document=run.rendition.document) == run


def test_what_was_decided_goes_with_the_text_and_keeps_its_first_passage(cast, run):
    rows = confirm_all(run, cast.chi)
    signed = hand_in(SIGNED, keeper=cast.city, user=cast.chi)

    carried = take(signed, cast.chi, instead_of=run)

    assert (carried.count, carried.lost) == (4, ())
    assert holding(signed) == [
        ("target", "confirmed", True),
        ("target", "confirmed", True),
        ("task", "confirmed", True),
        ("task", "confirmed", True),
    ]
    duty = selectors.decision_of(Candidate.objects.get(pk=rows[2].pk)).duty
    first, second = duty.sources.order_by("id")
    assert (first.rendition, first.start) == (run.rendition, rows[2].start)
    assert second.rendition == signed.rendition
    assert signed.rendition.text[second.start : second.end] == TEXT[first.start : first.end]
    assert selectors.totals(seen_by=cast.chi.pk, on=TODAY).confirmed == 4


def test_the_fact_that_changed_stays_to_be_looked_at_and_nothing_takes_it_by_itself(cast, run):
    confirm_all(run, cast.chi)
    signed = hand_in(SIGNED, keeper=cast.city, user=cast.chi)
    take(signed, cast.chi, instead_of=run)

    older, newer = selectors.runs_of_texts(run.rendition.document)
    found = selectors.still_asked(selectors.compared(older, newer))

    assert (older, newer) == (run, signed)
    assert [row.fields for row in found.changed] == [{"value": (80, 85)}]
    assert (found.new, found.gone, found.unchanged) == ((), (), 3)
    target = selectors.decision_of(found.changed[0].newer).target
    assert target.value == 3  # what a person had confirmed


def test_what_is_not_found_in_the_new_text_is_named_and_stays_as_it_was(cast, run):
    rows = confirm_all(run, cast.chi)
    cut = TEXT[: TEXT.index("2. Giao Văn phòng")]
    signed = hand_in(cut, keeper=cast.city, user=cast.chi)

    carried = take(signed, cast.chi, instead_of=run)

    assert (carried.count, [row.pk for row in carried.lost]) == (3, [rows[3].pk])
    duty = selectors.decision_of(Candidate.objects.get(pk=rows[3].pk)).duty
    assert (duty.state, duty.sources.count()) == ("draft", 1)
    found = selectors.compared(*selectors.runs_of_texts(run.rendition.document))
    assert [row.older.pk for row in found.gone] == [rows[3].pk]


def test_what_a_person_added_is_found_by_its_words(cast, run):
    start = TEXT.index("cán bộ, hoàn thành")
    added = services.add_candidate(
        run_id=run.pk,
        kind="task",
        start=start,
        end=start + 40,
        user=cast.chi,
        client_key=key(),
        **ON,
    )
    signed = hand_in(SIGNED, keeper=cast.city, user=cast.chi)

    take(signed, cast.chi, instead_of=run)

    (there,) = Candidate.objects.filter(run=signed, origin="carried")
    assert signed.rendition.text[there.start : there.end] == TEXT[added.start : added.end]
    assert selectors.decision_of(there) is None


def test_what_was_typed_stands_beside_the_proposal_of_the_new_text(cast, run):
    task = run.candidates.get(ordinal=3)
    services.keep_typed(candidate_id=task.pk, values={"title": "Đào tạo"}, user=cast.chi, **ON)
    signed = hand_in(SIGNED, keeper=cast.city, user=cast.chi)
    take(signed, cast.chi, instead_of=run)

    row = TypedWords.objects.get(candidate__run=signed)
    assert (row.candidate.kind, row.values) == ("task", {"title": "Đào tạo"})


def test_a_dropped_proposal_stays_dropped(cast, run):
    task = run.candidates.get(ordinal=3)
    services.reject_candidate(
        candidate_id=task.pk, reason="duplicate", user=cast.chi, client_key=key(), **ON
    )
    signed = hand_in(SIGNED, keeper=cast.city, user=cast.chi)
    take(signed, cast.chi, instead_of=run)

    assert holding(signed)[2] == ("task", "rejected", True)


def test_taking_the_first_text_back_changes_no_decision(cast, run):
    confirm_all(run, cast.chi)
    signed = hand_in(SIGNED, keeper=cast.city, user=cast.chi)
    take(signed, cast.chi, instead_of=run)
    before = Decision.objects.count()

    carried = take(run, cast.chi, instead_of=signed)

    assert (carried.count, carried.lost) == (0, ())
    assert Decision.objects.count() == before
    assert selectors.run_of(document=run.rendition.document) == run


def test_what_is_reopened_on_one_text_is_open_on_the_other_too(cast, run):
    rows = confirm_all(run, cast.chi)
    signed = hand_in(SIGNED, keeper=cast.city, user=cast.chi)
    take(signed, cast.chi, instead_of=run)
    there = selectors.standing(signed)[2]

    services.reopen_candidate(candidate_id=there.pk, turn=1, user=cast.chi, client_key=key(), **ON)

    assert selectors.decision_of(Candidate.objects.get(pk=rows[2].pk)) is None
    assert Duty.objects.filter(state="withdrawn").count() == 1
    take(run, cast.chi, instead_of=signed)
    assert [row[1] for row in holding(run)] == ["confirmed", "confirmed", None, "confirmed"]


def reject(candidate, user, reason="duplicate", **given):
    given = {"user": user, "client_key": key(), **ON, **given}
    return services.reject_candidate(candidate_id=candidate.pk, reason=reason, **given)


def test_a_rejection_that_is_reopened_on_one_text_is_open_on_all(cast, run):
    task = run.candidates.get(ordinal=3)
    reject(task, cast.chi)
    signed = hand_in(SIGNED, keeper=cast.city, user=cast.chi)
    take(signed, cast.chi, instead_of=run)
    third = hand_in(SIGNED.replace("85%", "90%"), keeper=cast.city, user=cast.chi)
    take(third, cast.chi, instead_of=signed)
    there = selectors.standing(third)[2]

    given = {"candidate_id": there.pk, "user": cast.chi, **ON}
    services.reopen_candidate(turn=1, client_key=key(), **given)

    assert [holding(one)[2][1] for one in (run, signed, third)] == [None, None, None]
    duty = services.confirm_task(assignment=an_assignment(), turn=2, client_key=key(), **given)
    carried = take(run, cast.chi, instead_of=third)
    duty.refresh_from_db()
    assert (carried.count, holding(run)[2][1]) == (1, "confirmed")
    assert selectors.decision_of(Candidate.objects.get(pk=task.pk)).duty == duty
    assert (duty.state, Duty.objects.count(), duty.sources.count()) == ("draft", 1, 2)


def test_what_was_decided_later_holds_on_the_text_that_is_taken(cast, run):
    task = run.candidates.get(ordinal=3)
    reject(task, cast.chi)
    signed = hand_in(SIGNED, keeper=cast.city, user=cast.chi)
    later = {"at": NOW + timedelta(hours=1)}
    reject(selectors.standing(signed)[2], cast.chi, reason="not_commitment", **later)

    carried = take(signed, cast.chi, instead_of=run)
    assert carried.count == 0
    take(run, cast.chi, instead_of=signed, at=NOW + timedelta(hours=2))

    turns = Decision.objects.filter(candidate=task).order_by("turn")
    assert [(row.verdict, row.reason) for row in turns] == [
        ("rejected", "duplicate"),
        ("reopened", ""),
        ("rejected", "not_commitment"),
    ]


CUT = TEXT[: TEXT.index("2. Giao Văn phòng")]
"""A copy that lacks the last task."""


def asked(run):
    return selectors.asked_of_texts(selectors.runs_of_texts(run.rendition.document))


def test_what_one_text_lacks_goes_with_the_next_that_has_it_again(cast, run):
    rows = confirm_all(run, cast.chi)
    cut = hand_in(CUT, keeper=cast.city, user=cast.chi)
    assert take(cut, cast.chi, instead_of=run).count == 3
    assert [row.older.pk for row in asked(run).gone] == [rows[3].pk]
    signed = hand_in(SIGNED, keeper=cast.city, user=cast.chi)

    carried = take(signed, cast.chi, instead_of=cut)

    assert (carried.count, carried.lost) == (4, ())
    assert [row[1:] for row in holding(signed)] == [("confirmed", True)] * 4
    duty = selectors.decision_of(Candidate.objects.get(pk=rows[3].pk)).duty
    assert (duty.state, duty.sources.count(), Duty.objects.count()) == ("draft", 2, 2)
    assert asked(run).gone == ()


def test_what_two_texts_lack_is_still_asked_and_only_until_it_is_settled(cast, run):
    rows = confirm_all(run, cast.chi)
    cut = hand_in(CUT, keeper=cast.city, user=cast.chi)
    take(cut, cast.chi, instead_of=run)
    other = hand_in(CUT.replace("đạt 80%", "đạt 85%"), keeper=cast.city, user=cast.chi)

    assert take(other, cast.chi, instead_of=cut).lost == ()
    assert [row.older.pk for row in asked(run).gone] == [rows[3].pk]
    services.settle_difference(
        older_id=rows[3].pk,
        newer_id=None,
        taken=services.Taken(),
        user=cast.chi,
        client_key=key(),
        **ON,
    )
    assert asked(run).gone == ()


def test_what_was_dropped_of_a_text_before_the_last_is_not_asked_again(cast, run):
    reject(run.candidates.get(ordinal=4), cast.chi)
    cut = hand_in(CUT, keeper=cast.city, user=cast.chi)
    take(cut, cast.chi, instead_of=run)
    signed = hand_in(SIGNED, keeper=cast.city, user=cast.chi)

    assert take(signed, cast.chi, instead_of=cut).count == 1
    assert [row[1] for row in holding(signed)] == [None, None, None, "rejected"]


def test_carrying_is_no_act_that_the_key_for_undoing_takes_back(cast, run):
    confirm_all(run, cast.chi)
    signed, act = hand_in(SIGNED, keeper=cast.city, user=cast.chi), key()
    take(signed, cast.chi, instead_of=run, client_key=act)

    rows = selectors.candidates_of(run=signed)
    assert selectors.last_act(rows, user_id=cast.chi.pk) is None
    with nothing_changes(), pytest.raises(services.NothingToUndo):
        services.undo_act(run_id=signed.pk, act=act, user=cast.chi, client_key=key(), **ON)


def test_a_binding_duty_has_the_further_passage_too(cast, run):
    officer = cast.person(cast.ha)
    duty = services.confirm_task(
        candidate_id=run.candidates.get(ordinal=3).pk,
        assignment=an_assignment(cast.ho_sen, officer),
        user=cast.chi,
        client_key=key(),
        **ON,
    )
    duties.issue_duty(duty_id=duty.pk, act=act(cast.chi, 1))
    signed = hand_in(SIGNED, keeper=cast.city, user=cast.chi)

    take(signed, cast.chi, instead_of=run)

    duty.refresh_from_db()
    assert (duty.state, duty.version, duty.sources.count()) == ("issued", 2, 2)


def test_a_text_that_waits_to_be_read_is_not_taken(cast, run):
    signed = services.submit(
        submission=services.Submission(content=SIGNED.encode(), source_name="ky.txt"),
        keeper=cast.city,
        user=cast.chi,
        client_key=key(),
        **ON,
    )
    with nothing_changes(), pytest.raises(services.TextNotRead):
        take(signed, cast.chi, instead_of=run)


def test_the_same_key_carries_nothing_twice(cast, run):
    confirm_all(run, cast.chi)
    signed, once = hand_in(SIGNED, keeper=cast.city, user=cast.chi), key()
    take(signed, cast.chi, instead_of=run, client_key=once)

    with nothing_changes():
        take(signed, cast.chi, instead_of=run, client_key=once)


def test_who_has_not_seen_which_text_counts_now_is_refused(cast, run):
    confirm_all(run, cast.chi)
    signed = hand_in(SIGNED, keeper=cast.city, user=cast.chi)
    other = hand_in(SIGNED.replace("85%", "90%"), keeper=cast.city, user=cast.chi)
    take(signed, cast.chi, instead_of=run)

    with nothing_changes(), pytest.raises(registry.TextTakenMeanwhile):
        take(other, cast.chi, instead_of=run)


def test_nothing_is_decided_from_the_text_that_was_left(cast, run):
    signed = hand_in(SIGNED, keeper=cast.city, user=cast.chi)
    take(signed, cast.chi, instead_of=run)
    task = run.candidates.get(ordinal=3)
    given = {"user": cast.chi, "client_key": key(), **ON}

    with nothing_changes(), pytest.raises(services.AnotherTextCounts):
        services.confirm_task(candidate_id=task.pk, assignment=an_assignment(), **given)
    block = services.confirm_block(
        run_id=run.pk, rows=[services.Row(task.pk, 0, an_assignment())], whole=False, **given
    )
    assert [type(fault).__name__ for _pk, fault in block.refused] == ["AnotherTextCounts"]


def test_nothing_is_proposed_from_the_text_that_was_left(cast, run):
    signed = hand_in(SIGNED, keeper=cast.city, user=cast.chi)
    given = {"kind": "task", "start": 0, "end": 10, "user": cast.chi, **ON}
    once = key()
    added = services.add_candidate(run_id=run.pk, client_key=once, **given)
    take(signed, cast.chi, instead_of=run)

    with nothing_changes(), pytest.raises(services.AnotherTextCounts):
        services.add_candidate(run_id=run.pk, client_key=key(), **given)
    with nothing_changes():  # what was sent twice is answered as it was the first time
        assert services.add_candidate(run_id=run.pk, client_key=once, **given) == added
