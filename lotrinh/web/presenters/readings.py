"""What the holders of a mandate opened: who, when, which page, of what as far as one may see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.journal.selectors import Told
from lotrinh.apps.targets import selectors as targets
from lotrinh.apps.units import selectors as units
from lotrinh.web.formatting import named
from lotrinh.web.wording import word
from lotrinh.web.wording_of_pages import PAGES

KINDS = {
    "document": "document",
    "document-original": "document",
    "desk": "document",
    "desk-differences": "document",
    "duty": "duty",
    "target": "target",
    "unit": "unit",
    "person": "person",
}
"""What the pages of one object show."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A page that was opened. ``name`` and ``url`` are empty for what the reader may not see."""

    uid: UUID
    at: datetime
    who: str
    page_text: str
    name: str
    url: str


def opened_lines(told: Sequence[Told], *, seen_by: int, on: date) -> tuple[Opened, ...]:
    """Return what was opened, each object under the name by which the reader knows it."""
    wanted: dict[str, set[UUID]] = {}
    for one in told:
        kind, uid = _object(one)
        if kind and uid:
            wanted.setdefault(kind, set()).add(uid)
    names = {kind: _names(kind, uids, seen_by=seen_by, on=on) for kind, uids in wanted.items()}
    return tuple(_line(one, names) for one in told)


def _line(one: Told, names: Mapping[str, Mapping[UUID, str]]) -> Opened:
    kind, uid = _object(one)
    name = names[kind].get(uid, "") if kind and uid else ""
    return Opened(
        uid=one.uid,
        at=one.at,
        who=one.actor_name,
        page_text=word(PAGES, str(one.data.get("page", ""))),
        name=name,
        url=reverse(kind, kwargs={"uid": uid}) if name else "",
    )


def _object(one: Told) -> tuple[str, UUID | None]:
    """Return the kind and uid of what an entry says was opened."""
    kind, uid = KINDS.get(str(one.data.get("page")), ""), one.data.get("object")
    return (kind, UUID(str(uid))) if kind and uid else ("", None)


def _names(kind: str, uids: Iterable[UUID], *, seen_by: int, on: date) -> Mapping[UUID, str]:
    """Return what these objects are called, as far as the reader may see them."""
    asked = list(uids)
    if kind == "unit":
        return {unit.uid: named(unit) for unit in units.units_by_uids(asked)}
    if kind == "person":
        people = units.people_seen(seen_by=seen_by, on=on).filter(uid__in=asked)
        return {person.uid: person.full_name for person in people}
    if kind == "document":
        papers = documents.visible(seen_by=seen_by, on=on).filter(uid__in=asked)
        return {paper.uid: paper.number or paper.title for paper in papers}
    if kind == "duty":
        owed = duties.visible(seen_by=seen_by, on=on).filter(uid__in=asked)
        return {duty.uid: duty.title for duty in owed}
    promised = targets.visible(seen_by=seen_by, on=on).filter(uid__in=asked)
    return {target.uid: target.measure.name for target in promised}
