"""A proposal counts for nothing until a person decides it; it is decided once, and for good."""

from dataclasses import replace
from datetime import date

import pytest

from lotrinh.apps.documents import services as registry
from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.services import NotAllowed as MayNotAssign
from lotrinh.apps.duties.services import PersonElsewhere
from lotrinh.apps.intake import selectors, services
from lotrinh.apps.intake.models import Candidate, Decision
from lotrinh.apps.journal.models import Entry
from lotrinh.apps.targets import selectors as targets
from lotrinh.apps.targets.models import Target
from lotrinh.apps.targets.services import RangeUpsideDown
from lotrinh.rules.target_terms import Comparator
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
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(cast):
    return make_run(keeper=cast.city, user=cast.chi, text=TEXT)


@pytest.fixture
def task(cast, run):
    return make_candidate("task", keeper=cast.city, user=cast.chi, run=run)


@pytest.fixture
def target(cast, run):
    return make_candidate("target", keeper=cast.city, user=cast.chi, run=run)


def confirm_task(candidate, user, assignment=None, *, client_key=None):
    return services.confirm_task(
        candidate_id=candidate.pk,
        assignment=assignment or an_assignment(),
        user=user,
        client_key=client_key or key(),
        on=TODAY,
        at=NOW,
    )


def confirm_target(candidate, user, promise=None, *, client_key=None):
    return services.confirm_target(
        candidate_id=candidate.pk,
        promise=promise or a_promise(),
        user=user,
        client_key=client_key or key(),
        on=TODAY,
        at=NOW,
    )


def reject(candidate, user, *, reason="not_commitment", note="", client_key=None):
    return services.reject_candidate(
        candidate_id=candidate.pk,
        reason=reason,
        note=note,
        user=user,
        client_key=client_key or key(),
        on=TODAY,
        at=NOW,
    )


def test_a_confirmed_task_is_a_draft_that_points_to_its_sentence(cast, run, task):
    duty = confirm_task(task, cast.chi, an_assignment(cast.ho_sen, cast.person(cast.ha)))

    (source,) = duties.sources_of(duty=duty)
    assert (duty.state, duty.owed_to, duty.unit) == ("draft", cast.city, cast.ho_sen)
    assert (source.rendition, source.start, source.end) == (run.rendition, task.start, task.end)
    assert source.stated_due == "2024-09-30"
    assert source.clause == task.clause
    assert "Quận Hồ Sen chủ trì" in TEXT[source.start : source.end]


def test_a_confirmed_target_is_held_with_its_sentence(cast, run, target):
    held = confirm_target(target, cast.chi)

    (source,) = targets.sources_of(target=held)
    assert (held.owed_to, held.due, held.comparator) == (cast.city, date(2030, 12, 31), "<")
    assert (source.rendition, source.start, source.end) == (run.rendition, target.start, target.end)


def test_the_decision_names_what_came_of_it_and_who_decided(cast, task, target):
    duty, held = confirm_task(task, cast.chi), confirm_target(target, cast.chi)

    decided = Decision.objects.order_by("id")
    assert [(row.verdict, row.duty, row.target, row.by, row.at) for row in decided] == [
        ("confirmed", duty, None, cast.chi, NOW),
        ("confirmed", None, held, cast.chi, NOW),
    ]
    assert Entry.objects.filter(verb="candidate.confirmed", unit_uid=cast.city.uid).count() == 2


def test_a_rejection_keeps_its_reason_and_makes_nothing(cast, task):
    decision = reject(task, cast.chi, reason="duplicate")

    assert (decision.verdict, decision.reason, decision.duty, decision.target) == (
        "rejected",
        "duplicate",
        None,
        None,
    )
    assert Duty.objects.count() == Target.objects.count() == 0
    fresh = selectors.candidate_by_uid(task.uid, seen_by=cast.chi.pk, on=TODAY)
    assert selectors.decision_of(fresh) == decision


def test_a_rejection_may_say_more_in_own_words(cast, task):
    reject(task, cast.chi, reason="already_reported", note="Đã nêu ở báo cáo quý I.")

    decision = Decision.objects.get(candidate=task)
    assert (decision.reason, decision.note) == ("already_reported", "Đã nêu ở báo cáo quý I.")
    assert "báo cáo" not in Entry.objects.get(verb="candidate.rejected").payload


@pytest.mark.parametrize("reason", ["", "because", "NOT_COMMITMENT"])
def test_a_reason_that_is_none_of_the_list_is_refused(cast, task, reason):
    with nothing_changes(), pytest.raises(services.ReasonUnknown):
        reject(task, cast.chi, reason=reason)


@pytest.mark.parametrize("first", ["confirm", "reject"])
@pytest.mark.parametrize("second", ["confirm", "reject"])
def test_the_second_decision_is_refused_whatever_the_first_was(cast, task, first, second):
    acts = {"confirm": confirm_task, "reject": reject}
    acts[first](task, cast.chi)

    with nothing_changes(), pytest.raises(services.AlreadyDecided):
        acts[second](task, cast.chi)


@pytest.mark.parametrize("act", [confirm_task, reject])
def test_the_same_form_sent_twice_is_one_decision(cast, task, act):
    sent = key()
    first = act(task, cast.chi, client_key=sent)

    with nothing_changes():
        assert act(task, cast.chi, client_key=sent) == first


def test_the_same_form_of_a_target_sent_twice_is_one_target(cast, target):
    sent = key()
    first = confirm_target(target, cast.chi, client_key=sent)

    with nothing_changes():
        assert confirm_target(target, cast.chi, client_key=sent) == first


@pytest.mark.parametrize("first", ["confirm", "reject"])
def test_the_key_of_the_other_verdict_is_no_repetition(cast, task, first):
    """What was accepted under a key is not answered as rejected, nor the other way round."""
    acts, sent = {"confirm": confirm_task, "reject": reject}, key()
    acts.pop(first)(task, cast.chi, client_key=sent)
    (second,) = acts.values()

    with nothing_changes(), pytest.raises(services.AlreadyDecided):
        second(task, cast.chi, client_key=sent)


def test_the_key_of_an_accepted_target_does_not_reject_it(cast, target):
    sent = key()
    confirm_target(target, cast.chi, client_key=sent)

    with nothing_changes(), pytest.raises(services.AlreadyDecided):
        reject(target, cast.chi, client_key=sent)


def test_the_same_key_with_other_words_is_no_repetition(cast, task):
    sent = key()
    confirm_task(task, cast.chi, client_key=sent)

    with nothing_changes(), pytest.raises(services.AlreadyDecided):
        confirm_task(task, cast.chi, replace(an_assignment(), title="Việc khác"), client_key=sent)


def test_a_key_that_decided_another_proposal_is_no_error(cast, run):
    tasks = [found for found in selectors.candidates_of(run=run) if found.kind == "task"]
    sent = key()

    made = {confirm_task(found, cast.chi, client_key=sent).pk for found in tasks}

    assert len(made) == len(tasks) == 2
    assert Decision.objects.filter(client_key=sent).count() == 2


def test_a_task_is_no_target_and_a_target_no_task(cast, task, target):
    with nothing_changes(), pytest.raises(services.WrongKind):
        confirm_target(task, cast.chi)
    with nothing_changes(), pytest.raises(services.WrongKind):
        confirm_task(target, cast.chi)


@pytest.mark.parametrize("name", ["thach", "ha", "khe", "mai", "nghiem", "bach", "tung", "an"])
def test_only_those_who_decide_at_the_keeper_decide(cast, task, target, name):
    """Hà, Khê and Mai decide in their own units; the document is the city's."""
    user = cast.named_users()[name]

    for act, candidate in ((confirm_task, task), (confirm_target, target), (reject, task)):
        with nothing_changes(), pytest.raises(services.NotAllowed):
            act(candidate, user)


def test_a_document_that_was_sent_to_a_unit_is_still_decided_by_its_keeper(cast, run, task):
    registry.send_to(
        document=run.rendition.document, unit=cast.ho_sen, actor=cast.chi.named, at=NOW
    )

    with nothing_changes(), pytest.raises(services.NotAllowed):
        confirm_task(task, cast.ha, an_assignment(cast.ho_sen))


def test_a_district_decides_its_own_documents_but_assigns_within_itself(cast):
    candidate = make_candidate(keeper=cast.ho_sen, user=cast.ha)

    with nothing_changes(), pytest.raises(MayNotAssign):
        confirm_task(candidate, cast.ha, an_assignment(cast.dong_gao))
    assert confirm_task(candidate, cast.ha, an_assignment(cast.sen_tay)).unit == cast.sen_tay


def test_a_refusal_further_down_undoes_everything_and_the_candidate_stays_open(cast, task, target):
    with nothing_changes(), pytest.raises(PersonElsewhere):
        confirm_task(task, cast.chi, an_assignment(cast.ho_sen, cast.person(cast.khe)))
    upside_down = replace(a_promise(), comparator=Comparator.RANGE)
    with nothing_changes(), pytest.raises(RangeUpsideDown):
        confirm_target(target, cast.chi, upside_down)

    assert confirm_task(task, cast.chi).state == "draft"


def test_candidates_that_nobody_decided_are_neither_duties_nor_targets(cast, run):
    assert Candidate.objects.count() == 4
    assert duties.counts(seen_by=cast.chi.pk, on=TODAY).drafts == 0
    assert targets.visible(seen_by=cast.chi.pk, on=TODAY).count() == 0
