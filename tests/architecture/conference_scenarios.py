"""Scenarios of conferences: before, and the one call that is watched."""

from collections.abc import Callable

from lotrinh.apps.dissemination import services
from lotrinh.apps.dissemination.models import Conference
from lotrinh.apps.dissemination.services import ItemSaid
from lotrinh.rules.conferences import Link
from tests.cast import Cast
from tests.conferences import CLASS, begin, call, count, plan, signal, site_at
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
    )
}
