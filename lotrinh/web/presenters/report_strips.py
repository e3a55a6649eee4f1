"""The columns of a strip of reports: the periods of a regime, each cell a door to its room."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.urls import reverse

from lotrinh.web.answers import address
from lotrinh.web.presenters.room import period_text
from lotrinh.web.presenters.strips import Columns, StripHead

if TYPE_CHECKING:
    from lotrinh.apps.reporting.models import Collection
    from lotrinh.apps.reporting.selectors import Punctual


def report_columns(found: "Punctual") -> Columns:
    """Return the columns of a strip of reports, the earliest period first."""
    rooms = {one.pk: reverse("collection", kwargs={"uid": one.uid}) for one in found.collections}

    def url_of(collection_id: int, asked: Mapping[str, object]) -> str:
        return address(rooms[collection_id], **asked)

    heads = tuple(_head(one, rooms[one.pk]) for one in found.collections)
    return Columns(tuple(rooms), heads, url_of)


def _head(collection: "Collection", url: str) -> StripHead:
    name = period_text(collection)
    return StripHead(name, name, url)
