"""Two people issue one duty at the same instant: it is issued once."""

import pytest

from lotrinh.apps.documents.models import Recipient
from lotrinh.apps.duties import services
from lotrinh.apps.duties.models import Duty, DutyEvent
from lotrinh.apps.duties.services import drafting
from lotrinh.apps.journal.models import Entry
from tests.factories import act, an_assignment, key, make_duty
from tests.races.together import at_once, failures

ROUNDS = 40


def draft(people):
    return make_duty(
        owed_to=people.city, user=people.chi, unit=people.ho_sen, person=people.person(people.ha)
    )


def issue(duty, user, client_key):
    return lambda: services.issue_duty(duty_id=duty.pk, act=act(user, 1, client_key=client_key))


def amend(people, duty):
    return lambda: services.amend_draft(
        duty_id=duty.pk,
        act=act(people.chi, 1),
        assignment=an_assignment(people.ho_sen, people.person(people.ha)),
    )


def left_of(duty):
    document_ids = duty.sources.values("rendition__document")
    return (
        Duty.objects.get(pk=duty.pk).version,
        DutyEvent.objects.filter(duty=duty).count(),
        Entry.objects.filter(object_uid=duty.uid, verb="duty.issued").count(),
        Recipient.objects.filter(document__in=document_ids).count(),
    )


@pytest.mark.slow
def test_of_two_who_issue_exactly_one_wins_in_every_round(people):
    lost = []
    for _ in range(ROUNDS):
        duty = draft(people)
        lost.append(
            failures(at_once(issue(duty, people.chi, key()), issue(duty, people.thach, key())))
        )
        assert left_of(duty) == (2, 1, 1, 1)

    assert lost == [["StepNotOpen"]] * ROUNDS


def test_the_same_form_from_two_connections_issues_once_and_both_are_told(people):
    for _ in range(8):
        duty, sent = draft(people), key()

        outcomes = at_once(issue(duty, people.chi, sent), issue(duty, people.chi, sent))

        assert failures(outcomes) == []
        assert outcomes == [duty, duty]
        assert left_of(duty) == (2, 1, 1, 1)


def test_one_issues_what_another_amends_and_one_of_them_is_told(people):
    for _ in range(8):
        duty = draft(people)

        lost = failures(at_once(issue(duty, people.chi, key()), amend(people, duty)))

        assert lost in (["StepNotOpen"], ["DutyChangedMeanwhile"])
        assert left_of(duty)[:2] == (2, 1)


def test_without_the_lock_two_would_step_from_one_version(people, monkeypatch):
    """Breaks the lock on purpose: the unique version of events is then the net that holds."""
    monkeypatch.setattr(drafting, "locked", lambda *, duty_id: Duty.objects.get(pk=duty_id))
    lost = []
    for _ in range(20):
        duty, sent = draft(people), key()
        lost += failures(at_once(issue(duty, people.chi, sent), issue(duty, people.chi, sent)))
        assert left_of(duty)[1] == 1

    assert "IntegrityError" in lost
