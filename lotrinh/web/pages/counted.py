"""The duties behind a number, page by page and as a file.

A number leads to an address that narrows all duties to the very ones that it counts, and this page
reads the same narrowing from its address.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties.selectors import ByOriginal, Decision
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import DutyState, Step
from lotrinh.rules.tally import Aside
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import address, asked_uid, asked_unit, one_page
from lotrinh.web.formatting import named, typed_day
from lotrinh.web.pages.documents import found_document
from lotrinh.web.pages.unit_sheets import sheet_file
from lotrinh.web.presenters.duties import DRAFT, STANDINGS
from lotrinh.web.presenters.standing import duty_row
from lotrinh.web.wording import word
from lotrinh.web.wording_of_leading import STEPS_SINCE

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.documents.models import Document
    from lotrinh.apps.duties.models import Duty
    from lotrinh.apps.units.models import Unit

ASIDE = {str(one): one for one in Aside}
DECISIONS = {str(one): one for one in Decision}
BY_ORIGINAL = {str(one): one for one in ByOriginal}
MOST_IN_FILE = 100_000


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What an address asks to be counted: a class, a mark, a unit or all below it, a document.

    ``to`` is the unit to which the duties are owed, ``decides`` the one whose decision they await,
    ``of`` the duty that they serve. They are due from ``first`` to ``last``, both included.
    ``step``: it was taken ``since`` that day. ``original``: how the first deadline was kept.
    """

    code: str
    mark: str
    unit: "Unit | None"
    under: "Unit | None"
    to: "Unit | None"
    decides: "Unit | None"
    document: "Document | None"
    of: "Duty | None"
    first: date | None
    last: date | None
    step: str
    since: date | None
    original: str

    @property
    def asked(self) -> dict[str, object]:
        """The same, as an address asks for it."""
        return {
            "class": self.code,
            "mark": self.mark,
            "unit": self.unit.uid if self.unit else None,
            "under": self.under.uid if self.under else None,
            "to": self.to.uid if self.to else None,
            "decides": self.decides.uid if self.decides else None,
            "document": self.document.uid if self.document else None,
            "of": self.of.uid if self.of else None,
            "first": self.first,
            "last": self.last,
            "step": self.step,
            "since": self.since,
            "original": self.original,
        }


@right(Action.READ_DUTY)
@require_safe
def counted(request: HttpRequest) -> HttpResponse:
    """Show the duties that a number counts, page by page."""
    user, on = reader(request), clock.today()
    asked = _asked(request, user, on=on)
    found = _found(asked, user=user, on=on)
    after = asked_uid(request.GET, "after")
    rows, last = one_page(duties.in_rows(duties.following(found, after) if after else found))
    here = reverse("duties-counted")
    files = {name: reverse("duties-file", kwargs={"ending": name}) for name in ("xlsx", "csv")}
    context = {
        "asked": asked,
        "unit_name": named(asked.unit or asked.under) if asked.unit or asked.under else "",
        "is_below": asked.under is not None,
        "to_name": named(asked.to) if asked.to else "",
        "decides_name": named(asked.decides) if asked.decides else "",
        "step_text": word(STEPS_SINCE, asked.step) if asked.step in STEPS_SINCE else "",
        "total": found.count(),
        "duties": [duty_row(row, on=on) for row in rows],
        "next_url": address(here, **asked.asked, after=last.uid) if last else None,
        "files": [(name, address(path, **asked.asked)) for name, path in files.items()],
        "may_import": _may_import(user, on),
    }
    return render(request, "pages/totals/counted.html", context)


@right(Action.READ_DUTY)
@require_safe
def counted_file(request: HttpRequest, ending: str) -> HttpResponse:
    """Give the same list as a file, days as days, in the shape that the import reads."""
    user, on = reader(request), clock.today()
    found = _found(_asked(request, user, on=on), user=user, on=on)
    language = translation.get_language() or "vi"
    lines = list(duties.duty_sheet_rows(found, most=MOST_IN_FILE, on=on, language=language))
    return sheet_file(lines, ending, "lotrinh-duties")


def _asked(request: HttpRequest, user: "User", *, on: date) -> Narrowed:
    """Return what the address asks for; a document that one may not see is like a missing one."""
    document_uid = asked_uid(request.GET, "document")
    return Narrowed(
        code=request.GET.get("class", ""),
        mark=request.GET.get("mark", ""),
        unit=asked_unit(request.GET, "unit"),
        under=asked_unit(request.GET, "under"),
        to=asked_unit(request.GET, "to"),
        decides=asked_unit(request.GET, "decides"),
        document=found_document(document_uid, user=user, on=on) if document_uid else None,
        of=_duty(request, user=user, on=on),
        first=typed_day(request.GET.get("first", "")),
        last=typed_day(request.GET.get("last", "")),
        step=request.GET.get("step", ""),
        since=typed_day(request.GET.get("since", "")),
        original=request.GET.get("original", ""),
    )


def _found(asked: Narrowed, *, user: "User", on: date) -> "QuerySet[Duty]":
    """Return the duties that the reader sees and that the address asks for."""
    found = _marked(asked, seen_by=user.pk, on=on)
    if asked.code or not (asked.mark or asked.step):  # these say themselves of which they speak
        found = _classed(found, asked.code, on=on)
    found = _timed(found, asked, on=on)
    if asked.unit is not None:
        found = found.filter(unit_id__in=duties.answering_for(asked.unit.pk, on=on))
    if asked.under is not None:
        found = found.filter(unit_id__in=duties.owed_below(asked.under.pk, on=on))
    if asked.to is not None:
        found = found.filter(owed_to_id__in=duties.answering_for(asked.to.pk, on=on))
    if asked.document is not None:
        found = found.filter(pk__in=duties.ids_from_document(asked.document))
    if asked.of is not None:
        parts = duties.parts_of(duty=asked.of, seen_by=user.pk, on=on)
        found = found.filter(pk__in=parts.order_by().values("pk"))
    return found


def _timed(found: "QuerySet[Duty]", asked: Narrowed, *, on: date) -> "QuerySet[Duty]":
    """Narrow to what was due, done or judged in a time; words that nobody knows find nothing."""
    if asked.first or asked.last:
        found = found.filter(duties.due_between(asked.first, asked.last))
    if asked.step:
        is_known = asked.step in STEPS_SINCE and asked.since is not None
        if not is_known or asked.since is None:
            return found.none()
        found = found.filter(duties.took_since(Step(asked.step), asked.since))
    if asked.original:
        if asked.original not in BY_ORIGINAL:
            return found.none()
        found = found.filter(duties.by_original(BY_ORIGINAL[asked.original], on=on))
    return found


def _marked(asked: Narrowed, *, seen_by: int, on: date) -> "QuerySet[Duty]":
    mark = asked.mark
    if mark in DECISIONS and asked.decides is not None:
        held = duties.answering_for(asked.decides.pk, on=on)
        return duties.waiting_at(DECISIONS[mark], unit_ids=held, seen_by=seen_by, on=on)
    if mark in DECISIONS:
        return duties.awaiting(DECISIONS[mark], seen_by=seen_by, on=on)
    marks = {
        "": duties.visible,
        "silent": duties.silent,
        "without_person": duties.without_person,
        "elsewhere": duties.phantom_owners,
        "to_issue": duties.ready_to_issue,
    }
    if mark not in marks:
        return duties.visible(seen_by=seen_by, on=on).none()
    return marks[mark](seen_by=seen_by, on=on)


def _classed(found: "QuerySet[Duty]", code: str, *, on: date) -> "QuerySet[Duty]":
    if code in ASIDE:
        return found.filter(duties.aside_filter(ASIDE[code]))
    if code == DRAFT:
        return found.filter(state=DutyState.DRAFT)
    if code in STANDINGS:
        return found.filter(duties.standing_filter(STANDINGS[code], on=on))
    return found.none() if code else found.filter(duties.COUNTED)


def _duty(request: HttpRequest, *, user: "User", on: date) -> "Duty | None":
    """Return the duty that an address names; one that is not seen is a missing page."""
    uid = asked_uid(request.GET, "of")
    found = duties.duty_by_uid(uid, seen_by=user.pk, on=on) if uid else None
    if uid and found is None:
        raise Http404
    return found


def _may_import(user: "User", on: date) -> bool:
    return bool(units.reach(user_id=user.pk, action=Action.ASSIGN_DUTY, on=on))
