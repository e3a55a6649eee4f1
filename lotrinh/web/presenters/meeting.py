"""What a meeting shows: one item per screen, worked out once when the meeting is entered.

Items are plain words and numbers, so that they can be kept as they were: nothing that happens after
that instant changes them. They are worked out in either language at that instant.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lotrinh.rules.comparing import Attainment
from lotrinh.rules.punctuality import Months, shade_of
from lotrinh.rules.standing import Standing, overdue_days
from lotrinh.rules.tally import Tally
from lotrinh.web.answers import address
from lotrinh.web.formatting import day, named
from lotrinh.web.presenters.strips import right_below
from lotrinh.web.presenters.target_board import outcome_row, summary_of
from lotrinh.web.wording import word
from lotrinh.web.wording_of_leading import SHADES

if TYPE_CHECKING:
    from datetime import date

    from lotrinh.apps.documents.models import Document
    from lotrinh.apps.duties.models import Duty
    from lotrinh.apps.duties.selectors import StripRow
    from lotrinh.apps.reporting.selectors import Reached

LANGUAGES = ("vi", "en")
MOST_ITEMS = 60
"""So many screens a meeting has at most: beyond them it is no meeting."""
MOST_LINES = 6
_LEAST = {Attainment.MISSED: 0, Attainment.NOT_JUDGED: 1, Attainment.MET: 2}


@dataclass(frozen=True, slots=True)
class Item:
    """One screen: what it is about, a number of how many (or words alone), lines, and its list.

    ``sign`` is the code of a shape; ``unit`` the name of the unit that a conclusion would be for.
    """

    title: str
    figure: str
    of: str
    words: str
    sign: str
    lines: tuple[tuple[str, str], ...]
    url: str
    unit: str
    is_number: bool = True


def in_each_language(make: Callable[[], list[Item]]) -> dict[str, list[dict[str, Any]]]:
    """Return the items that ``make`` gives in each language, as they can be kept."""
    found = {}
    for code in LANGUAGES:
        with translation.override(code):
            found[code] = [asdict(one) for one in make()][:MOST_ITEMS]
    return found


def document_items(
    document: "Document",
    tally: Tally,
    reached: "Sequence[Reached]",
    overdue: "Sequence[Duty]",
    *,
    on: "date",
) -> list[Item]:
    """Return the screens of a document: all of it, its targets, the units with overdue duties."""
    glance = reverse("document-glance", kwargs={"uid": document.uid})
    lines = [(_("overdue"), str(tally.overdue)), (_("open, in term"), str(_in_term(tally)))]
    if reached:
        lines.append((_("Targets"), summary_of(reached)))
    name = document.number or document.title
    first = Item(
        title=name,
        figure=str(tally.done),
        of=str(tally.total),
        words=_("duties done"),
        sign="",
        lines=tuple(lines),
        url=glance,
        unit="",
    )
    worst = sorted(reached, key=lambda one: _LEAST.get(one.outcome.attainment, 3))
    return [
        first,
        *(_target_item(one) for one in worst),
        *_overdue_items(overdue, document.uid, on=on),
    ]


def unit_items(rows: "Sequence[StripRow[date]]", months: Months) -> list[Item]:
    """Return the screens of a unit's months: all together, itself, then those below, worst first.

    Units to which nothing fell due are left out.
    """
    head, below = rows[0], right_below(rows)
    uid = head.unit.uid
    items = [_unit_item(head, named(head.unit), head.whole, months, {"under": uid})]
    if below and head.own:
        title = f"{named(head.unit)}, {_('itself, without those below')}"
        items.append(_unit_item(head, title, head.own, months, {"unit": uid}))
    told = [(row, _sum(row.whole.values())) for row in below]
    told = [pair for pair in told if pair[1].total]
    told.sort(key=lambda pair: (_kept(pair[1]), -pair[1].overdue, pair[0].unit.id))
    items += [
        _unit_item(row, named(row.unit), row.whole, months, {"under": row.unit.uid})
        for row, _tally in told
    ]
    return items


def _target_item(one: "Reached") -> Item:
    row = outcome_row(one)
    lines = [(_("Plan"), row.planned_text), (_("Of the plan"), row.of_plan_text)]
    lines.append((_("Period"), row.period_text))
    if row.sign.because:
        lines.append((_("Because"), row.sign.because))
    return Item(
        title=row.title,
        figure=row.actual_text or _("nothing told"),
        of="",
        words=f"{row.sign.word}{', ' + _('estimate') if row.is_estimated else ''}",
        sign=row.sign.shape,
        lines=tuple(pair for pair in lines if pair[1]),
        url=row.url,
        unit=row.unit_name,
        is_number=bool(row.actual_text),
    )


def _overdue_items(overdue: "Iterable[Duty]", document: UUID, *, on: "date") -> list[Item]:
    by_unit: dict[int, list[Duty]] = {}
    for duty in overdue:
        if duty.unit_id is not None:
            by_unit.setdefault(duty.unit_id, []).append(duty)
    held = sorted(by_unit.values(), key=lambda duties: (-len(duties), duties[0].pk))
    return [_overdue_item(duties, document, on=on) for duties in held]


def _overdue_item(duties: "Sequence[Duty]", document: UUID, *, on: "date") -> Item:
    unit = duties[0].unit
    lines = [
        (duty.title, _late(overdue_days(duty.deadline, on)))
        for duty in duties[:MOST_LINES]
        if duty.deadline is not None
    ]
    asked = {"class": "open_overdue", "document": document, "unit": unit.uid if unit else None}
    return Item(
        title=named(unit) if unit else "",
        figure=str(len(duties)),
        of="",
        words=ngettext("overdue duty", "overdue duties", len(duties)),
        sign="late",
        lines=tuple(lines),
        url=address(reverse("duties-counted"), **asked),
        unit=named(unit) if unit else "",
    )


def _unit_item(
    row: "StripRow[date]",
    title: str,
    held: "Mapping[date, Tally]",
    months: Months,
    asked: dict[str, object],
) -> Item:
    tally = _sum(held.values())
    share = tally.on_time_of_judged
    lines = [
        (_("done late"), str(tally[Standing.DONE_LATE])),
        (_("overdue"), str(tally.overdue)),
        (_("open, in term"), str(_in_term(tally))),
    ]
    return Item(
        title=title,
        figure=str(share.part),
        of=str(share.whole),
        words=_("done on time (%(shade)s)") % {"shade": word(SHADES, shade_of(tally))},
        sign="",
        lines=tuple(lines),
        url=address(reverse("duties-counted"), **asked, first=months.first, last=months.last),
        unit=named(row.unit),
    )


def period_text(months: Months) -> str:
    """Return the first and the last day of some months."""
    return f"{day(months.first)} – {day(months.last)}"


def _late(days: int) -> str:
    return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}


def _in_term(tally: Tally) -> int:
    return tally[Standing.OPEN_IN_TERM]


def _kept(tally: Tally) -> Fraction:
    """Return the share on time; what cannot be judged comes last."""
    share = tally.on_time_of_judged
    return Fraction(share.part, share.whole) if share.whole else Fraction(2)


def _sum(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())
