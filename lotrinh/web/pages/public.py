"""The pages for everybody: does the city keep its promises? Nobody signs in."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from lotrinh.rules.publication.canonical import digest
from lotrinh.web.access import PUBLIC, right
from lotrinh.web.presenters.public import (
    content_of,
    heading_row,
    paper_row,
    quotes_vietnamese,
    vow_of,
)
from lotrinh.web.presenters.public_promise import promise_context
from lotrinh.web.public_source import Served, served
from lotrinh.web.strangers import LANGUAGES


@right(PUBLIC)
@require_safe
def home(request: HttpRequest, language: str) -> HttpResponse:
    """Say of every promise of every published document what became of it."""
    found = served()
    context: dict[str, Any] = {}
    if found.publication is not None:
        context = content_of(found.publication)
    return shown(request, "public/home.html", "public-home", context, found)


@right(PUBLIC)
@require_safe
def paper(request: HttpRequest, language: str, uid: UUID) -> HttpResponse:
    """Show one document: what it promises, and how its duties stand."""
    found = served()
    held = found.publication.paper(uid) if found.publication else None
    if found.publication is None or held is None:
        raise Http404
    context = {
        "paper": paper_row(held),
        "heading": heading_row(found.publication.heading),
        "quotes_vietnamese": quotes_vietnamese([held]),
    }
    return shown(request, "public/paper.html", "public-paper", context, found, uid=uid)


@right(PUBLIC)
@require_safe
def promise(request: HttpRequest, language: str, uid: UUID) -> HttpResponse:
    """Show one promise: its plan, its way, its units, and the sentence that set it."""
    found = served()
    pair = found.publication.promise(uid) if found.publication else None
    if found.publication is None or pair is None:
        raise Http404
    context = {
        "vow": vow_of(pair[1]),
        "paper": paper_row(pair[0]),
        "heading": heading_row(found.publication.heading),
        "quotes_vietnamese": quotes_vietnamese([pair[0]]),
        **promise_context(pair[1]),
    }
    return shown(request, "public/promise.html", "public-promise", context, found, uid=uid)


def shown(
    request: HttpRequest,
    template: str,
    name: str,
    context: dict[str, Any],
    found: Served,
    **slots: UUID,
) -> HttpResponse:
    """Answer with a page that names itself in both languages, or say that it has not changed.

    A copy that stands in for the database is kept by nobody on the way.
    """
    around: dict[str, Any] = {
        "served": found,
        "name": name,
        "alternates": [
            (one, settings.LOTRINH_ADDRESS + reverse(name, kwargs={"language": one, **slots}))
            for one in LANGUAGES
        ],
        "other": next(one for one in LANGUAGES if one != request.LANGUAGE_CODE),
    }
    around["other_url"] = reverse(name, kwargs={"language": around["other"], **slots})
    response = render(request, template, {**around, **context})
    return unchanged(request, response, found)


def unchanged(request: HttpRequest, response: HttpResponse, found: Served) -> HttpResponse:
    """Return an answer, or that it is the one which the asker has already."""
    if found.is_kept:
        response["Cache-Control"] = "no-store"
        return response
    etag = quote_etag(digest(response.content.decode())[:32])
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
