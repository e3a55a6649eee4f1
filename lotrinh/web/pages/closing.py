"""Closing a collection, with what is missing by then before one's eyes, and opening it again."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from uuid_utils.compat import uuid7

from lotrinh.apps.reporting import selectors as reporting
from lotrinh.apps.reporting import services
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.formatting import day
from lotrinh.web.forms.proposals import KeyedForm
from lotrinh.web.forms.regimes import ReopenForm
from lotrinh.web.pages.room import found_collection
from lotrinh.web.presenters.regimes import may_set
from lotrinh.web.presenters.room import filters_of, period_text

if TYPE_CHECKING:
    from django import forms

    from lotrinh.apps.reporting.models import Collection


@right(Action.ASSIGN_DUTY)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say what is missing, and let the collection take nothing more in once that is confirmed."""
    collection = _kept(request, uid)
    if request.method != "POST":
        form = KeyedForm(None, initial={"client_key": uuid7()})
        return _page(request, collection, form, "close")
    form = KeyedForm(request.POST)
    if form.is_valid():
        try:
            services.close_collection(collection_id=collection.pk, **_by(request))
        except services.CollectionClosed as closed:
            words = _("Somebody else closed it on %(day)s already: nothing is left to do here.")
            on = closed.collection.closed_on
            form.add_error(None, words % {"day": day(on) if on else ""})
        else:
            messages.success(request, _("The collection is closed: it takes nothing more in."))
            return _room(uid)
    return _page(request, collection, form, "close", status=422)


@right(Action.ASSIGN_DUTY)
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let a closed collection take reports in again; the reason is kept with it."""
    collection = _kept(request, uid)
    if request.method != "POST":
        form = ReopenForm(None, initial={"client_key": uuid7()})
        return _page(request, collection, form, "reopen")
    form = ReopenForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["note"]
        services.reopen_collection(collection_id=collection.pk, reason=reason, **_by(request))
        messages.success(request, _("The collection takes reports in again."))
        return _room(uid)
    return _page(request, collection, form, "reopen", status=422)


def _kept(request: HttpRequest, uid: UUID) -> "Collection":
    """Return a collection that the reader keeps; who only sees it closes nothing."""
    collection = found_collection(request, uid)
    regime = collection.regime
    if regime is None or not may_set(regime, user_id=reader(request).pk, on=clock.today()):
        raise PermissionDenied
    return collection


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"user": reader(request), "on": clock.today(), "at": clock.now()}


def _room(uid: UUID) -> HttpResponse:
    return SeeOther(reverse("collection", kwargs={"uid": uid}))


def _page(
    request: HttpRequest,
    collection: "Collection",
    form: "forms.Form",
    act: str,
    *,
    status: int = 200,
) -> HttpResponse:
    found = reporting.room_of(collection=collection, seen_by=reader(request).pk, on=clock.today())
    filters = filters_of(found, path=reverse("collection", kwargs={"uid": collection.uid}))
    context = {
        "collection": collection,
        "period_text": period_text(collection),
        "form": form,
        "act": act,
        "asked": len(found.rows),
        "count": {one.code: one for one in filters},
    }
    return render(request, "pages/collections/close.html", context, status=status)
