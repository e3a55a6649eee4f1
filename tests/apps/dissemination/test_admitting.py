"""At the door: each delegate counts once at one site, whoever sends what how often."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lotrinh.apps.dissemination import services
from lotrinh.apps.dissemination.models import Arrival, Arrived, CheckIn
from lotrinh.apps.dissemination.passes import keys_of
from lotrinh.apps.dissemination.services import Door, Shown
from lotrinh.apps.journal import signing
from lotrinh.rules.conferences import Admission, Counting
from lotrinh.rules.conferences.passes import NoPass, read_pass
from tests.conferences import begin, call, name, plan, site_at
from tests.factories import NOW, TODAY, make_document

pytestmark = pytest.mark.django_db

ROOT = b"a secret of tests"


@pytest.fixture
def conference(cast):
    paper = make_document(keeper=cast.city, user=cast.chi)
    held = plan(cast.city, paper, user=cast.chi, counting=Counting.PERSON)
    call(held, [cast.ho_sen, cast.sen_tay], user=cast.chi)
    return held


@pytest.fixture
def keys(conference):
    return keys_of(ROOT, conference.uid)


@pytest.fixture
def delegates(conference, cast):
    found = name(site_at(conference, cast.sen_tay), "An", "Bình", "Cúc", user=cast.mai)
    begin(conference, user=cast.chi)
    return found


def door(site, device=None):
    return Door(site.pk, site.conference_id, device or uuid4())


def show(keys, *delegates, at=NOW):
    return [Shown(keys.pass_of(one.uid, one.version), at) for one in delegates]


def admit(where, shown, keys):
    found = services.admit(door=where, passes=shown, secret=keys.hashing)
    return [found[one.shown.delegate] for one in shown]


def arrived():
    services.fold_arrivals()
    return {one.site.unit_id: one.people for one in Arrived.objects.select_related("site")}


def test_a_batch_sent_again_lets_nobody_in_twice(conference, delegates, keys, cast):
    where = door(site_at(conference, cast.sen_tay))
    shown = show(keys, *delegates)

    assert admit(where, shown, keys) == [Admission.ADMITTED] * 3
    assert admit(where, shown, keys) == [Admission.ADMITTED] * 3

    assert CheckIn.objects.count() == 3
    assert arrived() == {cast.sen_tay.pk: 3}
    assert not Arrival.objects.exists()


def test_each_counts_at_the_site_that_was_first(conference, delegates, keys, cast):
    an, binh, _cuc = delegates
    ward, district = (site_at(conference, one) for one in (cast.sen_tay, cast.ho_sen))
    admit(door(ward), show(keys, an), keys)

    assert admit(door(district), show(keys, an, binh), keys) == [
        Admission.ELSEWHERE,
        Admission.GUEST,
    ]
    assert admit(door(ward), show(keys, an, binh), keys) == [
        Admission.AGAIN,
        Admission.ELSEWHERE,
    ]
    assert arrived() == {cast.sen_tay.pk: 1, cast.ho_sen.pk: 1}


def test_a_pass_that_was_renewed_or_forged_opens_nothing(conference, delegates, keys, cast):
    an, binh, cuc = delegates
    where = door(site_at(conference, cast.sen_tay))
    (old,) = show(keys, an)
    renewed = services.renew_pass(delegate_id=an.pk, user=cast.mai, on=TODAY, at=NOW)
    (forged,) = show(keys, binh)
    forged = replace(forged, shown=replace(forged.shown, hashed=bytes(12)))
    (ahead,) = show(keys, cuc)
    ahead = replace(ahead, shown=keys_of(b"another", conference.uid).pass_of(cuc.uid, 1))

    assert admit(where, [old, forged, ahead], keys) == [
        Admission.RENEWED,
        Admission.UNKNOWN,
        Admission.UNKNOWN,
    ]
    assert admit(where, show(keys, renewed), keys) == [Admission.ADMITTED]
    assert CheckIn.objects.count() == 1


def test_nobody_is_let_in_before_or_after(conference, keys, cast):
    (an,) = name(site_at(conference, cast.sen_tay), "An", user=cast.mai)
    where = door(site_at(conference, cast.sen_tay))

    assert admit(where, show(keys, an), keys) == [Admission.NOT_NOW]
    begin(conference, user=cast.chi)
    services.close_conference(conference_id=conference.pk, user=cast.chi, on=TODAY, at=NOW)
    assert admit(where, show(keys, an), keys) == [Admission.NOT_NOW]
    assert not CheckIn.objects.exists()


def test_a_delegate_of_another_conference_is_unknown(conference, delegates, cast):
    other = plan(cast.city, *conference.documents.all(), user=cast.chi, counting=Counting.PERSON)
    begin(other, user=cast.chi)
    theirs = keys_of(ROOT, other.uid)

    shown = show(theirs, delegates[0])

    assert admit(door(other.sites.get()), shown, theirs) == [Admission.UNKNOWN]


def test_a_device_checks_a_pass_with_the_public_key_alone(conference, delegates, keys):
    written = keys.pass_of(delegates[0].uid, 1).written()

    found = read_pass(written)

    assert signing.is_signed(keys.public, found.signed, found.signature)
    assert not signing.is_signed(keys.public, replace(found, version=2).signed, found.signature)
    assert len(written) == 152
    for wrong in ("", "L", written[:-1] + "1", written[1:], "http://lotrinh.example"):
        with pytest.raises(NoPass):
            read_pass(wrong)


def test_where_heads_are_counted_nobody_is_named(cast):
    paper = make_document(keeper=cast.city, user=cast.chi)
    heads = plan(cast.city, paper, user=cast.chi)

    with pytest.raises(services.NotByName):
        name(heads.sites.get(), "An", user=cast.chi)


def test_a_recount_finds_what_the_fold_has_wrong(conference, delegates, keys, cast):
    site = site_at(conference, cast.sen_tay)
    admit(door(site), show(keys, *delegates), keys)
    arrived()
    assert services.recount_arrivals(conference_id=conference.pk) == 0
    Arrived.objects.filter(site=site).update(people=7)

    assert services.recount_arrivals(conference_id=conference.pk) == 1
    assert arrived() == {cast.sen_tay.pk: 3}


@given(
    scans=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), st.integers(0, 1)), max_size=12)
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_however_scans_come_each_is_counted_once(conference, delegates, keys, cast, scans):
    sites = [site_at(conference, cast.sen_tay), site_at(conference, cast.ho_sen)]
    devices = [uuid4(), uuid4()]
    before = CheckIn.objects.count()

    for who, where, device in scans:
        late = NOW + timedelta(minutes=who)
        admit(door(sites[where], devices[device]), show(keys, delegates[who], at=late), keys)

    people = {who for who, _where, _device in scans}
    assert CheckIn.objects.count() >= max(before, len(people))
    assert CheckIn.objects.count() <= 3
    assert sum(arrived().values()) == CheckIn.objects.count()
