"""The steps by which a report of figures goes from hand to hand, each with a page to read first.

The page shows what the report says, and its form names that content by its mark: nobody hands in or
approves what he has not read.
"""

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lotrinh.apps.reporting import selectors as reporting
from lotrinh.apps.reporting import services
from lotrinh.apps.reporting.services import ReportAct
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.report_states import PASSING, WITH_WORDS, ReportStep
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.formatting import named
from lotrinh.web.forms.period_reports import ASKED, ReportStepForm
from lotrinh.web.pages.period_reports import (
    measures_of,
    not_open_words,
    page_of_report,
    seen_report,
)
from lotrinh.web.presenters.period_reports import (
    ENTERING,
    moments_of_report,
    report_facts,
    took_part_words,
)
from lotrinh.web.presenters.report_lines import lines_of_grid
from lotrinh.web.wording import word
from lotrinh.web.wording_of_reports import REPORT_STEP_MEANINGS, REPORT_STEPS

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.reporting.models import Report
    from lotrinh.apps.reporting.selectors import Grid, WayOn

TAKEN = frozenset(ReportStep) - frozenset(ENTERING)
"""The steps that have a page of their own."""
_BARRED = ("missing", "refused", "asked", "question", "otherwise")
"""What keeps a report from being handed in."""
_COUNTS_ALREADY = (
    services.AlreadyApproved,
    services.FigureSuperseded,
    services.NothingCorrected,
)


@right(Action.READ_FIGURE)
@require_http_methods(["GET", "HEAD", "POST"])
def report_step(request: HttpRequest, uid: UUID, step: str) -> HttpResponse:
    """Show what a step is about, and take it; somebody who was faster is told, nothing is lost."""
    if step not in TAKEN:
        raise Http404
    user, on = reader(request), clock.today()
    found = seen_report(uid, user=user, on=on)
    page = StepPage(request, found, ReportStep(step), user, on)
    return page.taken() if request.method == "POST" else page.looked_at()


class StepPage:
    """One asking for a step of a report."""

    def __init__(
        self, request: HttpRequest, found: "Report", step: ReportStep, user: "User", on: date
    ) -> None:
        self.request, self.report, self.step = request, found, step
        self.user, self.on = user, on
        self.seen: dict[str, Any] = {"seen_by": user.pk, "on": on}

    def way(self) -> "WayOn | None":
        """Return the step as it is open now; None where it is not."""
        cells = [row.cell for row in self.grid.rows if row.cell is not None]
        at_hand: dict[str, Any] = {"cells": cells, "events": self.grid.events}
        ways = reporting.ways_on(report=self.report, **at_hand, **self.seen)
        return next((way for way in ways if way.step is self.step), None)

    @cached_property
    def grid(self) -> "Grid":
        """What the report says."""
        return reporting.grid_of(report=self.report, **self.seen)

    def looked_at(self) -> HttpResponse:
        """Show the page; a step that is no longer open leads back to the report."""
        way = self.way()
        if way is None:
            messages.info(
                self.request, _("This step is not open now. Below is what has been done.")
            )
            return SeeOther(page_of_report(self.report))
        if not way.is_allowed:
            raise PermissionDenied
        return self.shown(self.form(content=self.grid.content), way=way)

    def form(self, data: Any = None, *, content: str = "") -> ReportStepForm:
        """Return the form: empty about ``content``, else about the content that it names itself."""
        return ReportStepForm(
            data, step=self.step, content=content, measures=measures_of(self.report)
        )

    def taken(self) -> HttpResponse:
        """Take the step, or say on the page why it was not taken."""
        form = self.form(self.request.POST)
        if not form.is_valid():
            self._require_right()
            return self.shown(form, way=self.way(), status=422)
        try:
            self._take(form)
        except services.NotAllowed as refused:
            raise PermissionDenied from refused
        except (services.ReportStepNotOpen, services.ReportChangedMeanwhile) as refused:
            return self._overtaken(form, refused)
        except services.CollectionClosed:
            form.add_error(None, _("The collection is closed and takes nothing more in."))
            return self.shown(form, way=None, status=409)
        except services.NoReason:
            form.add_error(
                "note", _("Other figures count for this period already: say why they change.")
            )
        except (services.TookPart, services.SamePerson):
            way = self.way()
            words = took_part_words(way, on=self.on) if way else ""
            form.add_error(None, words)
        except _COUNTS_ALREADY:
            form.add_error(
                None,
                _("One of these figures was approved elsewhere meanwhile. Read the report anew."),
            )
        except (
            services.BelowMissing,
            services.CellsMissing,
            services.CellsUnsettled,
            services.QuestionsOpen,
            services.ToldOtherwise,
        ) as refused:
            form.add_error(None, barred_words(refused))
        else:
            return self._done()
        return self.shown(form, way=self.way(), status=422)

    def shown(
        self, form: ReportStepForm, *, way: "WayOn | None", status: int = 200, **told: Any
    ) -> HttpResponse:
        """Answer with what the report says, and the form."""
        lines = lines_of_grid(self.grid, names={}, elsewhere={}, asked=form.asked())
        barred = [line for line in lines if line.wants in _BARRED]
        is_barred = self.step is ReportStep.HAND_IN and bool(barred)
        approves = self.step is ReportStep.APPROVE
        missing = reporting.missing_below(report=self.report) if approves else ()
        context: dict[str, Any] = {
            **report_facts(self.report, on=self.on),
            "step": self.step.value,
            "step_name": word(REPORT_STEPS, self.step),
            "meaning": word(REPORT_STEP_MEANINGS, self.step),
            "form": form,
            "lines": lines,
            "filled": sum(line.is_filled for line in lines),
            "whole": len(lines),
            "barred": barred if self.step is ReportStep.HAND_IN else (),
            "missing": [(unit.uid, named(unit)) for unit in missing],
            "needs_words": self.step in WITH_WORDS,
            "asks_lines": self.step is ReportStep.RETURN,
            "ask_prefix": ASKED,
            "refused_text": took_part_words(way, on=self.on) if way and way.took_part else "",
            "is_still_open": way is not None and way.is_open and not is_barred,
            **told,
        }
        return render(self.request, "pages/reports/step.html", context, status=status)

    def _take(self, form: ReportStepForm) -> None:
        given = form.cleaned_data
        act = ReportAct(
            user=self.user,
            client_key=given["client_key"],
            on=self.on,
            at=clock.now(),
            content=given["content"],
            note=given["note"],
        )
        taken: dict[str, Any] = {"report_id": self.report.pk, "act": act}
        if self.step is ReportStep.HAND_IN:
            services.hand_in_report(**taken)
        elif self.step in PASSING:
            services.pass_report(**taken, step=self.step, without=form.without())
        elif self.step is ReportStep.RETURN:
            services.return_report(**taken, cells=form.asked())
        else:
            services.unlock_report(**taken)

    def _done(self) -> HttpResponse:
        done = {
            ReportStep.HAND_IN: _("Handed in. It now lies with those who check and approve."),
            ReportStep.CHECK: _("Checked. It goes on to the next stage."),
            ReportStep.APPROVE: _("Approved."),
            ReportStep.RETURN: _("Returned. The unit reads what you asked beside each figure."),
            ReportStep.UNLOCK: _("Unlocked. The unit may enter anew."),
        }
        messages.success(self.request, done[self.step])
        return SeeOther(page_of_report(self.report))

    def _overtaken(
        self,
        form: ReportStepForm,
        refused: "services.ReportStepNotOpen | services.ReportChangedMeanwhile",
    ) -> HttpResponse:
        """Say who was faster; what was typed stays, and is sent about the report as it is now."""
        self.report = seen_report(self.report.uid, user=self.user, on=self.on)
        self.__dict__.pop("grid", None)
        form.renew(self.grid.content)
        event = refused.event
        return self.shown(
            form,
            way=self.way(),
            status=409,
            meanwhile=moments_of_report([event])[0] if event is not None else None,
            was_me=event is not None and event.by_id == self.user.pk,
            meanwhile_text=not_open_words(refused),
        )

    def _require_right(self) -> None:
        stages = [stage.rule for stage in reporting.stages_of(collection=self.report.collection)]
        action, unit_id = reporting.right_for(
            report=self.report, step=self.step, stages=stages, on=self.on
        )
        if not units.may(user_id=self.user.pk, action=action, unit_id=unit_id, on=self.on):
            raise PermissionDenied


def barred_words(
    refused: "services.BelowMissing | services.CellsMissing | services.CellsUnsettled | "
    "services.QuestionsOpen | services.ToldOtherwise",
) -> str:
    """Return what keeps a report from going on, with how many there are."""
    if isinstance(refused, services.BelowMissing):
        if not refused.missing:
            return _("No unit below is missing any more. Read the report anew and send it again.")
        return _(
            "These units below are not approved: %(units)s. Tick below that you approve without "
            "them, or wait for them."
        ) % {"units": "; ".join(named(unit) for unit in refused.missing)}
    if isinstance(refused, services.CellsMissing):
        count = len(refused.measure_ids)
        return ngettext(
            "%(count)s line says nothing yet. Where there are no data, say so: “no data”.",
            "%(count)s lines say nothing yet. Where there are no data, say so: “no data”.",
            count,
        ) % {"count": count}
    if isinstance(refused, services.CellsUnsettled):
        count = len(refused.cells)
        return ngettext(
            "%(count)s entry cannot be read as one figure.",
            "%(count)s entries cannot be read as one figure.",
            count,
        ) % {"count": count}
    if isinstance(refused, services.ToldOtherwise):
        count = len(refused.figures)
        return ngettext(
            "%(count)s figure was told with another report and is different there: leave its cell "
            "empty here, or have it corrected there.",
            "%(count)s figures were told with other reports and are different there: leave their "
            "cells empty here, or have them corrected there.",
            count,
        ) % {"count": count}
    count = len(refused.questions)
    return ngettext(
        "%(count)s figure is unlike those before it: say why in its comment.",
        "%(count)s figures are unlike those before them: say why in their comments.",
        count,
    ) % {"count": count}
