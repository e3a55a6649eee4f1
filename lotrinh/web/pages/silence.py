"""The page of silence: duties of which nothing is heard, and those whose owner is not there."""

from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties.selectors import Silence, Unheard
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.tally import USUAL
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import PAGE, address, asked_place
from lotrinh.web.pages.unit_sheets import sheet_file
from lotrinh.web.presenters.silence import by_unit, cells_of, rows_of
from lotrinh.web.wording import SILENCES, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lotrinh.apps.files.sheets import Cell

WHYS = {str(one): one for one in Silence}
MOST_IN_FILE = 20_000


@right(Action.READ_DUTY)
@require_safe
def silent(request: HttpRequest) -> HttpResponse:
    """Show by unit what nobody is to be heard of, since when, and whom to ask.

    ``why`` narrows to one reason. Whoever may remind of duties chooses some there, to urge them;
    those that nobody has urged since they fell silent are ticked.
    """
    user, on = reader(request), clock.today()
    rhythms = duties.rhythms_on(on=on)
    found = duties.unheard(seen_by=user.pk, on=on, rhythms=rhythms)
    why = WHYS.get(request.GET.get("why", ""))
    asked, here = _narrowed(found, why), reverse("silent")
    begin = asked_place(request) * PAGE
    groups = by_unit(asked[begin : begin + PAGE], asked, seen_by=user.pk, on=on)
    has_more = begin + PAGE < len(asked)
    files = {name: reverse("silent-file", kwargs={"ending": name}) for name in ("xlsx", "csv")}
    context = {
        "total": len(asked),
        "units": len({one.unit_id for one in asked}),
        "groups": groups,
        "may_urge": any(row.may_urge for group in groups for row in group.rows),
        "patience": None if rhythms else USUAL.patience.days,
        "whys": [
            (str(one), word(SILENCES, str(one)), len(_narrowed(found, one)), address(here, why=one))
            for one in Silence
        ],
        "why": str(why or ""),
        "everything": len(found),
        "next_url": address(here, why=why, page=begin // PAGE + 1) if has_more else None,
        "files": [(name, address(path, why=why)) for name, path in files.items()],
    }
    return render(request, "pages/totals/silent.html", context)


@right(Action.READ_DUTY)
@require_safe
def silent_file(request: HttpRequest, ending: str) -> HttpResponse:
    """Give the same list as a file: days as days, texts as texts."""
    user, on = reader(request), clock.today()
    why = WHYS.get(request.GET.get("why", ""))
    found = _narrowed(duties.unheard(seen_by=user.pk, on=on), why)[:MOST_IN_FILE]
    heads: list[Cell] = [
        *(_("Owed by"), _("Duty"), _("In charge"), _("Why"), _("Since"), _("Last word")),
        *(_("Issued"), _("Whom to ask"), _("Owed to"), _("Due"), _("By document")),
        *(_("Last urged"), _("Urged by")),
    ]
    return sheet_file([heads, *_lines(found, seen_by=user.pk, on=on)], ending, "lotrinh-silence")


def _lines(found: "Sequence[Unheard]", *, seen_by: int, on: date) -> "list[list[Cell]]":
    told = rows_of(found, seen_by=seen_by, on=on)
    known = units.units_by_ids({one.unit_id for one in found})
    return [
        [*cells_of(one, told[one.duty_id], known[one.unit_id])]
        for one in found
        if one.duty_id in told
    ]


def _narrowed(found: "Sequence[Unheard]", why: Silence | None) -> "Sequence[Unheard]":
    """Return those for which this reason holds; all without one."""
    return found if why is None else [one for one in found if why in one.since]
