"""The run sheet by the clock, with the presenters of the conference's day."""

from dataclasses import dataclass
from datetime import time

from lotrinh.apps.dissemination.models import AgendaItem, Conference
from lotrinh.apps.units import selectors as units
from lotrinh.rules.conferences.agenda import starts_of


@dataclass(frozen=True, slots=True)
class ItemNow:
    """An item, when it begins, and who presents it: whoever holds the post on that day.

    ``presenter`` is a name, empty where the post is vacant; the titles are those of the post, empty
    where a name was written instead. ``begins`` is None where nobody can tell.
    """

    item: AgendaItem
    begins: time | None
    presenter: str
    title_vi: str = ""
    title_en: str = ""


def run_sheet_of(*, conference: Conference) -> tuple[ItemNow, ...]:
    """Return the run sheet in its order."""
    rows = conference.agenda.select_related("document", "post__unit")
    items = tuple(rows.order_by("place"))
    posts = {one.post_id for one in items if one.post_id is not None}
    holders = units.names_in_posts(posts, on=conference.day) if posts else {}
    starts = starts_of(conference.begins, [one.minutes for one in items])
    return tuple(
        ItemNow(one, begins, holders.get(one.post_id or 0, ""), *_titles(one))
        if one.post
        else ItemNow(one, begins, one.presenter)
        for one, begins in zip(items, starts, strict=True)
    )


def _titles(item: AgendaItem) -> tuple[str, str]:
    post = item.post
    if post is None:
        return "", ""
    return f"{post.title_vi}, {post.unit.name_vi}", f"{post.title_en}, {post.unit.name_en}"
