"""One duty's life as its page shows it: what can be done now, by whom, and what was done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties import services
from lotrinh.apps.journal import selectors as journal
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import WHO, DutyState, Side, Step, steps_from
from lotrinh.web.formatting import day
from lotrinh.web.presenters.refusals import who_may
from lotrinh.web.wording import EVENTS, STEPS, word

if TYPE_CHECKING:
    from lotrinh.apps.duties.models import Duty, DutyEvent

NOT_OFFERED = frozenset({Step.AMEND, Step.ISSUE, Step.WITHDRAW, Step.SPREAD, Step.GATHER})
"""What is done to a draft has forms of its own."""
NEXT = {
    DutyState.ISSUED: Step.ACCEPT,
    DutyState.ACCEPTED: Step.REPORT,
    DutyState.RETURNED: Step.REPORT,
    DutyState.CLAIMED: Step.VERIFY,
    DutyState.REFUSING: Step.RELEASE,
    DutyState.CONTESTED: Step.OVERRULE,
}
"""The step that moves a duty on from a state: its button stands out for whose turn it is."""
_KILO = 1024


@dataclass(frozen=True, slots=True)
class Offer:
    """A step that is open. ``refused_text`` says why the reader may not take it, and who may.

    ``is_first``: it is the reader's turn, and this step moves the duty on; at most one is. A step
    ``in_place`` of the unit that owes is the unit's own: the reader may take it from above.
    """

    code: str
    name: str
    url: str
    is_first: bool
    in_place: bool
    refused_text: str


@dataclass(frozen=True, slots=True)
class Others:
    """Steps that are for others, and for whom."""

    names: str
    who_text: str


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that was handed in."""

    name: str
    url: str
    size_text: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A step that was taken, with all that was said and handed in."""

    on: date
    at: datetime
    words_text: str
    by_name: str
    note: str
    percent: int | None
    obstacle: str
    proposal: str
    asked_until: date | None
    granted: tuple[date, date] | None
    basis_name: str
    basis_url: str
    files: tuple[Handed, ...]


def open_steps(duty: "Duty", *, on: date) -> tuple[Step, ...]:
    """Return the steps that are open from the duty's state on that day, drafts' own left out."""
    found = [step for step in steps_from(DutyState(duty.state)) if step not in NOT_OFFERED]
    closed: set[Step] = set()
    if duty.asked_due is None:
        closed |= {Step.EXTEND, Step.DECLINE}
    if duty.deadline is None or on > duty.deadline or duty.asked_due is not None:
        closed.add(Step.ASK)
    return tuple(step for step in found if step not in closed)


def may_take(duty: "Duty", step: Step, *, user_id: int, on: date) -> bool:
    """Say whether the account acts for the side that takes this step."""
    action, unit_id = services.right_for(duty=duty, step=step, on=on)
    return units.may(user_id=user_id, action=action, unit_id=unit_id, on=on)


def offers_of(
    duty: "Duty", events: "Sequence[DutyEvent]", *, user_id: int, on: date
) -> tuple[tuple[Offer, ...], tuple[Others, ...]]:
    """Return the steps that the reader may take, and those of others with who takes them.

    First comes the one that moves the duty on, where it is the reader's turn; last what he may do
    in place of the unit that owes.
    """
    own = units.acts_for(user_id=user_id, on=on)
    # one page reports, and says that it is done
    steps = [step for step in open_steps(duty, on=on) if step is not Step.CLAIM]
    rights = {step: services.right_for(duty=duty, step=step, on=on) for step in steps}
    heirs = units.answerable_for({unit_id for _action, unit_id in rights.values()}, on=on)
    mine: list[Offer] = []
    others: dict[tuple[Action, int], list[str]] = {}
    for step, right in rights.items():
        if units.may(user_id=user_id, action=right[0], unit_id=right[1], on=on):
            is_own = bool(own & {right[1], heirs[right[1]]})
            mine.append(_offer(duty, step, events, user_id=user_id, is_own=is_own))
        elif right[0] is not Action.DO_DUTY:  # who owes it stands on the page anyway
            others.setdefault(right, []).append(word(STEPS, step))
    mine = _one_first(mine)
    told = tuple(
        Others("; ".join(names), who_may(action, unit_id=unit_id, on=on))
        for (action, unit_id), names in others.items()
    )
    return tuple(mine), told


def _one_first(offers: list[Offer]) -> list[Offer]:
    """Let one offer stand out at most: of a duty that also waits for more time, the work itself."""
    offers.sort(key=lambda offer: (not offer.is_first, offer.in_place))
    return [replace(offer, is_first=offer.is_first and not at) for at, offer in enumerate(offers)]


def same_person(event: "DutyEvent") -> str:
    """Return why a step is not for who took an earlier one."""
    return _("You took this step yourself on %(day)s: %(step)s. Somebody else has to judge it.") % {
        "day": day(event.on or event.at.date()),
        "step": word(EVENTS, services.VERBS[Step(event.step)]),
    }


def moments_of(events: "Sequence[DutyEvent]") -> tuple[Moment, ...]:
    """Return what was done, newest first; a document that is not seen is not told."""
    names = journal.names_of({event.by.uid for event in events})
    return tuple(moment(event, names) for event in events)


def moment(event: "DutyEvent", names: Mapping[UUID, str]) -> Moment:
    """Return one step as it is told, with its document where the reader sees it."""
    seen = event.basis if getattr(event, "basis_is_seen", False) else None
    details = event.details
    asked = details.get("due")
    return Moment(
        on=event.on or event.at.date(),
        at=event.at,
        words_text=word(EVENTS, services.VERBS[Step(event.step)]),
        by_name=names.get(event.by.uid, ""),
        note=event.note,
        percent=details.get("percent"),
        obstacle=str(details.get("obstacle") or ""),
        proposal=str(details.get("proposal") or ""),
        asked_until=date.fromisoformat(asked) if asked else None,
        granted=_granted(event),
        basis_name=(seen.number or seen.title) if seen else "",
        basis_url=reverse("document", kwargs={"uid": seen.uid}) if seen else "",
        files=tuple(
            Handed(
                name=row["name"],
                url=reverse("evidence", kwargs={"uid": row["uid"]}),
                size_text=f"{max(1, row['size'] // _KILO)} kB",
            )
            for row in getattr(event, "files", ())
        ),
    )


def last_moment(event: "DutyEvent") -> Moment:
    """Return what somebody else has done meanwhile."""
    return moment(event, journal.names_of({event.by.uid}))


def _offer(
    duty: "Duty", step: Step, events: "Sequence[DutyEvent]", *, user_id: int, is_own: bool
) -> Offer:
    turns = {NEXT.get(DutyState(duty.state)), Step.EXTEND}  # who may extend was asked to
    own = duties.judged_before(events, step, user_id=user_id)
    page, given = "duty-step", {"uid": duty.uid, "step": step.value}
    if step is Step.REPORT:
        page, given = "duty-report", {"uid": duty.uid}
    return Offer(
        code=step.value,
        name=_("Report, or say that it is done") if step is Step.REPORT else word(STEPS, step),
        url=reverse(page, kwargs=given),
        is_first=is_own and not own and step in turns,
        in_place=not is_own and WHO[step] is Side.OWER,
        refused_text=same_person(own) if own else "",
    )


def _granted(event: "DutyEvent") -> tuple[date, date] | None:
    """Return the deadline before and after an extension."""
    if event.step != Step.EXTEND:
        return None
    before, after = event.words_before, event.words_after
    old = before.get("approved_due") or before.get("due")
    return date.fromisoformat(old), date.fromisoformat(after["approved_due"])
