"""What the officers of the demonstration decide about the commitments that were read.

A decision names its commitment by an exact quotation. Where reading proposes nothing at that
quotation the decision is left out and counted, so that the demonstration never shows a commitment
that reading did not find.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from lotrinh.apps.accounts import selectors as accounts
from lotrinh.apps.duties import services as duties
from lotrinh.apps.intake import selectors as intake
from lotrinh.apps.intake import services
from lotrinh.apps.intake.dues import recurrence_in
from lotrinh.apps.targets.services import Promise
from lotrinh.apps.units import selectors as units
from lotrinh.demo.cast import data, members
from lotrinh.rules.target_terms import Comparator

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.intake.models import Candidate, ReadingRun
    from lotrinh.apps.units.models import Person, Unit

MORNING = time(9, 0)
Runs: TypeAlias = "Mapping[str, ReadingRun]"


class QuoteNotFound(Exception):
    """A quotation of the decisions does not stand in the text of its document."""


def decide_all(
    *, on: date, zone: ZoneInfo, progress: Callable[[str, int, int], None]
) -> tuple[str, ...]:
    """Take every decision; return the quotations at which reading proposed nothing."""
    rows = data("decisions")["decision"]
    files = {row["code"]: row["file"] for row in data("documents")["document"]}
    seen: dict[int, Runs] = {}
    missed = []
    for done, row in enumerate(rows, start=1):
        user = _decider(row)
        if user.pk not in seen:
            seen[user.pk] = _runs(user, on)
        runs = seen[user.pk]
        candidate = _candidate(row, runs[files[row["document"]]])
        if candidate is None:
            missed.append(row["quote"])
        else:
            day = row["decided_on"]
            _decide(row, candidate, user, on=day, at=datetime.combine(day, MORNING, zone))
        progress("decisions", done, len(rows))
    return tuple(missed)


def missed_quotes() -> tuple[str, ...]:
    """Return the quotations of decisions that were not taken, for want of a proposal there."""
    rows = data("decisions")["decision"]
    taken = intake.decision_keys()
    return tuple(row["quote"] for row in rows if _key(row, "decide") not in taken)


def _decider(row: dict[str, Any]) -> "User":
    user = accounts.user_by_sign_in_name(row.get("by") or members()[0].sign_in)
    if user is None:
        raise LookupError(row.get("by"))
    return user


def _runs(user: "User", on: date) -> Runs:
    """Return every reading that the account may see, by the name of the file that was read."""
    runs = intake.runs_seen(seen_by=user.pk, on=on)
    return {run.rendition.source_name: run for run in runs}


def _candidate(row: dict[str, Any], run: "ReadingRun") -> "Candidate | None":
    """Return the undecided proposal of the wanted kind that the quotation touches most."""
    start = run.rendition.text.find(row["quote"])
    if start < 0:
        raise QuoteNotFound(row["quote"])
    end = start + len(row["quote"])
    touching = [
        (min(found.end, end) - max(found.start, start), -found.ordinal, found)
        for found in intake.candidates_of(run=run)
        if found.kind == row["kind"]
        and found.start < end
        and found.end > start
        and intake.decision_of(found) is None
    ]
    return max(touching)[2] if touching else None


def _decide(
    row: dict[str, Any], candidate: "Candidate", user: "User", *, on: date, at: datetime
) -> None:
    common: dict[str, Any] = {
        "candidate_id": candidate.pk,
        "user": user,
        "client_key": _key(row, "decide"),
        "on": on,
        "at": at,
    }
    if row["verdict"] == "reject":
        services.reject_candidate(reason=row["reason_code"], note=row["reason"], **common)
    elif row["kind"] == "target":
        services.confirm_target(promise=_promise(row, candidate), **common)
    else:
        duty = services.confirm_task(assignment=_assignment(row, candidate), **common)
        if row["issue"]:
            duties.issue_duty(
                duty_id=duty.pk,
                act=duties.Act(
                    user=user, client_key=_key(row, "issue"), on=on, at=at, version=duty.version
                ),
            )


def _assignment(row: dict[str, Any], candidate: "Candidate") -> duties.Assignment:
    return duties.Assignment(
        title=row["title"],
        language=candidate.run.rendition.language,
        unit=_unit(row),
        person=_person(row),
        due=_due(row),
        recurrence=recurrence_in(candidate),
        responsibility=row["responsibility"],
        deliverable=row["deliverable"],
        authority=row["authority"],
    )


def _promise(row: dict[str, Any], candidate: "Candidate") -> Promise:
    value = candidate.fields["value"]
    ends = value if isinstance(value, list) else [value, None]
    return Promise(
        measure=row["title"],
        language=candidate.run.rendition.language,
        comparator=Comparator(candidate.fields["comparator"]),
        value=Decimal(str(ends[0])),
        high=None if ends[1] is None else Decimal(str(ends[1])),
        unit_of_measure=candidate.fields["unit"] or "",
        due=_due(row),
        unit=_unit(row),
        counts_persons=row.get("counts_persons"),
    )


def _unit(row: dict[str, Any]) -> "Unit | None":
    return units.unit_by_code(row["unit"]) if row["unit"] else None


def _person(row: dict[str, Any]) -> "Person | None":
    user = accounts.user_by_sign_in_name(row["person"]) if row["person"] else None
    return units.person_of(user_id=user.pk) if user else None


def _due(row: dict[str, Any]) -> date | None:
    due = row.get("due")
    return due if isinstance(due, date) else None


def _key(row: dict[str, Any], step: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"urn:lotrinh:demo:{step}:{row['document']}:{row['quote']}")
