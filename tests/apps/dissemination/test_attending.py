"""On the day: sites tell how they are connected and who is there, and nobody counts twice."""

import pytest

from lotrinh.apps.dissemination import selectors, services
from lotrinh.apps.dissemination.models import Headcount, Signal
from lotrinh.apps.journal.models import Entry
from lotrinh.rules.conferences import ConferenceState, Link, Present
from tests.conferences import CLASS, begin, call, count, plan, signal, site_at
from tests.factories import NOW, TODAY, key, make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference(cast):
    paper = make_document(keeper=cast.city, user=cast.chi)
    held = plan(cast.city, paper, user=cast.chi)
    call(held, [cast.ho_sen, cast.dong_gao, cast.sen_tay], user=cast.chi)
    return held


@pytest.fixture
def open_one(conference, cast):
    return begin(conference, user=cast.chi)


def room(conference, user):
    return selectors.room_of(conference=conference, seen_by=user.pk, on=TODAY)


def test_the_last_word_of_a_site_counts_and_all_are_kept(open_one, cast):
    sen_tay = site_at(open_one, cast.sen_tay)
    count(sen_tay, 12, user=cast.mai)
    count(sen_tay, 27, user=cast.mai)
    signal(sen_tay, Link.CONNECTED, user=cast.mai)
    signal(sen_tay, Link.LOST, user=cast.mai)

    found = room(open_one, cast.chi)

    assert found.whole == Present(sites=4, joined=0, silent=3, present=27, summoned=None)
    assert found.by_class == {CLASS: (27, 90)}
    assert (Headcount.objects.count(), Signal.objects.count()) == (2, 2)


def test_sent_twice_is_told_once(open_one, cast):
    sen_tay, once = site_at(open_one, cast.sen_tay), key()

    first = count(sen_tay, 12, user=cast.mai, client_key=once)
    assert count(sen_tay, 99, user=cast.mai, client_key=once) == first
    link = key()
    signal(sen_tay, Link.CONNECTED, user=cast.mai, client_key=link)
    signal(sen_tay, Link.CONNECTED, user=cast.mai, client_key=link)

    assert room(open_one, cast.chi).whole.present == 12
    assert (Headcount.objects.count(), Signal.objects.count()) == (1, 1)
    with pytest.raises(services.KeyTaken):
        count(site_at(open_one, cast.ho_sen), 5, user=cast.chi, client_key=once)
    with pytest.raises(services.KeyTaken):
        signal(site_at(open_one, cast.ho_sen), Link.WEAK, user=cast.chi, client_key=link)


def test_a_site_is_told_for_by_its_own_and_by_the_organiser_alone(open_one, cast):
    sen_tay, ho_sen = site_at(open_one, cast.sen_tay), site_at(open_one, cast.ho_sen)

    with pytest.raises(services.NotAllowed):
        count(ho_sen, 5, user=cast.mai)
    with pytest.raises(services.NotAllowed):
        signal(ho_sen, Link.CONNECTED, user=cast.mai)

    count(sen_tay, 5, user=cast.chi)
    assert room(open_one, cast.chi).whole.present == 5


def test_one_sees_the_sites_of_ones_own_reach(open_one, cast):
    count(site_at(open_one, cast.sen_tay), 27, user=cast.mai)
    count(site_at(open_one, cast.dong_gao), 31, user=cast.chi)

    assert [one.site.unit for one in room(open_one, cast.mai).sites] == [cast.sen_tay]
    assert room(open_one, cast.mai).whole.present == 27
    assert room(open_one, cast.chi).whole.present == 58


def test_the_tree_adds_up_what_stands_below_each_unit(open_one, cast):
    count(site_at(open_one, cast.sen_tay), 27, user=cast.mai)
    count(site_at(open_one, cast.ho_sen), 40, user=cast.chi)
    signal(site_at(open_one, cast.ho_sen), Link.WEAK, user=cast.chi)

    found = selectors.branches_of(room(open_one, cast.chi), day=TODAY)

    assert {one.unit.id: one.present for one in found} == {
        cast.ho_sen.pk: Present(sites=2, joined=1, silent=0, present=67, summoned=60),
        cast.dong_gao.pk: Present(sites=1, joined=0, silent=1, present=0, summoned=30),
    }


@pytest.mark.parametrize("state", ["prepared", "closed"])
def test_nobody_is_counted_before_it_begins_or_after_it_ended(conference, cast, state):
    if state == "closed":
        begin(conference, user=cast.chi)
        services.close_conference(conference_id=conference.pk, user=cast.chi, on=TODAY, at=NOW)
    sen_tay = site_at(conference, cast.sen_tay)

    with pytest.raises(services.NotNow):
        count(sen_tay, 12, user=cast.mai)
    with pytest.raises(services.NotNow):
        signal(sen_tay, Link.CONNECTED, user=cast.mai)


def test_the_line_can_be_tested_before_the_day(conference, cast):
    signal(site_at(conference, cast.sen_tay), Link.TESTED, user=cast.mai)

    links = {one.site.unit: one.link for one in room(conference, cast.chi).sites}
    assert links[cast.sen_tay] is Link.TESTED
    assert links[cast.ho_sen] is Link.NOT_YET


def test_what_cannot_be_is_refused_by_name(open_one, cast):
    sen_tay = site_at(open_one, cast.sen_tay)

    with pytest.raises(services.ClassUnknown):
        count(sen_tay, {"singers": 3}, user=cast.mai)
    with pytest.raises(services.TooMany):
        count(sen_tay, 20_001, user=cast.mai)
    assert not Headcount.objects.exists()


def test_each_step_is_in_the_journal_without_names(open_one, cast):
    count(site_at(open_one, cast.sen_tay), 12, user=cast.mai)

    entry = Entry.objects.get(verb="site.headcount_changed")
    assert '"present":["delegates 12"]' in entry.payload
    assert open_one.state == ConferenceState.UNDER_WAY
