"""Two texts side by side: what differs, whether they are one document, which of them counts."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from uuid_utils.compat import uuid7

from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.documents import services as registry_services
from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.intake import services as intake
from lotrinh.apps.journal import selectors as journal
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.forms.differences import AnswerForm
from lotrinh.web.pages.documents import may_decide
from lotrinh.web.presenters import likeness as shown
from lotrinh.web.presenters.refusals import who_may
from lotrinh.web.wording import RENDITION_KINDS

if TYPE_CHECKING:
    from lotrinh.apps.intake.models import Likeness


@right(Action.READ_DOCUMENT)
@require_safe
def likeness_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show two texts that seem to be one document, and what they say differently."""
    user, on = reader(request), clock.today()
    found = _found(request, uid)
    home = shown.likely_home(found)
    pair = found.text.document, found.other.document
    foreign = [one for one in pair if not registry.may_keep(one, user=user, on=on)]
    may_keep = not foreign
    may_take = may_keep and may_decide(found.text.document, user=user, on=on)
    is_one = found.text.document_id == found.other.document_id
    answer = getattr(found, "answer", None)
    context = {
        "likeness": found,
        "verdict_text": shown.verdict_text(found),
        "one": shown.side_of(found.other),
        "other": shown.side_of(found.text),
        "rows": shown.fact_rows(found),
        "is_one": is_one,
        "answer": answer,
        "may_keep": may_keep,
        "refused_text": ""
        if may_keep
        else who_may(Action.REGISTER_DOCUMENT, unit_id=foreign[0].keeper_id, on=on),
        "may_take": may_take,
        "take_refused_text": ""
        if may_take
        else who_may(Action.DECIDE_CANDIDATE, unit_id=found.text.document.keeper_id, on=on),
        "home": home.uid,
        "kind": shown.likely_kind(found, home),
        "kinds": list(RENDITION_KINDS.items()),
        "client_key": uuid7(),
        **(_of_commitments(found) if is_one else {}),
    }
    return render(request, "pages/documents/likeness.html", context)


@right(Action.REGISTER_DOCUMENT)
@require_POST
def answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that the two are one document, or two."""
    user, on = reader(request), clock.today()
    found = _found(request, uid)
    pair = {found.text.document.uid: found.text.document}
    pair |= {found.other.document.uid: found.other.document}
    if not all(registry.may_keep(document, user=user, on=on) for document in pair.values()):
        raise PermissionDenied
    here = reverse("likeness", kwargs={"uid": found.uid})
    form = AnswerForm(request.POST)
    into = pair.get(form.cleaned_data["into"]) if form.is_valid() else None
    if not form.is_valid() or (form.cleaned_data["into"] and into is None):
        messages.error(request, _("This form is no longer whole. Send it once more."))
        return SeeOther(here)
    try:
        intake.answer_likeness(
            likeness=found,
            into=into,
            kind=form.cleaned_data["kind"] or "translation",
            user=user,
            client_key=form.cleaned_data["client_key"],
            on=on,
            at=clock.now(),
        )
    except intake.AnsweredMeanwhile as refused:
        who = journal.names_of([refused.answer.by.uid]).get(refused.answer.by.uid, "?")
        messages.warning(request, _("%(who)s has answered this meanwhile.") % {"who": who})
    except (intake.AlreadyOne, registry_services.NotJoinable):
        messages.info(request, _("The two are one document already."))
    except intake.HasCommitments:
        messages.error(
            request,
            _(
                "Commitments were accepted from the text that would go. Undo them on its desk "
                "first: they belong to the original."
            ),
        )
        return SeeOther(here)
    else:
        messages.success(
            request,
            _("They are one document now; which text counts has not changed.")
            if into
            else _("They stay two documents; this is not asked again."),
        )
    return SeeOther(reverse("document", kwargs={"uid": (into or found.text.document).uid}))


def _found(request: HttpRequest, uid: UUID) -> "Likeness":
    user, on = reader(request), clock.today()
    found = readings.likeness_by_uid(uid, seen_by=user.pk, on=on)
    if found is None:
        raise Http404
    return found


def _of_commitments(likeness: "Likeness") -> dict[str, Any]:
    """Return how the commitments of two texts of one document match, and which of them counts."""
    document = likeness.text.document
    counting = registry.text_that_counts(document)
    if counting is None or counting.pk not in {likeness.text_id, likeness.other_id}:
        return {"counts": None}
    waiting = likeness.text if counting.pk == likeness.other_id else likeness.other
    older, newer = readings.done_run_of(counting), readings.done_run_of(waiting)
    return {
        "counts": counting.uid,
        "waiting": waiting.uid,
        "match": readings.compared(older, newer)
        if older and newer and counting.language == waiting.language
        else None,
    }
