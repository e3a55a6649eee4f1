"""What was decided can be taken back: the draft is withdrawn and the proposal open again."""

import pytest

from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.intake import selectors, services
from lotrinh.apps.intake.models import Candidate, Decision, TypedWords
from lotrinh.apps.journal.models import Entry
from lotrinh.apps.targets import selectors as targets
from tests.factories import NOW, TEXT, TODAY, a_promise, act, an_assignment, key, make_run
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db
ON = {"on": TODAY, "at": NOW}


@pytest.fixture
def run(cast):
    return make_run(keeper=cast.city, user=cast.chi, text=TEXT)


def proposal(run, n):
    return Candidate.objects.get(run=run, ordinal=n)


def confirm(candidate, user, *, turn=0, client_key=None, assignment=None):
    return services.confirm_task(
        candidate_id=candidate.pk,
        assignment=assignment or an_assignment(),
        user=user,
        client_key=client_key or key(),
        turn=turn,
        **ON,
    )


def promise(candidate, user, *, turn=0):
    return services.confirm_target(
        candidate_id=candidate.pk,
        promise=a_promise(),
        user=user,
        client_key=key(),
        turn=turn,
        **ON,
    )


def reject(candidate, user, *, turn=0, client_key=None):
    return services.reject_candidate(
        candidate_id=candidate.pk,
        reason="duplicate",
        user=user,
        client_key=client_key or key(),
        turn=turn,
        **ON,
    )


def reopen(candidate, user, turn, *, client_key=None):
    return services.reopen_candidate(
        candidate_id=candidate.pk, turn=turn, user=user, client_key=client_key or key(), **ON
    )


def undo(run, act, user, *, client_key=None):
    return services.undo_act(
        run_id=run.pk, act=act, user=user, client_key=client_key or key(), **ON
    )


def verdicts(candidate):
    return list(candidate.decisions.order_by("turn").values_list("turn", "verdict"))


def test_a_confirmation_that_is_undone_withdraws_its_draft_and_can_be_taken_anew(cast, run):
    task = proposal(run, 3)
    first = confirm(task, cast.chi)

    reopen(task, cast.chi, 1)
    second = confirm(task, cast.chi, turn=2)

    first.refresh_from_db()
    assert (first.state, second.state) == ("withdrawn", "draft")
    assert verdicts(task) == [(1, "confirmed"), (2, "reopened"), (3, "confirmed")]
    assert selectors.decision_of(task).duty == second
    assert [entry.verb for entry in Entry.objects.filter(object_uid=task.uid)] == [
        "candidate.confirmed",
        "candidate.reopened",
        "candidate.confirmed",
    ]


def test_a_target_that_is_undone_is_in_no_list_and_keeps_its_page(cast, run):
    proposed = proposal(run, 1)
    target = promise(proposed, cast.chi)

    reopen(proposed, cast.chi, 1)

    assert not targets.visible(seen_by=cast.chi.pk, on=TODAY).exists()
    kept = targets.target_by_uid(target.uid, seen_by=cast.chi.pk, on=TODAY)
    assert kept.withdrawn_on == TODAY
    assert selectors.decision_of(proposed) is None


def test_a_rejection_is_undone_by_another_who_decides_here(cast, run):
    reject(proposal(run, 3), cast.chi)

    with nothing_changes(), pytest.raises(services.NotAllowed):
        reopen(proposal(run, 3), cast.thach, 1)
    reopen(proposal(run, 3), cast.chi, 1)

    assert selectors.decision_of(proposal(run, 3)) is None


def test_an_issued_duty_is_not_undone(cast, run):
    task = proposal(run, 3)
    duty = confirm(task, cast.chi, assignment=an_assignment(cast.ho_sen, cast.person(cast.ha)))
    duties.issue_duty(duty_id=duty.pk, act=act(cast.chi, 1))

    with nothing_changes(), pytest.raises(services.DutyIssued) as refused:
        reopen(task, cast.chi, 1)

    assert refused.value.duty == duty


def test_a_draft_that_was_given_up_by_hand_does_not_stand_in_the_way(cast, run):
    task = proposal(run, 3)
    duty = confirm(task, cast.chi)
    duties.withdraw_draft(duty_id=duty.pk, act=act(cast.chi, 1))

    reopen(task, cast.chi, 1)

    assert selectors.decision_of(task) is None


def test_who_saw_an_older_turn_is_told_what_was_done_since(cast, run):
    task = proposal(run, 3)
    reject(task, cast.chi)
    reopen(task, cast.chi, 1)

    with nothing_changes(), pytest.raises(services.AlreadyDecided) as refused:
        confirm(task, cast.chi, turn=0)

    assert (refused.value.decision.turn, refused.value.decision.verdict) == (2, "reopened")
    with nothing_changes(), pytest.raises(services.AlreadyDecided):
        reopen(task, cast.chi, 1)


def test_undoing_twice_under_one_key_is_undoing_once(cast, run):
    task, sent = proposal(run, 3), key()
    confirm(task, cast.chi)
    reopen(task, cast.chi, 1, client_key=sent)

    with nothing_changes():
        assert reopen(task, cast.chi, 1, client_key=sent) == task


def test_what_nobody_decided_cannot_be_undone(cast, run):
    with nothing_changes(), pytest.raises(services.NothingToUndo):
        reopen(proposal(run, 3), cast.chi, 0)
    with nothing_changes(), pytest.raises(services.NothingToUndo):
        undo(run, key(), cast.chi)


def test_the_last_act_of_each_is_his_own(cast, run):
    mine = key()
    reject(proposal(run, 3), cast.chi, client_key=mine)

    rows = selectors.candidates_of(run=run)
    assert selectors.last_act(rows, user_id=cast.thach.pk) is None
    act = selectors.last_act(rows, user_id=cast.chi.pk)
    assert (act.client_key, act.verdict, act.count, act.ordinal) == (mine, "rejected", 1, 3)
    undo(run, mine, cast.chi)
    assert selectors.last_act(selectors.candidates_of(run=run), user_id=cast.chi.pk) is None


def test_undoing_an_act_keeps_what_can_no_longer_be_undone_and_says_so(cast, run):
    first = key()
    person = cast.person(cast.ha)
    duty = confirm(
        proposal(run, 3), cast.chi, client_key=first, assignment=an_assignment(cast.ho_sen, person)
    )
    other = confirm(proposal(run, 4), cast.chi, client_key=first)
    duties.issue_duty(duty_id=duty.pk, act=act(cast.chi, 1))
    sent = key()

    undone = undo(run, first, cast.chi, client_key=sent)

    assert [row.ordinal for row in undone.reopened] == [4]
    assert [(row.ordinal, type(why)) for row, why in undone.kept] == [(3, services.DutyIssued)]
    other.refresh_from_db()
    assert other.state == "withdrawn"
    with nothing_changes():
        again = undo(run, first, cast.chi, client_key=sent)
    assert [row.ordinal for row in again.reopened] == [4]
    with nothing_changes(), pytest.raises(services.DutyIssued):
        undo(run, first, cast.chi)


def test_the_act_of_somebody_else_is_not_mine_to_undo(cast, run):
    act = key()
    reject(proposal(run, 3), cast.chi, client_key=act)
    other = make_run(keeper=cast.ho_sen, user=cast.ha)

    with nothing_changes(), pytest.raises(services.NotAllowed):
        undo(run, act, cast.ha)
    with nothing_changes(), pytest.raises(services.NothingToUndo):
        undo(other, act, cast.ha)


def test_counts_follow_the_last_turn(cast, run):
    document = run.rendition.document
    reject(proposal(run, 3), cast.chi)
    confirm(proposal(run, 4), cast.chi)
    reopen(proposal(run, 4), cast.chi, 1)

    progress = selectors.progress_of([document])[document.pk]
    assert (progress.proposals, progress.confirmed, progress.rejected) == (4, 0, 1)
    assert selectors.totals(seen_by=cast.chi.pk, on=TODAY).undecided == 3
    assert selectors.waiting(seen_by=cast.chi.pk, on=TODAY) == (1, 3)


def test_what_is_typed_is_kept_for_its_author_until_he_decides(cast, run):
    task = proposal(run, 3)
    services.keep_typed(candidate_id=task.pk, values={"title": "Sửa"}, user=cast.chi, **ON)
    services.keep_typed(candidate_id=task.pk, values={"title": "Sửa lại"}, user=cast.chi, **ON)

    assert selectors.typed_words(run=run, user_id=cast.chi.pk) == {task.pk: {"title": "Sửa lại"}}
    assert selectors.typed_words(run=run, user_id=cast.ha.pk) == {}
    with nothing_changes(), pytest.raises(services.NotAllowed):
        services.keep_typed(candidate_id=task.pk, values={"title": "x"}, user=cast.thach, **ON)
    confirm(task, cast.chi)
    assert not TypedWords.objects.exists()


def test_what_is_typed_is_bounded_and_can_be_thrown_away(cast, run):
    task = proposal(run, 3)
    services.keep_typed(
        candidate_id=task.pk, values={"title": "\x00" + "x" * 9_000}, user=cast.chi, **ON
    )
    kept = selectors.typed_words(run=run, user_id=cast.chi.pk)[task.pk]["title"]
    assert kept == "x" * 2_000
    services.keep_typed(candidate_id=task.pk, values={}, user=cast.chi, **ON)

    assert not TypedWords.objects.exists()


def test_one_unit_is_typed_into_many_and_leaves_their_other_fields(cast, run):
    services.keep_typed(
        candidate_id=proposal(run, 3).pk, values={"title": "Sửa"}, user=cast.chi, **ON
    )
    ids = [proposal(run, 3).pk, proposal(run, 4).pk]

    n = services.keep_typed_for_all(
        run_id=run.pk, candidate_ids=ids, values={"unit": "Quận Hồ Sen"}, user=cast.chi, **ON
    )

    assert n == 2
    assert selectors.typed_words(run=run, user_id=cast.chi.pk) == {
        ids[0]: {"title": "Sửa", "unit": "Quận Hồ Sen"},
        ids[1]: {"unit": "Quận Hồ Sen"},
    }
    assert not Duty.objects.exists()
    assert not Decision.objects.exists()


def test_who_is_at_the_desk_is_named_to_the_others_for_a_while(cast, run):
    services.be_present(run_id=run.pk, user=cast.chi, **ON)
    soon, late = NOW.replace(second=30), NOW.replace(minute=40)

    assert selectors.others_present(run=run, user_id=cast.ha.pk, at=soon) == ("Trần Mộc Chi",)
    assert selectors.others_present(run=run, user_id=cast.chi.pk, at=soon) == ()
    assert selectors.others_present(run=run, user_id=cast.ha.pk, at=late) == ()
