"""The record of a document: its texts, what is unusual about it, its history, acts on it."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from uuid_utils.compat import uuid7

from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.documents import services
from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.intake import services as intake
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther, asked_uid
from lotrinh.web.formatting import day_and_month, named
from lotrinh.web.forms.registry import DescribeForm, ReasonForm, TextForm
from lotrinh.web.pages.documents import found_document, may_decide
from lotrinh.web.presenters import documents, likeness
from lotrinh.web.presenters import registry as shown
from lotrinh.web.presenters.provenance import events_of
from lotrinh.web.presenters.refusals import who_may
from lotrinh.web.presenters.warnings import issuer_warnings, rank_warnings, warnings_of

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Document, Rendition


@right(Action.READ_DOCUMENT)
@require_safe
def record(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what the registry knows of a document: texts, warnings, ended relations, history."""
    user, today = reader(request), clock.today()
    document = found_document(uid, user=user, on=today)
    types = registry.type_names(on=document.issued_on or today)
    renditions = registry.renditions_of(document=document)
    whose: dict[str, Any] = {"seen_by": user.pk, "on": today}
    related = registry.related(document=document, **whose)
    may_keep = registry.may_keep(document, user=user, on=today)
    may_take = may_keep and may_decide(document, user=user, on=today)
    text = renditions[0].text if renditions else ""
    verified = registry.verifications_of(renditions) if renditions else {}
    context = {
        "document": documents.document_facts(document, types, None),
        "is_stub": document.is_stub,
        "texts": shown.text_rows(document, renditions, verified),
        "warnings": [
            *warnings_of(document, types, text, **whose),
            *issuer_warnings(document, on=today),
            *rank_warnings(document, related),
        ],
        "may_be": [(row, shown.door(row)) for row in registry.may_be(document=document, **whose)],
        "merged": registry.merged_into(document=document),
        "ended": [
            (row, shown.relation_text(row), shown.door(row.target))
            for row in registry.ended_relations(document=document, **whose)
        ],
        "events": events_of(document.uid),
        "may_keep": may_keep,
        "may_describe": registry.may_describe(document, user=user, on=today),
        "who": ""
        if may_keep
        else who_may(Action.REGISTER_DOCUMENT, unit_id=document.keeper_id, on=today),
        "may_take": may_take,
        "who_takes": ""
        if may_take or not may_keep
        else who_may(Action.DECIDE_CANDIDATE, unit_id=document.keeper_id, on=today),
        "client_key": uuid7(),
        "told": likeness.notices(readings.likenesses_of(document=document, **whose), document),
    }
    return render(request, "pages/documents/record.html", context)


@right(Action.REGISTER_DOCUMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say by hand what a document is called, who issued it and when."""
    user, today = reader(request), clock.today()
    document = found_document(uid, user=user, on=today)
    if not registry.may_describe(document, user=user, on=today):
        raise PermissionDenied
    if request.method != "POST":
        return _describe_page(request, DescribeForm(initial=_described(document)), document)
    form = DescribeForm(request.POST)
    if form.is_valid():
        try:
            services.describe_document(
                document=document,
                description=form.description(on=today),
                was=form.cleaned_data["was"],
                user=user,
                on=today,
                at=clock.now(),
            )
        except services.DescribedMeanwhile:
            form.add_error(
                None,
                _("Somebody else changed this document meanwhile. It now says: %(now)s")
                % {"now": _in_short(found_document(uid, user=user, on=today))},
            )
        except services.IdentityTaken:
            form.add_error(
                None,
                _(
                    "Another document is known by just this number, issuer and year. If it is the "
                    "same, merge the two on the record page."
                ),
            )
        else:
            messages.success(request, _("The description is recorded."))
            return _to_record(document)
    return _describe_page(request, form, document, status=422)


@right(Action.REGISTER_DOCUMENT)
@require_POST
def merge(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that a stub is another document."""
    user, today = reader(request), clock.today()
    stub = found_document(uid, user=user, on=today)
    if not registry.may_keep(stub, user=user, on=today):
        raise PermissionDenied
    form, asked = ReasonForm(request.POST), asked_uid(request.POST, "into")
    into = registry.document_by_uid(asked, seen_by=user.pk, on=today) if asked else None
    if stub.uid != uid:  # merged meanwhile, or sent twice
        return SeeOther(reverse("document", kwargs={"uid": stub.uid}))
    if into is None or not form.is_valid():
        messages.error(request, _("Choose the document that it is, and say why."))
        return _to_record(stub)
    try:
        services.merge_stub(
            stub=stub,
            into=into,
            reason=form.cleaned_data["reason"],
            user=user,
            on=today,
            at=clock.now(),
        )
    except services.NotMergeable:
        messages.error(
            request, _("Only a document without a text becomes another one of the same number.")
        )
        return _to_record(stub)
    messages.success(request, _("From now on both are this document; nothing was lost."))
    return SeeOther(reverse("document", kwargs={"uid": into.uid}))


@right(Action.REGISTER_DOCUMENT)
@require_POST
def unmerge(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let what was taken for another document stand for itself again."""
    user, today = reader(request), clock.today()
    stub = registry.merged_stub(uid, seen_by=user.pk, on=today) or found_document(
        uid, user=user, on=today
    )
    try:
        intake.part_document(document=stub, user=user, on=today, at=clock.now())
    except services.NotAllowed as refused:
        raise PermissionDenied from refused
    except services.NotMerged:
        messages.info(request, _("This document stands for itself already."))
    except services.IdentityTaken:
        messages.error(request, _("Not undone: another document is known by just this meanwhile."))
    except intake.HasCommitments:
        messages.error(
            request,
            _("Commitments were accepted from the text that would go back. Undo them first."),
        )
    else:
        messages.success(request, _("The two are apart again, as they were."))
    return _to_record(stub)


@right(Action.REGISTER_DOCUMENT)
@require_POST
def take(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a text for the one that counts."""
    rendition, form = _text_sent(request, uid), TextForm(request.POST)
    document = rendition.document
    if not form.is_valid() or not form.cleaned_data["remark"]:
        messages.error(request, _("Say in a few words why this text counts."))
        return _to_record(document)
    try:
        carried = intake.take_text(
            rendition=rendition,
            instead_of=form.cleaned_data["seen"],
            reason=form.cleaned_data["remark"],
            user=reader(request),
            client_key=form.cleaned_data["client_key"],
            on=clock.today(),
            at=clock.now(),
        )
    except services.TextTakenMeanwhile:
        messages.error(
            request, _("Somebody else took a text meanwhile: look which one counts now.")
        )
    except intake.NotAllowed as refused:
        raise PermissionDenied from refused
    except intake.TextNotRead:
        messages.error(request, _("This text waits to be read. Take it when it has been."))
    else:
        messages.success(request, _("This text counts now; its desk reads from it."))
        if carried.count or carried.lost:
            return _to_differences(request, document, carried)
    return _to_record(document)


def _to_differences(
    request: HttpRequest, document: "Document", carried: intake.Carried
) -> HttpResponse:
    """Say what went with the text, and lead to what did not or says something else there."""
    messages.info(
        request,
        _("%(count)s decisions went with it; for %(lost)s no passage was found.")
        % {"count": carried.count, "lost": len(carried.lost)},
    )
    page = reverse("desk-differences", kwargs={"uid": document.uid})
    return SeeOther(f"{page}?of=texts")


@right(Action.REGISTER_DOCUMENT)
@require_POST
def verify(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Record that a text was held against the signed copy."""
    rendition, form = _text_sent(request, uid), TextForm(request.POST)
    if form.is_valid():
        services.verify_text(
            rendition=rendition,
            remark=form.cleaned_data["remark"],
            user=reader(request),
            client_key=form.cleaned_data["client_key"],
            on=clock.today(),
            at=clock.now(),
        )
        messages.success(request, _("Recorded: the text agrees with the signed copy."))
    else:
        messages.error(request, _("This form is no longer whole. Send it once more."))
    return _to_record(rendition.document)


def _text_sent(request: HttpRequest, uid: UUID) -> "Rendition":
    """Return the text, which may be seen and about which the reader may say something."""
    user, today = reader(request), clock.today()
    rendition = registry.rendition_by_uid(uid, seen_by=user.pk, on=today)
    if rendition is None:
        raise Http404
    if not registry.may_keep(rendition.document, user=user, on=today):
        raise PermissionDenied
    return rendition


def _to_record(document: "Document") -> HttpResponse:
    return SeeOther(reverse("document-record", kwargs={"uid": document.uid}))


def _described(document: "Document") -> dict[str, Any]:
    """Return a document as the form asks for it."""
    return {
        "was": registry.described(document),
        "title": document.title,
        "issuer": named(document.issuer) if document.issuer else document.issuer_text,
        "issued_on": day_and_month(document.issued_on) if document.issued_on else "",
        "effective_from": day_and_month(document.effective_from) if document.effective_from else "",
        "term": document.term,
    }


def _in_short(document: "Document") -> str:
    said = _described(document)
    return "; ".join(
        str(said[name]) for name in ("title", "issuer", "issued_on", "term") if said[name]
    )


def _may_have_issued(document: "Document") -> list[str]:
    """Return the units among which the suffix of a number does not decide."""
    meant = registry.issuer_meant(
        number=document.number,
        system=document.system,
        words=document.issuer_text,
        keeper_id=document.keeper_id,
        on=document.issued_on or clock.today(),
    )
    return [named(unit) for unit in (meant.candidates or ([meant.unit] if meant.unit else []))]


def _describe_page(
    request: HttpRequest, form: DescribeForm, document: "Document", *, status: int = 200
) -> HttpResponse:
    now = registry.document_by_uid(document.uid, seen_by=reader(request).pk, on=clock.today())
    context = {
        "form": form,
        "was": registry.described(now or document),
        "document": document,
        "name": document.number or document.title,
        "issuers": _may_have_issued(document),
    }
    return render(request, "pages/documents/describe.html", context, status=status)
