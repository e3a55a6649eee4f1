"""The twenty cases of adding up as Redmine can be given them, by its interface.

Where Redmine has several ways, the one that comes nearest is taken. A figure is the hours spent on
an issue, a weight or denominator the estimated hours, a share the percent done: these Redmine adds
up to the parent.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bench.peers.redmine.interface import Interface, Refused
from bench.peers.truth_cases import PARTLY, QUESTIONS, RIGHT


@dataclass(frozen=True, slots=True)
class Case:
    """What is put to Redmine in the case of a number; None: it has no word for it.

    ``value`` is how the right answer begins, in Redmine's words; ``verdict`` is how far an answer
    that begins so is right: it may still not tell what it leaves out.
    """

    number: int
    value: str
    verdict: str
    put: Callable[["Asked"], str] | None
    remark: str = ""

    @property
    def name(self) -> str:
        """Return what the table calls it."""
        return QUESTIONS[self.number].name

    @property
    def right(self) -> str:
        """Return the one right answer."""
        return QUESTIONS[self.number].right


class Asked:
    """A parent of its own for each case, and its children."""

    def __init__(self, redmine: Interface, name: str) -> None:
        self.redmine = redmine
        self.parent = redmine.issue(f"Thành phố: {name}")

    def child(self, hours: str | None = None, **said: object) -> int:
        """Add a child, with hours spent on it where they are given."""
        child = self.redmine.issue("Phường", parent_issue_id=self.parent, **said)
        if hours is not None:
            self.spend(child, hours)
        return child

    def spend(self, child: int, hours: str) -> int:
        """Put hours on a child, on a day of its parent's own; return the id of the entry.

        A day bears 999 hours of one person.
        """
        activity = self.redmine.call("GET", "/enumerations/time_entry_activities.json")
        said = {
            "issue_id": child,
            "hours": hours,
            "spent_on": f"{date(2025, 1, 1) + timedelta(self.parent % 300)}",
            "activity_id": activity["time_entry_activities"][0]["id"],
        }
        made = self.redmine.call("POST", "/time_entries.json", {"time_entry": said})
        return int(made["time_entry"]["id"])

    def end(self, child: int, status: str) -> None:
        """Put a child into a state."""
        self.redmine.change(child, status_id=self.redmine.told["statuses"][status])

    def says(self, *names: str) -> str:
        """Return what the parent says."""
        found = self.redmine.read(self.parent)
        return ", ".join(f"{name} {_plain(found.get(name))}" for name in names)

    def closed(self) -> str:
        """Return how many of the children are closed, as the parent's page counts them."""
        children = self.redmine.read(self.parent, "children").get("children", [])
        states = [self.redmine.read(one["id"])["status"] for one in children]
        ended = {"Closed", "Rejected"}
        return f"{sum(one['name'] in ended for one in states)} of {len(states)} closed"


def _plain(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) and value < 1e6 else str(value)


SPENT, DONE = "total_spent_hours", "done_ratio"


def _nil(asked: Asked) -> str:
    asked.child("12")
    asked.child("0")
    return asked.says(SPENT)


def _missing(asked: Asked) -> str:
    asked.child("12")
    asked.child()
    return asked.says(SPENT)


def _zero(asked: Asked) -> str:
    asked.child("0")
    asked.child("0")
    return asked.says(SPENT)


def _void(asked: Asked) -> str:
    asked.child("12")
    child = asked.child()
    entry = asked.spend(child, "8")
    asked.end(child, "Rejected")
    kept = asked.says(SPENT)
    asked.redmine.call("DELETE", f"/time_entries/{entry}.json")
    return f"{asked.says(SPENT)} once the entry is deleted; {kept} while its issue is rejected"


def _rejected(asked: Asked) -> str:
    for status in ("Closed", "Closed", "Rejected"):
        asked.end(asked.child(), status)
    return f"{asked.closed()}, {asked.says(DONE)}"


def rejected_beside_open(asked: Asked) -> str:
    for status in ("Closed", "Rejected", "New"):
        asked.end(asked.child(), status)
    return f"{asked.says(DONE)}, {asked.closed()}"


def _weighted(*pairs: tuple[int, int | None]) -> Callable[[Asked], str]:
    def put(asked: Asked) -> str:
        for percent, weight in pairs:
            asked.child(done_ratio=percent, estimated_hours=weight)
        return asked.says(DONE)

    return put


def _amounts(asked: Asked) -> str:
    asked.child(estimated_hours="45370000000")
    asked.child(estimated_hours="630000000")
    typed = asked.redmine.read(asked.child(estimated_hours="45,37"))["estimated_hours"]
    kept = asked.redmine.read(asked.parent)["total_estimated_hours"] - typed
    return f"total_estimated_hours {kept:.0f}; 45,37 typed is {_plain(typed)}"


def _replaced(asked: Asked) -> str:
    child = asked.child("100")
    asked.spend(child, "120")
    return asked.says(SPENT)


def _above(asked: Asked) -> str:
    try:
        asked.child(done_ratio=126)
    except Refused as refused:
        return f"refused: {refused}"
    return asked.says(DONE)


def _ratio(asked: Asked) -> str:
    for percent, denominator in ((50, 2), (10, 90)):
        asked.child(done_ratio=percent, estimated_hours=denominator)
    by_denominator = asked.says(DONE)
    other = Asked(asked.redmine, "without denominators")
    for percent in (50, 10):
        other.child(done_ratio=percent)
    return f"{by_denominator} with denominators as estimated hours, {other.says(DONE)} without"


def _extension(asked: Asked) -> str:
    child = asked.child(due_date="2025-06-30")
    before = asked.says("due_date")
    asked.redmine.change(child, due_date="2025-07-31")
    journals = asked.redmine.read(asked.parent, "journals")["journals"]
    trace = [one for entry in journals for one in entry["details"] if one["name"] == "due_date"]
    asked.end(child, "Closed")
    told = "told" if trace else "not told"
    return f"parent's {before}, then {asked.says('due_date')}, {told} in the parent's history"


def _late(asked: Asked) -> str:
    asked.end(asked.child(due_date="2025-06-30"), "Closed")
    return f"{asked.closed()}, {asked.says(DONE)}"


def _merged(asked: Asked) -> str:
    old = [asked.child(), asked.child()]
    entries = [asked.spend(*pair) for pair in zip(old, ("100", "150"), strict=True)]
    before, heir = asked.says(SPENT), asked.child()
    for entry in entries:
        said = {"time_entry": {"issue_id": heir}}
        asked.redmine.call("PUT", f"/time_entries/{entry}.json", said)
    new, ward = (asked.redmine.read(one)["spent_hours"] for one in (heir, old[0]))
    after = asked.says(SPENT)
    return f"before {before}, after {after}, the new ward {new:g}; the old ward's past {ward:g}"


def _estimate(asked: Asked) -> str:
    asked.child("50")
    asked.child(estimated_hours=30)
    return asked.says(SPENT, "total_estimated_hours")


def _checked(asked: Asked) -> str:
    child = asked.child()
    entry = asked.spend(child, "60")
    said = {"time_entry": {"hours": "55"}}
    asked.redmine.call("PUT", f"/time_entries/{entry}.json", said)
    return asked.says(SPENT)


CASES = (
    Case(1, f"{SPENT} 12", PARTLY, _nil, "who answered is not told"),
    Case(
        2,
        f"{SPENT} 12",
        PARTLY,
        _missing,
        "the same answer as to case 1: what is missing reads like nothing",
    ),
    Case(
        3,
        f"{SPENT} 0",
        PARTLY,
        _zero,
        "a parent of which nobody spoke says the same",
    ),
    Case(
        4,
        f"{SPENT} 12",
        PARTLY,
        _void,
        "right once it is deleted without a trace",
    ),
    Case(
        5,
        "2 of 2",
        RIGHT,
        _rejected,
        "what is rejected counts as done",
    ),
    Case(6, f"{DONE} 60", RIGHT, _weighted((60, 2), (60, 3))),
    Case(7, f"{DONE} 70", RIGHT, _weighted((40, 1), (80, 3))),
    Case(
        8,
        f"{DONE} 60",
        PARTLY,
        _weighted((60, 2), (90, None)),
        "the mean of the other weights is put in its place, and nothing says so",
    ),
    Case(9, "total_estimated_hours 46000000000", RIGHT, _amounts),
    Case(10, "", RIGHT, None, "no target that is met from above"),
    Case(
        11,
        f"{SPENT} 120",
        RIGHT,
        _replaced,
        "a figure since January that follows one since January is added to it",
    ),
    Case(12, f"{DONE} 126", PARTLY, _above),
    Case(
        13,
        f"{DONE} 11",
        PARTLY,
        _ratio,
        "10.87 is cut to 10; without estimates shares are averaged",
    ),
    Case(
        14,
        "parent's due_date 2025-06-30, then due_date 2025-06-30",
        PARTLY,
        _extension,
        "one child's extension moves the parent's deadline; nothing is told on time or late",
    ),
    Case(
        15,
        "1 of 1 closed",
        PARTLY,
        _late,
        "done; that it was late is told nowhere",
    ),
    Case(
        16,
        f"before {SPENT} 250, after {SPENT} 250, the new ward 250",
        PARTLY,
        _merged,
        "entries are moved one by one, and the past of the old ward with them",
    ),
    Case(17, "", RIGHT, None),
    Case(18, "", RIGHT, None),
    Case(
        19,
        f"{SPENT} 50",
        PARTLY,
        _estimate,
        "both stand apart, as they should; no sum of both, nor who answered",
    ),
    Case(
        20,
        f"{SPENT} 55",
        PARTLY,
        _checked,
        "the 60 that was said is gone, without a trace",
    ),
)
"""In the order of the table."""
