"""What somebody watches: the addresses of the stream, the run sheet with what is presented now."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from lotrinh.rules.conferences.streams import Rendition
from lotrinh.web import clock
from lotrinh.web.formatting import named
from lotrinh.web.stream_keys import keys_for
from lotrinh.web.wording import word
from lotrinh.web.wording_of_streams import RENDITIONS, SENDINGS

if TYPE_CHECKING:
    from lotrinh.apps.dissemination.models import AgendaItem, Conference
    from lotrinh.apps.dissemination.selectors import BroadcastNow
    from lotrinh.apps.documents.models import Document


@dataclass(frozen=True, slots=True)
class Choice:
    """A rendition that one may choose."""

    url: str
    words: str
    code: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item of the run sheet; ``document`` None where the reader may not see it."""

    uid: UUID
    place: int
    title: str
    presenter: str
    minutes: int | None
    document: "Document | None"
    is_now: bool


def playlist(conference: "Conference", *, viewer: UUID, rendition: Rendition) -> str:
    """Return the address of the stream that opens for this viewer, for half a day."""
    keys = keys_for(conference.uid)
    path = keys.address_for(viewer, rendition, now=clock.machine())
    return f"{settings.LOTRINH_STREAM}{path}"


def choices(conference: "Conference", chosen: Rendition) -> list[Choice]:
    """Return what may be taken of a stream."""
    here = reverse("conference-watch", kwargs={"uid": conference.uid})
    return [
        Choice(f"{here}?as={one}", word(RENDITIONS, one), str(one), one is chosen)
        for one in Rendition
    ]


def item_rows(
    agenda: "Iterable[AgendaItem]", seen: "Iterable[Document]", now: "BroadcastNow"
) -> list[ItemRow]:
    """Return the run sheet; each document leads to those who may read it."""
    known = {one.pk: one for one in seen}
    return [
        ItemRow(
            one.uid,
            one.place,
            one.title,
            named(one.post, "title") if one.post else one.presenter,
            one.minutes,
            known.get(one.document_id) if one.document_id else None,
            one.uid == now.item,
        )
        for one in agenda
    ]


def watched(now: "BroadcastNow") -> dict[str, str]:
    """Return what a page that watches is told: how far the stream is, and the present item."""
    return {"sending": str(now.sending), "item": str(now.item) if now.item else ""}


def sending_words() -> dict[str, str]:
    """Return every sentence about the stream, for a page that changes it by itself."""
    return {str(one): str(said) for one, said in SENDINGS.items()}
