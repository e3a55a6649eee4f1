"""Who has told a figure for a period and who has not, at a unit and below it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from lotrinh.apps.reporting.models import Collection, Figure, Period
from lotrinh.apps.reporting.selectors.ledger import standing
from lotrinh.apps.reporting.selectors.measuring import ground_of
from lotrinh.apps.targets.models import Measure
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.figures import Basis
from lotrinh.rules.ledger import Ground
from lotrinh.rules.tally import Share


@dataclass(frozen=True, slots=True)
class Answering:
    """The figures of a unit and of all below it, by the unit that told each, and who owed one.

    ``ways`` lead from each of these units up to the root, by the tree of the period's last day; a
    unit that has ended counts where its followers stand.
    """

    figures: Mapping[int, Figure]
    owed: frozenset[int]
    ways: Mapping[int, frozenset[int]]
    parents: Mapping[int, int | None] = field(repr=False)

    @property
    def missing(self) -> frozenset[int]:
        """The units that owed a figure and gave none."""
        return self.owed - self.figures.keys()

    @property
    def answered_of_owed(self) -> Share:
        """How many of the units that owed a figure have given it."""
        return Share(len(self.owed & self.figures.keys()), len(self.owed))

    def at(self, unit_id: int) -> tuple[Figure, ...]:
        """Return the figures of a unit and of those below it."""
        return tuple(
            figure for pk, figure in self.figures.items() if unit_id in self.ways.get(pk, ())
        )

    def below(self, unit_id: int) -> tuple[int, ...]:
        """Return the units right below one at which, or below which, something was told or owed."""
        wanted = self.figures.keys() | self.owed
        reached = frozenset[int]().union(*(self.ways[pk] for pk in wanted))
        return tuple(sorted(pk for pk in reached if self.parents.get(pk) == unit_id))


def answering(
    *,
    unit_id: int,
    measure: Measure,
    period: Period,
    basis: Basis,
    seen_by: int,
    on: date,
    known: Ground | None = None,
) -> Answering | None:
    """Return who has told what for a period; None where the account may not read figures there.

    In the order of Vietnamese names; of units that may be seen. A tree that is ``known`` is not
    asked for again where it is that of the period's last day.
    """
    reach = units.reach(user_id=seen_by, action=Action.READ_FIGURE, on=on)
    if unit_id not in reach:
        return None
    told = standing(period=period, basis=basis).filter(measure=measure, unit__in=reach)
    rows = told.select_related("unit", "approval__entered_by", "approval__approved_by")
    figures = {row.unit_id: row for row in rows.order_by("unit__sort_key", "unit_id")}
    asked = Collection.objects.filter(period=period, basis=basis, measures=measure)
    named = asked.exclude(units=None).values("units")
    stood = units.stood_within(named, since=period.starts, until=period.ends)
    ground = known if known and known.on == period.rule.last else ground_of(period).ground
    ways = {pk: _way(ground, pk) for pk in stood | figures.keys()}
    return Answering(
        {pk: figure for pk, figure in figures.items() if unit_id in ways[pk]},
        frozenset(pk for pk in stood if unit_id in ways[pk]),
        ways,
        ground.parents,
    )


def _way(ground: Ground, unit_id: int) -> frozenset[int]:
    followers: Iterable[int] = ground.lineage.followers(unit_id, ground.on)
    return frozenset(above for one in followers for above in ground.way(one))
