"""Documents: one with its text, its original, handing one in."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from uuid_utils.compat import uuid7

from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.documents.services import KeptElsewhere, TextEmpty
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.text import NotDeclared, SecretMarked, TooLong
from lotrinh.apps.units import selectors as units
from lotrinh.reading.readers import Unreadable
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther, asked_uid
from lotrinh.web.attachments import attachment
from lotrinh.web.forms.documents import SubmissionForm, too_long
from lotrinh.web.pages.arrivals import take_all
from lotrinh.web.presenters import unreadable

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.documents.models import Document, Rendition
    from lotrinh.apps.units.models import Unit


@right(Action.READ_DOCUMENT)
@require_safe
def original(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give the bytes that were handed in, to be kept by the reader and never shown as a page."""
    document = found_document(uid, user=reader(request), on=clock.today())
    rendition = chosen_rendition(document, asked_uid(request.GET, "text"))
    if rendition is None or rendition.blob is None:
        raise Http404
    return attachment(request, rendition.blob, rendition.source_name or f"{document.uid}.txt")


@right(Action.REGISTER_DOCUMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def new_document(request: HttpRequest) -> HttpResponse:
    """Take a document in; it is kept by the reader's own unit and read in the background."""
    user, on = reader(request), clock.today()
    keeper = keeper_for(user, on=on)
    if keeper is None:
        raise PermissionDenied
    if request.method != "POST":
        return _form_page(request, SubmissionForm(initial={"client_key": uuid7()}))
    form = SubmissionForm(request.POST, request.FILES)
    files = request.FILES.getlist("file")
    if (len(files) > 1 or request.POST.get("several")) and files and form.is_for_files_alone():
        key = form.cleaned_data["client_key"]
        return take_all(files, key=key, keeper=keeper, user=user, on=on)
    if not form.is_valid():
        return _form_page(request, form)
    at = clock.now()
    try:
        run = intake.submit(
            submission=form.submission(),
            keeper=keeper,
            user=user,
            client_key=form.cleaned_data["client_key"],
            on=on,
            at=at,
        )
    except SecretMarked as refused:
        intake.refuse_secret(sha256=refused.sha256, keeper=keeper, user=user, at=clock.now())
        return _secret_page(request, refused)
    except NotDeclared as refused:
        form.ask_declaration(refused.unread)
        return _form_page(request, form)
    except (Unreadable, TooLong, TextEmpty, KeptElsewhere) as refused:
        form.add_error(form.sent_in, _refusal(refused))
        return _form_page(request, form)
    if run.queued_at != at:
        messages.info(request, _("This very text is in the register already; here it is."))
    return SeeOther(reverse("desk", kwargs={"uid": run.rendition.document.uid}))


def found_document(uid: UUID, *, user: "User", on: date) -> "Document":
    """Return the document; missing and hidden ones alike are not found."""
    document = registry.document_by_uid(uid, seen_by=user.pk, on=on)
    if document is None:
        raise Http404
    return document


def chosen_rendition(document: "Document", asked: UUID | None) -> "Rendition | None":
    """Return the text that is asked for, else the one that counts, or None where none is held."""
    found = registry.renditions_of(document=document)
    return next((row for row in found if row.uid == asked), found[0] if found else None)


def may_decide(document: "Document", *, user: "User", on: date) -> bool:
    """Say whether the reader may accept and drop proposals of the document."""
    return units.may(
        user_id=user.pk, action=Action.DECIDE_CANDIDATE, unit_id=document.keeper_id, on=on
    )


def keeper_for(user: "User", *, on: date) -> "Unit | None":
    """Return the unit for which the reader may register documents, or None."""
    held = units.first_post(user_id=user.pk, on=on)
    if held is None:
        return None
    unit: Unit = held.post.unit
    allowed = units.may(user_id=user.pk, action=Action.REGISTER_DOCUMENT, unit_id=unit.pk, on=on)
    return unit if allowed else None


def _form_page(request: HttpRequest, form: SubmissionForm) -> HttpResponse:
    context: dict[str, Any] = {"form": form}
    status = 422 if form.is_bound else 200
    return render(request, "pages/documents/new.html", context, status=status)


def _secret_page(request: HttpRequest, refused: SecretMarked) -> HttpResponse:
    """Refuse a text with a mark of secrecy; nothing of it goes back over the line."""
    form = SubmissionForm({"client_key": str(uuid7())})
    form.full_clean()
    form.errors.clear()
    form.add_error(
        None,
        _(
            "The text bears the mark %(mark)s. It was not stored; only the fact of the refusal "
            "and a digest were recorded. Handle it by the rules on State secrets, on a machine "
            "apart."
        )
        % {"mark": refused.mark.value},
    )
    return _form_page(request, form)


def _refusal(refused: Exception) -> str:
    """Return the cause and the cure of a refused text."""
    if isinstance(refused, TooLong):
        return too_long()
    if isinstance(refused, TextEmpty):
        refused = Unreadable("empty")
    if isinstance(refused, Unreadable):
        return unreadable.sentence(refused)
    return _(
        "Document %(number)s is kept by another unit. If it is not in your register, ask that unit "
        "to send it."
    ) % {"number": str(refused) or "?"}
