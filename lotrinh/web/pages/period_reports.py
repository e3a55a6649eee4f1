"""The report of figures of a unit for a period: its grid, and what is entered into it.

Cells are entered by one form, by a pasted block, or one after another as they are left: all three
send the same fields and are kept by one service. What could not be kept comes back as it was typed.
"""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from uuid_utils.compat import uuid7

from lotrinh.apps.reporting import selectors as reporting
from lotrinh.apps.reporting import services
from lotrinh.apps.reporting.services import ReportAct
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.report_states import ReportStep
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.formatting import day_and_time
from lotrinh.web.forms.cells import GridForm, left_over_words
from lotrinh.web.pages.outbox import kept_offline
from lotrinh.web.presenters.period_reports import (
    awaited,
    in_words,
    moments_of_report,
    offers_of,
    report_facts,
    stage_lines,
)
from lotrinh.web.presenters.report_cells import SentLine, fate_of
from lotrinh.web.presenters.report_lines import (
    NOTHING_SENT,
    Sent,
    file_lines,
    lines_of_grid,
    names_in,
)
from lotrinh.web.presenters.report_progress import progress_of

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.reporting.models import Report
    from lotrinh.apps.reporting.selectors import Grid
    from lotrinh.apps.reporting.services import Entered
    from lotrinh.apps.targets.models import Measure


OTHER_READER = gettext_lazy(
    "This form was made for another account than the one that is signed in now. Nothing was kept: "
    "open the report anew, or sign in with the other account."
)


@right(Action.READ_FIGURE)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a report with all its lines, and keep what is entered into it."""
    user, on = reader(request), clock.today()
    page = GridPage(request, seen_report(uid, user=user, on=on), user, on)
    return page.taken() if request.method == "POST" else page.shown()


def seen_report(uid: UUID, *, user: "User", on: date) -> "Report":
    """Return the report; missing and hidden ones alike are not found."""
    found = reporting.report_by_uid(uid, seen_by=user.pk, on=on)
    if found is None:
        raise Http404
    return found


def page_of_report(report: "Report") -> str:
    """Return the address of the report's page."""
    return reverse("report", kwargs={"uid": report.uid})


def measures_of(report: "Report") -> "tuple[Measure, ...]":
    """Return what the report asks for, in its order."""
    return tuple(line.measure for line in reporting.lines_of(collection=report.collection))


class GridPage:
    """One asking for a report's grid."""

    def __init__(self, request: HttpRequest, found: "Report", user: "User", on: date) -> None:
        self.request, self.report, self.user, self.on = request, found, user, on
        self.seen: dict[str, Any] = {"seen_by": user.pk, "on": on}

    def shown(
        self,
        *,
        status: int = 200,
        form: GridForm | None = None,
        sent: Sent = NOTHING_SENT,
        **told: Any,
    ) -> HttpResponse:
        """Answer with the whole page; ``sent`` is what could not be kept, to be seen once more."""
        grid = reporting.grid_of(report=self.report, **self.seen)
        cells = [row.cell for row in grid.rows if row.cell is not None]
        at_hand: dict[str, Any] = {"cells": cells, "events": grid.events}
        ways = reporting.ways_on(report=self.report, **at_hand, **self.seen)
        names, elsewhere = names_in(grid, sent), self._elsewhere(grid)
        lines = lines_of_grid(grid, names=names, elsewhere=elsewhere, sent=sent)
        offers, others = offers_of(self.report, ways, on=self.on)
        context: dict[str, Any] = {
            **report_facts(self.report, on=self.on),
            **_counted(grid),
            "lines": lines,
            "form": form or GridForm(measures=measures_of(self.report)),
            "client_key": uuid7(),
            "language": (get_language() or "vi")[:2],
            "reader_uid": self.user.uid,
            "opened_at": clock.now(),
            "may_enter": any(way.step is ReportStep.ENTER and way.is_open for way in ways),
            "stages": stage_lines(self.report, grid.events, names, on=self.on),
            "offers": offers,
            "others": others,
            "moments": moments_of_report(grid.events, names),
            "awaited": awaited(self.report),
            "files": file_lines(grid.evidence, names, elsewhere),
            "previous_text": in_words(grid.before.previous) if grid.before.previous else "",
            "year_text": in_words(grid.before.year) if grid.before.year else "",
            **told,
        }
        page = render(self.request, "pages/reports/detail.html", context, status=status)
        return kept_offline(page, self.user) if context["may_enter"] else page

    def taken(self) -> HttpResponse:
        """Keep what was sent, and say what became of it."""
        form = GridForm(self.request.POST, measures=measures_of(self.report))
        if form.reader not in ("", str(self.user.uid)):
            return self._refused(form, str(OTHER_READER), status=412)
        place = self.report.unit_id
        if not units.may(
            user_id=self.user.pk, action=Action.ENTER_FIGURE, unit_id=place, on=self.on
        ):
            raise PermissionDenied
        if not form.is_valid():
            return self._refused(form, "", status=422)
        shown = reporting.entries_shown(report=self.report, ids=form.overs)
        cells = form.changed(shown)
        if not cells:
            return self._kept(form, None)
        act = ReportAct(self.user, form.cleaned_data["client_key"], self.on, clock.now())
        try:
            entered = services.enter_cells(
                report_id=self.report.pk,
                cells=cells,
                language=form.cleaned_data["language"],
                act=act,
            )
        except services.NotAllowed as refused:
            raise PermissionDenied from refused
        except services.CollectionClosed:
            return self._refused(form, _("The collection is closed and takes nothing more in."))
        except services.ReportStepNotOpen as refused:
            return self._refused(form, not_open_words(refused))
        return self._kept(form, entered)

    def _kept(self, form: GridForm, entered: "Entered | None") -> HttpResponse:
        """Answer after an act: the lines for a script, the page for everybody else."""
        self._look_again()
        if self._is_script:
            return self._told(form, entered)
        meanwhile = dict(entered.meanwhile) if entered is not None else {}
        sent = Sent({pk: form.sent[pk] for pk in meanwhile}, meanwhile, self.user.pk)
        if form.left_over:
            words = {"cells": left_over_words(form.left_over)}
            messages.warning(self.request, _("Found no place in the form: %(cells)s.") % words)
        if meanwhile:
            return self.shown(status=409, sent=sent, overtaken_count=len(meanwhile))
        if entered is None:
            messages.info(self.request, _("Nothing was changed."))
        else:
            messages.success(self.request, _("Saved."))
        return SeeOther(page_of_report(self.report))

    def _refused(self, form: GridForm, words: str, *, status: int = 409) -> HttpResponse:
        """Answer that nothing was kept, with all that was typed."""
        self._look_again()
        said = words or " ".join(form.faults.values())
        if self._is_script:
            grid = reporting.grid_of(report=self.report, **self.seen)
            return self._answer(grid, (), NOTHING_SENT, refused_text=said, status=status)
        lost = [
            (one.name, form.sent[one.pk]) for one in form.measures if _says(form.sent.get(one.pk))
        ]
        sent = Sent(form.sent, {})
        return self.shown(status=status, form=form, sent=sent, refused_text=said, lost=lost)

    def _told(self, form: GridForm, entered: "Entered | None") -> HttpResponse:
        """Answer a script what became of each line that it sent, as the report stands now."""
        grid = reporting.grid_of(report=self.report, **self.seen)
        fate = fate_of(
            form.sent,
            holding=entered.holding if entered is not None else {},
            left_out=entered.meanwhile if entered is not None else {},
            counting={row.measure.pk: row.cell for row in grid.rows if row.cell is not None},
            language=form.cleaned_data["language"],
        )
        sent = Sent({pk: form.sent[pk] for pk in fate.meanwhile}, fate.meanwhile, self.user.pk)
        uids = {one.pk: one.uid for one in form.measures}
        kept = [(uids[pk], entry) for pk, entry in fate.kept.items()]
        status = 409 if sent.meanwhile else 200
        return self._answer(grid, form.sent, sent, kept=kept, status=status)

    def _answer(
        self, grid: "Grid", only: Collection[int], sent: Sent, *, status: int, **told: Any
    ) -> HttpResponse:
        """Answer a script with these lines and the list of what is open, without any frame."""
        shown: dict[str, Any] = {"names": names_in(grid, sent), "elsewhere": self._elsewhere(grid)}
        context: dict[str, Any] = {
            **_counted(grid),
            "report": self.report,
            "lines": lines_of_grid(grid, **shown, sent=sent, only=only),
            "may_enter": True,
            "overtaken_count": len(sent.meanwhile),
            "saved_at": clock.now(),
            **told,
        }
        return HttpResponse(render_to_string("pages/reports/answer.html", context), status=status)

    def _look_again(self) -> None:
        """Read the report as it stands now."""
        before = self.report
        self.report = seen_report(before.uid, user=self.user, on=self.on)
        reporting.keep_form(of=before.collection, to=self.report.collection)

    def _elsewhere(self, grid: "Grid") -> Any:
        blobs = [one.blob_id for row in grid.rows for one in row.evidence]
        blobs += [one.blob_id for one in grid.evidence]
        return reporting.elsewhere_of(report=self.report, blob_ids=blobs, **self.seen)

    @property
    def _is_script(self) -> bool:
        return self.request.POST.get("as") == "lines"


def not_open_words(
    refused: "services.ReportStepNotOpen | services.ReportChangedMeanwhile",
) -> str:
    """Return who did what meanwhile, so that a step is no longer what it was."""
    event = refused.event
    if event is None:
        return _("This step is not open.")
    (moment,) = moments_of_report([event])
    return _("Meanwhile, at %(time)s: %(what)s, %(who)s.") % {
        "time": day_and_time(moment.at),
        "what": moment.words_text,
        "who": moment.by_name or "?",
    }


def _counted(grid: "Grid") -> dict[str, Any]:
    """Return how far the lines are, and those that are open in the order of the grid."""
    found = progress_of(grid)
    return {"filled": found.filled, "whole": found.whole, "open_lines": found.left}


def _says(line: "SentLine | None") -> bool:
    return line is not None and any((line.typed, line.weight, line.comment))
