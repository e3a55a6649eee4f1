"""Targets as pages show them."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from lotrinh.rules.target_terms import gaps
from lotrinh.web.formatting import amount, named
from lotrinh.web.presenters.commitments import value_text
from lotrinh.web.presenters.provenance import first_source
from lotrinh.web.presenters.standing import due_text
from lotrinh.web.wording import DIRECTIONS, ROLLUPS, word

if TYPE_CHECKING:
    from lotrinh.apps.targets.models import Target


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target in a list."""

    uid: UUID
    title: str
    value_text: str
    baseline_text: str | None
    due_on: date | None
    due_text: str | None
    unit_name: str | None
    unit_uid: UUID | None
    document_number: str | None
    source_url: str | None


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """One target in full. It is a draft as long as it cannot be judged: something is missing."""

    uid: UUID
    title: str
    value_text: str
    direction_text: str | None
    baseline_text: str | None
    due_on: date | None
    due_text: str | None
    unit_name: str | None
    unit_uid: UUID | None
    person_name: str | None
    rule_text: str | None
    is_draft: bool
    withdrawn_on: date | None


def target_row(target: "Target", stated: str) -> TargetRow:
    """Return the row of a target; ``stated`` is its deadline as the text states it."""
    number, url = first_source(target.sources.all())
    return TargetRow(
        uid=target.uid,
        title=target.measure.name,
        value_text=value_text(target),
        baseline_text=_baseline(target),
        due_on=target.due,
        due_text=due_text(target.due, stated),
        unit_name=named(target.unit) if target.unit else None,
        unit_uid=target.unit.uid if target.unit else None,
        document_number=number,
        source_url=url,
    )


def target_facts(target: "Target", stated: str) -> TargetFacts:
    """Return one target in full; ``stated`` is its deadline as the text states it."""
    return TargetFacts(
        uid=target.uid,
        title=target.measure.name,
        value_text=value_text(target),
        direction_text=word(DIRECTIONS, target.comparator)
        if target.comparator in DIRECTIONS
        else None,
        baseline_text=_baseline(target),
        due_on=target.due,
        due_text=due_text(target.due, stated),
        unit_name=named(target.unit) if target.unit else None,
        unit_uid=target.unit.uid if target.unit else None,
        person_name=None,
        rule_text=word(ROLLUPS, target.measure.rollup) if target.measure.rollup else None,
        is_draft=bool(gaps(target.terms)),
        withdrawn_on=target.withdrawn_on,
    )


def _baseline(target: "Target") -> str | None:
    if target.baseline is None:
        return None
    return amount(target.baseline, target.measure.unit_of_measure)
