"""A reading that fails says so, is tried again by hand, and one that was left behind is found."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from lotrinh.apps.intake import services
from lotrinh.apps.intake.models import ReadingRun
from lotrinh.apps.journal.models import Entry
from tests.factories import NOW, TODAY, make_run
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(cast):
    return make_run(keeper=cast.city, user=cast.chi, is_read=False)


@pytest.fixture
def failed(waiting):
    services.give_up_run(uid=waiting.uid, error="ArithmeticError", at=NOW)
    return ReadingRun.objects.get(pk=waiting.pk)


def again(run, user):
    return services.read_again(uid=run.uid, user=user, on=TODAY, at=NOW)


def jobs():
    return ProcrastinateJob.objects.filter(task_name=services.READ_JOB)


def test_a_failed_run_says_why_and_when(failed):
    assert (failed.state, failed.error, failed.finished_at) == ("failed", "ArithmeticError", NOW)
    assert Entry.objects.filter(verb="reading.failed", object_uid=failed.uid).count() == 1


def test_a_run_that_was_read_does_not_fail_afterwards(cast):
    run = make_run(keeper=cast.city, user=cast.chi)

    with nothing_changes():
        services.give_up_run(uid=run.uid, error="TimeoutError", at=NOW)


def test_a_failed_run_is_queued_again_by_those_who_decide(cast, failed):
    queued = again(failed, cast.chi)

    assert (queued.state, queued.error, queued.finished_at) == ("queued", "", None)
    assert services.read_run(uid=failed.uid, at=NOW).state == "done"


@pytest.mark.parametrize("name", ["thach", "ha", "nghiem", "tung", "an"])
def test_others_do_not_queue_it_again(cast, failed, name):
    with nothing_changes(), pytest.raises(services.NotAllowed):
        again(failed, cast.named_users()[name])


def test_only_a_failed_run_is_queued_again(cast, waiting):
    with nothing_changes(), pytest.raises(services.RunNotFailed):
        again(waiting, cast.chi)


def test_asking_for_a_job_that_already_waits_changes_nothing(waiting):
    services.enqueue(waiting)
    services.enqueue(waiting)

    assert jobs().count() == 1


def test_runs_left_behind_are_found_by_their_age_alone(cast, waiting):
    before = NOW + timedelta(seconds=1)

    assert services.resume_waiting_runs(before=NOW) == 0
    assert services.resume_waiting_runs(before=before) == 1
    services.read_run(uid=waiting.uid, at=NOW)
    assert services.resume_waiting_runs(before=before) == 0
