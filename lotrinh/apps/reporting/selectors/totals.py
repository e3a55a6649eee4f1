"""Totals as an account may see them on a day, each with what qualifies it and what it is made of.

A total is read from the packed rows and says as of when it holds, how many units answered of how
many owed, and who is missing. ``figures_behind`` opens it: the very figures that it is made of.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db.models import QuerySet

from lotrinh.apps.reporting.models import Collection, Delta, Figure, Period
from lotrinh.apps.reporting.selectors.ledger import standing
from lotrinh.apps.reporting.selectors.measuring import ground_of, rollup_of
from lotrinh.apps.reporting.selectors.rows import Cell, total_row
from lotrinh.apps.targets.models import Measure
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.exact import rounded
from lotrinh.rules.figures import Basis
from lotrinh.rules.ledger import Counted, Ground, read_said, read_sum
from lotrinh.rules.tally import Share
from lotrinh.rules.target_terms import Rollup
from lotrinh.rules.totals import ADDED, NoTotal


@dataclass(frozen=True, slots=True)
class TotalRead:
    """What a unit and all below it told of a measure for a period, as of an instant.

    ``exact`` is the value, not rounded, None where ``unsaid`` says why; ``numerator`` is the sum
    where figures are added, ``denominator`` is there for quotients alone (of a weighted rate the
    sum of the weights). ``answers`` counts all units whose figures are in it; ``answered`` are
    those of them that ``owed`` one. ``as_of`` is None where nothing has been folded yet;
    ``is_waiting``: something was approved since.
    """

    exact: Fraction | None
    unsaid: NoTotal | None
    numerator: Decimal | None
    denominator: Decimal | None
    answers: int
    answered: frozenset[int]
    owed: frozenset[int]
    as_of: datetime | None
    is_waiting: bool

    def value(self, places: int) -> Decimal | None:
        """Return the value with so many decimals, halves away from nought; None where unsaid."""
        return None if self.exact is None else rounded(self.exact, places)

    @property
    def missing(self) -> frozenset[int]:
        """The units that owed a figure and gave none."""
        return self.owed - self.answered

    @property
    def answered_of_owed(self) -> Share:
        """How many of the units that owed a figure have given it."""
        return Share(len(self.answered), len(self.owed))


def total_of(
    *, unit: Unit, measure: Measure, period: Period, basis: Basis, seen_by: int, on: date
) -> TotalRead | None:
    """Return the total of a unit, or None where the account may not read figures there that day."""
    found = totals_of(
        unit=unit, measures=[measure], period=period, basis=basis, seen_by=seen_by, on=on
    )
    return found.get(measure.pk)


def totals_of(
    *,
    unit: Unit,
    measures: Iterable[Measure],
    period: Period,
    basis: Basis,
    seen_by: int,
    on: date,
) -> dict[int, TotalRead]:
    """Return the totals of a unit by measure; nothing where the account may not read figures there.

    However many measures there are, it asks as often as for one.
    """
    if not units.may(user_id=seen_by, action=Action.READ_FIGURE, unit_id=unit.pk, on=on):
        return {}
    wanted = {measure.pk: measure for measure in measures}
    sheet, lanes = total_row(period=period, basis=basis, unit_id=unit.pk)
    places = {pk: place for place, pk in enumerate(sheet.measures)} if sheet is not None else {}
    owed = _owed(ground_of(period).ground, unit.pk, list(wanted), period, basis)
    answered = _answered(owed, period, basis)
    is_waiting = Delta.objects.filter(period=period, basis=basis).exists()
    found = {}
    for pk, measure in wanted.items():
        cell = lanes[places[pk]] if pk in places else Cell(0, 0, 0)
        exact, unsaid, numerator, denominator = read_cell(rollup_of(measure), cell)
        found[pk] = TotalRead(
            exact=exact,
            unsaid=unsaid,
            numerator=numerator,
            denominator=denominator,
            answers=cell.answers,
            answered=answered[pk],
            owed=owed[pk],
            as_of=sheet.as_of if sheet is not None else None,
            is_waiting=is_waiting,
        )
    return found


def coverage_of(
    *,
    unit_id: int,
    measures: Iterable[Measure],
    period: Period,
    basis: Basis,
    seen_by: int,
    on: date,
) -> dict[int, Share]:
    """Return by measure how many units of those that owe a figure have told it.

    What nobody owes is left out, as is all where the account may not read figures of the unit.
    """
    if not units.may(user_id=seen_by, action=Action.READ_FIGURE, unit_id=unit_id, on=on):
        return {}
    named = _asked([one.pk for one in measures], period, basis)
    if not named:
        return {}
    owed = _below(named, ground_of(period).ground, unit_id, period)
    answered = _answered(owed, period, basis)
    return {pk: Share(len(answered[pk]), len(owed[pk])) for pk in owed}


def figures_behind(
    *, unit: Unit, measure: Measure, period: Period, basis: Basis, seen_by: int, on: date
) -> QuerySet[Figure]:
    """Return the figures that the total of a unit is made of, in the order of Vietnamese names.

    Those of units that have ended are among them where they count there. Nothing where the account
    may not read figures at the unit; else those that it may read.
    """
    reach = units.reach(user_id=seen_by, action=Action.READ_FIGURE, on=on)
    found = standing(period=period, basis=basis).filter(measure=measure, unit__in=reach)
    if unit.pk not in reach:
        return found.none()
    ground = ground_of(period).ground
    tellers = _at_or_below(ground, unit.pk, found.values_list("unit_id", flat=True))
    return (
        found.filter(unit__in=tellers)
        .select_related("unit", "measure", "approval__entered_by", "approval__approved_by")
        .order_by("unit__sort_key", "unit_id")
    )


def figure_by_uid(uid: UUID, *, seen_by: int, on: date) -> Figure | None:
    """Return a figure, also one that was corrected; None where it is missing or not seen."""
    reach = units.reach(user_id=seen_by, action=Action.READ_FIGURE, on=on)
    rows = Figure.objects.select_related("unit", "measure", "period__kind", "approval")
    return rows.filter(uid=uid, unit__in=reach).first()


def history_of(*, figure: Figure, seen_by: int, on: date) -> tuple[Figure, ...]:
    """Return all figures of the series of one, the first first; nothing where it is not seen."""
    reach = units.reach(user_id=seen_by, action=Action.READ_FIGURE, on=on)
    if figure.unit_id not in reach:
        return ()
    rows = Figure.objects.filter(
        unit=figure.unit_id,
        measure=figure.measure_id,
        period=figure.period_id,
        basis=figure.basis,
    )
    people = ("approval__entered_by", "approval__approved_by")
    return tuple(rows.select_related(*people).order_by("pk"))


def _owed(
    ground: Ground, unit_id: int, measure_ids: Sequence[int], period: Period, basis: Basis
) -> dict[int, frozenset[int]]:
    """Return by measure the units below that were asked for it and stood on a day of the period."""
    named = _asked(measure_ids, period, basis)
    return dict.fromkeys(measure_ids, frozenset[int]()) | _below(named, ground, unit_id, period)


def _asked(measure_ids: Sequence[int], period: Period, basis: Basis) -> dict[int, set[int]]:
    """Return by measure the units that were asked for it; what nobody was asked for is left out."""
    asked = Collection.objects.filter(period=period, basis=basis, measures__in=measure_ids)
    named: dict[int, set[int]] = {}
    for measure_id, teller in asked.values_list("measures", "units").distinct():
        if measure_id in measure_ids and teller is not None:
            named.setdefault(measure_id, set()).add(teller)
    return named


def _below(
    named: Mapping[int, set[int]], ground: Ground, unit_id: int, period: Period
) -> dict[int, frozenset[int]]:
    """Leave by measure the units that stood on a day of the period and count at the unit."""
    tellers = sorted(set[int]().union(*named.values()))
    stood = units.stood_within(tellers, since=period.starts, until=period.ends)
    below = _at_or_below(ground, unit_id, stood)
    return {pk: below & held for pk, held in named.items()}


def _answered(
    owed: Mapping[int, frozenset[int]], period: Period, basis: Basis
) -> dict[int, frozenset[int]]:
    """Return by measure those of the units that have a figure which counts."""
    tellers = frozenset[int]().union(*owed.values())
    told: dict[int, set[int]] = {pk: set() for pk in owed}
    rows = standing(period=period, basis=basis).filter(measure__in=list(owed), unit__in=tellers)
    for measure_id, teller in rows.values_list("measure_id", "unit_id"):
        told[measure_id].add(teller)
    return {pk: frozenset(told[pk] & tellers) for pk, tellers in owed.items()}


def _at_or_below(ground: Ground, unit_id: int, tellers: Iterable[int]) -> frozenset[int]:
    return frozenset(
        teller
        for teller in tellers
        if any(
            unit_id in ground.way(follower)
            for follower in ground.lineage.followers(teller, ground.on)
        )
    )


def read_cell(
    rollup: Rollup, cell: Cell
) -> tuple[Fraction | None, NoTotal | None, Decimal | None, Decimal | None]:
    """Return value, why there is none, numerator and denominator that a cell says by a rule."""
    what = Counted(cell.amount, cell.base)
    if not cell.answers:
        return None, NoTotal.NOBODY_ANSWERED, None, None
    if rollup not in ADDED:
        return *read_said(what), None, None
    numerator, denominator, exact, unsaid = read_sum(rollup, what)
    return exact, unsaid, numerator, denominator
