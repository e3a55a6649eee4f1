"""A draft that is given up stays readable and counts nowhere."""

import pytest

from lotrinh.apps.duties import selectors, services
from lotrinh.apps.duties.models import DutyEvent
from lotrinh.apps.duties.selectors import Counts
from lotrinh.apps.journal.models import Entry
from lotrinh.rules.duty_states import DutyState
from tests.factories import TODAY, act, key, make_duty, make_officer
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


def withdraw(duty, user, *, client_key=None, version=1):
    return services.withdraw_draft(
        duty_id=duty.pk, act=act(user, version, client_key=client_key or key())
    )


def test_it_is_kept_and_counted_apart(cast):
    draft = make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)

    withdrawn = withdraw(draft, cast.chi)

    assert withdrawn.state == DutyState.WITHDRAWN
    assert selectors.duty_by_uid(draft.uid, seen_by=cast.chi.pk, on=TODAY) == draft
    assert selectors.owed_by(unit_id=cast.ho_sen.pk, seen_by=cast.chi.pk, on=TODAY) == ()
    assert selectors.counts(seen_by=cast.chi.pk, on=TODAY).withdrawn == 1
    assert selectors.counts(seen_by=cast.chi.pk, on=TODAY).drafts == 0
    assert Entry.objects.filter(verb="duty.withdrawn").count() == 1


@pytest.mark.parametrize("name", ["ha", "khe", "mai", "thach", "nghiem", "bach", "tung", "an"])
def test_those_who_may_not_assign_where_it_is_owed_to_withdraw_nothing(cast, name):
    """Hà may assign at Hồ Sen, which would owe it; that does not let her give it up."""
    draft = make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)

    with nothing_changes(), pytest.raises(services.NotAllowed):
        withdraw(draft, cast.named_users()[name])


def test_sending_it_twice_is_sending_it_once(cast):
    draft, sent = make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen), key()
    withdraw(draft, cast.chi, client_key=sent)

    with nothing_changes():
        assert withdraw(draft, cast.chi, client_key=sent).version == 2


def test_a_key_that_another_account_used_for_another_duty_is_no_error(cast):
    sent, planner = key(), make_officer(cast.office, scope=cast.city)
    given = {"owed_to": cast.city, "user": cast.chi, "unit": cast.ho_sen}
    one, other = make_duty(**given), make_duty(**given)

    withdraw(one, planner, client_key=sent)

    assert withdraw(other, cast.chi, client_key=sent).state == DutyState.WITHDRAWN
    assert DutyEvent.objects.filter(client_key=sent).count() == 2


def test_what_binds_cannot_be_withdrawn(cast):
    issued = make_duty(
        owed_to=cast.city,
        user=cast.chi,
        unit=cast.ho_sen,
        person=cast.person(cast.ha),
        is_issued=True,
    )

    with nothing_changes(), pytest.raises(services.StepNotOpen):
        withdraw(issued, cast.chi, version=2)


def test_an_empty_register_counts_nothing(cast):
    counted = selectors.counts(seen_by=cast.chi.pk, on=TODAY)

    assert isinstance(counted, Counts)
    assert (counted.drafts, counted.issued, counted.withdrawn) == (0, 0, 0)
