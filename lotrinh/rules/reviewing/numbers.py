"""The numbers of an edition as they were when it was frozen, with all that each was made of.

They are kept as canonical JSON (keys sorted, no spaces, UTF-8), of which the edition prints the
SHA-256. ``recounted`` makes every number again from the rows that stand beside it, by the rules and
nothing else: no table is asked, so that a later correction or reorganisation changes nothing.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lotrinh.rules.comparing import Attainment, Outcome
from lotrinh.rules.exact import rounded
from lotrinh.rules.figures import Basis, Figure
from lotrinh.rules.progress import Comparison, change, percent_of, points
from lotrinh.rules.standing import Standing
from lotrinh.rules.tally import Aside, Tally, tally
from lotrinh.rules.target_count import Score, score
from lotrinh.rules.target_terms import Rollup
from lotrinh.rules.totals import Measured, Names, Part, total_of

FORMAT = "lotrinh-numbers/1"
"""What an edition's JSON says it is."""
Json = Mapping[str, Any]
_NAMELESS = Names(frozenset(), frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class Deviation:
    """A number that its own rows do not make. ``n`` is its place in the list."""

    n: int
    frozen: str
    counted: str


class WrongNumbers(ValueError):
    """The JSON is not what an edition keeps."""


def canonical(numbers: Json) -> str:
    """Return the one way to write this down."""
    return json.dumps(numbers, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def fraction_text(value: Fraction | None) -> str | None:
    """Return an exact value as it is kept: "3/2", "7"; None of what is not said."""
    return None if value is None else str(value)


def recounted(numbers: Json) -> tuple[Deviation, ...]:
    """Return the numbers that cannot be made again from their rows; none if all is well.

    Raises WrongNumbers where it is no JSON of an edition.
    """
    if not isinstance(numbers, Mapping) or numbers.get("format") != FORMAT:
        raise WrongNumbers(str(numbers)[:100])
    try:
        return tuple(_deviations(numbers["numbers"]))
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise WrongNumbers(repr(error)) from error


def _deviations(rows: Sequence[Json]) -> Iterator[Deviation]:
    for row in rows:
        counted = exact_of(row)
        if counted != row["exact"]:
            yield Deviation(row["n"], str(row["exact"]), str(counted))


def exact_of(row: Json) -> Any:
    """Return what the rows of a number make: a fraction as text, or counts by name."""
    source, aspect = row["source"], row["aspect"]
    if source == "targets":
        return score_counts(score(_outcome(one) for one in row["rows"]))
    if source == "duties":
        return tally_counts(tally(_class(one["class"]) for one in row["rows"]))
    if aspect == "plan":
        return row["planned"]
    level = _level(row["terms"], added_up=row["added_up"])
    if aspect == "value":
        return fraction_text(level)
    if aspect == "of_plan":
        planned = None if row["planned"] is None else Decimal(row["planned"])
        return fraction_text(of_plan(level, planned, unit=row["measure"]["unit"]).value)
    before = _level(row["terms_before"], added_up=row["added_up"])
    return fraction_text(growth_of(level, before, unit=row["measure"]["unit"]).value)


def of_plan(level: Fraction | None, planned: Decimal | None, *, unit: str) -> Comparison:
    """Return how a level compares with the planned one: of shares in points, else in percent."""
    if unit == "%":
        return points(_decimal(level), planned)
    return percent_of(_decimal(level), planned)


def growth_of(level: Fraction | None, before: Fraction | None, *, unit: str) -> Comparison:
    """Return how a level compares with that of the year before, likewise."""
    now, then = _decimal(level), _decimal(before)
    return points(now, then) if unit == "%" else change(now, then)


def score_counts(found: Score) -> dict[str, int]:
    """Return what became of targets as it is kept."""
    return {
        "exceeded": found.exceeded,
        "met": found.met,
        "missed": found.missed,
        "not_judged": found.not_judged,
        "estimated": found.estimated,
        "estimated_missed": found.estimated_missed,
    }


def tally_counts(found: Tally) -> dict[str, int]:
    """Return how duties stand as it is kept."""
    return {str(name): count for name, count in found.numbers.items()}


def _level(terms: Sequence[Json], *, added_up: bool) -> Fraction | None:
    """Return what periods make: their sum, or what the last of them says."""
    said = [total_in(term) for term in terms]
    held = [one for one in said if one is not None]
    if not held or said[-1] is None:
        return None
    return sum(held, Fraction(0)) if added_up else said[-1]


def total_in(term: Json) -> Fraction | None:
    """Return what the rows of one period make at the unit that they stand for."""
    how = Measured(Rollup(term["rollup"]), places=term["places"], per=term["per"])
    units = {uid: place for place, uid in enumerate(_uids(term), start=1)}
    parts = [_part(row, units) for row in term["rows"]]
    return total_of(units[term["unit"]], parts, how, _NAMELESS).exact


def _uids(term: Json) -> list[str]:
    named = {term["unit"], *(row["unit"] for row in term["rows"])}
    return sorted(named | {row["at"] for row in term["rows"] if row["at"] is not None})


def _part(row: Json, units: Mapping[str, int]) -> Part:
    figure = Figure(
        unit=units[row["unit"]],
        since=date.fromisoformat(row["since"]),
        until=date.fromisoformat(row["until"]),
        basis=Basis(row["basis"]),
        value=_number(row["value"]),
        numerator=_number(row["numerator"]),
        denominator=_number(row["denominator"]),
        weight=_number(row["weight"]),
    )
    amounts = tuple(Decimal(one) for one in row["amounts"])
    at = units[row["at"]] if row["at"] is not None else None
    return Part(figure, amounts, at, own=row["own"])


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _decimal(value: Fraction | None) -> Decimal | None:
    """Return a fraction as a decimal of many digits, of which no page prints more than six."""
    return None if value is None else rounded(value, 18)


def _outcome(row: Json) -> Outcome:
    return Outcome(Attainment(row["attainment"]), is_estimated=row["is_estimated"])


def _class(code: str | None) -> Standing | Aside | None:
    if code is None:
        return None
    return Standing(code) if code in set(Standing) else Aside(code)
