"""A conference is planned once, carries documents that are seen, and calls each unit once."""

from datetime import timedelta

import pytest

from lotrinh.apps.dissemination import selectors, services
from lotrinh.apps.dissemination.models import Conference, Site, Summons
from lotrinh.apps.dissemination.services import Called, ItemSaid
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units.services import Choice, save_group
from tests.conferences import CLASS, begin, call, plan, said, signal, site_at
from tests.factories import NOW, TODAY, key, make_document, make_tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(cast):
    return make_document(keeper=cast.city, user=cast.chi)


@pytest.fixture
def conference(cast, paper):
    return plan(cast.city, paper, user=cast.chi)


def test_it_is_planned_once_with_its_main_site(cast, paper):
    by = {"user": cast.chi, "on": TODAY, "at": NOW, "client_key": key()}

    first = services.plan_conference(said=said(cast.city, paper), **by)
    assert services.plan_conference(said=said(cast.city, paper, title="Khác"), **by) == first

    assert [(one.unit, one.is_main) for one in first.sites.all()] == [(cast.city, True)]
    assert list(first.documents.all()) == [paper]
    with pytest.raises(services.KeyTaken):
        services.plan_conference(said=said(cast.city, paper), **(by | {"user": cast.thach}))


def test_what_is_not_ones_own_or_past_is_refused(cast, paper):
    with pytest.raises(services.NotAllowed):
        plan(cast.city, paper, user=cast.mai)
    with pytest.raises(services.NotNow):
        plan(cast.city, paper, user=cast.chi, day=TODAY - timedelta(days=1))
    with pytest.raises(services.NoDocuments):
        plan(cast.city, user=cast.chi)
    hidden = make_document(keeper=cast.dong_gao, user=cast.chi)
    with pytest.raises(services.NotSeen):
        plan(cast.sen_tay, hidden, user=cast.mai)
    assert not Conference.objects.exists()


def test_a_group_is_called_as_it_is_on_the_day_but_for_exceptions(conference, cast):
    choice = Choice(
        name_vi="Quận, phường",
        name_en="Districts, wards",
        tree=make_tree(),
        added=[cast.ho_sen, cast.dong_gao, cast.sen_tay],
    )
    group = save_group(code="quan-phuong", choice=choice, actor=SYSTEM, at=NOW)
    called = Called(group=group, added=(cast.sen_tay.pk,), without=frozenset({cast.dong_gao.pk}))
    by = {"numbers": {CLASS: 40}, "user": cast.chi, "on": TODAY, "at": NOW}

    made = services.call_sites(conference_id=conference.pk, called=called, **by)
    again = services.call_sites(conference_id=conference.pk, called=called, **by)

    assert (made, again) == (2, 0)
    units = Site.objects.filter(is_main=False).values_list("unit", flat=True)
    assert set(units) == {cast.ho_sen.pk, cast.sen_tay.pk}
    assert sorted(Summons.objects.values_list("number", flat=True)) == [40, 40]


def test_one_site_is_called_otherwise_or_taken_back_until_it_told(conference, cast):
    call(conference, [cast.ho_sen, cast.sen_tay], user=cast.chi)
    by = {"user": cast.chi, "on": TODAY, "at": NOW}
    services.summon(site_id=site_at(conference, cast.sen_tay).pk, numbers={CLASS: 12}, **by)
    signal(site_at(conference, cast.sen_tay), "tested", user=cast.mai)

    with pytest.raises(services.SiteHasTold):
        services.drop_site(site_id=site_at(conference, cast.sen_tay).pk, **by)
    with pytest.raises(services.SiteHasTold):
        services.drop_site(site_id=site_at(conference, cast.city).pk, **by)
    services.drop_site(site_id=site_at(conference, cast.ho_sen).pk, **by)

    assert set(conference.sites.values_list("unit", flat=True)) == {cast.city.pk, cast.sen_tay.pk}
    assert Summons.objects.get().number == 12


def test_the_run_sheet_stands_in_its_order_and_carries_its_documents(conference, paper, cast):
    other = make_document(keeper=cast.city, user=cast.chi)
    items = [
        ItemSaid("Khai mạc", presenter="Đồng chí Bí thư", minutes=10),
        ItemSaid("Quán triệt chương trình", document=other, minutes=45),
    ]
    by = {"user": cast.chi, "on": TODAY, "at": NOW}

    changed = services.set_agenda(
        conference_id=conference.pk, version=conference.version, items=items, **by
    )

    found = selectors.agenda_of(conference=conference)
    assert [(one.title, one.document, one.minutes) for one in found] == [
        ("Khai mạc", None, 10),
        ("Quán triệt chương trình", other, 45),
    ]
    assert set(conference.documents.all()) == {paper, other}
    with pytest.raises(services.ConferenceChangedMeanwhile):
        services.set_agenda(
            conference_id=conference.pk, version=changed.version - 1, items=[], **by
        )


def test_what_has_begun_is_not_prepared_any_more(conference, cast):
    begin(conference, user=cast.chi)

    with pytest.raises(services.NotNow):
        call(conference, [cast.ho_sen], user=cast.chi)
    with pytest.raises(services.NotNow):
        services.call_off(conference_id=conference.pk, user=cast.chi, on=TODAY, at=NOW)
