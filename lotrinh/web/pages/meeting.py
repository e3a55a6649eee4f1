"""Meeting mode: one item per screen, as of one instant, and conclusions noted as drafts.

What is shown is worked out when the meeting is entered and kept in the session of who entered it:
no number moves while people look at it. A conclusion becomes a draft duty at once, which says what
it still lacks; the meeting stands in it as its authority, in words.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from uuid_utils.compat import uuid7

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties import services
from lotrinh.apps.reporting import selectors as reporting
from lotrinh.apps.targets import selectors as targets
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.punctuality import Months
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther, address, asked_place, asked_uid, asked_unit
from lotrinh.web.formatting import day_and_time, named
from lotrinh.web.forms.meeting import ConclusionForm
from lotrinh.web.pages.documents import found_document
from lotrinh.web.presenters.meeting import (
    document_items,
    in_each_language,
    period_text,
    unit_items,
)
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.presenters.refusals import who_may
from lotrinh.web.presenters.standing import duty_row

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.documents.models import Document
    from lotrinh.apps.units.models import Unit

KEPT = "meetings"
MOST = 3
"""So many meetings a session remembers, the last ones."""
MOST_OVERDUE = 500
Meeting = dict[str, Any]


@right(Action.READ_DUTY)
@require_http_methods(["GET", "HEAD", "POST"])
def new_meeting(request: HttpRequest) -> HttpResponse:
    """Say what is to be looked at (``document``, or ``unit`` and this year); sent, fix it."""
    given = request.GET if request.method != "POST" else request.POST
    user, on = reader(request), clock.today()
    document_uid = asked_uid(given, "document")
    document = found_document(document_uid, user=user, on=on) if document_uid else None
    unit = asked_unit(given, "unit")
    if document is None and (unit is None or not units.stands(unit_id=unit.pk, on=on)):
        raise Http404
    if request.method != "POST":
        context = {
            "document": document,
            "unit": unit if document is None else None,
            "subject": _subject(document, unit),
            "period_text": period_text(_this_year(on)),
        }
        return render(request, "pages/meetings/new.html", context)
    uid = str(uuid7())
    if document is not None:
        items = _of_document(document, user=user, on=on)
    else:
        items = _of_unit(unit, user=user, on=on)
    held = dict(request.session.get(KEPT, {}))
    held[uid] = {
        "document": str(document.uid) if document else "",
        "unit": str(unit.uid) if unit is not None and document is None else "",
        "at": clock.now().isoformat(),
        "items": items,
        "drafts": [],
    }
    request.session[KEPT] = dict(list(held.items())[-MOST:])
    return SeeOther(reverse("meeting", kwargs={"uid": uid}))


@right(Action.READ_DUTY)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one screen (``page``, from 0) of a meeting of this session; sent, note a conclusion."""
    user, on = reader(request), clock.today()
    kept = request.session.get(KEPT, {}).get(str(uid))
    if kept is None:
        raise Http404
    document, owed_to = _about(kept, user=user, on=on)
    items = kept["items"][_language()]
    at = min(asked_place(request), len(items) - 1)
    names = UnitNames(units.tree_on(on=on))
    given: dict[str, Any] = {"names": names, "seen_by": user.pk, "on": on}
    here = reverse("meeting", kwargs={"uid": uid})
    if request.method != "POST":
        begun = {"client_key": uuid7(), "unit": _label(items[at]["unit"], names)}
        form = ConclusionForm(None, **given, initial=begun)
    else:
        form = ConclusionForm(request.POST, **given)
        if form.is_valid() and _noted(request, form, kept, document, owed_to):
            messages.success(request, _("Noted as a draft."))
            return SeeOther(address(here, page=at or None))
    context = {
        "item": items[at],
        "number": at + 1,
        "total": len(items),
        "back_url": address(here, page=at - 1) if at else None,
        "on_url": address(here, page=at + 1) if at + 1 < len(items) else None,
        "here": address(here, page=at or None),
        "as_of": datetime.fromisoformat(kept["at"]),
        "subject": _subject(document, owed_to),
        "leave_url": _leave(document, owed_to),
        "drafts": _drafts(kept, user=user, on=on),
        **_noting(form, names, owed_to, user=user, on=on),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "pages/meetings/meeting.html", context, status=status)


def _noting(
    form: ConclusionForm, names: UnitNames, owed_to: "Unit", *, user: "User", on: date
) -> dict[str, Any]:
    """Return the form for who may note a conclusion; for others who may."""
    place = owed_to.pk
    if units.may(user_id=user.pk, action=Action.ASSIGN_DUTY, unit_id=place, on=on):
        return {"form": form, "who_text": None, "unit_names": names.offered}
    told = who_may(Action.ASSIGN_DUTY, unit_id=place, on=on)
    return {"form": None, "who_text": told, "unit_names": ()}


def _noted(
    request: HttpRequest,
    form: ConclusionForm,
    kept: Meeting,
    document: "Document | None",
    owed_to: "Unit",
) -> bool:
    """Keep a conclusion as a draft; say on the form why it could not be kept."""
    user, on = reader(request), clock.today()
    said = form.cleaned_data
    line = services.Concluded(
        said["title"], said["client_key"], unit=form.unit_found, due=said["due"]
    )
    try:
        made = services.draft_conclusions(
            lines=[line],
            authority=_authority(kept, document, owed_to),
            language=_language(),
            owed_to=owed_to,
            user=user,
            on=on,
            at=clock.now(),
        )
    except services.NotAllowed:
        place = form.unit_found or owed_to
        who = who_may(Action.ASSIGN_DUTY, unit_id=place.pk, on=on)
        form.add_error("unit", _("You may not assign to this unit. %(who)s") % {"who": who})
        return False
    found = [str(duty.uid) for duty in made.values()]
    kept["drafts"] += [uid for uid in found if uid not in kept["drafts"]]
    request.session.modified = True
    return True


def _authority(kept: Meeting, document: "Document | None", owed_to: "Unit") -> str:
    """Return the meeting as the authority of what it concluded."""
    return _("Conclusion of the review conference on %(what)s, %(at)s") % {
        "what": _subject(document, owed_to),
        "at": day_and_time(datetime.fromisoformat(kept["at"])),
    }


def _of_document(
    document: "Document", *, user: "User", on: date
) -> dict[str, list[dict[str, Any]]]:
    who: dict[str, Any] = {"seen_by": user.pk, "on": on}
    tally, _rows = duties.document_board(document=document, **who)
    planned = targets.counted_from(document=document, **who)
    reached = reporting.reached_by(targets=planned, **who)
    overdue = list(
        duties.overdue(**who).filter(pk__in=duties.ids_from_document(document))[:MOST_OVERDUE]
    )
    return in_each_language(lambda: document_items(document, tally, reached, overdue, on=on))


def _of_unit(unit: "Unit | None", *, user: "User", on: date) -> dict[str, list[dict[str, Any]]]:
    months = _this_year(on)
    under = unit.pk if unit is not None else 0
    rows = duties.strips(months=months, under=under, seen_by=user.pk, on=on)
    return in_each_language(lambda: unit_items(rows, months))


def _this_year(on: date) -> Months:
    """Return the months of the year up to a day."""
    return Months(date(on.year, 1, 1), on.month)


def _about(kept: Meeting, *, user: "User", on: date) -> "tuple[Document | None, Unit]":
    """Return the document that a meeting is about, if any, and whom its conclusions are owed."""
    if kept["document"]:
        document = found_document(UUID(kept["document"]), user=user, on=on)
        return document, document.keeper
    unit = units.unit_by_uid(UUID(kept["unit"]))
    if unit is None:
        raise Http404
    return None, unit


def _drafts(kept: Meeting, *, user: "User", on: date) -> list[Any]:
    if not kept["drafts"]:
        return []
    found = duties.visible(seen_by=user.pk, on=on).filter(uid__in=kept["drafts"])
    return [duty_row(duty, on=on) for duty in found.order_by("pk")]


def _label(name: str, names: UnitNames) -> str:
    """Return the name of a unit as the form offers it; empty where it means none, or several."""
    found = names.find(name) if name else None
    return (names.label(found) or "") if found is not None else ""


def _subject(document: "Document | None", unit: "Unit | None") -> str:
    if document is not None:
        return document.number or document.title
    return named(unit) if unit is not None else ""


def _leave(document: "Document | None", unit: "Unit") -> str:
    if document is not None:
        return reverse("document-glance", kwargs={"uid": document.uid})
    return reverse("unit-strip", kwargs={"uid": unit.uid})


def _language() -> str:
    return "en" if (get_language() or "vi").startswith("en") else "vi"
