"""Who is asked for a report, and who is to write it."""

from collections.abc import Iterable
from datetime import date

from lotrinh.apps.reporting.models import Regime
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Person, Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.periods import Period


def units_asked(*, regime: Regime, period: Period, on: date) -> tuple[Unit, ...]:
    """Return the units of a regime's group that stood on a day of a period, in tree order.

    The group has its meaning of the day ``on``; none where it has none that day. It chooses among
    the units of that day and of the period's last one: a unit that has ended since owes what it did
    until then, and one that began later nothing.
    """
    group = units.group_on(code=regime.group, on=on)
    if group is None:
        return ()
    chosen = (units.members_of(group=group, on=day) for day in (on, period.last))
    members = list(dict.fromkeys(unit.id for found in chosen for unit in found))
    stood = units.stood_within(members, since=period.since, until=period.until)
    rows = units.units_by_ids(stood)
    return tuple(rows[pk] for pk in members if pk in rows)


def officers_for(*, unit_ids: Iterable[int], on: date) -> dict[int, Person]:
    """Return by unit who is to write its report: the first of its posts that may enter figures.

    Units in which nobody may are absent.
    """
    return units.first_holders(unit_ids=unit_ids, on=on, action=Action.ENTER_FIGURE)
