"""Lists in pages: each names the address of the next one, which goes on behind its last row."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field

from lotrinh.api.problems import Problem, at_fault

MOST = 200
"""How many rows a page holds at most."""

Limit = Annotated[int, Field(ge=1, le=MOST, description="How many rows a page holds at most.")]


class Page(Schema):
    """Which page of a list is asked for."""

    limit: Limit = 50
    after: UUID | None = Field(None, description="The uid of the last row of the page before.")


def only_known(request: HttpRequest, filters: Schema) -> None:
    """Raise Problem for what is asked under a name that nobody knows: it would narrow nothing."""
    unknown = sorted(set(request.GET) - set(type(filters).model_fields))
    if unknown:
        text = _("Nothing with this name is asked for.")
        raise Problem(422, "not_valid", text, tuple((name[:60], text) for name in unknown))


def require_known(is_known: bool) -> None:
    """Raise Problem unless the row behind which a page begins is one that the account may see."""
    if not is_known:
        raise at_fault("after", _("The list cannot go on from this row. Begin it anew."))


def next_url(request: HttpRequest, after: object) -> str:
    """Return the address of the page behind the row ``after``."""
    asked = request.GET.copy()
    asked["after"] = str(after)
    return f"{request.path}?{asked.urlencode()}"
