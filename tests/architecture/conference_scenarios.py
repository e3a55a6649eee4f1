"""Scenarios of conferences: before, and the one call that is watched."""

from collections.abc import Callable
from uuid import uuid4

from lotrinh.apps.dissemination import services
from lotrinh.apps.dissemination.models import Conference, Delegate
from lotrinh.apps.dissemination.passes import keys_of
from lotrinh.apps.dissemination.services import ClassSaid, ItemSaid
from lotrinh.rules.conferences import Counting, Link
from tests.cast import Cast
from tests.conferences import CLASS, begin, call, count, name, plan, signal, site_at
from tests.factories import NOW, TODAY, make_document

Act = Callable[[], object]


def planned(cast: Cast) -> Conference:
    """Plan a conference of the city with a site for the ward."""
    paper = make_document(keeper=cast.city, user=cast.chi)
    held = plan(cast.city, paper, user=cast.chi)
    call(held, [cast.sen_tay], user=cast.chi)
    return held


def opened(cast: Cast) -> Conference:
    return begin(planned(cast), user=cast.chi)


def plan_conference(cast: Cast) -> Act:
    paper = make_document(keeper=cast.city, user=cast.chi)
    return lambda: plan(cast.city, paper, user=cast.chi)


def set_agenda(cast: Cast) -> Act:
    held = planned(cast)
    return lambda: services.set_agenda(
        conference_id=held.pk,
        version=Conference.objects.get(pk=held.pk).version,
        items=[ItemSaid("Khai mạc")],
        user=cast.chi,
        on=TODAY,
        at=NOW,
    )


def call_sites(cast: Cast) -> Act:
    held = planned(cast)
    return lambda: call(held, [cast.ho_sen], user=cast.chi)


def summon(cast: Cast) -> Act:
    site = site_at(planned(cast), cast.sen_tay)
    return lambda: services.summon(
        site_id=site.pk, numbers={CLASS: 12}, user=cast.chi, on=TODAY, at=NOW
    )


def drop_site(cast: Cast) -> Act:
    site = site_at(planned(cast), cast.sen_tay)
    return lambda: services.drop_site(site_id=site.pk, user=cast.chi, on=TODAY, at=NOW)


def open_conference(cast: Cast) -> Act:
    held = planned(cast)
    return lambda: begin(held, user=cast.chi)


def close_conference(cast: Cast) -> Act:
    held = opened(cast)
    return lambda: services.close_conference(conference_id=held.pk, user=cast.chi, on=TODAY, at=NOW)


def call_off(cast: Cast) -> Act:
    held = planned(cast)
    return lambda: services.call_off(conference_id=held.pk, user=cast.chi, on=TODAY, at=NOW)


def signal_link(cast: Cast) -> Act:
    site = site_at(opened(cast), cast.sen_tay)
    return lambda: signal(site, Link.CONNECTED, user=cast.mai)


def tell_headcount(cast: Cast) -> Act:
    site = site_at(opened(cast), cast.sen_tay)
    return lambda: count(site, 12, user=cast.mai)


def named(cast: Cast) -> Delegate:
    """Call somebody by name to the ward's site."""
    paper = make_document(keeper=cast.city, user=cast.chi)
    held = plan(cast.city, paper, user=cast.chi, counting=Counting.PERSON)
    (found,) = name(held.sites.get(), "An", user=cast.chi)
    return found


def call_delegates(cast: Cast) -> Act:
    site = named(cast).site
    return lambda: name(site, "Bình", user=cast.chi)


def renew_pass(cast: Cast) -> Act:
    delegate = named(cast)
    return lambda: services.renew_pass(delegate_id=delegate.pk, user=cast.chi, on=TODAY, at=NOW)


def keep_class(cast: Cast) -> Act:
    said = ClassSaid("leaders", "Lãnh đạo", "Leaders")
    return lambda: services.keep_class(said=said, user=cast.chi, on=TODAY, at=NOW)


def admit(cast: Cast) -> None:
    """Let a delegate in: kept by the check-in alone, without an entry of the journal."""
    delegate = named(cast)
    begin(delegate.conference, user=cast.chi)
    keys = keys_of(b"a secret of tests", delegate.conference.uid)
    shown = services.Shown(keys.pass_of(delegate.uid, delegate.version), NOW)
    door = services.Door(delegate.site_id, delegate.conference_id, uuid4())
    services.admit(door=door, passes=[shown], secret=keys.hashing)


NO_CONFERENCE_SERVICE = {
    "dissemination.admit": "appends check-ins, which are kept for good and are the record",
    "dissemination.fold_arrivals": "writes only what can be made anew from the check-ins",
    "dissemination.recount_arrivals": "the same; it must change nothing",
    "dissemination.tell_pages": "tells open pages that something changed and writes nothing",
}

CONFERENCE_SCENARIOS = {
    f"dissemination.{act.__name__}": act
    for act in (
        plan_conference,
        set_agenda,
        call_sites,
        summon,
        drop_site,
        open_conference,
        close_conference,
        call_off,
        signal_link,
        tell_headcount,
        call_delegates,
        renew_pass,
        keep_class,
    )
}
