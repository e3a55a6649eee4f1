"""A fold is asked for once an approval is committed, once however many wait."""

from procrastinate.contrib.django.models import ProcrastinateJob

from lotrinh.apps.reporting import jobs
from lotrinh.apps.reporting.models import Delta, TotalSheet
from tests.ledgers import approve, differing, make_measure, make_period, told


def test_approvals_ask_for_one_fold_which_folds_them_all(cast, django_capture_on_commit_callbacks):
    families, month = make_measure(owed_to=cast.city, user=cast.chi), make_period()
    by = {"period": month, "entered_by": cast.chi, "user": cast.thach}
    with django_capture_on_commit_callbacks(execute=True):
        approve(cast.sen_tay, [told(families, 1)], **by)
        approve(cast.dong_gao, [told(families, 2)], **by)

    waiting = ProcrastinateJob.objects.filter(task_name="reporting.fold")
    assert waiting.count() == 1
    jobs.fold()

    assert not Delta.objects.exists()
    assert TotalSheet.objects.get().as_of is not None
    assert differing() == ()
    jobs.fold_rest(0)
    jobs.follow_changes(0)
    assert differing() == ()
