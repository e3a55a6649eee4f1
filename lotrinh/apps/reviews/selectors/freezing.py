"""What an edition keeps of its numbers: each with the rows that it was made of, ready as JSON.

Every level is made again here from the figures of the ledger and held against the total that pages
show. Where they differ something still waits to be counted, and nothing is frozen.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lotrinh.apps.reporting import selectors as reporting
from lotrinh.apps.reporting.models import Period
from lotrinh.apps.reporting.selectors import Made, PartMade, Reached, Wanted
from lotrinh.apps.reviews.selectors.live import Held, Live, planned_of
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.figures import DONE, Basis
from lotrinh.rules.periods import a_year_before
from lotrinh.rules.reviewing.numbers import FORMAT, exact_of
from lotrinh.rules.reviewing.quoting import Aspect, Source


class NumbersHidden(Exception):
    """Who freezes may not see some of the numbers; ``numbers`` are their places in the list."""

    def __init__(self, numbers: Iterable[int]) -> None:
        self.numbers = tuple(numbers)
        super().__init__(", ".join(map(str, self.numbers)))


class NumbersWait(Exception):
    """Totals do not yet hold all that was approved; ``numbers`` are their places in the list."""

    def __init__(self, numbers: Iterable[int]) -> None:
        self.numbers = tuple(numbers)
        super().__init__(", ".join(map(str, self.numbers)))


def numbers_of(held: Held, live: Mapping[int, Live], *, at: datetime) -> dict[str, Any]:
    """Return the JSON of all numbers of a review as they are now.

    Raises NumbersHidden and NumbersWait.
    """
    hidden = [number for number, one in live.items() if one.is_hidden]
    if hidden:
        raise NumbersHidden(hidden)
    maker = _Maker(held, live)
    rows = [maker.row(number, one) for number, one in sorted(live.items())]
    waits = [row["n"] for row in rows if row["exact"] != exact_of(row)]
    if waits:
        raise NumbersWait(waits)
    review, period = held.review, held.period
    return {
        "format": FORMAT,
        "review": str(review.uid),
        "unit": {"uid": str(review.unit.uid), "name": review.unit.name_vi},
        "period": {"code": period.code, "kind": period.kind.code, **_days(period)},
        "counted_on": review.counted_on.isoformat(),
        "frozen_at": at.isoformat(),
        "documents": [{"uid": str(one.uid), "number": one.number} for one in held.documents],
        "numbers": rows,
    }


def _days(period: Period) -> dict[str, str]:
    return {"since": period.starts.isoformat(), "until": period.ends.isoformat()}


class _Maker:
    """Makes the rows of one review; figures of all its numbers are asked for at once."""

    def __init__(self, held: Held, live: Mapping[int, Live]) -> None:
        self.held, self.live = held, live
        quoted = {one.quote.target_id for one in live.values()}
        self.reached = {pk: one for pk, one in held.reached.items() if pk in quoted}
        self.years_before = _years_before(self.reached.values())
        wanted = [*self._now(), *self._before()]
        self.made = reporting.made_of(wanted)
        parts = [part for one in self.made.values() for part in one.parts]
        self.supports = reporting.supports_of({part.figure_id for part in parts})
        ids = {pk for part in parts for pk in (part.part.at, part.part.figure.unit) if pk}
        places = {one.place for one in self.reached.values() if one.place is not None}
        self.units = units.units_by_ids(ids | places)

    def _now(self) -> Iterable[Wanted]:
        for one in self.reached.values():
            for period, basis in _counted(one):
                if one.place is not None:
                    yield Wanted(one.target.measure, period, basis, one.place)

    def _before(self) -> Iterable[Wanted]:
        for one in self.reached.values():
            for period, _basis in _counted(one):
                earlier = self.years_before.get(period.pk)
                if earlier is not None and one.place is not None:
                    for basis in DONE:
                        yield Wanted(one.target.measure, earlier, basis, one.place)

    def row(self, number: int, live: Live) -> dict[str, Any]:
        """Return one number."""
        quote = live.quote
        kept = {
            "n": number,
            "source": quote.source,
            "aspect": quote.aspect,
            "name": live.name,
            "text": live.text,
            "coverage": live.coverage,
            "exact": live.exact,
            "is_missing": live.is_missing,
            "is_estimated": live.is_estimated,
        }
        if quote.source == Source.TARGETS:
            return kept | {"rows": [self._outcome(one) for one in self.held.own_targets]}
        if quote.source == Source.DUTIES:
            return kept | {"rows": self._duties()}
        return kept | self._target(self.reached[quote.target_id or 0], quote.aspect)

    def _outcome(self, one: Reached) -> dict[str, Any]:
        return {
            "target": str(one.target.uid),
            "name": one.target.measure.name,
            "attainment": str(one.outcome.attainment),
            "is_estimated": one.outcome.is_estimated,
            "exact": None if one.actual is None else str(one.actual),
            "planned": _number(planned_of(one.target)),
        }

    def _duties(self) -> list[dict[str, Any]]:
        held = self.held
        return [
            {
                "duty": str(one.uid),
                "name": one.title,
                "unit": one.unit.name_vi if one.unit else None,
                "class": None if held.classes[one.pk] is None else str(held.classes[one.pk]),
            }
            for one in held.duties
        ]

    def _target(self, one: Reached, aspect: str) -> dict[str, Any]:
        measure = one.target.measure
        kept: dict[str, Any] = {
            "target": str(one.target.uid),
            "measure": {
                "uid": str(measure.uid),
                "name": measure.name,
                "unit": measure.unit_of_measure,
                "decimals": measure.decimals,
            },
            "planned": _number(planned_of(one.target)),
            "added_up": one.is_added_up,
            "terms": [],
            "terms_before": [],
        }
        if aspect == Aspect.PLAN or one.place is None:
            return kept
        said = one.point.said if one.point else None
        kept["as_of"] = said.as_of.isoformat() if said else None
        kept["terms"] = [
            self._term(Wanted(measure, period, basis, one.place)) for period, basis in _counted(one)
        ]
        if aspect == Aspect.GROWTH and one.point and one.point.year_before is not None:
            kept["terms_before"] = list(self._terms_before(one, one.place))
        return kept

    def _terms_before(self, one: Reached, place: int) -> Iterable[dict[str, Any]]:
        """Yield the same periods a year before; nothing unless each of them was told of."""
        found = []
        for period, _basis in _counted(one):
            earlier = self.years_before.get(period.pk)
            wanted = [
                Wanted(one.target.measure, earlier, basis, place) for basis in DONE if earlier
            ]
            told = next((each for each in wanted if self.made[each].parts), None)
            if told is None:
                return []
            found.append(self._term(told))
        return found

    def _term(self, wanted: Wanted) -> dict[str, Any]:
        made: Made = self.made[wanted]
        return {
            "period": wanted.period.code,
            "basis": str(wanted.basis),
            "unit": str(self.units[wanted.unit_id].uid),
            "unit_name": self.units[wanted.unit_id].name_vi,
            "rollup": str(made.how.rollup),
            "places": made.how.places,
            "per": made.how.per,
            "rows": [self._row(one) for one in made.parts],
        }

    def _row(self, one: PartMade) -> dict[str, Any]:
        figure = one.part.figure
        unit: Unit = self.units[figure.unit]
        return {
            "figure": str(one.figure_uid),
            "unit": str(unit.uid),
            "unit_name": unit.name_vi,
            "since": figure.since.isoformat(),
            "until": figure.until.isoformat(),
            "basis": str(figure.basis),
            "value": _number(figure.value),
            "numerator": _number(figure.numerator),
            "denominator": _number(figure.denominator),
            "weight": _number(figure.weight),
            "amounts": [str(amount) for amount in one.part.amounts],
            "at": None if one.part.at is None else str(self.units[one.part.at].uid),
            "own": one.part.own,
            "evidence": [
                {"uid": str(file.uid), "sha256": file.sha256, "name": file.name}
                for file in self.supports.get(one.figure_id, ())
            ],
        }


def _counted(one: Reached) -> list[tuple[Period, Basis]]:
    """Return the periods that make the level of a target, each on the basis that counts there."""
    if one.point is None or one.point.said is None:
        return []
    last = (one.point.period, one.point.said.basis)
    if not one.is_added_up:
        return [last]
    earlier = [each for each in one.course[:-1] if each.actual is not None]
    return [*((each.period, each.actual.basis) for each in earlier if each.actual), last]


def _years_before(reached: Iterable[Reached]) -> dict[int, Period]:
    """Return by period the one of the same kind a year before, where there is one."""
    asked: dict[tuple[int, date, date], int] = {}
    for one in reached:
        for period, _basis in _counted(one):
            rule = a_year_before(period.rule)
            if rule is not None:
                asked[period.kind_id, rule.since, rule.until] = period.pk
    found = Period.objects.filter(
        kind__in={kind for kind, _since, _until in asked},
        starts__in={since for _kind, since, _until in asked},
    )
    return {
        asked[one.kind_id, one.starts, one.ends]: one
        for one in found.select_related("kind")
        if (one.kind_id, one.starts, one.ends) in asked
    }


def _number(value: Decimal | Fraction | None) -> str | None:
    return None if value is None else str(value)
