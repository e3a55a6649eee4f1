"""Two people decide on one proposal at the same instant: one wins, and no half duty is left."""

from datetime import timedelta
from functools import partial
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import transaction

from lotrinh.apps.duties.models import Duty, DutySource
from lotrinh.apps.intake import services
from lotrinh.apps.intake.models import Candidate, Decision, RuleTally
from lotrinh.apps.intake.services import deciding, turns
from lotrinh.apps.journal.models import Entry
from tests.factories import NOW, TODAY, an_assignment, key, make_candidate, make_run
from tests.races.together import at_once, failures, overlapping

ROUNDS = 40


def confirm(candidate, user, client_key):
    return lambda: services.confirm_task(
        candidate_id=candidate.pk,
        assignment=an_assignment(),
        user=user,
        client_key=client_key,
        on=TODAY,
        at=NOW,
    )


def reject(candidate, user):
    return lambda: services.reject_candidate(
        candidate_id=candidate.pk, reason="duplicate", user=user, client_key=key(), on=TODAY, at=NOW
    )


def candidates(people, rounds):
    """Return that many undecided tasks, two from each text."""
    given = {"keeper": people.city, "user": people.chi}
    for _ in range(rounds // 2):
        run = make_run(**given)
        for _ in range(2):
            yield make_candidate("task", run=run, **given)


def left_of(candidate):
    """Return how many decisions, duties and journal entries of decisions a proposal has."""
    sources = DutySource.objects.filter(
        rendition_id=candidate.run.rendition_id, start=candidate.start
    )
    return (
        Decision.objects.filter(candidate=candidate).count(),
        sources.count(),
        Duty.objects.filter(sources__in=sources).count(),
        Entry.objects.filter(object_uid=candidate.uid).count(),
    )


@pytest.mark.slow
def test_of_two_who_confirm_exactly_one_wins_in_every_round(people):
    lost = []
    for candidate in candidates(people, ROUNDS):
        outcomes = at_once(
            confirm(candidate, people.chi, key()), confirm(candidate, people.chi, key())
        )
        lost.append(failures(outcomes))
        assert left_of(candidate) == (1, 1, 1, 1)

    assert lost == [["AlreadyDecided"]] * ROUNDS


def test_one_confirms_and_one_rejects(people):
    for candidate in candidates(people, 8):
        outcomes = at_once(confirm(candidate, people.chi, key()), reject(candidate, people.chi))

        assert failures(outcomes) == ["AlreadyDecided"]
        decision = Decision.objects.get(candidate=candidate)
        duties = 1 if decision.verdict == "confirmed" else 0
        assert left_of(candidate) == (1, duties, duties, 1)


def test_the_same_form_from_two_connections_is_one_duty_and_both_are_told_of_it(people):
    for candidate in candidates(people, 8):
        sent = key()
        one, other = at_once(
            confirm(candidate, people.chi, sent), confirm(candidate, people.chi, sent)
        )

        assert isinstance(one, Duty)
        assert one == other
        assert left_of(candidate) == (1, 1, 1, 1)


def test_without_taking_turns_the_same_form_would_be_refused(people, monkeypatch):
    """Breaks the turn on purpose, and holds both threads between looking and writing."""
    (candidate, _) = candidates(people, 2)
    both_looked = Barrier(2)

    def look_without_a_turn(candidate_id, client_key):
        found = Decision.objects.filter(candidate_id=candidate_id, client_key=client_key).first()
        both_looked.wait(timeout=20)
        return found

    monkeypatch.setattr(deciding, "_repeated", look_without_a_turn)
    monkeypatch.setattr(turns, "take_turn", lambda kind, key: None)
    sent = key()
    outcomes = at_once(confirm(candidate, people.chi, sent), confirm(candidate, people.chi, sent))

    assert failures(outcomes) == ["AlreadyDecided"]
    assert not any(isinstance(outcome, BrokenBarrierError) for outcome in outcomes)
    assert left_of(candidate) == (1, 1, 1, 1)


def test_a_standing_decision_refuses_another_whoever_looked_when(people):
    """Whoever had looked before the first decision was written finds it when he writes."""
    (found, _) = candidates(people, 2)
    said = {"verdict": Decision.Verdict.REJECTED, "reason": "duplicate", "at": NOW}
    one, other = (Candidate.objects.get(pk=found.pk) for _ in range(2))
    with transaction.atomic():
        turns.decide(candidate=one, user=people.chi, client_key=key(), **said)

    with pytest.raises(turns.AlreadyDecided) as refused, transaction.atomic():
        turns.decide(candidate=other, user=people.chi, client_key=key(), **said)

    assert refused.value.decision == Decision.objects.get(candidate=found)


def test_nobody_waits_for_another_who_decides_what_the_same_rule_found(people):
    another_day = NOW + timedelta(days=30)
    run = make_run(keeper=people.city, user=people.chi)
    pair = list(run.candidates.filter(kind="task"))
    assert {row.rule for row in pair} == {"task.assigned"}
    acts = [
        partial(
            services.reject_candidate,
            candidate_id=row.pk,
            reason="duplicate",
            user=people.chi,
            client_key=key(),
            on=TODAY,
            at=another_day,
        )
        for row in pair
    ]

    outcomes = overlapping(*acts)

    assert failures(outcomes) == []
    of_that_day = RuleTally.objects.filter(rule="task.assigned", day=another_day.date())
    assert [(row.accepted, row.dropped) for row in of_that_day] == [(0, 1), (0, 1)]
    assert services.recount_rules() == 0
    assert [(row.accepted, row.dropped) for row in of_that_day.all()] == [(0, 2)]
