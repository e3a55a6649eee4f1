"""Allocations as pages show them: a row for each unit, the sum, and what is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lotrinh.apps.journal import selectors as journal
from lotrinh.apps.targets import selectors as targets
from lotrinh.apps.units import selectors as units
from lotrinh.rules.allocation_states import AllocationState, ShareAnswer
from lotrinh.web.formatting import amount, day, named, number
from lotrinh.web.presenters.shapes import Event
from lotrinh.web.wording import word
from lotrinh.web.wording_of_targets import (
    ALLOCATION_METHODS,
    ALLOCATION_STATES,
    ALLOCATION_STEPS,
    SHARE_ANSWERS,
)

if TYPE_CHECKING:
    from django.forms import BoundField, Form

    from lotrinh.apps.targets.models import Allocation, AllocationShare


@dataclass(frozen=True, slots=True)
class ShareRow:
    """The share of one unit; ``value_field`` and ``base_field`` only where it may be typed."""

    uid: UUID
    name: str
    url: str
    value_text: str
    base_text: str
    previous_text: str
    answer_code: str
    answer_text: str
    asked_text: str
    reason: str
    who: str
    may_answer: bool
    value_field: "BoundField | None" = None
    base_field: "BoundField | None" = None


def share_rows(
    shares: "Iterable[AllocationShare]",
    *,
    unit: str,
    answerable: frozenset[int],
    form: "Form | None" = None,
) -> tuple[ShareRow, ...]:
    """Return the shares as rows; with a form, each with the fields in which it is typed."""
    held = tuple(shares)
    names = journal.names_of(
        [share.answered_by.uid for share in held if share.answered_by is not None]
    )
    return tuple(
        ShareRow(
            uid=share.uid,
            name=named(share.unit),
            url=reverse("unit", kwargs={"uid": share.unit.uid}),
            value_text=_figure(share.value, unit),
            base_text=_figure(share.base, ""),
            previous_text=_figure(share.previous, unit),
            answer_code=share.answer,
            answer_text=word(SHARE_ANSWERS, share.answer) if share.answer else "",
            asked_text=_figure(share.asked, unit),
            reason=share.reason,
            who=names.get(share.answered_by.uid, "") if share.answered_by else "",
            may_answer=share.pk in answerable,
            value_field=form[f"v{share.rank}"] if form else None,
            base_field=form[f"b{share.rank}"] if form else None,
        )
        for share in held
    )


def asked_rows(
    shares: "Iterable[AllocationShare]",
) -> tuple[tuple[str, str, str, str, date | None], ...]:
    """Return of each share that units are asked about address, measure, figure, answer, day."""
    return tuple(
        (
            reverse("allocation", kwargs={"uid": share.allocation.uid}),
            share.allocation.target.measure.name,
            f"{named(share.unit)}: "
            + _figure(share.value, share.allocation.target.measure.unit_of_measure),
            word(SHARE_ANSWERS, share.answer) if share.answer else "",
            share.allocation.answers_due,
        )
        for share in shares
    )


def against_words(allocation: "Allocation", shares: "Iterable[AllocationShare]") -> dict[str, Any]:
    """Return in words how the shares stand against the whole, and whether they make it."""
    found = targets.standing_of(allocation, shares)
    unit = allocation.target.measure.unit_of_measure
    is_rate = targets.rollup_of(allocation.target.measure) in targets.RATES
    return {
        "is_rate": is_rate,
        "whole_text": amount(found.whole, unit),
        "total_text": "" if found.total is None else amount(found.total, unit),
        "bases_text": _figure(found.bases, ""),
        "without_text": ngettext(
            "%(n)d unit has no figure yet; missing is not zero.",
            "%(n)d units have no figure yet; missing is not zero.",
            found.without,
        )
        % {"n": found.without}
        if found.without
        else "",
        "difference_text": _difference(found, unit, is_rate=is_rate),
        "is_even": found.difference == 0 and not found.without,
        "not_carried_text": _not_carried(allocation, unit),
    }


def _difference(found: targets.Against, unit: str, *, is_rate: bool) -> str:
    if found.difference is None:
        if found.weightless:
            return _(
                "How the parts stand to the whole cannot be said: a rate is weighted by its "
                "denominator, and some units have none."
            )
        return _("These figures are not added up; nothing is compared with the whole.")
    if found.difference == 0:
        return _("The weighted mean is the whole.") if is_rate else _("The parts make the whole.")
    words = {"figure": amount(abs(found.difference), unit)}
    if is_rate:
        return (
            _("The weighted mean is %(figure)s below the whole.") % words
            if found.difference > 0
            else _("The weighted mean is %(figure)s above the whole.") % words
        )
    if found.difference > 0:
        return _("%(figure)s of the whole is given to nobody.") % words
    return _("The parts are %(figure)s more than the whole.") % words


def _not_carried(allocation: "Allocation", unit: str) -> str:
    if not allocation.not_carried:
        return ""
    return _(
        "Of the allocation before, %(figure)s could be carried to no single unit: the units that "
        "held it ended, and nobody has said in what parts others follow them."
    ) % {"figure": amount(allocation.not_carried, unit)}


def steps_shown(allocation: "Allocation", *, seen_by: int, on: date) -> tuple[Event, ...]:
    """Return what was done to an allocation, the latest first."""
    found = targets.steps_of(allocation, seen_by=seen_by, on=on)
    names = journal.names_of([event.by.uid for event in found])
    return tuple(
        Event(
            at=event.at,
            words_text=word(ALLOCATION_STEPS, event.step)
            + (f": {named(event.unit)}" if event.unit else ""),
            actor_name=names.get(event.by.uid) or None,
            reason=event.note or None,
        )
        for event in found
    )


def left_out_rows(allocation: "Allocation") -> tuple[tuple[str, str], ...]:
    """Return the units that have no share, each with the reason."""
    if not allocation.left_out:
        return ()
    found = units.units_by_uids(UUID(uid) for uid in allocation.left_out)
    return tuple((named(unit), allocation.left_out[str(unit.uid)]) for unit in found)


def sheet_facts(allocation: "Allocation") -> dict[str, Any]:
    """Return what stands above the sheet of an allocation."""
    target = allocation.target
    return {
        "allocation": allocation,
        "title": target.measure.name,
        "target_uid": target.uid,
        "state_text": word(ALLOCATION_STATES, allocation.state),
        "method_text": word(ALLOCATION_METHODS, allocation.method),
        "is_open": allocation.state in (AllocationState.DRAFT, AllocationState.CONSULTING),
        "is_consulting": allocation.state == AllocationState.CONSULTING,
        "is_draft": allocation.state == AllocationState.DRAFT,
        "is_decided": allocation.state == AllocationState.DECIDED,
        "as_of_text": day(allocation.as_of),
        "denominator": target.measure.denominator,
        "basis": allocation.basis,
    }


def answers_words(shares: "Iterable[AllocationShare]") -> str:
    """Return how many units have agreed, asked, and not answered."""
    said = [share.answer for share in shares]
    words = {
        "total": len(said),
        "agree": said.count(ShareAnswer.AGREES),
        "ask": said.count(ShareAnswer.ASKS),
        "silent": said.count(""),
    }
    return (
        _(
            "Of %(total)d units %(agree)d agree, %(ask)d ask for another figure, %(silent)d have "
            "not answered."
        )
        % words
    )


def _figure(value: Decimal | None, unit: str) -> str:
    if value is None:
        return ""
    return amount(value, unit) if unit else number(value)
