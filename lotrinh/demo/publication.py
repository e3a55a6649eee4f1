"""The demonstration tells everybody what its documents promise: one decision, through the service.

Everything that its planning officer could choose is chosen, so that the public pages show what the
city holds on its day.
"""

from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from lotrinh.apps.accounts import selectors as accounts
from lotrinh.apps.publishing import selectors, services
from lotrinh.apps.publishing.selectors import Chosen
from lotrinh.apps.publishing.services import Decision
from lotrinh.demo.cast import members
from lotrinh.rules.publication.canonical import digest_of_papers

_AT = time(7, 30)


def publish_all(*, on: date, zone: ZoneInfo) -> int:
    """Publish every promise by the planning officer; return how many there are."""
    officer = accounts.user_by_sign_in_name(members()[0].sign_in)
    if officer is None:
        raise LookupError(members()[0].sign_in)
    found = selectors.choices(seen_by=officer.pk, on=on)
    chosen = Chosen(frozenset(target.uid for choice in found for target in choice.targets))
    papers = selectors.papers_of(chosen=chosen, seen_by=officer.pk, on=on)
    if not papers:
        return 0
    services.publish(
        chosen=chosen,
        shown=digest_of_papers(papers, on),
        decision=Decision("212-QĐ/TU", on - timedelta(days=2)),
        user=officer,
        client_key=uuid5(NAMESPACE_URL, "urn:lotrinh:demo:publication"),
        on=on,
        at=datetime.combine(on, _AT, zone),
    )
    return sum(len(paper.promises) for paper in papers)
