"""The organisation as it stood on a day, and a unit with what it owes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.due_days import DEFAULT_COUNTING, Counting
from lotrinh.rules.duty_states import OPEN
from lotrinh.web import clock
from lotrinh.web.access import SIGNED_IN, reader, right
from lotrinh.web.answers import address, asked_day
from lotrinh.web.presenters.organisation import (
    DayMark,
    Difference,
    branches,
    code_lines,
    day_marks,
    days_to_compare,
    differences,
    found_units,
    in_order,
    name_lines,
    past_posts,
    tree_links,
    unit_link,
)
from lotrinh.web.presenters.unit_story import never_begun, story, superiors
from lotrinh.web.presenters.units import (
    band_counts,
    bands_of,
    calendar_of,
    post_rows,
    unit_facts,
    unit_nodes,
)

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.units.models import Placement, Unit


LEADS = (Action.JUDGE_DUTY, Action.ISSUE_DUTY)
"""Who may do one of these somewhere begins with what waits for his decision."""
POSTS_ARE_FOR = {
    "documents": (Action.REGISTER_DOCUMENT, Action.DECIDE_CANDIDATE),
    "units": (
        Action.CHANGE_UNIT,
        Action.APPOINT_PEOPLE,
        Action.MANAGE_ACCOUNT,
        Action.DEFINE_ROLE,
    ),
}
"""By page what one does there: who may do that begins there, where his unit owes nothing."""


@right(SIGNED_IN)
@require_safe
def unit_tree(request: HttpRequest) -> HttpResponse:
    """Show a tree on the day asked for: what stood, what it owed, what changed since another day.

    The day is typed, or chosen by its place among the days of change (``at``); with ``q`` units
    are found by name, of any day.
    """
    user, today = reader(request), clock.today()
    trees = units.trees()
    asked = request.GET.get("tree", "")
    code = asked if asked in {tree.code for tree in trees} else units.MAIN_TREE
    on, fault = asked_day(request, today)
    days = units.days_of_change(tree=code)
    on = _stop_asked(request, day_marks(days, on=on, today=today, tree=code)) or on
    since, _fault = asked_day(request, today, name="since")
    placed = units.tree_on(on=on, tree=code)
    owed = duties.open_by_unit(as_of=on, seen_by=user.pk, on=today)
    mine = _own_unit(user, on=today)
    here = {"on": on.isoformat(), "tree": request.GET.get("tree")}
    marks = day_marks(days, on=on, today=today, tree=code)
    words = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    context = {
        "on": on,
        "today": today,
        "tree_code": code,
        "trees": tree_links(trees, here=code, on=on),
        "branches": branches(
            placed,
            owed,
            mine=mine.pk if mine else None,
            opened=request.GET.get("open", ""),
            here=here,
        ),
        "total": len(placed),
        "shows_owed": bool(owed),
        "marks": marks,
        "others": days_to_compare(days, on=on, today=today, tree=code),
        "since": since,
        "differences": _differences(request, since, on, tree=code, here=here),
        "query": words,
        "found": found_units(words, on=on) if words else (),
        "open_all_url": address(reverse("units"), **here, open="all"),
        "may_change": _may_change(user, placed[0].id if placed else None, today),
        "date_error_text": fault,
    }
    return render(request, "pages/units/tree.html", context)


def _differences(
    request: HttpRequest, since: date, on: date, *, tree: str, here: Mapping[str, str | None]
) -> tuple[Difference, ...]:
    """Return what differs between two days of a tree, the page of it that the address asks for."""
    return differences(
        units.tree_changes(first=since, last=on, tree=tree),
        days=(since, on),
        here={**here, "since": since.isoformat()},
        opened=request.GET.get("diff", ""),
        page=request.GET.get("page", ""),
    )


@right(SIGNED_IN)
@require_safe
def unit_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a unit on the day asked for: its place, what it owed, its posts, its whole story."""
    user, today = reader(request), clock.today()
    unit = units.unit_by_uid(uid)
    if unit is None:
        raise Http404
    on, fault = asked_day(request, today)
    if fault:
        messages.error(request, fault)
    around = units.surroundings(unit_id=unit.pk, on=on)
    below, stands = around.below, around.here is not None
    rows = list(duties.owed_on(unit_id=unit.pk, as_of=on, seen_by=user.pk, on=today))
    mine = _own_unit(user, on=today)
    owed = duties.open_by_unit(as_of=on, seen_by=user.pk, on=today) if below else {}
    posts = units.posts_of(unit_id=unit.pk, as_of=on, seen_by=user.pk, on=today)
    context = {
        "unit": unit_facts(unit, around.here or around.last, around.above, on=on),
        "on": on,
        "is_mine": mine is not None and mine.pk == unit.pk,
        "may_report": mine is not None
        and mine.pk == unit.pk
        and units.may(user_id=user.pk, action=Action.DO_DUTY, unit_id=unit.pk, on=today),
        **band_counts(rows, on=on),
        "bands": bands_of(
            rows,
            unit_uid=unit.uid,
            on=on,
            counting=_counting(unit.pk, on=on, today=today),
        ),
        "posts": post_rows(posts.held if posts else ()),
        "posts_seen": posts is not None,
        "stands": stands,
        "children": unit_nodes(in_order(below), owed, mine=mine.pk if mine else None),
        "calendar": calendar_of(rows, on=on) if rows else None,
        "may_change": _may_change(user, unit.pk, today) and stands,
        "may_open_post": stands
        and units.may(user_id=user.pk, action=Action.APPOINT_PEOPLE, unit_id=unit.pk, on=today),
        "past_posts": past_posts(posts.past if posts else ()),
        "recurring_url": address(reverse("duties"), **{"class": "recurring", "unit": unit.uid})
        if any(row.period for row in rows)
        else None,
        **_through_time(unit, around.places, on=on),
    }
    return render(request, "pages/units/detail.html", context)


def _through_time(unit: "Unit", places: "Sequence[Placement]", *, on: date) -> dict[str, Any]:
    """Return what a unit's page tells of other days."""
    names = units.names_of(unit_id=unit.pk)
    heir = units.answerable_for([unit.pk], on=on)[unit.pk]
    before, after = units.successions_of(unit_id=unit.pk)
    answerer = _answerer(heir, after) if heir != unit.pk else None
    undone = None if places else units.establishment_undone(unit_id=unit.pk)
    told = story(places, names, before, after, on=on)
    return {
        "story": (never_begun(undone),) if undone else told,
        "superiors": superiors(places, on=on),
        "names": name_lines(names),
        "codes": code_lines(units.codes_of(unit_id=unit.pk)),
        "answerer": unit_link(answerer, on=on) if answerer else None,
    }


def _answerer(heir: int, after: Sequence[units.Followed]) -> "Unit | None":
    """Return the unit that answers for one that ended: mostly one of those that follow it."""
    known = {one.target.pk: one.target for one in after}
    return known.get(heir) or units.unit_by_id(heir)


def _may_change(user: "User", unit_id: int | None, on: date) -> bool:
    return unit_id is not None and units.may(
        user_id=user.pk, action=Action.CHANGE_UNIT, unit_id=unit_id, on=on
    )


@right(SIGNED_IN)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead who judges or issues for other units to his morning, everyone else to his unit's work.

    Where that is nothing, to what his post is for; a morning needs what another unit owes.
    """
    answer = HttpResponse(status=302)
    answer["Location"] = _first_to_do(reader(request), on=clock.today())
    return answer


def _first_to_do(user: "User", *, on: date) -> str:
    mine = _own_unit(user, on=on)
    issued = duties.visible(seen_by=user.pk, on=on).filter(state__in=OPEN)
    own = reverse("unit", kwargs={"uid": mine.uid}) if mine else ""
    leads = any(units.reach(user_id=user.pk, action=action, on=on) for action in LEADS)
    answered = duties.answering_for(mine.pk, on=on) if mine else ()
    if leads and issued.exclude(unit_id__in=answered).exists():
        return reverse("morning")
    if mine and issued.filter(unit_id__in=answered).exists():
        return own
    held = registry.visible(seen_by=user.pk, on=on).filter(is_stub=False)
    for page, actions in POSTS_ARE_FOR.items():
        may = any(units.reach(user_id=user.pk, action=action, on=on) for action in actions)
        if may and (page != "documents" or held.exists()):
            return reverse(page)
    return reverse("duties") if issued.exists() else own or reverse("documents")


def _counting(unit_id: int, *, on: date, today: date) -> Counting:
    """Return how the unit counts today; what was near on another day is told by the usual week."""
    return duties.counting_of([unit_id], on=on)[unit_id] if on == today else DEFAULT_COUNTING


def _own_unit(user: "User", *, on: date) -> "Unit | None":
    held = units.first_post(user_id=user.pk, on=on)
    return held.post.unit if held else None


def _stop_asked(request: HttpRequest, marks: Sequence[DayMark]) -> date | None:
    """Return the day at the place of the slider that was sent, or None."""
    by_index = {str(mark.index): mark.day for mark in marks}
    return by_index.get(request.GET.get("at", ""))
