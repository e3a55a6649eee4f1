"""Totals: the board of units, a document at a glance, the morning of a leader, lists behind them.

Each number on these pages opens the list of the very duties that it counts, on a page that reads
the same narrowing from its address; that list is given as a file too.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties.selectors import Decision
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import DutyState
from lotrinh.rules.tally import USUAL, Aside
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import PAGE, address, asked_uid, one_page
from lotrinh.web.formatting import named
from lotrinh.web.pages.documents import found_document
from lotrinh.web.pages.unit_sheets import sheet_file
from lotrinh.web.presenters.duties import DRAFT, STANDINGS
from lotrinh.web.presenters.silence import may_be_urged, rows_of
from lotrinh.web.presenters.standing import duty_row
from lotrinh.web.presenters.totals import board_lines, shares_of, totals_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.documents.models import Document
    from lotrinh.apps.duties.models import Duty
    from lotrinh.apps.units.models import Unit

ASIDE = {str(one): one for one in Aside}
DECISIONS = {str(one): one for one in Decision}
MOST_IN_FILE = 100_000
_VERBS = dict.fromkeys(Decision, "decide") | {Decision.CLAIM: "verify"}
"""What the reader does about what waits for his decision; a claim is judged on one page."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What an address asks to be counted: a class, a mark, a unit or all below it, a document.

    ``to`` is the unit to which the duties are owed, ``decides`` the one whose decision they await,
    ``of`` the duty that they serve.
    """

    code: str
    mark: str
    unit: "Unit | None"
    under: "Unit | None"
    to: "Unit | None"
    decides: "Unit | None"
    document: "Document | None"
    of: "Duty | None"

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
        }


@right(Action.READ_DUTY)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show how the duties of a unit and of all below it stand (``under``; else of everyone).

    Units that owe nothing are folded into one line, unless ``all`` asks for them.
    """
    user, on = reader(request), clock.today()
    under = _unit(request, "under")
    rows = duties.board(seen_by=user.pk, on=on, under=under.pk if under else None)
    if not rows:
        raise Http404
    head, here = rows[0], reverse("duty-board")
    above = {row.uid: named(row) for row in _above(rows[0].unit.path[:-1], on=on)}
    unfolded = request.GET.get("all") == "1"
    lines, folded = board_lines(rows, path=here, unfolded=unfolded)
    context = {
        "head_name": named(head.unit),
        "above": [(name, address(here, under=uid)) for uid, name in above.items()],
        "totals": totals_of(head.whole, {"under": head.unit.uid}),
        "shares": shares_of(head.whole),
        "lines": lines,
        "folded": folded,
        "unfold_url": address(here, under=under.uid if under else None, all="1"),
    }
    return render(request, "pages/totals/board.html", context)


@right(Action.READ_DOCUMENT)
@require_safe
def glance(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show whether a document is being carried out: its duties added up, and by unit."""
    user, on = reader(request), clock.today()
    document = found_document(uid, user=user, on=on)
    rhythms = duties.rhythms_on(on=on)
    found = duties.glance_at(seen_by=user.pk, on=on, document=document, rhythms=rhythms)
    rows = duties.board(seen_by=user.pk, on=on, document=document)
    owing = [row for row in rows if row.own.total]
    to_urge = duties.to_urge(document, seen_by=user.pk, on=on, rhythms=rhythms)
    urged = rows_of(to_urge[:PAGE], seen_by=user.pk, on=on, heads=False)
    asked = {"document": document.uid}
    counted = reverse("duties-counted")
    context = {
        "document": document,
        "has_duties": bool(found.tally.total or found.tally.refused or found.tally.cancelled),
        "totals": totals_of(found.tally, asked),
        "shares": shares_of(found.tally),
        "drafts": found.drafts,
        "drafts_url": address(counted, **{"class": DRAFT}, **asked),
        "unclear": found.unclear,
        "silent": found.silent,
        "silent_url": address(counted, mark="silent", **asked),
        "to_urge": len(to_urge),
        "urged": list(urged.values()),
        "may_urge": any(row.may_urge for row in urged.values()),
        "import_url": address(reverse("duties-import"), **asked) if _may_import(user, on) else None,
        "lines": [
            (row.unit, named(row.unit), totals_of(row.own, {**asked, "unit": row.unit.uid}))
            for row in owing
        ],
    }
    return render(request, "pages/totals/glance.html", context)


@right(Action.READ_DUTY)
@require_safe
def morning(request: HttpRequest) -> HttpResponse:
    """Show what needs the reader today: decisions that wait, the longest overdue, silence."""
    user, on = reader(request), clock.today()
    found = duties.morning(seen_by=user.pk, on=on)
    counted = reverse("duties-counted")

    judged = units.reach(user_id=user.pk, action=Action.JUDGE_DUTY, on=on)

    def rows(held: "tuple[Duty, ...]", act: str = "") -> list[Any]:
        return [replace(duty_row(duty, on=on), act=act) for duty in held]

    def urged(held: "tuple[Duty, ...]") -> list[Any]:
        return [
            replace(duty_row(duty, on=on), act="urge" if may_be_urged(duty, judged) else "")
            for duty in held
        ]

    context = {
        "decisions": [
            (str(one), n, address(counted, mark=str(one)), rows(found.first[one], _VERBS[one]))
            for one, n in found.to_decide.items()
        ],
        "to_decide": sum(found.to_decide.values()),
        "to_issue": found.to_issue,
        "to_issue_url": address(counted, **{"class": DRAFT, "mark": "to_issue"}),
        "ready": rows(found.ready),
        "overdue": found.overdue,
        "overdue_url": address(counted, **{"class": "open_overdue"}),
        "latest": urged(found.latest),
        "silent": found.silent,
        "silent_url": address(counted, mark="silent"),
        "quiet": urged(found.longest_silent),
        "patience": None if found.rhythms else USUAL.patience.days,
        "without_person": found.without_person,
        "without_person_url": address(counted, mark="without_person"),
        "elsewhere": found.phantom_owners,
        "elsewhere_url": address(counted, mark="elsewhere"),
    }
    return render(request, "pages/totals/morning.html", context)


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
        unit=_unit(request, "unit"),
        under=_unit(request, "under"),
        to=_unit(request, "to"),
        decides=_unit(request, "decides"),
        document=found_document(document_uid, user=user, on=on) if document_uid else None,
        of=_duty(request, user=user, on=on),
    )


def _found(asked: Narrowed, *, user: "User", on: date) -> "QuerySet[Duty]":
    """Return the duties that the reader sees and that the address asks for."""
    found = _marked(asked, seen_by=user.pk, on=on)
    if asked.code or not asked.mark:  # a mark says itself of which duties it speaks
        found = _classed(found, asked.code, on=on)
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


def _unit(request: HttpRequest, name: str) -> "Unit | None":
    """Return the unit that an address names; a uid that is nobody's is a missing page."""
    uid = asked_uid(request.GET, name)
    found = units.unit_by_uid(uid) if uid else None
    if uid and found is None:
        raise Http404
    return found


def _duty(request: HttpRequest, *, user: "User", on: date) -> "Duty | None":
    """Return the duty that an address names; one that is not seen is a missing page."""
    uid = asked_uid(request.GET, "of")
    found = duties.duty_by_uid(uid, seen_by=user.pk, on=on) if uid else None
    if uid and found is None:
        raise Http404
    return found


def _may_import(user: "User", on: date) -> bool:
    return bool(units.reach(user_id=user.pk, action=Action.ASSIGN_DUTY, on=on))


def _above(ids: tuple[int, ...], *, on: date) -> "list[Any]":
    standing = units.standing_among(ids, on=on) if ids else {}
    return [standing[pk] for pk in ids if pk in standing]
