"""Reporting regimes as pages show them: what they ask, by which stages, for which periods."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lotrinh.apps.reporting import selectors as reporting
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.cut_offs import SendBy, TooTight
from lotrinh.rules.period_words import period_name
from lotrinh.web.answers import address
from lotrinh.web.formatting import day, named
from lotrinh.web.wording import measure_word, word
from lotrinh.web.wording_of_regimes import BASES, STAGES, height_text

if TYPE_CHECKING:
    from lotrinh.apps.reporting.models import Regime
    from lotrinh.apps.reporting.selectors import CollectionCount, PeriodAsked
    from lotrinh.apps.units.models import Group
    from lotrinh.rules.periods import Period

_ONE_DAY = timedelta(days=1)
BACK = timedelta(days=366)
"""So far back periods are offered that nobody has opened."""


@dataclass(frozen=True, slots=True)
class RegimeRow:
    """A regime in the list; ``last`` is the last day on which it is in force, None of no end."""

    uid: UUID
    name: str
    kind_text: str
    group_text: str
    owed_to_text: str
    basis_text: str
    since: date
    last: date | None


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage: what is done, at which level, and the day of the month as the regime says it."""

    code: str
    name: str
    height_text: str
    day_text: str


@dataclass(frozen=True, slots=True)
class DueDay:
    """By when a stage is due; ``why_text`` says why that is not the day which the regime names."""

    name: str
    due: date
    stated: date
    why_text: str


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """A period of a regime: its days, the days of its data, by when each stage is due.

    ``count`` of one that was opened; ``open_url`` of one that may be opened now.
    """

    name: str
    first: date
    last: date
    data_first: date
    data_last: date
    dues: tuple[DueDay, ...]
    count: "CollectionCount | None"
    is_opened: bool
    open_url: str


def language() -> str:
    """Return the language of the page as the rules know it."""
    return (get_language() or "vi")[:2]


def name_of_period(period: "Period") -> str:
    """Return what the period is called in the language of the page."""
    return period_name(period, language=language())


def report_url(uid: UUID) -> str | None:
    """Return the address of a report; None where reports have no page."""
    try:
        return reverse("report", kwargs={"uid": uid})
    except NoReverseMatch:
        return None


def regime_rows(
    regimes: Iterable["Regime"], groups: Mapping[str, "Group"]
) -> tuple[RegimeRow, ...]:
    """Return regimes as a list shows them; ``groups`` by their codes."""
    return tuple(
        RegimeRow(
            uid=one.uid,
            name=one.name,
            kind_text=named(one.kind),
            group_text=named(groups[one.group]) if one.group in groups else one.group,
            owed_to_text=named(one.owed_to),
            basis_text=word(BASES, one.basis),
            since=one.since,
            last=one.until - _ONE_DAY if one.until else None,
        )
        for one in regimes
    )


def stage_name(step: str, height: int) -> str:
    """Return a stage in a few words: "approval, one level above the unit"."""
    return (
        f"{word(STAGES, step)}, {height_text(height)}" if step != "hand_in" else word(STAGES, step)
    )


def stage_lines(regime: "Regime") -> tuple[StageLine, ...]:
    """Return the stages of a regime in their order."""
    return tuple(
        StageLine(
            code=one.step,
            name=word(STAGES, one.step),
            height_text=height_text(one.height),
            day_text=sent_text(one.day, one.months),
        )
        for one in reporting.stages_said(regime=regime)
    )


def sent_text(number: int, months: int) -> str:
    """Return which day of which month a stage is due."""
    if not months:
        return _("day %(day)s of the last month of the period") % {"day": number}
    if months == 1:
        return _("day %(day)s of the month after the period") % {"day": number}
    return _("day %(day)s, %(months)s months after the last month of the period") % {
        "day": number,
        "months": months,
    }


def measures_of(regime: "Regime") -> tuple[tuple[str, str], ...]:
    """Return the lines of a regime's form: name and unit of measure."""
    rows = regime.lines.select_related("measure").order_by("position")
    return tuple((line.measure.name, measure_word(line.measure.unit_of_measure)) for line in rows)


def due_days(
    sent: Sequence[SendBy], steps: Sequence[tuple[str, int]], *, working_days: int
) -> tuple[DueDay, ...]:
    """Return by when each stage is due; ``steps`` are what is done and at which height."""
    return tuple(
        DueDay(
            name=stage_name(step, height),
            due=one.due,
            stated=one.stated,
            why_text=_why(one, working_days),
        )
        for one, (step, height) in zip(sent, steps, strict=True)
    )


def _why(one: SendBy, working_days: int) -> str:
    if one.why is TooTight.AFTER_CLOSING:
        return _("%(day)s is too near to the closing of the data (%(n)s working days between)") % {
            "day": day(one.stated),
            "n": working_days,
        }
    if one.why is TooTight.BEFORE_BELOW:
        return _("no later than the stage before it")
    if one.due != one.stated:
        return _("%(day)s is a day off") % {"day": day(one.stated)}
    return ""


def period_lines(
    regime: "Regime", counts: Iterable["CollectionCount"], *, may_open: bool, on: date
) -> tuple[PeriodLine, ...]:
    """Return the periods of the last year, the present and the next one, the latest first."""
    kind = regime.kind.rule
    if kind is None:
        return ()
    steps = [(one.step, one.height) for one in reporting.stages_said(regime=regime)]
    ahead = timedelta(days=31 * kind.every + 31)
    asked = reporting.periods_asked(regime=regime, since=on - BACK, until=on + ahead)
    by_collection = {one.collection.pk: one for one in counts}
    return tuple(
        _line(one, regime, steps, by_collection, may_open=may_open, on=on) for one in asked
    )


def _line(
    one: "PeriodAsked",
    regime: "Regime",
    steps: Sequence[tuple[str, int]],
    counts: "Mapping[int, CollectionCount]",
    *,
    may_open: bool,
    on: date,
) -> PeriodLine:
    period, data = one.period, one.asked.data
    opens = may_open and one.collection is None and min(period.since, data.since) <= on
    return PeriodLine(
        name=name_of_period(period),
        first=period.since,
        last=period.last,
        data_first=data.since,
        data_last=data.last,
        dues=due_days(one.asked.send_by, steps, working_days=regime.working_days),
        count=counts.get(one.collection.pk) if one.collection else None,
        is_opened=one.collection is not None,
        open_url=open_url(regime, period) if opens else "",
    )


def open_url(regime: "Regime", period: "Period") -> str:
    """Return the address at which a period of a regime is opened."""
    return address(
        reverse("regime-open", kwargs={"uid": regime.uid}),
        first=period.since.isoformat(),
        last=period.last.isoformat(),
    )


def may_set(regime: "Regime", *, user_id: int, on: date) -> bool:
    """Say whether an account ends this regime, and closes what it has opened."""
    unit_id = regime.owed_to_id
    return units.may(user_id=user_id, action=Action.ASSIGN_DUTY, unit_id=unit_id, on=on)


def may_open(regime: "Regime", *, user_id: int, on: date) -> bool:
    """Say whether an account opens periods of this regime: duties come of that."""
    unit_id = regime.owed_to_id
    may_issue = units.may(user_id=user_id, action=Action.ISSUE_DUTY, unit_id=unit_id, on=on)
    return may_issue and may_set(regime, user_id=user_id, on=on)
