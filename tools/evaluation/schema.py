"""The fields of a label, kind by kind, and the forms that their values may have.

The codes repeat those that `lotrinh read --vocabulary` prints: what a label may say is fixed by
the contract of facts, not by what the engine can do today. A test holds both lists together.
"""

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

Check = Callable[[object], str | None]

CODES: Mapping[str, tuple[str, ...]] = {
    "date.role": ("issued", "event", "deadline", "period"),
    "target.comparator": (">=", "<=", "=", "<", ">", "range"),
    "task.recurrence": (
        "daily",
        "weekly",
        "monthly",
        "quarterly",
        "half-yearly",
        "yearly",
        "every-5-years",
        "continuous",
    ),
    "relation": (
        "based_on",
        "implements",
        "disseminates",
        "specifies",
        "guides",
        "amends",
        "supplements",
        "replaces",
        "repeals",
        "corrects",
        "continues",
        "reviews_midterm",
        "reviews_final",
        "approves",
        "encloses",
        "answers",
        "reports_on",
    ),
}

_DAY = re.compile(r"(\d{4}|XXXX)-(\d\d)-(\d\d)")
_MONTH = re.compile(r"(\d{4}|XXXX)-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"(\d{4}|XXXX)-Q([1-4])")
_YEAR = re.compile(r"\d{4}")
_NUMBER = re.compile(r"\d{1,5}[a-z]{0,2}(?:[/-][^\s/]+(?:/[^\s/]+)*)?")
_LEAP = 2024  # stands in for an unknown year, so that 29 February is a day


def last_day(iso: str) -> str | None:
    """Return the last day that a date of the contract covers; None where its year is unknown.

    >>> last_day("2025-Q2"), last_day("2021/2025"), last_day("XXXX-05-09")
    ('2025-06-30', '2025-12-31', None)
    """
    point = iso.rpartition("/")[2]
    if point.startswith("X"):
        return None
    if match := _QUARTER.fullmatch(point):
        point = f"{match[1]}-{int(match[2]) * 3:02}"
    if _YEAR.fullmatch(point):
        point += "-12"
    if match := _MONTH.fullmatch(point):
        days = calendar.monthrange(int(match[1]), int(match[2]))[1]
        point += f"-{days:02}"
    return point


def day_before(iso: str) -> str:
    """Return the day before the first day of a date with a known year ("before 2025-Q2")."""
    point = iso.partition("/")[0]
    if match := _QUARTER.fullmatch(point):
        point = f"{match[1]}-{int(match[2]) * 3 - 2:02}"
    first = date.fromisoformat((point + "-01-01")[:10])
    return (first - timedelta(days=1)).isoformat()


def _word(value: object) -> str | None:
    return None if isinstance(value, str) and value.strip() else "must be words"


def _words(value: object) -> str | None:
    right = isinstance(value, list) and value and all(_word(part) is None for part in value)
    return None if right else 'must be a list of names, ["..."]; leave it out if nobody is named'


def _count(value: object) -> str | None:
    right = isinstance(value, int | float) and not isinstance(value, bool)
    return None if right else "must be a number (45.5, not a string)"


def _amount(value: object) -> str | None:
    if isinstance(value, list):
        pair = len(value) == len(("low", "high")) and all(_count(part) is None for part in value)
        return None if pair else "must be a number or [low, high]"
    return _count(value)


def _true(value: object) -> str | None:
    return None if value is True else "is written only as true"


def _point(text: str) -> bool:
    if match := _DAY.fullmatch(text):
        year = _LEAP if match[1] == "XXXX" else int(match[1])
        month, day = int(match[2]), int(match[3])
        return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    return any(form.fullmatch(text) for form in (_MONTH, _QUARTER, _YEAR))


def _iso(value: object) -> str | None:
    parts = value.split("/") if isinstance(value, str) else []
    if len(parts) in {1, 2} and all(_point(part) for part in parts):
        return None
    return (
        f"must be like 2025-06-15, 2025-06, 2025-Q2, 2025, 2021/2025 or XXXX-06-15, not {value!r}"
    )


def _day(value: object) -> str | None:
    wrong = not isinstance(value, str) or not _DAY.fullmatch(value) or not _point(value)
    return "must be a day like 2025-06-14" if wrong else None


def _number(value: object) -> str | None:
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return None
    return f"must be canonical, like 45-NQ/TW or 59/2019/NĐ-CP, without spaces, not {value!r}"


def _code(name: str) -> Check:
    def check(value: object) -> str | None:
        right = value in CODES[name]
        return None if right else f"must be one of {', '.join(CODES[name])}, not {value!r}"

    return check


FIELDS: Mapping[str, Mapping[str, Check]] = {
    "citation": {"number": _number, "date": _iso, "type": _word, "issuer": _word},
    "date": {"iso": _iso, "role": _code("date.role"), "last_day": _day},
    "target": {
        "metric": _word,
        "comparator": _code("target.comparator"),
        "value": _amount,
        "unit": _word,
        "due": _iso,
    },
    "result": {
        "metric": _word,
        "value": _amount,
        "unit": _word,
        "done": _count,
        "total": _count,
        "percent_of_plan": _count,
        "growth_percent": _count,
        "multiplier": _count,
        "estimated": _true,
    },
    "task": {
        "lead": _words,
        "coordinate": _words,
        "due": _iso,
        "recurrence": _code("task.recurrence"),
        "deliverable": _word,
    },
    "unit": {"name": _word, "canonical": _word},
    "person": {"name": _word, "role": _word},
    "event": {"name": _word, "date": _iso, "sites": _count, "participants": _count},
    "relation": {"source": _number, "target": _number, "relation": _code("relation")},
}
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "citation": ("number",),
    "date": ("iso", "role"),
    "target": ("comparator", "value"),
    "relation": ("source", "target", "relation"),
}
QUANTITIES = ("value", "done", "percent_of_plan", "growth_percent", "multiplier")


def problems(kind: str, fields: Mapping[str, object], also: Mapping[str, object]) -> list[str]:
    """Return what is wrong with the fields of a label, in words for the person who wrote it."""
    known = FIELDS[kind]
    found = [f'"{name}" is missing' for name in REQUIRED.get(kind, ()) if name not in fields]
    for name, value in fields.items():
        if name not in known:
            found.append(f'a {kind} has no field "{name}" (it has {", ".join(known)})')
        elif value is None:
            found.append(f'leave "{name}" out rather than write null')
        elif reason := known[name](value):
            found.append(f'"{name}" {reason}')
    for name, values in also.items():
        if name not in known or not isinstance(values, list):
            found.append(f'"also" needs a list for a field of a {kind}: "{name}"')
    return found + _contradictions(kind, fields)


def _contradictions(kind: str, fields: Mapping[str, object]) -> list[str]:
    found = []
    if kind == "result" and not any(name in fields for name in QUANTITIES):
        found.append(f"a result needs one of {', '.join(QUANTITIES)}")
    if kind == "result" and ("done" in fields) != ("total" in fields):
        found.append('"done" and "total" go together')
    if kind == "target":
        pair = isinstance(fields.get("value"), list)
        if pair != (fields.get("comparator") == "range"):
            found.append('"range" goes with [low, high] and only with it')
    return found
