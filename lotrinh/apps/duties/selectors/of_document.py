"""The duties of one document as a leader asks of them: how punctual, and what happened last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from lotrinh.apps.documents.models import Document
from lotrinh.apps.duties.models import Duty, DutyEvent
from lotrinh.apps.duties.selectors.issuing import clear_filter
from lotrinh.apps.duties.selectors.seen import COUNTED, standing_filter, within
from lotrinh.apps.duties.selectors.totals import ids_from_document, silent_filter
from lotrinh.apps.duties.selectors.windows import STEP_DAY, ByOriginal, by_original
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import DutyState, Step
from lotrinh.rules.standing import Standing
from lotrinh.rules.tally import Rhythm, Share

_UNTOLD = (Step.AMEND, Step.REMIND, Step.WITHDRAW)
"""Steps that are no news of how far a document is."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How many duties were done on time of all that can be judged, by either deadline.

    ``by_original`` by the one with which they were issued, ``by_approved`` by the last that was
    granted. ``moved`` have another deadline than the first. Of the ``drafts`` some are ``unclear``:
    they lack one of the six clarities. ``silent`` have not been heard of.
    """

    by_original: Share
    by_approved: Share
    moved: int
    drafts: int
    unclear: int
    silent: int


@dataclass(frozen=True, slots=True)
class Happened:
    """A step that was taken of a duty, with its day."""

    step: Step
    day: date
    duty: Duty


def kept_of(*, document: Document, rhythms: Mapping[int, Rhythm], seen_by: int, on: date) -> Kept:
    """Return how the deadlines of a document's duties were kept, in one query.

    ``rhythms`` are those of ``rhythms_on``.
    """
    found = _from(document, seen_by=seen_by, on=on)
    late = standing_filter(Standing.DONE_LATE, on=on) | standing_filter(
        Standing.OPEN_OVERDUE, on=on
    )
    which = {
        "first_kept": COUNTED & by_original(ByOriginal.ON_TIME, on=on),
        "first_missed": COUNTED & by_original(ByOriginal.LATE, on=on),
        "kept": standing_filter(Standing.DONE_ON_TIME, on=on),
        "missed": late,
        "moved": COUNTED & by_original(ByOriginal.MOVED, on=on),
        "drafts": Q(state=DutyState.DRAFT),
        "clear": Q(state=DutyState.DRAFT) & clear_filter(),
        "silent": silent_filter(on=on, rhythms=rhythms),
    }
    row = found.aggregate(**{name: Count("pk", filter=one) for name, one in which.items()})
    return Kept(
        by_original=Share(row["first_kept"], row["first_kept"] + row["first_missed"]),
        by_approved=Share(row["kept"], row["kept"] + row["missed"]),
        moved=row["moved"],
        drafts=row["drafts"],
        unclear=row["drafts"] - row["clear"],
        silent=row["silent"],
    )


def latest_of(*, document: Document, seen_by: int, on: date, most: int) -> tuple[Happened, ...]:
    """Return the steps that were taken last of the duties of a document, newest first."""
    seen = _from(document, seen_by=seen_by, on=on)
    rows = (
        DutyEvent.objects.annotate(day=STEP_DAY)
        .filter(duty__in=seen.values("pk"), day__lte=on)
        .exclude(step__in=_UNTOLD)
        .order_by("-day", "-at", "-pk")
        .select_related("duty__unit")
    )
    return tuple(Happened(Step(row.step), row.day, row.duty) for row in rows[:most])


def _from(document: Document, *, seen_by: int, on: date) -> QuerySet[Duty]:
    reach = units.reach(user_id=seen_by, action=Action.READ_DUTY, on=on)
    return Duty.objects.filter(within(reach), pk__in=ids_from_document(document))
