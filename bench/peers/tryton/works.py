"""The cases put to Tryton's works: a project with tasks, which it adds up (``project``).

A figure is the time spent on a work, a weight or denominator its effort, a share its progress.
"""

from collections.abc import Callable
from datetime import date, timedelta

from bench.peers.tryton.ground import (
    AUGUST_15,
    JULY_15,
    JULY_31,
    JUNE_30,
    LAST_DAY,
    NEW_YEAR,
    Ground,
    plain,
)
from bench.peers.tryton.interface import Refused

SPENT, EFFORT, PROGRESS = "timesheet_duration", "total_effort", "total_progress"
DEADLINE, FINISH = "constraint_finish_date", "actual_finish_date"
HOUR = timedelta(hours=1)


class City:
    """A project of its own for each case, and its wards."""

    def __init__(self, ground: Ground, **said: object) -> None:
        self.ground, self.tryton = ground, ground.tryton
        self.work = self._work("Thành phố", type="project", **said)

    def _work(self, name: str, **said: object) -> int:
        return self.tryton.make("project.work", name=name, timesheet_available=True, **said)

    def ward(self, hours: str | None = None, *, under: int | None = None, **said: object) -> int:
        """Add a ward, with hours spent on it where they are given."""
        ward = self._work("Phường", type="task", parent=under or self.work, **said)
        if hours is not None:
            self.spend(ward, hours)
        return ward

    def sheet(self, ward: int) -> int:
        """Return what hours on a ward are put on."""
        found = self.tryton.read("project.work", ward, "timesheet_works")
        return int(found["timesheet_works"][0])

    def spend(self, ward: int, hours: str, *, on: date = NEW_YEAR, officer: int = 0) -> int:
        """Put an officer's hours on a ward; return the id of the line."""
        return self.tryton.make(
            "timesheet.line",
            work=self.sheet(ward),
            company=self.ground.company,
            employee=self.ground.officers[officer],
            date=on,
            duration=float(hours) * HOUR,
        )

    def change(self, ward: int, **said: object) -> None:
        """Change a ward."""
        self.tryton.change("project.work", ward, **said)

    def says(self, *names: str, at: int | None = None) -> str:
        """Return what the city says, or the work that is given."""
        found = self.tryton.read("project.work", at or self.work, *names)
        return ", ".join(f"{name} {_shown(name, found[name])}" for name in names)

    def counted(self, *statuses: str) -> str:
        """Return how many wards have each status, as the tabs of the list of works count them."""
        told = []
        for name in statuses:
            status = self.status(name)
            found = self.tryton.find(
                "project.work",
                ["parent", "=", self.work],
                ["status", "=", status],
            )
            told.append(f"{name} {len(found)}")
        return ", ".join(told)

    def status(self, name: str) -> int:
        """Return a status; one that Tryton does not bring is added, as an administrator adds it."""
        found = self.tryton.find("project.work.status", ["name", "=", name])
        if found:
            return found[0]
        return self.tryton.make(
            "project.work.status",
            name=name,
            types=["project", "task"],
            count=True,
        )

    def logged(self, model: str, record: int) -> str:
        """Return what the log of a record tells."""
        found = self.tryton.find("ir.model.log", ["resource", "=", f"{model},{record}"])
        told = [self.tryton.read("ir.model.log", one, "event", "target") for one in found]
        events = [" ".join(filter(None, (one["event"], one["target"]))) for one in told]
        return f"logged: {'; '.join(events) or 'nothing'}"


def _shown(name: str, value: object) -> str:
    if isinstance(value, timedelta):
        return f"{value / HOUR:.15g} h"
    if name in (PROGRESS, "progress") and isinstance(value, float):
        return f"{plain(round(value * 100, 2))} %"
    return plain(value)


def nil(ground: Ground) -> str:
    city = City(ground)
    rows = [city.sheet(city.ward(hours)) for hours in ("12", "0")]
    return f"{city.says(SPENT)}; {_rows(city, rows)}"


def missing(ground: Ground) -> str:
    city = City(ground)
    rows = [city.sheet(city.ward(hours)) for hours in ("12", None)]
    return f"{city.says(SPENT)}; {_rows(city, rows)}"


def _rows(city: City, sheets: list[int]) -> str:
    """Return what the list of timesheet works shows of each ward."""
    found = [city.tryton.read("timesheet.work", one, "duration")["duration"] for one in sheets]
    shown = [_shown(SPENT, one) if isinstance(one, timedelta) else "blank" for one in found]
    return f"its wards {' and '.join(shown)}"


def zero(ground: Ground) -> str:
    city, silent = City(ground), City(ground)
    city.ward("0"), city.ward("0")
    silent.ward()
    return f"{city.says(SPENT)}; a city of which nobody spoke: {silent.says(SPENT)}"


def void(ground: Ground) -> str:
    city = City(ground)
    city.ward("12")
    ward = city.ward()
    line = city.spend(ward, "8")
    city.change(ward, status=city.status("Cancelled"))
    kept = city.says(SPENT)
    city.tryton.call("model.timesheet.line.delete", [line])
    logged = city.logged("timesheet.line", line)
    told = f"{city.says(SPENT)} once the line is deleted ({logged})"
    return f"{told}; {kept} while its work is cancelled"


def _with_states(ground: Ground, *statuses: str) -> tuple[City, list[int]]:
    city = City(ground)
    wards = []
    for name in statuses:
        progress = 1.0 if name == "Done" else None
        wards.append(city.ward(status=city.status(name), progress=progress, effort_duration=HOUR))
    return city, wards


def rejected(ground: Ground) -> str:
    city, wards = _with_states(ground, "Done", "Done", "Cancelled")
    kept = city.says(PROGRESS)
    city.change(wards[-1], effort_duration=None)
    told = f"{city.counted('Done', 'Cancelled', 'Open')}; {city.says(PROGRESS)}"
    try:
        city.change(city.work, status=city.status("Done"), progress=1.0)
        closed = "the city can be closed"
    except Refused as refused:
        closed = f"the city cannot be closed: {refused}"
    return f"{told} without the cancelled work's effort, {kept} with it; {closed}"


def rejected_beside_open(ground: Ground) -> str:
    city, wards = _with_states(ground, "Done", "Cancelled", "Open")
    city.change(wards[1], effort_duration=None)
    return f"{city.counted('Done', 'Cancelled', 'Open')}; {city.says(PROGRESS)}"


def weighted(*pairs: tuple[float, int | None]) -> Callable[[Ground], str]:
    def put(ground: Ground) -> str:
        city = City(ground)
        for progress, weight in pairs:
            effort = None if weight is None else weight * HOUR
            city.ward(progress=progress, effort_duration=effort)
        return city.says(PROGRESS, EFFORT)

    return put


def amounts(ground: Ground) -> str:
    city, hours = City(ground), City(ground)
    for amount in (45_370_000_000, 630_000_000):
        city.ward(effort_duration=timedelta(seconds=amount))
    found = city.tryton.read("project.work", city.work, EFFORT)[EFFORT]
    try:
        hours.ward(effort_duration={"__class__": "timedelta", "seconds": 45_370_000_000 * 3600})
        as_hours = hours.says(EFFORT)
    except Refused as refused:
        as_hours = f"refused: {refused}"
    return f"{EFFORT} {found.total_seconds():.0f} s; in hours {as_hours}"


def replaced(ground: Ground) -> str:
    city = City(ground)
    ward = city.ward()
    city.spend(ward, "100", on=JUNE_30)
    city.spend(ward, "120", on=LAST_DAY, officer=1)
    return city.says(SPENT)


def above(ground: Ground) -> str:
    city = City(ground)
    try:
        city.ward(progress=1.26, effort_duration=HOUR)
        told = city.says(PROGRESS)
    except Refused as refused:
        told = f"refused: {refused}"
    city.ward("45.37", effort_duration=36 * HOUR)
    return f"{told}; as hours {city.says(SPENT, EFFORT)}"


def extension(ground: Ground) -> str:
    city = City(ground)
    city.change(city.work, constraint_finish_date=JUNE_30)
    ward = city.ward(constraint_finish_date=JUNE_30)
    city.change(ward, constraint_finish_date=JULY_31)
    city.change(ward, actual_finish_date=JULY_15, status=city.status("Done"), progress=1.0)
    told = f"the ward's {city.says(DEADLINE, FINISH, at=ward)}, the city's {city.says(DEADLINE)}"
    return f"{told}; {city.logged('project.work', ward)}"


def late(ground: Ground) -> str:
    city = City(ground)
    ward = city.ward(constraint_finish_date=JUNE_30)
    city.change(ward, actual_finish_date=AUGUST_15, status=city.status("Done"), progress=1.0)
    return f"{city.counted('Done', 'Open')}; {city.says(DEADLINE, FINISH, at=ward)}"


def merged(ground: Ground) -> str:
    city = City(ground)
    old = [city.ward(), city.ward()]
    lines = [city.spend(*pair) for pair in zip(old, ("100", "150"), strict=True)]
    before, heir = city.says(SPENT), city.ward()
    for line in lines:
        city.tryton.change("timesheet.line", line, work=city.sheet(heir))
    new, past = city.says(SPENT, at=heir), city.says(SPENT, at=old[0])
    return (
        f"before {before}, after {city.says(SPENT)}, the new ward {new}; an old one's past {past}"
    )


def split(ground: Ground) -> str:
    city = City(ground)
    old = city.ward("90")
    heirs = [city.sheet(city.ward(under=old)) for _ in range(2)]
    return f"the old ward {city.says(SPENT, at=old)}; {_rows(city, heirs)}; city {city.says(SPENT)}"


def estimate(ground: Ground) -> str:
    city = City(ground)
    city.ward("50")
    city.ward(effort_duration=30 * HOUR)
    return city.says(SPENT, EFFORT)


def checked(ground: Ground) -> str:
    city = City(ground)
    line = city.spend(city.ward(), "60")
    city.tryton.change("timesheet.line", line, duration=55 * HOUR)
    return f"{city.says(SPENT)}; {city.logged('timesheet.line', line)}"
