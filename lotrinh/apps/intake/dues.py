"""By when a proposal is due: what its passage says, counted as the office to which it is owed does.

The desk fills in what is found here, and the passage keeps it once somebody has confirmed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from lotrinh.apps.documents.models import Document
from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.intake.models import Candidate
from lotrinh.reading.due_words import stated_by
from lotrinh.rules.deadlines import last_day
from lotrinh.rules.due_days import DEFAULT_COUNTING, Counting, Due, FromEvent, Stated, due_of
from lotrinh.rules.working_days import WorkingDays

_BEFORE_A_TIME = 24  # characters in which "trước ngày" stands


@dataclass
class Office:
    """How the unit that keeps a document counts its deadlines on a day.

    The calendar is asked for only if something is counted by it; how the keeper counts is not asked
    for where it is known (``is_usual``) that no unit has said anything.
    """

    document: Document
    on: date
    is_usual: bool = False

    @cached_property
    def counting(self) -> Counting:
        """What the keeper has set, or inherits."""
        if self.is_usual:
            return DEFAULT_COUNTING
        keeper = self.document.keeper_id
        return duties.counting_of([keeper], on=self.on)[keeper]

    @cached_property
    def calendar(self) -> WorkingDays:
        """The days on which offices work."""
        return duties.working_days()


def due_in(candidate: Candidate, office: Office) -> Due:
    """Return by when a proposed task is due."""
    stated = stated_in(candidate)
    is_said = stated.iso or stated.recurrence or stated.days is not None
    counting = DEFAULT_COUNTING if is_said else office.counting
    is_counted = stated.days is not None or counting.default_days is not None
    return due_of(
        stated,
        issued_on=office.document.issued_on,
        counts_from=_event(stated, office),
        counting=counting,
        calendar=office.calendar if is_counted else WorkingDays(),
    )


def stated_in(candidate: Candidate) -> Stated:
    """Return what the passage of a proposal says of its deadline."""
    text, fields = candidate.run.rendition.text, candidate.fields
    iso = str(fields.get("due") or "")
    named = _fact_of(iso, candidate) if iso else None
    place = named["start"] if named else 0
    stated = stated_by(
        text[candidate.start : candidate.end],
        lead_in=text[max(0, place - _BEFORE_A_TIME) : place],
        iso=iso,
        recurrence=str(fields.get("recurrence") or ""),
    )
    if named is not None and named["last_day"]:  # reading has judged by the whole sentence
        is_before = date.fromisoformat(named["last_day"]) != last_day(iso)
        return replace(stated, is_before=is_before)
    return stated


def recurrence_in(candidate: Candidate) -> str:
    """Return how often a proposed task recurs, with the day by which; empty where it does not."""
    stated = stated_in(candidate)
    return stated.recurrence or ("yearly" if stated.is_open else "")


def _event(stated: Stated, office: Office) -> date | None:
    """Return the day from which days count; one that only the text knows is not guessed.

    What is asked for without a deadline counts, like a receipt, from the day of drafting.
    """
    if stated.days is None or stated.event == FromEvent.RECEIVED:
        return office.on
    return office.document.issued_on if stated.event == FromEvent.ISSUED else None


def _fact_of(iso: str, candidate: Candidate) -> Mapping[str, Any] | None:
    """Return the fact that names the time: in the passage, in its clause, else the last before."""
    facts: Sequence[Mapping[str, Any]] = candidate.run.facts
    days = [fact for fact in facts if fact["kind"] == "date" and fact["iso"] == iso]
    around = candidate.clause or candidate
    inside = [day for day in days if candidate.start <= day["start"] < candidate.end]
    near = [day for day in days if around.start <= day["start"] < around.end]
    before = [day for day in days if day["start"] < candidate.start]
    return next(iter((*inside, *near, *before[-1:])), None)
