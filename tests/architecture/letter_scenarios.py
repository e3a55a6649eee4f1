"""Scenarios of letters of reminders, and of notices that are marked as read."""

from collections.abc import Callable

from django.core.mail import get_connection

from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.letters import Mailer
from lotrinh.apps.duties.models import Notice
from tests.cast import Cast
from tests.letters import DAY, HOURS, ZONE, collect, local, owe, reach

Act = Callable[[], object]
Scenario = Callable[[Cast], Act]


def collect_digests(cast: Cast) -> Act:
    reach(cast.ha)
    owe(cast)
    duties.climb_ladder(on=DAY, at=local(7, 10))
    return lambda: duties.collect_digests(on=DAY, at=local(7, 13))


def send_digest(cast: Cast) -> Act:
    reach(cast.ha)
    owe(cast)
    collect()
    mailer = Mailer(get_connection(), "a@hs.example", "https://hs.example")
    given = {"mailer": mailer, "hours": HOURS, "zone": ZONE}
    return lambda: duties.send_digest(**given, on=DAY, at=local(8))


def mark_read(cast: Cast) -> Act:
    owe(cast)
    duties.climb_ladder(on=DAY, at=local(7, 10))
    until = Notice.objects.latest("pk").uid
    return lambda: duties.mark_read(until=until, user=cast.ha, on=DAY, at=local(8))


LETTER_SCENARIOS: dict[str, Scenario] = {
    "duties.collect_digests": collect_digests,
    "duties.send_digest": send_digest,
    "duties.mark_read": mark_read,
}
