"""Who was absent is called again; nobody is called twice and nobody counts twice."""

from datetime import timedelta
from uuid import uuid4

import pytest

from lotrinh.apps.dissemination import selectors, services
from lotrinh.apps.dissemination.models import Acknowledgement, Conference
from lotrinh.apps.dissemination.passes import keys_of
from lotrinh.apps.dissemination.services import Door, SessionSaid, Shown
from lotrinh.rules.conferences import Counting
from lotrinh.rules.conferences.sessions import Together
from tests.conferences import CLASS, begin, by, call, close, count, name, plan, site_at
from tests.factories import NOW, TODAY, key, make_document

pytestmark = pytest.mark.django_db

LATER = TODAY + timedelta(days=7)


@pytest.fixture
def paper(cast):
    return make_document(keeper=cast.city, user=cast.chi)


@pytest.fixture
def closed(paper, cast):
    held = plan(cast.city, paper, user=cast.chi)
    call(held, [cast.ho_sen, cast.dong_gao, cast.sen_tay], user=cast.chi)
    begin(held, user=cast.chi)
    count(site_at(held, cast.sen_tay), 27, user=cast.mai)
    count(site_at(held, cast.ho_sen), 30, user=cast.chi)
    return close(held, user=cast.chi)


def again(conference, *, user, client_key=None):
    return services.plan_later_session(
        conference_id=conference.pk,
        said=SessionSaid("Buổi học bù", LATER),
        user=user,
        on=TODAY,
        at=NOW,
        client_key=client_key or key(),
    )


def test_each_site_calls_its_own_absent_and_the_sum_is_of_those_called_first(closed, cast):
    once = key()

    later = again(closed, user=cast.chi, client_key=once)
    assert again(closed, user=cast.chi, client_key=once) == later

    called = {
        one.unit_id: dict(one.summons.values_list("attendees__code", "number"))
        for one in later.sites.all()
    }
    assert called == {cast.city.pk: {}, cast.sen_tay.pk: {CLASS: 3}, cast.dong_gao.pk: {}}
    assert set(later.documents.all()) == set(closed.documents.all())
    begin(later, user=cast.chi)
    count(site_at(later, cast.sen_tay), 2, user=cast.mai)
    found = selectors.sessions_of(closed)
    assert (found.later, found.together) == ((later,), Together(2, 59, None))
    assert selectors.sessions_of(later).follows == closed


def test_by_person_everybody_counts_once_in_however_many_sessions(paper, cast):
    held = plan(cast.city, paper, user=cast.chi, counting=Counting.PERSON)
    call(held, [cast.sen_tay], user=cast.chi)
    an, _binh = name(site_at(held, cast.sen_tay), "An", "Bình", user=cast.mai)
    begin(held, user=cast.chi)
    enter(held, an, cast)
    close(held, user=cast.chi)

    later = again(held, user=cast.chi)

    (binh,) = later.delegates.all()
    assert (binh.name, binh.site.unit) == ("Bình", cast.sen_tay)
    begin(later, user=cast.chi)
    enter(later, binh, cast)
    assert selectors.sessions_of(held).together == Together(2, 2, 2)


def enter(conference, delegate, cast):
    keys = keys_of(b"a secret of tests", conference.uid)
    site = site_at(conference, cast.sen_tay)
    services.admit(
        door=Door(site.pk, conference.pk, uuid4()),
        passes=[Shown(keys.pass_of(delegate.uid, delegate.version), NOW)],
        secret=keys.hashing,
    )


def test_a_unit_acknowledges_no_more_than_were_absent(closed, cast):
    site = site_at(closed, cast.sen_tay)
    with pytest.raises(services.TooMany):
        services.acknowledge(site_id=site.pk, read={CLASS: 4}, act=by(cast.mai))
    with pytest.raises(services.NotAllowed):
        services.acknowledge(site_id=site.pk, read={CLASS: 1}, act=by(cast.khe))
    with pytest.raises(services.NothingSaid):
        services.acknowledge(site_id=site.pk, read={}, act=by(cast.mai))
    assert not Acknowledgement.objects.exists()

    services.acknowledge(site_id=site.pk, read={CLASS: 1}, act=by(cast.mai))
    services.acknowledge(site_id=site.pk, read={CLASS: 3}, act=by(cast.mai))

    sessions = selectors.sessions_of(closed)
    (found,) = selectors.absent_at(sessions, conference=closed, seen_by=cast.chi.pk, on=TODAY)
    assert (found.site, found.absent, found.read) == (site, {CLASS: 3}, {CLASS: 3})
    assert Acknowledgement.objects.count() == 2


def test_nobody_is_called_again_before_it_is_closed_or_by_others(paper, closed, cast):
    running = begin(plan(cast.city, paper, user=cast.chi), user=cast.chi)
    with pytest.raises(services.NotNow):
        again(running, user=cast.chi)
    with pytest.raises(services.NotAllowed):
        again(closed, user=cast.mai)

    assert Conference.objects.count() == 2
