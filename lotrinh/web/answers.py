"""How pages answer: the next page of a list, and the way on after something was sent."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseRedirect, QueryDict
from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext as _

from lotrinh.apps.units import selectors as units
from lotrinh.web.formatting import typed_day

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Unit

PAGE = 50
"""How many rows a list prints at once."""


Row = TypeVar("Row", bound=Model)
_NOBODY = UUID(int=0)


class SeeOther(HttpResponseRedirect):
    """What was sent is done; look there. Loading that page again sends nothing twice."""

    status_code = 303


def address(path: str, **asked: object) -> str:
    """Return an address with those of the questions that are asked at all."""
    kept = {name: str(value) for name, value in asked.items() if value not in (None, "")}
    return f"{path}?{urlencode(kept)}" if kept else path


def door(route: str, uid: UUID | str) -> str:
    """Return the address of an object's page, as ``reverse`` does, for lists that print many."""
    before, after = _around(route, get_script_prefix())
    return f"{before}{uid}{after}"


@cache
def _around(route: str, prefix: str) -> tuple[str, str]:
    """Return what stands before and after the uid in such an address, below ``prefix``."""
    before, _uid, after = reverse(route, kwargs={"uid": _NOBODY}).partition(str(_NOBODY))
    return before, after


def one_page(found: "QuerySet[Row] | Sequence[Row]") -> tuple[list[Row], Row | None]:
    """Return the first rows of a list, and the last of them where more follow."""
    rows = list(found[: PAGE + 1])
    return (rows[:PAGE], rows[PAGE - 1]) if len(rows) > PAGE else (rows, None)


def asked_place(request: HttpRequest) -> int:
    """Return how many pages of a list come before the one asked for; what is no number is none."""
    typed = request.GET.get("page", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0


def asked_day(request: HttpRequest, today: date, *, name: str = "on") -> tuple[date, str | None]:
    """Return the day that an address asks for, or today with the reason why it is none."""
    typed = request.GET.get(name, "").strip()
    found = typed_day(typed) if typed else today
    if found is not None:
        return found, None
    return today, _(
        "“%(day)s” is no day. Type day/month/year, such as 7/8/2024; today is shown instead."
    ) % {"day": typed}


def asked_uid(given: Mapping[str, str], name: str) -> UUID | None:
    """Return the uid that an address asks for, or None where there is none or it is no uid."""
    try:
        return UUID(given.get(name, ""))
    except ValueError:
        return None


def asked_uids(given: QueryDict, name: str) -> list[UUID]:
    """Return the identities under a name that is given several times; what is none is left out."""
    found = (asked_uid({name: one}, name) for one in given.getlist(name))
    return [uid for uid in found if uid is not None]


def asked_unit(given: Mapping[str, str], name: str) -> "Unit | None":
    """Return the unit that an address names; a uid that is nobody's is a missing page."""
    uid = asked_uid(given, name)
    found = units.unit_by_uid(uid) if uid else None
    if uid and found is None:
        raise Http404
    return found


def posted(request: HttpRequest) -> dict[str, str]:
    """Return what a form sent, one value for each field."""
    return {name: str(value) for name, value in request.POST.items()}
