"""How a unit counts deadlines: from a day on, inherited from above value by value."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lotrinh.apps.duties import selectors, services
from lotrinh.apps.duties.selectors import OwnCounting
from lotrinh.rules.due_days import Before, Counting
from lotrinh.rules.standing import Standing
from tests.factories import NOW, TODAY, act, key, make_duty
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db

LATER = TODAY + timedelta(days=30)


def set_for(unit, user, own, *, since=TODAY, read=None, client_key=None):
    return services.set_counting(
        unit=unit,
        own=own,
        since=since,
        read=read,
        user=user,
        client_key=client_key or key(),
        on=TODAY,
        at=NOW,
    )


def test_where_nothing_is_set_the_rule_of_the_software_holds(cast):
    assert selectors.counting_of([cast.sen_tay.pk], on=TODAY) == {cast.sen_tay.pk: Counting()}


def test_what_a_unit_says_holds_below_it_but_for_what_these_say_themselves(cast):
    set_for(
        cast.city, cast.chi, OwnCounting(before=Before.START_OF_DAY, closes_at=17, soon_days=10)
    )
    set_for(cast.ho_sen, cast.chi, OwnCounting(soon_days=14, default_days=10))

    found = selectors.counting_of(
        [cast.city.pk, cast.ho_sen.pk, cast.sen_tay.pk, cast.dong_gao.pk], on=TODAY
    )
    city = Counting(before=Before.START_OF_DAY, closes_at=17, soon_days=10)
    district = Counting(before=Before.START_OF_DAY, closes_at=17, default_days=10, soon_days=14)
    assert found == {
        cast.city.pk: city,
        cast.dong_gao.pk: city,
        cast.ho_sen.pk: district,
        cast.sen_tay.pk: district,
    }


def test_where_each_value_comes_from_is_told(cast):
    set_for(cast.city, cast.chi, OwnCounting(closes_at=17, soon_days=10))
    rule = set_for(cast.ho_sen, cast.chi, OwnCounting(soon_days=14))

    held = selectors.counting_held(unit=cast.ho_sen, on=TODAY)
    assert held.origins == {"closes_at": cast.city, "soon_days": cast.ho_sen}
    assert held.own == OwnCounting(soon_days=14)
    assert (held.last, held.begins) == (rule.uid, TODAY)


def test_a_rule_to_come_changes_nothing_before_its_day(cast):
    set_for(cast.city, cast.chi, OwnCounting(soon_days=3), since=LATER)

    def soon(on):
        return selectors.counting_of([cast.city.pk], on=on)[cast.city.pk].soon_days

    assert [soon(LATER - timedelta(days=1)), soon(LATER)] == [7, 3]


def test_a_later_rule_ends_the_one_before_and_the_past_stays(cast):
    first = set_for(cast.city, cast.chi, OwnCounting(soon_days=3))
    set_for(cast.city, cast.chi, OwnCounting(soon_days=5), since=LATER, read=first.uid)

    days = (TODAY, LATER - timedelta(days=1), LATER)
    found = [selectors.counting_of([cast.city.pk], on=on)[cast.city.pk].soon_days for on in days]
    assert found == [3, 3, 5]


def test_a_rule_of_the_same_day_is_replaced(cast):
    first = set_for(cast.city, cast.chi, OwnCounting(soon_days=3))
    set_for(cast.city, cast.chi, OwnCounting(), read=first.uid)

    assert selectors.counting_of([cast.city.pk], on=TODAY)[cast.city.pk] == Counting()


def test_two_at_once_are_told(cast):
    first = set_for(cast.city, cast.chi, OwnCounting(soon_days=3))

    with nothing_changes(), pytest.raises(services.RuleChangedMeanwhile):
        set_for(cast.city, cast.chi, OwnCounting(soon_days=9))
    set_for(cast.city, cast.chi, OwnCounting(soon_days=4), since=LATER, read=first.uid)
    held = selectors.counting_held(unit=cast.city, on=TODAY)
    with nothing_changes(), pytest.raises(services.LaterRuleKnown) as refused:
        set_for(cast.city, cast.chi, OwnCounting(soon_days=9), read=held.last)
    assert refused.value.day == LATER


def test_sent_twice_is_set_once(cast):
    sent = key()
    rule = set_for(cast.city, cast.chi, OwnCounting(soon_days=3), client_key=sent)

    with nothing_changes():
        assert set_for(cast.city, cast.chi, OwnCounting(soon_days=3), client_key=sent) == rule


def test_the_past_is_not_counted_anew(cast):
    with nothing_changes(), pytest.raises(services.RuleInThePast):
        set_for(cast.city, cast.chi, OwnCounting(soon_days=3), since=TODAY - timedelta(days=1))


@pytest.mark.parametrize("member", ["thach", "ha", "nghiem", "an"])
def test_only_who_changes_units_sets_it(cast, member):
    with nothing_changes(), pytest.raises(services.NotAllowed):
        set_for(cast.ho_sen, getattr(cast, member), OwnCounting(soon_days=3))


@pytest.mark.parametrize(
    ("utc_hour", "counts_on", "standing"),
    [
        (9, date(2024, 9, 29), Standing.DONE_ON_TIME),  # 16:00 in Hà Nội
        (11, date(2024, 9, 30), Standing.DONE_LATE),  # 18:00
    ],
)
def test_after_five_on_the_last_day_is_late(cast, utc_hour, counts_on, standing):
    set_for(cast.city, cast.chi, OwnCounting(closes_at=17))
    duty = make_duty(
        owed_to=cast.city,
        user=cast.chi,
        unit=cast.ho_sen,
        person=cast.person(cast.ha),
        is_issued=True,
    )
    last = date(2024, 9, 29)
    at = datetime(2024, 9, 29, utc_hour, tzinfo=UTC)
    said = {"on": last, "at": at, "note": "Kế hoạch số 5"}
    claimed = services.claim_duty(duty_id=duty.pk, act=act(cast.ha, 2, **said))
    services.verify_duty(duty_id=duty.pk, act=act(cast.thach, 3, **said))

    assert claimed.handed_in_on == counts_on
    counts = selectors.counts(seen_by=cast.chi.pk, on=last)
    assert counts.by_standing[standing] == 1
