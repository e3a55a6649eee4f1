"""How a duty stands and what it still lacks, in the codes and words of the pages."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lotrinh.apps.duties.selectors import passages_of
from lotrinh.rules.clarities import Clarity as Code
from lotrinh.rules.clarities import Terms, missing_clarities
from lotrinh.rules.deadlines import last_day, states_a_day
from lotrinh.rules.due_days import DEFAULT_COUNTING, Counting, is_soon
from lotrinh.rules.duty_states import DutyState, Step, steps_from
from lotrinh.rules.recurrence import base_of, by_when
from lotrinh.rules.standing import Standing, overdue_days, standing, standing_when_done
from lotrinh.web.answers import door
from lotrinh.web.formatting import day, named, ordinal, stated
from lotrinh.web.presenters.provenance import passage_at
from lotrinh.web.presenters.shapes import Clarity, Deadline, DutyRow, Status
from lotrinh.web.wording import RECURRENCES, word

if TYPE_CHECKING:
    from lotrinh.apps.duties.models import Duty

_OWN_WORDS = {Code.TIME: "deadline"}
"""The pages say "deadline" where the rule says "time"."""


def clarity_code(code: Code) -> str:
    """Return what the templates call a clarity."""
    return _OWN_WORDS.get(code, code.value)


def missing_codes(terms: Terms) -> tuple[str, ...]:
    """Return what is still missing, in the codes of the templates."""
    return tuple(clarity_code(code) for code in missing_clarities(terms))


_AWAITED = {
    DutyState.CLAIMED: "waiting",
    DutyState.REFUSING: "refusing",
    DutyState.CONTESTED: "contested",
    DutyState.SUSPENDED: "suspended",
    DutyState.DRAFT: "draft",
    DutyState.SPREAD: "carried",
    DutyState.WITHDRAWN: "dropped",
    DutyState.CANCELLED: "dropped",
    DutyState.REFUSED: "refused",
}
"""The states that say by themselves how a duty stands; in the others its deadline does."""


def status_of(duty: "Duty", *, on: date, counting: Counting = DEFAULT_COUNTING) -> Status:
    """Return how a duty stands on that day; ``counting`` is how the unit that owes it counts."""
    return status_when(
        DutyState(duty.state),
        due=duty.deadline,
        handed_in_on=duty.handed_in_on,
        on=on,
        counting=counting,
    )


def status_when(
    state: DutyState,
    *,
    due: date | None,
    handed_in_on: date | None,
    on: date,
    counting: Counting = DEFAULT_COUNTING,
) -> Status:
    """Return how a duty in this state stands on that day."""
    if state is DutyState.DONE and handed_in_on is not None:
        judged = standing_when_done(due, handed_in_on)
        return Status("done_late" if judged is Standing.DONE_LATE else "done")
    if state in _AWAITED:
        return Status(_AWAITED[state])
    if due is None:
        return Status("undated")
    if standing(due, on) is Standing.OPEN_OVERDUE:
        return Status("late", overdue_days(due, on))
    return Status("soon", (due - on).days) if is_soon(due, on, counting) else Status("open")


def recurrence_text(recurrence: str) -> str:
    """Return how often something is owed, and by which day of the period where that was said."""
    often, told = word(RECURRENCES, base_of(recurrence)), by_when(recurrence)
    if told is None:
        return often
    month, number = told
    if month:
        return _("%(often)s, by %(day)s") % {"often": often, "day": f"{number}/{month}"}
    return _("%(often)s by the %(day)s") % {"often": often, "day": ordinal(number)}


def due_text(due: date | None, iso: str) -> str | None:
    """Return how the document states a deadline, where it states less than the very day.

    A deadline that a person has set to another day is his, and the words no longer fit.
    """
    if due is not None and iso and not states_a_day(iso) and last_day(iso) == due:
        return stated(iso)
    return None


def due_text_of(duty: "Duty") -> str | None:
    """Return ``due_text`` of a duty, from the first of its passages that fits.

    Of one that recurs it is how often, and until when. A period is named by its period already:
    its deadline is a day.
    """
    if duty.period:
        return None
    fitting = (due_text(duty.due, one.stated_due) for one in passages_of(duty))
    found = next((text for text in fitting if text), None)
    if not duty.recurrence:
        return found
    often = recurrence_text(duty.recurrence)
    if duty.due is None:
        return often
    return _("%(often)s, until %(day)s") % {"often": often, "day": found or day(duty.due)}


def deadline_of(duty: "Duty") -> Deadline:
    """Return the deadline that holds, beside the original one where they differ."""
    is_moved = duty.approved_due is not None and duty.approved_due != duty.due
    return Deadline(duty.deadline, due_text_of(duty), duty.due if is_moved else None)


def duty_row(duty: "Duty", *, on: date, counting: Counting = DEFAULT_COUNTING) -> DutyRow:
    """Return the row of a duty in a list; ``counting`` is how the unit that owes it counts."""
    first = next(iter(passages_of(duty)), None)
    is_draft = duty.state == DutyState.DRAFT
    return DutyRow(
        uid=duty.uid,
        title=duty.title,
        sub_text=stated(duty.period) if duty.period else None,
        document_number=(first.number or None) if first else None,
        source_url=passage_at(first.document, first.text, first.start) if first else None,
        unit_name=named(duty.unit) if duty.unit else None,
        unit_uid=duty.unit.uid if duty.unit else None,
        person_name=duty.person.full_name if duty.person else None,
        due_on=duty.deadline,
        due_text=due_text_of(duty),
        status=status_of(duty, on=on, counting=counting),
        missing=missing_codes(duty.terms) if is_draft else (),
        url=door("duty", duty.uid),
        unit_url=door("unit", duty.unit.uid) if duty.unit else None,
        is_worked_on=Step.REPORT in steps_from(DutyState(duty.state)),
    )


def clarities_of(duty: "Duty") -> tuple[Clarity, ...]:
    """Return the six clarities of a duty, each with what it says."""
    missing = missing_clarities(duty.terms)
    leader = duty.leader.full_name if duty.leader else ""
    said = {
        Code.PERSON: duty.person.full_name if duty.person else "",
        Code.WORK: duty.title,
        Code.TIME: due_text_of(duty) or (day(duty.due) if duty.due else ""),
        Code.RESPONSIBILITY: "; ".join(one for one in (leader, duty.responsibility) if one),
        Code.DELIVERABLE: duty.deliverable,
        Code.AUTHORITY: duty.authority,
    }
    return tuple(
        Clarity(clarity_code(code), is_clear=code not in missing, value_text=said[code] or None)
        for code in Code
    )
