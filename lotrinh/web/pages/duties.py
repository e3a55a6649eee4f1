"""Duties: the list in its six classes, one duty with its sentence, and issuing it."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties import services
from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.reporting import selectors as reporting
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.clarities import missing_clarities
from lotrinh.rules.due_days import DEFAULT_COUNTING
from lotrinh.rules.duty_states import EXPLANATION, DutyState
from lotrinh.rules.standing import Standing
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther, address, asked_uid, one_page
from lotrinh.web.formatting import named, stated
from lotrinh.web.forms.duties import IssueForm
from lotrinh.web.pages.drafts import may_amend
from lotrinh.web.pages.steps import may_ask
from lotrinh.web.presenters.carrying import carried_facts
from lotrinh.web.presenters.deadlines import period_rows, stated_deadlines
from lotrinh.web.presenters.duties import DRAFT, STANDINGS, beside_of, classes_of, duty_facts
from lotrinh.web.presenters.life import moments_of, offers_of
from lotrinh.web.presenters.provenance import events_of, sources_of
from lotrinh.web.presenters.refusals import who_may
from lotrinh.web.presenters.standing import clarities_of, duty_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.duties.models import Duty, DutySource
    from lotrinh.web.presenters.shapes import DutyRow

MOST_TICKS = 100
TASK = "task"
"""The kind of nearly every duty, which a page need not say."""
NOT_BINDING = frozenset({DutyState.DRAFT, DutyState.WITHDRAWN})
"""The states in which the journal tells what was done; afterwards the steps themselves do."""


@right(Action.READ_DUTY)
@require_safe
def duty_list(request: HttpRequest) -> HttpResponse:
    """Show the duties that the reader sees; ``class``, ``state`` and ``unit`` narrow the list."""
    user, on = reader(request), clock.today()
    unit_uid = asked_uid(request.GET, "unit")
    unit = units.unit_by_uid(unit_uid) if unit_uid else None
    chosen = DRAFT if request.GET.get("state") == DRAFT else request.GET.get("class", "")
    found = _narrowed(duties.visible(seen_by=user.pk, on=on), chosen, on=on)
    if unit is not None:
        found = found.filter(unit_id__in=duties.answering_for(unit.pk, on=on))
    after = asked_uid(request.GET, "after")
    found = duties.in_rows(found).annotate(is_counted=duties.any_counting())
    rows, last = one_page(duties.following(found, after) if after else found)
    counts = duties.counts(seen_by=user.pk, on=on, unit_id=unit.pk if unit else None)
    here, of_unit = reverse("duties"), unit.uid if unit else None
    classes = classes_of(counts, chosen=chosen, path=here, unit=of_unit)
    asked = {name: request.GET.get(name) for name in ("class", "state")}
    draft = {"class": DRAFT, "unit": of_unit}
    context = {
        "duties": _rows(rows, on=on),
        "classes": classes,
        "total_issued": counts.issued,
        "total_open": counts.open,
        "beside": beside_of(counts, chosen=chosen, path=here, unit=of_unit),
        "drafts": counts.drafts,
        "drafts_url": address(here, state=DRAFT, unit=of_unit),
        "drafts_is_current": chosen == DRAFT,
        "drafts_file_url": address(reverse("duties-file", kwargs={"ending": "xlsx"}), **draft),
        "may_import": bool(units.reach(user_id=user.pk, action=Action.ASSIGN_DUTY, on=on)),
        "all_url": address(here, unit=of_unit),
        "all_is_current": not chosen,
        "ticks": [one.code for one in classes for _tick in range(one.count)]
        if counts.issued <= MOST_TICKS
        else [],
        "next_url": address(here, **asked, unit=of_unit, after=last.uid) if last else None,
    }
    return render(request, "pages/duties/list.html", context)


@right(Action.READ_DUTY)
@require_safe
def duty_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one duty: who owes what to whom by when, how clear it is, and why it exists."""
    user, on = reader(request), clock.today()
    return _page(request, _duty(uid, user=user, on=on), IssueForm())


@right(Action.ISSUE_DUTY)
@require_POST
def issue(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make a draft binding from today."""
    user, on = reader(request), clock.today()
    duty, form = _duty(uid, user=user, on=on), IssueForm(request.POST)
    if not _may_issue(duty, user=user, on=on):
        raise PermissionDenied
    if not form.is_valid():
        return _refused(request, duty, form, _("This form is no longer whole. Send it once more."))
    try:
        services.issue_duty(
            duty_id=duty.pk,
            act=services.Act(
                user=user,
                client_key=form.cleaned_data["client_key"],
                on=on,
                at=clock.now(),
                version=form.version_of(duty.version),
            ),
        )
    except services.NotAllowed as refused:
        raise PermissionDenied from refused
    except services.DutyNotClear:
        return _refused(
            request, duty, form, _("Not issued: not everything is clear yet. See what is missing.")
        )
    except services.DutyChangedMeanwhile:
        return _refused(
            request, duty, form, _("Not issued: the draft was changed meanwhile. Read it again.")
        )
    except services.StepNotOpen:
        messages.info(request, _("This duty has been issued or withdrawn before."))
    return SeeOther(reverse("duty", kwargs={"uid": duty.uid}))


def _rows(rows: "list[Duty]", *, on: date) -> "list[DutyRow]":
    """Return the rows of a list, each with what its own unit calls near.

    Nothing is asked where no unit has said how it counts.
    """
    owing = {row.unit_id for row in rows if row.unit_id and getattr(row, "is_counted", True)}
    counted = duties.counting_of(owing, on=on)
    return [
        duty_row(row, on=on, counting=counted.get(row.unit_id or 0, DEFAULT_COUNTING))
        for row in rows
    ]


def _deadlines(duty: "Duty", sources: "Iterable[DutySource]", *, user: "User", on: date) -> Any:
    """Return the deadlines of a duty as its page shows them."""
    parties = {duty.owed_to_id, duty.unit_id or duty.owed_to_id}
    counted = duties.counting_of(parties, on=on)
    near = counted[duty.unit_id or duty.owed_to_id]
    served = duty.superior_id and duties.by_ids([duty.superior_id], seen_by=user.pk, on=on)
    periods: tuple[Duty, ...] = ()
    if duty.recurrence:
        periods = duties.periods_of(duty=duty, seen_by=user.pk, on=on)
    return {
        "duty": duty_facts(duty, post_text=_post_of(duty, user=user, on=on), on=on, counting=near),
        "deadlines": stated_deadlines(sources, counted[duty.owed_to_id]),
        "periods": period_rows(periods, on=on, counting=near),
        "period_text": stated(duty.period) if duty.period else None,
        "recurring": next(iter(served.values()), None) if served and duty.period else None,
    }


def _narrowed(found: "QuerySet[Duty]", chosen: str, *, on: date) -> "QuerySet[Duty]":
    """Return the duties of a class, the drafts, what stands beside them, or classes and drafts."""
    if not chosen:
        return found.filter(duties.LISTED)
    if chosen in duties.BESIDE:
        return found.filter(duties.BESIDE[chosen])
    if chosen == DRAFT:
        return found.filter(state=DutyState.DRAFT)
    standing: Standing | None = STANDINGS.get(chosen)
    return found.filter(duties.standing_filter(standing, on=on)) if standing else found.none()


def _duty(uid: UUID, *, user: "User", on: date) -> "Duty":
    found = duties.duty_in_full(uid, seen_by=user.pk, on=on)
    if found is None:
        raise Http404
    return found


def _may_issue(duty: "Duty", *, user: "User", on: date) -> bool:
    places = {duty.unit_id or duty.owed_to_id, duty.owed_to_id}
    return all(
        units.may(user_id=user.pk, action=Action.ISSUE_DUTY, unit_id=place, on=on)
        for place in places
    )


def _refused(request: HttpRequest, duty: "Duty", form: IssueForm, words: str) -> HttpResponse:
    """Show the duty once more with the reason why it was not issued, and a fresh form."""
    messages.error(request, words)
    user, on = reader(request), clock.today()
    return _page(request, _duty(duty.uid, user=user, on=on), IssueForm(), status=422)


def _page(
    request: HttpRequest, duty: "Duty", form: IssueForm, *, status: int = 200
) -> HttpResponse:
    user, on = reader(request), clock.today()
    is_draft = duty.state == DutyState.DRAFT
    allowed = is_draft and _may_issue(duty, user=user, on=on)
    sources = tuple(duty.sources.all())
    refused = None
    if is_draft and not allowed:
        refused = who_may(Action.ISSUE_DUTY, unit_id=duty.owed_to_id, on=on)
    context: dict[str, Any] = {
        **_deadlines(duty, sources, user=user, on=on),
        "clarities": clarities_of(duty),
        "may_issue": allowed and not missing_clarities(duty.terms),
        "may_amend": is_draft and may_amend(duty, user=user, on=on),
        "refused_text": refused,
        "client_key": form.fresh_key(),
        "withdraw_key": form.fresh_key(),
        "sources": sources_of(sources, readings.accepted_as(duty_id=duty.pk)),
        "events": events_of(duty.uid) if duty.state in NOT_BINDING else (),
        "return_url": reverse("duty", kwargs={"uid": duty.uid}),
        **_life(duty, user=user, on=on),
        "gather_key": form.fresh_key(),
        **carried_facts(duty, user=user, on=on),
    }
    return render(request, "pages/duties/detail.html", context, status=status)


def _life(duty: "Duty", *, user: "User", on: date) -> dict[str, Any]:
    """Return what can be done to a duty that was issued, what was done, and what serves it."""
    if duty.state in NOT_BINDING:
        return {}
    seen: dict[str, Any] = {"seen_by": user.pk, "on": on}
    events = duties.life_of(duty=duty, **seen)
    offers, others = offers_of(duty, events, user_id=user.pk, on=on)
    kind = duties.kind_on(duty.kind, on=on) if duty.kind != TASK else None
    figures = duty.kind == services.PERIOD_REPORT and reporting.report_of_duty(
        duty_id=duty.pk, **seen
    )
    return {
        "figures_url": reverse("report", kwargs={"uid": figures.uid}) if figures else "",
        "offers": offers,
        "in_place": [one for one in offers if one.in_place],
        "others": others,
        "moments": moments_of(events),
        "may_ask": may_ask(duty, user_id=user.pk, on=on),
        "kind_text": named(kind) if kind else "",
        "is_answer": duty.kind == EXPLANATION,
        "asked_due": duty.asked_due,
        "percent": duty.percent,
    }


def _post_of(duty: "Duty", *, user: "User", on: date) -> str | None:
    """Return the post in which the person acts, where the reader may see who holds which."""
    if duty.person is None or duty.unit is None:
        return None
    posts = units.posts_of(unit_id=duty.unit.pk, as_of=on, seen_by=user.pk, on=on)
    rows = posts.held if posts else ()
    held = [named(post, "title") for post in rows if post.person_id == duty.person.pk]
    return held[0] if held else None
