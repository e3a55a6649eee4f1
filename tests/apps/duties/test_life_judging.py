"""Nobody closes his own work, more time is asked in time, and the original deadline stays."""

from datetime import date, timedelta

import pytest

from lotrinh.apps.duties import services
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.services import right_for
from lotrinh.rules.duty_states import Step
from tests.architecture.life_scenarios import issued
from tests.factories import TODAY, act, key
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db
DUE = date(2024, 9, 29)


def step(service, duty, by, *, version=None, until=None, **words):
    """Take a step of the duty as it stands, or as it stood in ``version``."""
    shown = version or Duty.objects.get(pk=duty.pk).version
    beside = {"until": until} if until else {}
    return service(duty_id=duty.pk, act=act(by, shown, **words), **beside)


def test_who_claims_does_not_verify_though_he_has_the_right(cast):
    duty = issued(cast)
    step(services.claim_duty, duty, cast.chi, note="Kế hoạch số 12")

    with nothing_changes(), pytest.raises(services.SamePerson) as refused:
        step(services.verify_duty, duty, cast.chi)

    assert refused.value.event.by == cast.chi
    assert step(services.verify_duty, duty, cast.thach).verified_by == cast.thach


def test_a_claim_after_a_return_counts_by_its_own_day(cast):
    duty = issued(cast)
    step(services.claim_duty, duty, cast.ha, note="Lần một")
    step(services.return_duty, duty, cast.thach, note="Thiếu phụ lục")
    late = DUE + timedelta(days=3)
    step(services.claim_duty, duty, cast.ha, note="Lần hai", on=late)

    held = step(services.verify_duty, duty, cast.thach, on=late + timedelta(days=9))

    assert (held.handed_in_on, held.verified_on) == (late, late + timedelta(days=9))


def test_more_time_is_asked_before_the_day_has_passed(cast):
    duty = issued(cast)
    until = date(2024, 10, 15)

    with nothing_changes(), pytest.raises(services.AskedTooLate):
        step(
            services.ask_extension,
            duty,
            cast.ha,
            until=until,
            note="Muộn",
            on=DUE + timedelta(days=1),
        )
    with nothing_changes(), pytest.raises(services.DeadlineNotLater):
        step(services.ask_extension, duty, cast.ha, until=DUE, note="Không thêm")
    step(services.ask_extension, duty, cast.ha, until=until, note="Chờ số liệu", on=DUE)


def test_the_original_stays_and_the_second_extension_is_a_level_higher(cast):
    duty = issued(cast)
    Duty.objects.filter(pk=duty.pk).update(owed_to=cast.ho_sen)  # the district gave it
    for until in (date(2024, 10, 15), date(2024, 11, 15)):
        step(services.ask_extension, duty, cast.ha, until=until, note="Chờ số liệu")
        held = Duty.objects.get(pk=duty.pk)
        place = {0: cast.ho_sen.pk, 1: cast.city.pk}[held.extensions]
        assert right_for(duty=held, step=Step.EXTEND, on=TODAY)[1] == place
        step(services.extend_duty, duty, cast.thach)

    held = Duty.objects.get(pk=duty.pk)
    assert (held.due, held.approved_due, held.extensions) == (DUE, date(2024, 11, 15), 2)


def test_the_same_extension_sent_again_is_no_second_one(cast):
    duty, sent = issued(cast), key()
    step(services.ask_extension, duty, cast.ha, until=date(2024, 10, 15), note="Chờ")
    version = Duty.objects.get(pk=duty.pk).version
    step(services.extend_duty, duty, cast.thach, client_key=sent)

    with nothing_changes():
        again = step(services.extend_duty, duty, cast.thach, client_key=sent, version=version)

    assert again.extensions == 1


def test_a_reason_is_not_blank_and_an_old_page_is_told_who_was_faster(cast):
    duty = issued(cast)
    with nothing_changes(), pytest.raises(services.NoReason):
        step(services.refuse_duty, duty, cast.ha, note="  ")
    step(services.accept_duty, duty, cast.ha)

    with nothing_changes(), pytest.raises(services.DutyChangedMeanwhile) as refused:
        step(services.instruct_on, duty, cast.thach, note="Làm ngay", version=2)

    assert (refused.value.event.by, refused.value.event.step) == (cast.ha, "accept")
