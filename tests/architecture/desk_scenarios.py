"""Scenarios of the reading desk: a text comes, is read, and people decide about its proposals."""

from collections.abc import Callable

from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.services import Submission
from tests.cast import Cast
from tests.factories import (
    NOW,
    TEXT,
    TODAY,
    a_promise,
    an_assignment,
    key,
    make_candidate,
    make_run,
)

Act = Callable[[], object]
Scenario = Callable[[Cast], Act]

_ON = {"on": TODAY, "at": NOW}


def submit(cast: Cast) -> Act:
    return lambda: intake.submit(
        submission=Submission(content=TEXT.encode(), source_name="a.txt"),
        keeper=cast.city,
        user=cast.chi,
        client_key=key(),
        **_ON,
    )


def refuse_secret(cast: Cast) -> Act:
    return lambda: intake.refuse_secret(sha256="0" * 64, keeper=cast.city, user=cast.chi, at=NOW)


def enqueue(cast: Cast) -> Act:
    run = make_run(keeper=cast.city, user=cast.chi)
    return lambda: intake.enqueue(run)


def read_run(cast: Cast) -> Act:
    run = make_run(keeper=cast.city, user=cast.chi, is_read=False)
    return lambda: intake.read_run(uid=run.uid, at=NOW)


def give_up_run(cast: Cast) -> Act:
    run = make_run(keeper=cast.city, user=cast.chi, is_read=False)
    return lambda: intake.give_up_run(uid=run.uid, error="TimeoutError", at=NOW)


def read_again(cast: Cast) -> Act:
    run = make_run(keeper=cast.city, user=cast.chi, is_read=False)
    intake.give_up_run(uid=run.uid, error="TimeoutError", at=NOW)
    return lambda: intake.read_again(uid=run.uid, user=cast.chi, **_ON)


def resume_waiting_runs(cast: Cast) -> Act:
    make_run(keeper=cast.city, user=cast.chi, is_read=False)
    return lambda: intake.resume_waiting_runs(before=NOW.replace(year=2025))


def confirm_task(cast: Cast) -> Act:
    candidate = make_candidate("task", keeper=cast.city, user=cast.chi)
    return lambda: intake.confirm_task(
        candidate_id=candidate.pk,
        assignment=an_assignment(),
        user=cast.chi,
        client_key=key(),
        **_ON,
    )


def confirm_target(cast: Cast) -> Act:
    candidate = make_candidate("target", keeper=cast.city, user=cast.chi)
    return lambda: intake.confirm_target(
        candidate_id=candidate.pk, promise=a_promise(), user=cast.chi, client_key=key(), **_ON
    )


def reject_candidate(cast: Cast) -> Act:
    candidate = make_candidate("task", keeper=cast.city, user=cast.chi)
    return lambda: intake.reject_candidate(
        candidate_id=candidate.pk, reason="duplicate", user=cast.chi, client_key=key(), **_ON
    )


def reopen_candidate(cast: Cast) -> Act:
    candidate = make_candidate("task", keeper=cast.city, user=cast.chi)
    intake.reject_candidate(
        candidate_id=candidate.pk, reason="duplicate", user=cast.chi, client_key=key(), **_ON
    )
    return lambda: intake.reopen_candidate(
        candidate_id=candidate.pk, turn=1, user=cast.chi, client_key=key(), **_ON
    )


def undo_act(cast: Cast) -> Act:
    candidate, act = make_candidate("task", keeper=cast.city, user=cast.chi), key()
    intake.reject_candidate(
        candidate_id=candidate.pk, reason="duplicate", user=cast.chi, client_key=act, **_ON
    )
    return lambda: intake.undo_act(
        run_id=candidate.run_id, act=act, user=cast.chi, client_key=key(), **_ON
    )


def confirm_block(cast: Cast) -> Act:
    candidate = make_candidate("task", keeper=cast.city, user=cast.chi)
    return lambda: intake.confirm_block(
        run_id=candidate.run_id,
        rows=[intake.Row(candidate.pk, 0, an_assignment())],
        whole=True,
        user=cast.chi,
        client_key=key(),
        **_ON,
    )


def reject_block(cast: Cast) -> Act:
    candidate = make_candidate("task", keeper=cast.city, user=cast.chi)
    return lambda: intake.reject_block(
        run_id=candidate.run_id,
        turns={candidate.pk: 0},
        reason="duplicate",
        user=cast.chi,
        client_key=key(),
        **_ON,
    )


def split_candidate(cast: Cast) -> Act:
    candidate = make_candidate("task", keeper=cast.city, user=cast.chi)
    return lambda: intake.split_candidate(
        candidate_id=candidate.pk,
        turn=0,
        place=candidate.start + 20,
        user=cast.chi,
        client_key=key(),
        **_ON,
    )


def merge_candidates(cast: Cast) -> Act:
    run = make_run(keeper=cast.city, user=cast.chi)
    one, other = run.candidates.filter(kind="task").order_by("ordinal")
    return lambda: intake.merge_candidates(
        candidate_id=one.pk,
        turn=0,
        other_id=other.pk,
        other_turn=0,
        user=cast.chi,
        client_key=key(),
        **_ON,
    )


def add_candidate(cast: Cast) -> Act:
    run = make_run(keeper=cast.city, user=cast.chi)
    return lambda: intake.add_candidate(
        run_id=run.pk, kind="task", start=0, end=15, user=cast.chi, client_key=key(), **_ON
    )


def take_file(cast: Cast) -> Act:
    return lambda: intake.take_file(
        submission=Submission(content=TEXT.encode(), source_name="a.txt"),
        keeper=cast.city,
        user=cast.chi,
        client_key=key(),
        **_ON,
    )


DESK_SCENARIOS: dict[str, Scenario] = {
    "intake.submit": submit,
    "intake.refuse_secret": refuse_secret,
    "intake.enqueue": enqueue,
    "intake.read_run": read_run,
    "intake.give_up_run": give_up_run,
    "intake.read_again": read_again,
    "intake.resume_waiting_runs": resume_waiting_runs,
    "intake.confirm_task": confirm_task,
    "intake.confirm_target": confirm_target,
    "intake.reject_candidate": reject_candidate,
    "intake.reopen_candidate": reopen_candidate,
    "intake.undo_act": undo_act,
    "intake.confirm_block": confirm_block,
    "intake.reject_block": reject_block,
    "intake.split_candidate": split_candidate,
    "intake.merge_candidates": merge_candidates,
    "intake.add_candidate": add_candidate,
    "intake.take_file": take_file,
}
