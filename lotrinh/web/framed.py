"""The bars around every page: drawn once for each shape, and filled in for whoever reads.

What they hold differs from page to page only in a few names and counts, yet to draw them anew takes
longer than most pages take for what they say themselves. So they are moulds as ``moulded`` makes
them: ``{% framed "top" %}``, ``{% framed "rail" %}``, ``{% framed "tabbar" %}``.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Final

from django.template import Context, Library
from django.utils.formats import localize
from django.utils.safestring import SafeString

from lotrinh.web.answers import door
from lotrinh.web.moulded import moulded

if TYPE_CHECKING:
    from lotrinh.web.frame import Frame

FIRST_PAGES: Final = {
    "documents": "documents",
    "duties": "duties",
    "targets": "targets",
    "reports": "reports",
    "organisation": "units",
}
"""By the entry of the rail, the name of the page that it opens."""

register = Library()


@dataclass(frozen=True, slots=True)
class Top:
    """The bar at the top, with that of the demonstration below it; nobody may be signed in."""

    PRINTED: ClassVar[tuple[str, ...]] = (
        "person_name",
        "post_text",
        "unit_name",
        "notices",
        "token",
        "here",
    )
    SHAPED: ClassVar[tuple[str, ...]] = ("is_signed_in", "is_demo", "today")

    person_name: str
    post_text: str
    unit_name: str
    notices: str
    token: str
    here: str
    is_signed_in: bool
    is_demo: bool
    today: date | None


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries at the left, and those at the bottom of a narrow screen.

    ``is_first``: the very page is open that the entry of the section leads to.
    """

    PRINTED: ClassVar[tuple[str, ...]] = ("unit_url", "mine", "documents", "duties", "targets")
    SHAPED: ClassVar[tuple[str, ...]] = ("section", "is_first", "is_mine")

    unit_url: str
    mine: str
    documents: str
    duties: str
    targets: str
    section: str
    is_first: bool
    is_mine: bool


@register.simple_tag(takes_context=True)
def framed(context: Context, part: str) -> SafeString:
    """Draw a part of the frame for the page that is being drawn."""
    frame: Frame | None = context.get("frame")
    if part == "top":
        return moulded([_top(context, frame)], "frame/top.html")
    return moulded([_entries(context, frame)] if frame else [], f"frame/{part}.html")


def _top(context: Context, frame: "Frame | None") -> Top:
    around = {"token": str(context.get("csrf_token") or ""), "here": _here(context)}
    if frame is None:
        return Top("", "", "", "", **around, is_signed_in=False, is_demo=False, today=None)
    return Top(
        person_name=frame.person_name,
        post_text=frame.post_text,
        unit_name=frame.unit_name,
        notices=_notices(frame),
        **around,
        is_signed_in=True,
        is_demo=frame.is_demo,
        today=frame.today,
    )


def _here(context: Context) -> str:
    """Return the address to come back to after a change of language."""
    request = context.get("request")
    return context.get("return_url") or (request.get_full_path() if request else "")


def _entries(context: Context, frame: "Frame") -> Entries:
    where = context["request"].resolver_match
    section = context["section"]
    return Entries(
        unit_url=door("unit", frame.unit_uid) if frame.unit_uid else "",
        mine="" if frame.mine is None else localize(frame.mine),
        documents=localize(frame.documents),
        duties=localize(frame.duties),
        targets=localize(frame.targets),
        section=section,
        is_first=where is not None and where.url_name == FIRST_PAGES.get(section),
        is_mine=bool(context.get("is_mine")),
    )


def _notices(frame: "Frame") -> str:
    more = "+" if frame.has_more_notices else ""
    return f"{localize(frame.notices)}{more}" if frame.notices else ""
