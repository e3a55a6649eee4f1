"""Relations between documents: stated by hand, looked at, put right, withdrawn."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from uuid_utils.compat import uuid7

from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.documents import services
from lotrinh.apps.documents.services import Identity, Statement
from lotrinh.apps.intake.selectors import system_of
from lotrinh.rules.actions import Action
from lotrinh.rules.series import type_printed
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.formatting import day_and_month
from lotrinh.web.forms.registry import ReasonForm, RelationForm
from lotrinh.web.pages.documents import found_document
from lotrinh.web.presenters import registry as shown
from lotrinh.web.presenters.provenance import passage_url

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Document, Relation

AROUND = 200
"""How many characters of its line are quoted before and after the passage, at most."""


@right(Action.REGISTER_DOCUMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def new_relation(request: HttpRequest, uid: UUID) -> HttpResponse:
    """State how this document and another stand to each other."""
    user, today = reader(request), clock.today()
    document = found_document(uid, user=user, on=today)
    if not registry.may_keep(document, user=user, on=today):
        raise PermissionDenied
    if request.method != "POST":
        form = RelationForm(initial={"client_key": uuid7(), "direction": "out"})
        return _form_page(request, form, document)
    form = RelationForm(request.POST)
    made = _made(request, form, document, None) if form.is_valid() else None
    if made is None:
        return _form_page(request, form, document, status=422)
    messages.success(request, _("The relation is recorded."))
    return SeeOther(reverse("document", kwargs={"uid": document.uid}))


@right(Action.READ_DOCUMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def relation_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a relation with its passage; those who keep it put it right here."""
    relation, owner = _found(request, uid)
    may_keep = registry.may_keep(owner, user=reader(request), on=clock.today())
    if request.method != "POST":
        form = RelationForm(initial=_as_stated(relation, owner)) if may_keep else None
        return _relation_page(request, relation, owner, form)
    if not may_keep:
        raise PermissionDenied
    form = RelationForm(request.POST)
    made = _made(request, form, owner, relation) if form.is_valid() else None
    if made is None:
        return _relation_page(request, relation, owner, form, status=422)
    messages.success(request, _("The relation is put right; what it said before stays to be read."))
    return SeeOther(reverse("relation", kwargs={"uid": made.uid}))


@right(Action.REGISTER_DOCUMENT)
@require_POST
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that a relation does not hold."""
    relation, owner = _found(request, uid)
    if not registry.may_keep(owner, user=reader(request), on=clock.today()):
        raise PermissionDenied
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say in a few words why."))
        return SeeOther(reverse("relation", kwargs={"uid": uid}))
    try:
        services.withdraw_relation(
            relation=relation,
            reason=form.cleaned_data["reason"],
            user=reader(request),
            on=clock.today(),
            at=clock.now(),
        )
    except services.RelationEnded:
        messages.info(request, _("This relation was ended before."))
    else:
        messages.success(request, _("The relation is withdrawn; reading does not bring it back."))
    return SeeOther(reverse("document", kwargs={"uid": owner.uid}))


def _found(request: HttpRequest, uid: UUID) -> "tuple[Relation, Document]":
    """Return the relation and the document whose keeper answers for it."""
    relation = registry.relation_by_uid(uid, seen_by=reader(request).pk, on=clock.today())
    if relation is None:
        raise Http404
    return relation, registry.answering(relation.source, relation.target)


def _made(
    request: HttpRequest, form: RelationForm, document: "Document", relation: "Relation | None"
) -> "Relation | None":
    """State the relation, or put it right; None where the form says why not."""
    statement = _statement(request, form, document)
    if statement is None:
        return None
    given: dict[str, Any] = {
        "statement": statement,
        "reason": form.cleaned_data["reason"],
        "client_key": form.cleaned_data["client_key"],
        "user": reader(request),
        "on": clock.today(),
        "at": clock.now(),
    }
    try:
        if relation is None:
            return services.state_relation(**given)
        return services.correct_relation(relation=relation, **given)
    except services.RelationStands:
        form.add_error(None, _("This relation stands already."))
    except services.RelationEnded:
        form.add_error(None, _("Somebody ended or changed this relation meanwhile."))
    except services.RelatedToItself:
        form.add_error("number", _("A document stands in no relation to itself."))
    except services.CauseUnknown:
        form.add_error(
            "number", _("Name the other document: only an effect may be known without its cause.")
        )
    except services.NotAllowed:
        form.add_error(
            "direction",
            _("What another unit's document does is stated by the unit that keeps that document."),
        )
    return None


def _statement(request: HttpRequest, form: RelationForm, document: "Document") -> Statement | None:
    said = form.cleaned_data
    incoming, number = said["direction"] == "in", said["number"]
    if not number and not incoming:
        form.add_error("number", _("Name the other document."))
        return None
    other = _other(request, form, document) if number else None
    if number and other is None:
        return None
    source, target = (other, document) if incoming else (document, other)
    if target is None:
        return None
    return Statement(
        source=source,
        target=target,
        kind=said["kind"],
        effective_from=said["effective_from"],
        source_pinpoint=said["source_pinpoint"],
        target_pinpoint=said["target_pinpoint"],
        verb=said["verb"],
    )


def _other(request: HttpRequest, form: RelationForm, document: "Document") -> "Document | None":
    """Return the other document: the one of its number, the chosen one of several, or a stub."""
    user, today, number = reader(request), clock.today(), form.cleaned_data["number"]
    system = system_of(number)
    fitting = registry.of_number(number=number, system=system, seen_by=user.pk, on=today)
    fitting = tuple(row for row in fitting if row.pk != document.pk)
    chosen = next((row for row in fitting if row.uid == form.cleaned_data["other"]), None)
    if chosen is not None or len(fitting) == 1:
        return chosen or fitting[0]
    if fitting:
        form.candidates = fitting
        form.add_error("number", _("Several documents bear this number. Choose which is meant."))
        return None
    if number == document.number:
        return document
    return services.cite_document(
        identity=Identity(system=system, type_code=type_printed(number), number=number),
        language=document.language,
        keeper=document.keeper,
        cited_on=document.issued_on,
        actor=user.named,
        at=clock.now(),
    )


def _as_stated(relation: "Relation", owner: "Document") -> dict[str, Any]:
    outgoing = relation.source is not None and relation.source.pk == owner.pk
    other = relation.target if outgoing else relation.source
    return {
        "client_key": uuid7(),
        "direction": "out" if outgoing else "in",
        "kind": relation.kind,
        "number": other.number if other else "",
        "other": other.uid if other else None,
        "effective_from": day_and_month(relation.effective_from) if relation.effective_from else "",
        "source_pinpoint": shown.pinpoint_text(relation.source_pinpoint),
        "target_pinpoint": shown.pinpoint_text(relation.target_pinpoint),
        "verb": relation.verb,
    }


def _relation_page(
    request: HttpRequest,
    relation: "Relation",
    owner: "Document",
    form: RelationForm | None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "relation": relation,
        "relation_text": shown.relation_text(relation),
        "source": shown.door(relation.source) if relation.source else None,
        "target": shown.door(relation.target),
        "source_place": shown.pinpoint_text(relation.source_pinpoint),
        "target_place": shown.pinpoint_text(relation.target_pinpoint),
        "passage": _passage(relation),
        "name": owner.number or owner.title,
        "owner": owner,
        "form": form if relation.ended_at is None else None,
        "candidates": _candidates(form),
    }
    return render(request, "pages/documents/relation.html", context, status=status)


def _form_page(
    request: HttpRequest, form: RelationForm, document: "Document", *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "document": document,
        "name": document.number or document.title,
        "candidates": _candidates(form),
    }
    return render(request, "pages/documents/relation_new.html", context, status=status)


def _candidates(form: RelationForm | None) -> "tuple[Document, ...]":
    """Return the documents of which one has to be chosen."""
    return form.candidates if form is not None else ()


def _passage(relation: "Relation") -> dict[str, str] | None:
    """Return the words that say so, with what stands around them."""
    if relation.rendition is None or relation.start is None or relation.end is None:
        return None
    text, start, end = relation.rendition.text, relation.start, relation.end
    return {
        "before": text[max(text.rfind("\n", 0, start) + 1, start - AROUND) : start],
        "quote": text[start:end],
        "after": text[end : end + AROUND].partition("\n")[0],
        "url": passage_url(relation.rendition, start),
        "language": relation.rendition.language,
    }
