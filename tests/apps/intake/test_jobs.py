"""A job is one service call; it waits for a lost database and tells other faults at last."""

import pytest
from django.db import OperationalError
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from lotrinh.apps.intake import jobs, services
from lotrinh.apps.intake.models import ReadingRun
from lotrinh.apps.intake.services import runs
from tests.factories import make_run
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(cast):
    return make_run(keeper=cast.city, user=cast.chi, is_read=False)


def work(run, *, attempts):
    """Run the job as a worker does that has tried it so many times before."""
    job = Job(
        queue="extract",
        lock=None,
        queueing_lock=None,
        task_name=services.READ_JOB,
        attempts=attempts,
    )
    context = JobContext(app=app, job=job, start_timestamp=0.0, abort_reason=lambda: None)
    jobs.read.func(context, run=str(run.uid))


def break_reading(monkeypatch, fault):
    """Plant a fault in the reading engine."""

    def broken(text):
        raise fault

    monkeypatch.setattr(runs, "read_today", broken)


def test_the_job_reads_the_run(waiting):
    work(waiting, attempts=0)

    assert ReadingRun.objects.get(pk=waiting.pk).state == "done"


def test_the_job_that_submission_defers_is_this_one(waiting):
    job = ProcrastinateJob.objects.get()

    assert (job.task_name, job.queue_name) == (jobs.read.name, jobs.read.queue)
    assert job.args == {"run": str(waiting.uid)}


@pytest.mark.parametrize("attempts", [0, 4])
def test_a_fault_before_the_last_try_leaves_the_run_waiting(waiting, monkeypatch, attempts):
    break_reading(monkeypatch, ArithmeticError("planted"))

    with nothing_changes(), pytest.raises(ArithmeticError):
        work(waiting, attempts=attempts)


def test_a_fault_in_the_last_try_is_told(waiting, monkeypatch):
    break_reading(monkeypatch, ArithmeticError("with words of the text"))

    work(waiting, attempts=jobs.TRIES - 1)

    run = ReadingRun.objects.get(pk=waiting.pk)
    assert (run.state, run.error) == ("failed", "ArithmeticError")


def test_a_lost_database_is_never_the_fault_of_the_text(waiting, monkeypatch):
    break_reading(monkeypatch, OperationalError("gone"))

    with nothing_changes(), pytest.raises(OperationalError):
        work(waiting, attempts=jobs.TRIES + 10)


def test_a_run_is_left_to_its_worker_for_a_while(waiting):
    """The run was handed in long ago, so the minute's round finds it and asks for it again."""
    jobs.resume.func(timestamp=0)

    assert ProcrastinateJob.objects.filter(task_name=services.READ_JOB).count() == 1
    assert ReadingRun.objects.get(pk=waiting.pk).state == "queued"
