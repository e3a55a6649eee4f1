"""A draft changes only as the reader saw it, by who may assign where it is owed to and goes."""

from dataclasses import replace
from datetime import date

import pytest

from lotrinh.apps.duties import selectors, services
from lotrinh.apps.duties.models import Duty, DutyEvent
from lotrinh.apps.journal.models import Entry
from lotrinh.rules.duty_states import DutyState
from tests.factories import act, an_assignment, key, make_duty, make_officer
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast):
    return make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)


def another_planner(cast):
    """Return the account of a second officer who may assign for the whole city."""
    return make_officer(cast.office, scope=cast.city)


def amend(duty, user, assignment=None, *, version=None, client_key=None):
    return services.amend_draft(
        duty_id=duty.pk,
        act=act(user, version or duty.version, client_key=client_key or key()),
        assignment=assignment or an_assignment(),
    )


def test_the_new_words_replace_the_old_ones_and_the_step_is_kept(cast, draft):
    words = replace(
        an_assignment(cast.ho_sen, cast.person(cast.ha)),
        title="Lập danh mục",
        due=date(2024, 10, 1),
    )

    amend(draft, cast.chi, words)

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
        cast.chi,
    )
    assert Entry.objects.filter(verb="duty.amended", object_uid=draft.uid).count() == 1


def test_two_who_saw_the_same_version_do_not_overwrite_each_other(cast, draft):
    planner = another_planner(cast)
    amend(draft, cast.chi, an_assignment(cast.ho_sen))

    with nothing_changes(), pytest.raises(services.DutyChangedMeanwhile):
        amend(draft, planner, an_assignment(cast.ho_sen), version=1)


def test_the_same_form_sent_twice_is_one_step(cast, draft):
    sent = key()
    amend(draft, cast.chi, an_assignment(cast.ho_sen), client_key=sent)

    with nothing_changes():
        again = amend(draft, cast.chi, an_assignment(cast.ho_sen), version=1, client_key=sent)
    assert again.version == 2


def test_the_step_keeps_what_was_said_before_and_after_and_names_nobody(cast):
    ha = cast.person(cast.ha)
    draft = make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)
    words = replace(an_assignment(cast.ho_sen, ha), title="Lập danh mục", due=None)

    amend(draft, cast.chi, words)

    (event,) = selectors.events_of(duty=draft)
    before = {
        "title": "Xây dựng kế hoạch đào tạo cán bộ",
        "unit": str(cast.ho_sen.uid),
        "person": "",
        "due": "2024-09-29",
        "recurrence": "",
        "responsibility": "Chủ trì",
        "deliverable": "Kế hoạch được phê duyệt",
        "authority": "Chủ tịch Ủy ban nhân dân quận",
    }
    assert event.words_before.items() >= before.items()
    after = before | {"title": "Lập danh mục", "person": str(ha.uid), "due": ""}
    assert event.words_after.items() >= after.items()
    assert ha.full_name not in f"{event.words_before}{event.words_after}"


def test_a_step_that_changes_no_words_keeps_the_same_before_and_after(cast, draft):
    duty = services.withdraw_draft(duty_id=draft.pk, act=act(cast.chi, 1))

    (event,) = selectors.events_of(duty=duty)
    assert event.words_before == event.words_after
    assert event.words_after["title"] == draft.title


def test_the_same_key_with_other_words_is_no_repetition(cast, draft):
    sent = key()
    amend(draft, cast.chi, an_assignment(cast.ho_sen), client_key=sent)
    other = replace(an_assignment(cast.ho_sen), title="Lập danh mục")

    for version in (1, 2):
        with nothing_changes(), pytest.raises(services.DutyChangedMeanwhile):
            amend(draft, cast.chi, other, version=version, client_key=sent)


def test_the_same_form_sent_again_after_another_has_amended_undoes_nothing(cast, draft):
    sent = key()
    amend(draft, cast.chi, an_assignment(cast.ho_sen), client_key=sent)
    later = replace(an_assignment(cast.ho_sen), title="Lập danh mục")
    amend(draft, another_planner(cast), later, version=2)

    with nothing_changes():
        again = amend(draft, cast.chi, an_assignment(cast.ho_sen), version=1, client_key=sent)
    assert (again.title, again.version) == ("Lập danh mục", 3)


def test_a_key_that_was_used_for_another_duty_is_no_error(cast, draft):
    sent, other = key(), make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)
    words = replace(an_assignment(cast.ho_sen), title="Lập danh mục")
    amend(draft, cast.chi, words, client_key=sent)

    amended = amend(other, another_planner(cast), words, client_key=sent)

    assert (amended.title, amended.version) == ("Lập danh mục", 2)
    assert DutyEvent.objects.filter(client_key=sent).count() == 2


def test_a_key_that_was_used_for_another_step_is_no_error(cast, draft):
    sent = key()
    amended = amend(draft, cast.chi, an_assignment(cast.ho_sen), client_key=sent)

    withdrawn = services.withdraw_draft(duty_id=amended.pk, act=act(cast.chi, 2, client_key=sent))

    assert (withdrawn.state, withdrawn.version) == (DutyState.WITHDRAWN, 3)


@pytest.mark.parametrize("name", ["ha", "khe", "mai", "thach", "nghiem", "bach", "tung", "an"])
def test_who_owes_does_not_say_what_he_owes(cast, draft, name):
    """Hà may assign within Hồ Sen, which is to owe it; the words are still those of the city."""
    with nothing_changes(), pytest.raises(services.NotAllowed):
        amend(draft, cast.named_users()[name], an_assignment(cast.ho_sen))


def test_a_refused_account_learns_nothing_of_the_version_or_the_state(cast, draft):
    withdrawn = services.withdraw_draft(duty_id=draft.pk, act=act(cast.chi, 1))

    with nothing_changes(), pytest.raises(services.NotAllowed):
        amend(withdrawn, cast.ha, an_assignment(cast.ho_sen), version=9)


def test_nobody_takes_a_draft_away_from_a_unit_for_which_he_may_not_assign(cast, draft):
    """The neighbour may assign to his own district; that does not give him Hồ Sen's draft."""
    with nothing_changes(), pytest.raises(services.NotAllowed):
        amend(draft, cast.khe, an_assignment(cast.dong_gao))


def test_nobody_sends_a_draft_where_he_may_not_assign(cast):
    """Hà may amend what is owed to Hồ Sen, and send it to her ward, but not beside it."""
    draft = make_duty(owed_to=cast.ho_sen, user=cast.chi, unit=cast.ho_sen)

    with nothing_changes(), pytest.raises(services.NotAllowed):
        amend(draft, cast.ha, an_assignment(cast.dong_gao))
    assert amend(draft, cast.ha, an_assignment(cast.sen_tay)).unit == cast.sen_tay


def test_a_person_of_another_unit_is_refused(cast, draft):
    with nothing_changes(), pytest.raises(services.PersonElsewhere):
        amend(draft, cast.chi, an_assignment(cast.ho_sen, cast.person(cast.mai)))


def test_what_is_issued_or_withdrawn_is_not_amended(cast):
    ha = cast.person(cast.ha)
    issued = make_duty(
        owed_to=cast.city, user=cast.chi, unit=cast.ho_sen, person=ha, is_issued=True
    )
    draft = make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)
    withdrawn = services.withdraw_draft(duty_id=draft.pk, act=act(cast.chi, 1))

    for duty in (issued, withdrawn):
        with nothing_changes(), pytest.raises(services.StepNotOpen):
            amend(duty, cast.chi, an_assignment(cast.ho_sen))
