"""A draft changes only as the reader saw it, by who may assign where it is and where it goes."""

from dataclasses import replace
from datetime import date

import pytest

from lotrinh.apps.duties import selectors, services
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.journal.models import Entry
from lotrinh.rules.duty_states import DutyState
from tests.factories import NOW, TODAY, an_assignment, key, make_duty
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast):
    return make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)


def amend(duty, user, assignment=None, *, version=None, client_key=None):
    return services.amend_draft(
        duty_id=duty.pk,
        version=version or duty.version,
        assignment=assignment or an_assignment(),
        user=user,
        client_key=client_key or key(),
        on=TODAY,
        at=NOW,
    )


def test_the_new_words_replace_the_old_ones_and_the_step_is_kept(cast, draft):
    words = replace(
        an_assignment(cast.ho_sen, cast.person(cast.ha)),
        title="Lập danh mục",
        due=date(2024, 10, 1),
    )

    amend(draft, cast.ha, words)

    stored = Duty.objects.get(pk=draft.pk)
    assert (stored.title, stored.due, stored.person) == (
        "Lập danh mục",
        date(2024, 10, 1),
        cast.person(cast.ha),
    )
    assert (stored.state, stored.version) == (DutyState.DRAFT, 2)
    (event,) = selectors.events_of(duty=stored)
    assert (event.step, event.from_state, event.to_state, event.version, event.by) == (
        "amend",
        "draft",
        "draft",
        2,
        cast.ha,
    )
    assert Entry.objects.filter(verb="duty.amended", object_uid=draft.uid).count() == 1


def test_two_who_saw_the_same_version_do_not_overwrite_each_other(cast, draft):
    amend(draft, cast.chi, an_assignment(cast.ho_sen))

    with nothing_changes(), pytest.raises(services.DutyChangedMeanwhile):
        amend(draft, cast.ha, an_assignment(cast.ho_sen), version=1)


def test_the_same_form_sent_twice_is_one_step(cast, draft):
    sent = key()
    amend(draft, cast.chi, an_assignment(cast.ho_sen), client_key=sent)

    with nothing_changes():
        again = amend(draft, cast.chi, an_assignment(cast.ho_sen), version=1, client_key=sent)
    assert again.version == 2


def test_nobody_takes_a_draft_away_from_a_unit_for_which_he_may_not_assign(cast, draft):
    """The neighbour may assign to his own district; that does not give him Hồ Sen's draft."""
    with nothing_changes(), pytest.raises(services.NotAllowed):
        amend(draft, cast.khe, an_assignment(cast.dong_gao))


def test_nobody_sends_a_draft_where_he_may_not_assign(cast, draft):
    with nothing_changes(), pytest.raises(services.NotAllowed):
        amend(draft, cast.ha, an_assignment(cast.dong_gao))


def test_a_person_of_another_unit_is_refused(cast, draft):
    with nothing_changes(), pytest.raises(services.PersonElsewhere):
        amend(draft, cast.ha, an_assignment(cast.ho_sen, cast.person(cast.mai)))


def test_what_is_issued_or_withdrawn_is_not_amended(cast):
    ha = cast.person(cast.ha)
    issued = make_duty(
        owed_to=cast.city, user=cast.chi, unit=cast.ho_sen, person=ha, is_issued=True
    )
    draft = make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)
    withdrawn = services.withdraw_draft(
        duty_id=draft.pk, version=1, user=cast.chi, client_key=key(), on=TODAY, at=NOW
    )

    for duty in (issued, withdrawn):
        with nothing_changes(), pytest.raises(services.StepNotOpen):
            amend(duty, cast.chi, an_assignment(cast.ho_sen))
