"""Why a step is not taken, as the problem document that says what cures it."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.api.problems import Meanwhile, Problem, at_fault
from lotrinh.apps.duties import services
from lotrinh.apps.journal import selectors as journal

if TYPE_CHECKING:
    from lotrinh.apps.duties.models import DutyEvent

FIELDS: dict[type[Exception], tuple[str, object]] = {
    services.NoReason: ("note", gettext_lazy("This step says why, in own words.")),
    services.NoDocument: ("basis", gettext_lazy("A registered document must order this.")),
    services.NothingHandedIn: ("note", gettext_lazy("Say where the deliverable is.")),
    services.PersonElsewhere: (
        "person",
        gettext_lazy("This person no longer holds a post in that unit."),
    ),
    services.NothingAsked: ("step", gettext_lazy("Nobody has asked for more time.")),
    services.AskedTooLate: (
        "until",
        gettext_lazy("More time is asked for before the deadline has passed."),
    ),
    services.DeadlineNotLater: (
        "until",
        gettext_lazy("More time means a later day than the deadline there is."),
    ),
}
"""Refusals that one field can cure."""


def problem_of(refused: Exception) -> Exception:
    """Return the problem that a refusal is told as; another exception is returned as it is."""
    if type(refused) in FIELDS:
        name, text = FIELDS[type(refused)]
        return at_fault(name, str(text))
    if isinstance(refused, services.NotAllowed):
        return Problem(403, "not_allowed", _("No post of this account carries the right to that."))
    if isinstance(refused, services.SamePerson):
        detail = _("Nobody judges what he has done himself: somebody else takes this step.")
        return Problem(403, "same_person", detail)
    if isinstance(refused, services.DutyNotClear):
        text = _("Not everything is clear yet. See what is missing.")
        return Problem(422, "not_clear", text, tuple((str(one), text) for one in refused.missing))
    if isinstance(refused, services.StepNotOpen):
        detail = _("This step is not open now. Read the duty again.")
        return Problem(409, "step_not_open", detail, meanwhile=_meanwhile(refused.event))
    if isinstance(refused, services.DutyChangedMeanwhile):
        detail = _("Another step was taken since this version. Read the duty again.")
        return Problem(409, "changed_meanwhile", detail, meanwhile=_meanwhile(refused.event))
    return refused


def _meanwhile(event: "DutyEvent | None") -> Meanwhile | None:
    if event is None:
        return None
    return Meanwhile(
        step=event.step,
        by=journal.names_of({event.by.uid}).get(event.by.uid, ""),
        at=event.at.isoformat(),
        version=event.version,
    )
