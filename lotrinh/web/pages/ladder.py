"""The ladder of reminders: the rungs in force, those that were and will be, and a new ladder."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from uuid_utils.compat import uuid7

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties import services
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.reminders import Informed, LadderFault
from lotrinh.web import clock
from lotrinh.web.access import SIGNED_IN, reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.formatting import day, day_and_month
from lotrinh.web.forms.ladder import MOST_RUNGS, LadderForm
from lotrinh.web.presenters.notices import rung_line
from lotrinh.web.presenters.refusals import who_may

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.duties.selectors import LadderHeld


@right(SIGNED_IN)
@require_safe
def ladder(request: HttpRequest) -> HttpResponse:
    """Show by which rungs people are reminded today, and the ladders before and after."""
    user, on = reader(request), clock.today()
    may, root = _may_set(user), units.root_unit(on=on)
    held = duties.ladders_held()
    own = [rung for rung in duties.ladder_on(on=on) if rung.kind]
    context = {
        "now": next((_shown(one) for one in held if _is_now(one, on)), None),
        "to_come": [_shown(one) for one in held if one.since is not None and one.since > on],
        "past": [_shown(one) for one in held if one.until is not None and one.until <= on],
        "own": [(rung.kind, rung_line(rung)) for rung in own],
        "may_set": may,
        "refused_text": None
        if may or root is None
        else who_may(Action.DEFINE_ROLE, unit_id=root.pk, on=on),
    }
    return render(request, "pages/ladder/ladder.html", context)


@right(Action.DEFINE_ROLE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_ladder(request: HttpRequest) -> HttpResponse:
    """Set the ladder anew from a day to come."""
    user, on = reader(request), clock.today()
    if not _may_set(user):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, LadderForm(initial=_begun(on)))
    form = LadderForm(request.POST)
    if form.is_valid() and _set(form, user=user, on=on):
        messages.success(request, _("The ladder is set."))
        return SeeOther(reverse("ladder"))
    return _page(request, form, status=422)


def _set(form: LadderForm, *, user: "User", on: date) -> bool:
    """Take the step; say on the form why it could not be taken."""
    try:
        services.set_ladder(
            rungs=form.rungs(),
            since=form.cleaned_data["since"],
            read=form.cleaned_data["read"],
            user=user,
            client_key=form.cleaned_data["client_key"],
            on=on,
            at=clock.now(),
        )
    except services.NoLadder as refused:
        form.add_error(None, _fault_text(refused.fault))
    except services.LadderInThePast:
        form.add_error("since", _("A ladder begins on a day to come: tomorrow at the earliest."))
    except services.LaterLadderKnown as later:
        words = _("Another ladder begins on %(day)s already: choose that day or a later one.")
        form.add_error("since", words % {"day": day(later.day)})
    except services.LadderChangedMeanwhile:
        form.add_error(
            None,
            _(
                "Somebody else set this meanwhile. What you typed is still here; open the page in "
                "another tab, compare, then send again from a fresh page."
            ),
        )
    else:
        return True
    return False


def _fault_text(fault: LadderFault) -> str:
    return {
        LadderFault.EMPTY: _("A ladder has at least one rung."),
        LadderFault.NOBODY: _("Say who is told."),
        LadderFault.SAME_DAY: _("Two rungs lie on the same day: a duty climbs one rung a day."),
        LadderFault.TOO_FAR: _("Type a whole number of days from -366 to 366."),
    }[fault]


def _begun(on: date) -> dict[str, Any]:
    """Return the last ladder that is known as the form begins with it."""
    last = duties.last_ladder_setting()
    tomorrow = on + timedelta(days=1)
    held = duties.ladders_held()
    since = held[0].since if held and held[0].since else tomorrow
    begun: dict[str, Any] = {
        "client_key": uuid7(),
        "read": last.uid if last else None,
        "since": day_and_month(max(since, tomorrow)),
    }
    rungs = held[0].rungs[:MOST_RUNGS] if held else ()
    for number, rung in enumerate(rungs, 1):
        begun |= {
            f"code_{number}": rung.code,
            f"days_{number}": rung.days,
            f"name_vi_{number}": rung.name_vi,
            f"name_en_{number}": rung.name_en,
            **{f"{one}_{number}": one in rung.informed for one in Informed},
        }
    return begun


def _shown(held: "LadderHeld") -> dict[str, Any]:
    return {
        "since": held.since,
        "until": held.until,
        "rungs": [rung_line(rung) for rung in held.rungs],
    }


def _is_now(held: "LadderHeld", on: date) -> bool:
    has_begun = held.since is None or held.since <= on
    return has_begun and (held.until is None or on < held.until)


def _may_set(user: "User") -> bool:
    return units.may_define(user_id=user.pk, on=clock.today())


def _page(request: HttpRequest, form: LadderForm, *, status: int = 200) -> HttpResponse:
    return render(request, "pages/ladder/new.html", {"form": form}, status=status)
