"""The stream of a conference: begun and ended once, the present item, keys nobody can guess."""

from uuid import UUID, uuid4

import pytest

from lotrinh.apps.dissemination import selectors, services
from lotrinh.apps.dissemination.models import AgendaItem, Broadcast
from lotrinh.apps.dissemination.services import ItemSaid
from lotrinh.apps.dissemination.streams import stream_keys
from lotrinh.apps.journal.models import Entry
from lotrinh.rules.conferences.streams import Rendition, Sending
from tests.conferences import begin, plan
from tests.factories import NOW, TODAY, make_document
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db
ROOT, VIEWER, OTHER = b"secret of the installation", UUID(int=7), UUID(int=8)


@pytest.fixture
def conference(cast):
    held = plan(cast.city, make_document(keeper=cast.city, user=cast.chi), user=cast.chi)
    return services.set_agenda(
        conference_id=held.pk,
        version=held.version,
        items=[ItemSaid("Khai mạc"), ItemSaid("Quán triệt")],
        user=cast.chi,
        on=TODAY,
        at=NOW,
    )


def present(conference, place, user):
    return services.present_item(
        conference_id=conference.pk, place=place, user=user, on=TODAY, at=NOW
    )


def told():
    return list(
        Entry.objects.filter(verb__startswith="conference.")
        .exclude(verb__in=("conference.planned", "conference.agenda_changed"))
        .order_by("pk")
        .values_list("verb", flat=True)
    )


def test_a_stream_begins_and_ends_once_however_often_it_is_told(conference):
    assert selectors.broadcast_now(conference.uid).sending == Sending.NOT_BEGUN

    for _ in range(2):
        services.start_broadcast(conference_uid=conference.uid, at=NOW)
    assert selectors.broadcast_now(conference.uid).sending == Sending.ON
    for _ in range(2):
        services.end_broadcast(conference_uid=conference.uid, at=NOW)

    now = selectors.broadcast_now(conference.uid)
    assert (now.sending, now.since) == (Sending.INTERRUPTED, NOW)
    assert told() == ["conference.stream_started", "conference.stream_ended"]
    assert Broadcast.objects.count() == 1


def test_nothing_is_sent_once_a_conference_is_over(conference, cast):
    begin(conference, user=cast.chi)
    services.start_broadcast(conference_uid=conference.uid, at=NOW)
    services.close_conference(conference_id=conference.pk, user=cast.chi, on=TODAY, at=NOW)

    assert selectors.broadcast_now(conference.uid).sending == Sending.OVER
    with nothing_changes(), pytest.raises(services.NotNow):
        services.start_broadcast(conference_uid=conference.uid, at=NOW)
    with nothing_changes(), pytest.raises(services.ConferenceUnknown):
        services.start_broadcast(conference_uid=uuid4(), at=NOW)
    assert selectors.broadcast_now(uuid4()) is None


def test_the_present_item_is_said_by_whoever_holds_the_conference(conference, cast):
    with nothing_changes(), pytest.raises(services.NotNow):
        present(conference, 1, cast.chi)
    begin(conference, user=cast.chi)

    present(conference, 2, cast.chi)
    present(conference, 2, cast.chi)

    second = AgendaItem.objects.get(conference=conference, place=2)
    assert selectors.broadcast_now(conference.uid).item == second.uid
    with nothing_changes(), pytest.raises(services.ItemUnknown):
        present(conference, 3, cast.chi)
    with nothing_changes(), pytest.raises(services.NotAllowed):
        present(conference, 1, cast.mai)
    present(conference, None, cast.chi)
    assert selectors.broadcast_now(conference.uid).item is None
    assert told() == ["conference.opened", "conference.item_presented", "conference.item_presented"]


def test_each_conference_has_keys_of_its_own_and_none_leads_to_another():
    here, there = (stream_keys(ROOT, UUID(int=n)) for n in (1, 2))
    keys = {one.publishing for one in (here, there)} | {one.watching for one in (here, there)}
    keys |= {one.asking for one in (here, there)}

    assert len(keys) == 6
    assert {len(key) for key in keys} == {32}
    assert stream_keys(b"another secret", UUID(int=1)).publishing not in keys
    assert here.opens(here.publishing) and here.asks(here.asking)
    assert not here.opens(there.publishing) and not here.opens(here.asking) and not here.opens("")
    assert not here.asks(here.publishing) and not here.opens("khóa")
    assert here.publishing not in repr(here)


def test_an_address_is_a_viewers_own_and_holds_for_half_a_day():
    keys = stream_keys(ROOT, UUID(int=1))
    at = 1_723_017_661

    address = keys.address_for(VIEWER, Rendition.PICTURE, now=at)

    viewer, until, _signed, stream, file = address.strip("/").split("/")
    assert (stream, file) == (UUID(int=1).hex, "picture.m3u8")
    assert int(until) == 1_723_017_600 + 13 * 3600
    assert keys.address_for(VIEWER, Rendition.PICTURE, now=at + 60) == address
    assert keys.address_for(OTHER, Rendition.PICTURE, now=at).split("/")[1] != viewer
    assert VIEWER.hex not in address
