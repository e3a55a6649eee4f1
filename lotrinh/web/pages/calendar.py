"""The working calendar: the days of a year that depart from the week, entered and withdrawn."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from uuid_utils.compat import uuid7

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties import services
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import SIGNED_IN, reader, right
from lotrinh.web.answers import SeeOther, address
from lotrinh.web.formatting import FIRST_YEAR, LAST_YEAR, day, day_and_month
from lotrinh.web.forms.calendar import HEAD, CalendarDayForm, CalendarSheetForm
from lotrinh.web.pages.unit_sheets import sheet_file
from lotrinh.web.presenters.deadlines import calendar_rows
from lotrinh.web.presenters.refusals import who_may

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User


@right(SIGNED_IN)
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Show the days of a year on which offices do not work, or do so instead."""
    user, today = reader(request), clock.today()
    year = _year(request)
    may, root = _may_enter(user), units.root_unit(on=today)
    refused = (
        None if may or root is None else who_may(Action.DEFINE_ROLE, unit_id=root.pk, on=today)
    )
    here, entered = reverse("calendar"), {*duties.years_entered(), today.year, year}
    context = {
        "year": year,
        "years": [(one, address(here, year=one), one == year) for one in sorted(entered)],
        "days": calendar_rows(duties.days_entered(year=year)),
        "may_enter": may,
        "refused_text": refused,
        "csv_url": address(reverse("calendar-export", kwargs={"ending": "csv"}), year=year),
        "xlsx_url": address(reverse("calendar-export", kwargs={"ending": "xlsx"}), year=year),
    }
    return render(request, "pages/calendar/list.html", context)


@right(SIGNED_IN)
@require_safe
def export(request: HttpRequest, ending: str) -> HttpResponse:
    """Give the days of a year as a sheet that can be pasted again."""
    year = _year(request)
    rows: list[tuple[str, ...]] = [HEAD]
    rows += [
        (day_and_month(row.day), row.kind, row.name_vi, row.name_en, row.basis)
        for row in duties.days_entered(year=year)
    ]
    return sheet_file(rows, ending, f"lotrinh-calendar-{year}")


@right(Action.DEFINE_ROLE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_day(request: HttpRequest) -> HttpResponse:
    """Enter one day."""
    if not _may_enter(reader(request)):
        raise PermissionDenied
    if request.method != "POST":
        form = CalendarDayForm(None, initial={"client_key": uuid7()})
        return render(request, "pages/calendar/day.html", {"form": form})
    return _entered(request, CalendarDayForm(request.POST), "day", "pages/calendar/day.html")


@right(Action.DEFINE_ROLE)
@require_http_methods(["GET", "HEAD", "POST"])
def import_days(request: HttpRequest) -> HttpResponse:
    """Enter the rows of a sheet, all of them or none."""
    if not _may_enter(reader(request)):
        raise PermissionDenied
    if request.method != "POST":
        form = CalendarSheetForm(None, initial={"client_key": uuid7()})
        return render(request, "pages/calendar/import.html", {"form": form})
    return _entered(request, CalendarSheetForm(request.POST), "rows", "pages/calendar/import.html")


@right(Action.DEFINE_ROLE)
@require_POST
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take back what was entered for a day; what was counted by it keeps its deadline."""
    user = reader(request)
    if not _may_enter(user):
        raise PermissionDenied
    found = duties.day_entered(uid)
    if found is None:
        raise Http404
    services.withdraw_day(day=found, user=user, on=clock.today(), at=clock.now())
    messages.success(request, _("The day is taken out of the calendar."))
    return SeeOther(address(reverse("calendar"), year=found.day.year))


def _entered(
    request: HttpRequest, form: CalendarDayForm | CalendarSheetForm, field: str, template: str
) -> HttpResponse:
    """Enter the days of a form, or show it again with the reason."""
    if form.is_valid():
        days = form.said()
        try:
            services.enter_days(
                days=days,
                user=reader(request),
                client_key=form.cleaned_data["client_key"],
                on=clock.today(),
                at=clock.now(),
            )
        except services.DayTaken as taken:
            words = {"day": day(taken.held.day), "name": taken.held.name_vi}
            form.add_error(
                field,
                _("%(day)s is entered already as “%(name)s”: take that out first.") % words,
            )
        except services.NoDayOff as refused:
            words = {"day": day(refused.day)}
            form.add_error(
                field, _("%(day)s is worked anyway: only a Saturday or Sunday is swapped.") % words
            )
        else:
            messages.success(request, _("The calendar is entered."))
            return SeeOther(address(reverse("calendar"), year=days[0].day.year))
    return render(request, template, {"form": form}, status=422)


def _may_enter(user: "User") -> bool:
    return units.may_define(user_id=user.pk, on=clock.today())


def _year(request: HttpRequest) -> int:
    """Return the year that the address asks for, else this one."""
    typed = request.GET.get("year", "")
    asked = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == len("2025") else 0
    return asked if FIRST_YEAR <= asked <= LAST_YEAR else clock.today().year
