"""What the officers of the demonstration do about what is owed, step by step.

A duty is found by the decision that made it; one whose decision was left out is left out here too.
"""

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from lotrinh.apps.accounts import selectors as accounts
from lotrinh.apps.duties import services
from lotrinh.apps.intake import selectors as intake
from lotrinh.demo.cast import data, members
from lotrinh.rules.duty_states import Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.duties.models import Duty
    from lotrinh.apps.intake.models import ReadingRun

AFTERNOON = time(14, 30)
_OF_THE_ACT = frozenset({"step", "by", "on", "note", "basis"})


def live_all(*, on: date, zone: ZoneInfo) -> int:
    """Take every step of the story and return how many were taken."""
    officer = accounts.user_by_sign_in_name(members()[0].sign_in)
    if officer is None:
        raise LookupError(members()[0].sign_in)
    found = intake.runs_seen(seen_by=officer.pk, on=on)
    by_file = {run.rendition.source_name: run for run in found}
    files = {row["code"]: row["file"] for row in data("documents")["document"]}
    runs = {code: by_file[name] for code, name in files.items() if name in by_file}
    taken = 0
    for row in data("life")["life"]:
        duty = _duty(row, runs[row["document"]])
        if duty is None:
            continue
        for told in row.get("steps", ()):
            duty = _step(duty, row, told, runs, zone)
            taken += 1
        if "explain" in row:
            _explain(duty, row, zone)
            taken += 1
    return taken


def _duty(row: dict[str, Any], run: "ReadingRun") -> "Duty | None":
    """Return the duty that was made of the proposal at the quotation."""
    start = run.rendition.text.find(row["quote"])
    end = start + len(row["quote"])
    for found in intake.candidates_of(run=run):
        if start >= 0 and found.start < end and found.end > start:
            decision = intake.decision_of(found)
            if decision is not None and decision.duty is not None:
                return decision.duty
    return None


def _step(
    duty: "Duty",
    row: dict[str, Any],
    told: dict[str, Any],
    runs: "Mapping[str, ReadingRun]",
    zone: ZoneInfo,
) -> "Duty":
    act = services.Act(
        user=_user(told["by"]),
        client_key=_key(row, told),
        on=told["on"],
        at=datetime.combine(told["on"], AFTERNOON, zone),
        version=duty.version,
        note=told.get("note", ""),
        basis=runs[told["basis"]].rendition.document if "basis" in told else None,
    )
    beside = {name: value for name, value in told.items() if name not in _OF_THE_ACT}
    return services.TAKEN_BY[Step(told["step"])](duty_id=duty.pk, act=act, **beside)


def _explain(duty: "Duty", row: dict[str, Any], zone: ZoneInfo) -> None:
    told = row["explain"]
    services.ask_explanation(
        duty_id=duty.pk,
        title=told["title"],
        language="vi",
        deliverable=told["deliverable"],
        due=told["due"],
        note=told["note"],
        user=_user(told["by"]),
        client_key=_key(row, {"step": "explain", **told}),
        on=told["on"],
        at=datetime.combine(told["on"], AFTERNOON, zone),
    )


def _user(sign_in_name: str) -> "User":
    user = accounts.user_by_sign_in_name(sign_in_name)
    if user is None:
        raise LookupError(sign_in_name)
    return user


def _key(row: dict[str, Any], told: dict[str, Any]) -> UUID:
    named = f"{told['step']}:{told['on']}:{row['document']}:{row['quote']}"
    return uuid5(NAMESPACE_URL, f"urn:lotrinh:demo:life:{named}")
