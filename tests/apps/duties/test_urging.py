"""Whoever is urged is told by whom, when and with which words; many are urged in one act."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties import selectors, services
from lotrinh.apps.duties.models import Digest, Duty, DutyEvent, Notice
from lotrinh.apps.journal.models import Entry
from lotrinh.rules.duty_states import Step
from tests.apps.duties.test_totals import drafted, step_on
from tests.cast import Cast
from tests.factories import NOW, TODAY, act, key, make_duty, make_officer
from tests.letters import DAY, local, mail_server, owe, reach, send
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db
WORDS = "Báo cáo trước thứ sáu."


@pytest.fixture
def duty(cast: Cast) -> Duty:
    return owed(cast)


def owed(cast: Cast, user: User | None = None) -> Duty:
    return make_duty(
        owed_to=cast.city,
        user=cast.chi,
        unit=cast.ho_sen,
        person=cast.person(user or cast.ha),
        is_issued=True,
    )


def urge(duty: Duty, user: User, **more: Any) -> Duty:
    return services.remind_of(
        duty_id=duty.pk, act=act(user, duty.version, **{"note": WORDS} | more)
    )


def shown(*duties: Duty) -> dict[int, int]:
    return {duty.pk: duty.version for duty in duties}


def test_whoever_is_in_charge_has_a_notice_of_who_urged_and_with_which_words(cast, duty):
    urge(duty, cast.chi)

    (notice,) = selectors.notices_of(seen_by=cast.ha.pk, on=TODAY)
    assert (notice.duty, notice.on, notice.at, notice.due) == (duty, TODAY, NOW, duty.binding_due)
    assert (notice.rung, notice.urging.by, notice.urging.note) == ("", cast.chi, WORDS)
    assert selectors.unread_of(seen_by=cast.ha.pk, on=TODAY).count() == 1
    for other in (cast.chi, cast.thach, cast.khe, cast.mai):
        assert not selectors.notices_of(seen_by=other.pk, on=TODAY).exists()


def test_the_same_form_twice_tells_once_and_another_one_tells_again(cast, duty):
    sent = key()
    urged = urge(duty, cast.chi, client_key=sent)

    with nothing_changes():
        assert urge(duty, cast.chi, client_key=sent).version == urged.version == duty.version + 1
    urge(urged, cast.thach)

    told = Notice.objects.order_by("pk").values_list("urging__by", flat=True)
    assert list(told) == [cast.chi.pk, cast.thach.pk]


def test_where_the_person_has_left_the_head_of_the_unit_is_told(cast):
    gone = make_officer(cast.ho_sen, full_name="Lý An", until=date(2024, 9, 1))
    left = owed(cast, gone)

    urge(left, cast.chi, on=date(2024, 9, 2))

    assert Notice.objects.get().person == cast.person(cast.ha)


def test_what_has_no_deadline_is_urged_all_the_same(cast):
    monthly = step_on(drafted(cast, None), Step.ISSUE, cast, TODAY)

    urge(monthly, cast.chi)

    notice = Notice.objects.get(urging__isnull=False)
    assert (notice.duty, notice.due) == (monthly, None)


def test_an_urging_is_no_rung_and_holds_none_up(cast, duty):
    on = duty.binding_due - timedelta(days=3)
    urge(duty, cast.chi, on=on)

    assert services.climb_ladder(on=on, at=NOW) == 1
    rungs = selectors.notices_of(seen_by=cast.ha.pk, on=on).values_list("rung", flat=True)
    assert list(rungs) == ["due_soon", ""]


def test_only_those_to_whom_it_is_owed_urge(cast, duty):
    for other in (cast.ha, cast.khe, cast.nghiem, cast.an):
        with nothing_changes(), pytest.raises(services.NotAllowed):
            urge(duty, other)


def test_many_are_urged_in_one_act_and_each_has_its_entry(cast):
    first, second = owed(cast), owed(cast)
    entries = Entry.objects.filter(verb="duty.reminded").count()

    refused = services.urge_duties(
        versions=shown(first, second), act=act(cast.chi, 0, note=f"  {WORDS} ")
    )

    assert refused == {}
    steps = DutyEvent.objects.filter(step=Step.REMIND).order_by("duty")
    assert [(one.duty, one.version, one.note) for one in steps] == [
        (first, 3, WORDS),
        (second, 3, WORDS),
    ]
    assert set(Notice.objects.values_list("urging", "person")) == {
        (one.pk, cast.person(cast.ha).pk) for one in steps
    }
    assert Entry.objects.filter(verb="duty.reminded").count() == entries + 2
    assert {one.version for one in Duty.objects.filter(pk__in=shown(first, second))} == {3}


def test_what_cannot_be_urged_is_told_and_keeps_no_other_from_it(cast):
    moved, ended, good = owed(cast), owed(cast), owed(cast)
    versions = shown(moved, ended, good)
    step_on(moved, Step.ACCEPT, cast, TODAY)
    step_on(ended, Step.CANCEL, cast, TODAY)

    refused = services.urge_duties(versions=versions, act=act(cast.chi, 0))

    assert {pk: type(why) for pk, why in refused.items()} == {
        moved.pk: services.DutyChangedMeanwhile,
        ended.pk: services.StepNotOpen,
    }
    assert refused[moved.pk].event.step == Step.ACCEPT
    assert [notice.duty for notice in Notice.objects.all()] == [good]
    with nothing_changes():
        stranger = services.urge_duties(versions=versions, act=act(cast.ha, 0))
    assert {type(why) for why in stranger.values()} == {services.NotAllowed}


def test_an_act_on_some_is_taken_up_again_under_its_key_without_telling_twice(cast):
    first, second = owed(cast), owed(cast)
    said = act(cast.chi, 0)
    services.urge_duties(versions=shown(first), act=said)

    assert services.urge_duties(versions=shown(first, second), act=said) == {}
    assert [notice.duty for notice in Notice.objects.order_by("pk")] == [first, second]
    with nothing_changes():
        services.urge_duties(versions=shown(first, second), act=said)


def test_many_cost_no_more_queries_than_two(cast):
    def cost(count: int) -> int:
        versions = shown(*(owed(cast) for _ in range(count)))
        with CaptureQueriesContext(connection) as asked:
            services.urge_duties(versions=versions, act=act(cast.chi, 0))
        return len(asked)

    few = cost(2)

    assert cost(12) == few <= 20


def test_how_a_duty_was_urged_last_is_known_of_any_day(cast, duty):
    other = owed(cast)
    again = urge(duty, cast.chi)
    urge(again, cast.thach, on=TODAY + timedelta(days=4))

    def last(on: date) -> dict[int, selectors.LastUrging]:
        return selectors.last_urgings([duty.pk, other.pk], on=on)

    names = [cast.person(user).full_name for user in (cast.chi, cast.thach)]
    later = TODAY + timedelta(days=4)

    assert last(TODAY - timedelta(days=1)) == {}
    assert last(TODAY) == {duty.pk: selectors.LastUrging(TODAY, names[0])}
    assert last(later) == {duty.pk: selectors.LastUrging(later, names[1])}


def test_a_letter_says_who_urged_and_with_which_words(cast):
    reach(cast.ha)
    urge(owe(cast), cast.chi, on=DAY - timedelta(days=1), note="Gửi báo cáo.\nTrước thứ sáu.")
    assert services.collect_digests(on=DAY, at=local(7, 13)) == 1

    with mail_server() as box:
        send(local(8))

    [(_, message)] = box.taken
    for kind in ("plain", "html"):
        words = message.get_body((kind,)).get_content()
        assert "Đôn đốc" in words
        assert "Trần Mộc Chi đôn đốc ngày 25/9/2024: Gửi báo cáo. Trước thứ sáu." in words
        assert "29/9/2024" in words


def test_a_letter_in_english_names_what_has_no_deadline(cast):
    reach(cast.ha)
    accounts.choose_language(user_id=cast.ha.pk, language="en", at=NOW)
    monthly = step_on(drafted(cast, None), Step.ISSUE, cast, DAY)
    urge(monthly, cast.chi, on=DAY, note="")
    services.collect_digests(on=DAY, at=local(7, 13))

    with mail_server() as box:
        send(local(8))

    words = box.taken[0][1].get_body(("plain",)).get_content().replace("\r", "")
    assert f"* Urged: {monthly.title}\n  Trần Mộc Chi urged on 26 Sep 2024\n" in words
    assert "Ho Sen District, without a deadline\n" in words


def test_what_was_done_meanwhile_is_in_no_letter_like_what_a_rung_told(cast):
    reach(cast.ha)
    owing = owe(cast)
    urged = urge(owing, cast.chi, on=DAY)
    claimed = step_on(urged, Step.CLAIM, cast, DAY)
    step_on(claimed, Step.VERIFY, cast, DAY)
    services.collect_digests(on=DAY, at=local(7, 13))

    with mail_server() as box:
        assert send(local(8)).dropped_at == local(8)
    assert (box.taken, Digest.objects.count()) == ([], 1)


@pytest.mark.parametrize("wrong", ["nothing", "both", "a rung without a deadline"])
def test_the_database_takes_a_notice_of_a_rung_or_of_an_urging_alone(cast, duty, wrong):
    urge(duty, cast.chi)
    event = DutyEvent.objects.get(step=Step.REMIND)
    told: dict[str, Any] = {
        "nothing": {"due": duty.due},
        "both": {"rung": "overdue", "urging": event, "due": duty.due},
        "a rung without a deadline": {"rung": "overdue"},
    }[wrong]

    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(duty=duty, person=cast.person(cast.mai), on=TODAY, at=NOW, **told)
