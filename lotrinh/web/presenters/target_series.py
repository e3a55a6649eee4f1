"""What was reached of a target in words and rows: the sentence, the table, the parts of units."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lotrinh.apps.reporting import selectors as reporting
from lotrinh.rules.comparing import Attainment, Outcome
from lotrinh.rules.exact import rounded
from lotrinh.rules.figure_words import Base, compared, told
from lotrinh.rules.forecasting import Forecast
from lotrinh.rules.formats import number
from lotrinh.rules.outcome_words import because_words, outcome_word
from lotrinh.rules.period_words import period_name
from lotrinh.rules.progress import Comparison
from lotrinh.rules.reviewing import numbers as rules
from lotrinh.rules.reviewing.numbers import growth_of
from lotrinh.rules.reviewing.wording import plan_base
from lotrinh.rules.target_terms import Comparator, Reckoning, Rollup
from lotrinh.web.answers import address
from lotrinh.web.formatting import amount, day
from lotrinh.web.presenters.target_ahead import Ahead, ahead_of
from lotrinh.web.presenters.target_chart import Chart, Drawn, Spot, chart_of, spots_of
from lotrinh.web.wording import word
from lotrinh.web.wording_of_figures import NO_TOTALS

if TYPE_CHECKING:
    from lotrinh.apps.reporting.models import Period
    from lotrinh.apps.reporting.selectors import Point, Series, Stated
    from lotrinh.apps.targets.models import Measure, Target

_NUMBER = re.compile(r"\d[\d.,]*%?")
_SHAPES = {
    Attainment.EXCEEDED: "over",
    Attainment.MET: "done",
    Attainment.MISSED: "late",
    Attainment.NOT_JUDGED: "open",
}
_MOST_PLACES = 2
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of a sentence; one with an address is a door."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeSign:
    """What became of a target: shape, word, and why nobody can say yet."""

    shape: str
    word: str
    because: str


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A period in the table. What is empty was not told; ``is_estimated``: only expected."""

    name: str
    planned_text: str
    actual_text: str
    actual_url: str
    share_text: str
    is_estimated: bool
    of_plan_text: str
    before_text: str
    is_last: bool


def language() -> str:
    """Return the language of the page as the rules know it."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def places_of(measure: "Measure") -> int:
    """Return with how many decimals a figure is printed."""
    if measure.decimals is not None:
        return measure.decimals
    return 1 if measure.unit_of_measure == "%" else _MOST_PLACES


def level_text(value: Fraction | Decimal | None, measure: "Measure") -> str:
    """Return a level with its unit of measure; empty where there is none."""
    if value is None:
        return ""
    return amount(rounded(Fraction(value), places_of(measure)), measure.unit_of_measure)


def share_text(stated: "Stated | None", measure: "Measure") -> str:
    """Return what a share is a share of, as "28/100"; empty of what is no share."""
    if stated is None or stated.denominator is None or measure.rollup != Rollup.RATIO_OF_SUMS:
        return ""
    parts = (stated.numerator or Decimal(0), stated.denominator)
    return "/".join(number(part, language=language()) for part in parts)


def of_plan(target: "Target", reached: Fraction | None) -> Comparison | None:
    """Return how a level compares with the planned one; None where that says nothing.

    Of shares it is the difference in points, of everything else so many percent.
    """
    plain = target.reckoning == Reckoning.LEVEL and target.comparator not in {
        Comparator.JUDGED,
        Comparator.KEEP,
        Comparator.RANGE,
    }
    if not plain or target.value is None or reached is None:
        return None
    return rules.of_plan(reached, target.value, unit=target.measure.unit_of_measure)


def of_plan_text(target: "Target", reached: Fraction | None) -> str:
    """Return that comparison as a table prints it: "126%", "+3 points"; empty where there is none.

    Nothing is rounded to be the whole that is not.
    """
    found = of_plan(target, reached)
    if found is None or found.value is None:
        return ""
    if target.measure.unit_of_measure == "%":
        sign = "+" if found.value > 0 else ""
        shown = sign + number(found.value, language=language(), places=1)
        return _("%(n)s points") % {"n": shown}
    is_whole = found.value == _WHOLE
    for places in range(1, 7):
        near = rounded(found.value, places)
        if near != _WHOLE or is_whole:
            return number(near, language=language()) + "%"
    return number(found.value, language=language(), places=6) + "%"


def behind_url(target: "Target", point: "Point", unit: object = None) -> str:
    """Return the page of the figures behind a total."""
    said = point.said
    return address(
        reverse("target-figures", kwargs={"uid": target.uid}),
        period=point.period.uid,
        basis=said.basis if said else None,
        unit=unit,
    )


def sentence_of(target: "Target", series: "Series") -> tuple[Said, ...]:
    """Return what was reached by the last period as a sentence whose numbers are doors."""
    point, measure = series.last, target.measure
    shown, door = level_text(point.reached, measure), behind_url(target, point)
    subject = _subject(series, measure)
    if not shown:
        why = point.said.unsaid if point.said else None
        if why is None:
            return (Said(told(subject, None, language=language())),)
        return (Said(f"{subject}: "), Said(word(NO_TOTALS, why), door), Said("."))
    found: list[tuple[Comparison, Base]] = []
    plan = of_plan(target, point.reached)
    if plan is not None and plan.value is not None:
        found.append((plan, _plan_base(target, point.period)))
    if point.year_before is not None and point.actual is not None:
        found.append((_growth(measure, point), Base.SAME_PERIOD))
    whole = told(
        subject, shown, language=language(), is_estimated=point.actual is None
    ).removesuffix(".")
    begins, _shown, _rest = whole.rpartition(shown)
    pieces = [Said(begins), Said(shown, door)]
    if share := share_text(point.said, measure):
        pieces.append(Said(f" ({share})"))
    for one, base in found:
        words = compared(one, base, language=language(), places=1)
        pieces.append(Said(", "))
        pieces += _with_door(words, door)
    return (*pieces, Said("."))


def outcome_sign(outcome: Outcome) -> OutcomeSign:
    """Return what became of a target as pages show it."""
    because = outcome.because
    return OutcomeSign(
        _SHAPES[outcome.attainment],
        outcome_word(outcome, language=language()),
        because_words(because, language=language()) if because is not None else "",
    )


def outcome_at(target: "Target", series: "Series") -> Outcome:
    """Judge a target by the last period of its series."""
    point = series.last
    said = point.said
    grows = bool(target.measure.accumulates) or series.is_added_up
    return reporting.outcome_of(
        target,
        point.reached,
        period=point.period,
        basis=said.basis if said else None,
        grows=grows,
    )


def period_rows(
    target: "Target", series: "Series", holding: Iterable[tuple[date, Decimal]]
) -> tuple[PeriodRow, ...]:
    """Return the table of a series: plan, actual, share of the plan, the year before."""
    measure, last = target.measure, series.last
    plans = [*holding, *_final(target)]
    rows = []
    for point in series.points:
        planned = [value for at, value in plans if point.period.starts <= at < point.period.ends]
        rows.append(
            PeriodRow(
                name=period_name(point.period.rule, language=language()),
                planned_text=level_text(planned[-1], measure) if planned else "",
                actual_text=level_text(point.reached, measure),
                actual_url=behind_url(target, point),
                share_text=share_text(point.said, measure),
                is_estimated=point.actual is None,
                of_plan_text=of_plan_text(target, point.reached),
                before_text=level_text(point.year_before, measure),
                is_last=point is last,
            )
        )
    return tuple(rows)


def chart(
    target: "Target",
    series: "Series",
    holding: Iterable[tuple[date, Decimal]],
    ahead: Ahead | None = None,
) -> Chart | None:
    """Return the drawing of a series, with where it is heading as far as that is known."""
    since, until = _span(target, series)
    spots: dict[str, list[Spot]] = {
        "plan": _plan_line(target, series, list(holding), since, until),
        "before": spots_of(series.points, "before"),
        "actual": spots_of(series.points, "actual"),
        "estimate": _estimates(series.points),
        "pace": list(ahead.pace) if ahead else [],
        "forecast": list(ahead.line) if ahead else [],
    }
    if series.is_added_up or target.measure.accumulates:
        for kind in ("before", "actual"):
            if spots[kind]:
                spots[kind].insert(0, (since, Fraction(0)))
    names = {
        "plan": _("plan"),
        "before": _("year before"),
        "actual": _("actual"),
        "estimate": _("estimate"),
        "pace": _("pace asked for"),
        "forecast": _("forecast"),
    }
    days = [(one.period.rule.last, _tick(one.period)) for one in series.points]
    shown = days[:: -(-len(days) // 12) or 1]
    drawn = Drawn(since, until, spots, names, shown, ahead.band if ahead else ())
    return chart_of(drawn, language=language(), unit=target.measure.unit_of_measure)


def caption_of(target: "Target", series: "Series") -> str:
    """Return what the numbers of a series are: added up, and from how many periods, or not."""
    if series.is_added_up and series.told is not None:
        return _("added up from 1 January; %(n)s of %(m)s periods are told of") % {
            "n": series.told.part,
            "m": series.told.whole,
        }
    if target.measure.accumulates:
        return _("as reported since 1 January")
    return _("each period by itself")


def added_rows(
    target: "Target", series: "Series", period: "Period", unit: object
) -> tuple[tuple[str, str, str], ...]:
    """Return what is added up until the end of a period: name, figure and door of each period.

    Nothing where the series is not added up, or the period is none of its own.
    """
    points = [one for one in series.points if one.period.ends <= period.ends and one.said]
    if not series.is_added_up or all(one.period.pk != period.pk for one in points):
        return ()
    return tuple(
        (
            period_name(one.period.rule, language=language()),
            level_text(one.said.exact if one.said else None, target.measure),
            behind_url(target, one, unit),
        )
        for one in points
        if one.actual is not None or one.period.pk == period.pk
    )


def kinds_of(target: "Target", series: "Series") -> list[tuple[str, str, bool]]:
    """Return the kinds of period among which one may choose: name, address, whether it is shown."""
    if len(series.kinds) < 2:
        return []
    here = reverse("target", kwargs={"uid": target.uid})
    name = "name_en" if language() == "en" else "name_vi"
    return [
        (getattr(one, name), address(here, kind=one.code), one == series.kind)
        for one in series.kinds
    ]


def reached_context(
    target: "Target",
    series: "Series",
    holding: Iterable[tuple[date, Decimal]],
    made: Forecast | None = None,
) -> dict[str, Any]:
    """Return what a page says of a series; ``made``: where it is heading."""
    held, point = list(holding), series.last
    ahead = ahead_of(made, *_span(target, series)) if made and _is_of(made, series) else None
    said = point.said
    return {
        "sentence": sentence_of(target, series),
        "outcome": outcome_sign(outcome_at(target, series)),
        "rows": period_rows(target, series, held),
        "chart": chart(target, series, held, ahead),
        "caption": caption_of(target, series),
        "kinds": kinds_of(target, series),
        "kind": series.kind.code,
        "as_of": said.as_of if said else None,
        "is_waiting": bool(said and said.is_waiting),
        "behind_url": behind_url(target, point),
    }


def _subject(series: "Series", measure: "Measure") -> str:
    period = series.last.period
    if series.is_added_up or measure.accumulates:
        return _("By %(day)s") % {"day": day(period.rule.last)}
    name = period_name(period.rule, language=language())
    return name[:1].upper() + name[1:]


def _with_door(words: str, url: str) -> list[Said]:
    found = _NUMBER.search(words)
    if found is None:
        return [Said(words)]
    start, end = found.span()
    pieces = (Said(words[:start]), Said(words[start:end], url), Said(words[end:]))
    return [piece for piece in pieces if piece.text]


def _growth(measure: "Measure", point: "Point") -> Comparison:
    return growth_of(point.reached, point.year_before, unit=measure.unit_of_measure)


def _plan_base(target: "Target", period: "Period") -> Base:
    return plan_base(Comparator(target.comparator), target.due, period.rule.last)


def _final(target: "Target") -> list[tuple[date, Decimal]]:
    if target.due is None or target.value is None or target.reckoning != Reckoning.LEVEL:
        return []
    return [(target.due, target.value)]


def _span(target: "Target", series: "Series") -> tuple[date, date]:
    first, last = series.points[0].period, series.points[-1].period
    since = date(first.rule.last.year, 1, 1)
    until = date(last.rule.last.year, 12, 31)
    return since, until


def _plan_line(
    target: "Target",
    series: "Series",
    holding: list[tuple[date, Decimal]],
    since: date,
    until: date,
) -> list[Spot]:
    """Return the plan: through its days where it grows with the year, else level with its end."""
    within = [(at, Fraction(value)) for at, value in holding if since <= at <= until]
    final = [(at, Fraction(value)) for at, value in _final(target)]
    grows = series.is_added_up or target.measure.accumulates
    if grows and final and since <= final[0][0] <= until:
        return [(since, Fraction(0)), *within, *final]
    if within:
        return within + [one for one in final if one[0] <= until]
    return [(since, final[0][1]), (until, final[0][1])] if final else []


def _estimates(found: Iterable["Point"]) -> list[Spot]:
    """Return the line of estimates, from the last actual before each run of them."""
    spots: list[Spot] = []
    before: Spot | None = None
    for point in found:
        at = point.period.rule.last
        if point.estimate is not None and point.expected is not None and point.actual is None:
            if before is not None and not spots:
                spots.append(before)
            spots.append((at, point.expected))
        elif point.level is not None:
            before = (at, point.level)
    return spots


def _is_of(made: Forecast, series: "Series") -> bool:
    """Say whether a forecast was made of the kind of period that is shown."""
    return made.every == series.kind.every and series.kind.rule is not None


def _tick(period: "Period") -> str:
    rule = period.rule
    if rule.has_whole_months and rule.months == 1:
        return f"T{rule.since.month}" if language() == "vi" else f"{rule.since:%b}"
    return f"{rule.last.day}/{rule.last.month}"
