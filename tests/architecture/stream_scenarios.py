"""Scenarios of streams: before, and the one call that is watched."""

from collections.abc import Callable

from lotrinh.apps.dissemination import services
from lotrinh.apps.dissemination.services import ItemSaid
from tests.architecture.conference_scenarios import planned
from tests.cast import Cast
from tests.conferences import begin
from tests.factories import NOW, TODAY

Act = Callable[[], object]


def start_broadcast(cast: Cast) -> Act:
    held = planned(cast)
    return lambda: services.start_broadcast(conference_uid=held.uid, at=NOW)


def end_broadcast(cast: Cast) -> Act:
    held = planned(cast)
    services.start_broadcast(conference_uid=held.uid, at=NOW)
    return lambda: services.end_broadcast(conference_uid=held.uid, at=NOW)


def present_item(cast: Cast) -> Act:
    held = planned(cast)
    services.set_agenda(
        conference_id=held.pk,
        version=held.version + 1,
        items=[ItemSaid("Khai mạc")],
        user=cast.chi,
        on=TODAY,
        at=NOW,
    )
    begin(held, user=cast.chi)
    return lambda: services.present_item(
        conference_id=held.pk, place=1, user=cast.chi, on=TODAY, at=NOW
    )


NO_STREAM_SERVICE = {
    "dissemination.tell_watchers": "tells open pages that something changed and writes nothing",
}

STREAM_SCENARIOS = {
    f"dissemination.{act.__name__}": act for act in (start_broadcast, end_broadcast, present_item)
}
