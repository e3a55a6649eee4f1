"""Whether a target will be met: what its course leads to, how sure that is, or why nobody can say.

A forecast is no result: it is made anew of what is known on a day, enters no total, and judges by
``rules.comparing`` the very levels that its trials on the past lead to.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from lotrinh.rules.comparing import Attainment, Yardstick, ends_of, judge
from lotrinh.rules.forecasting.course import Course, last_day, number_of
from lotrinh.rules.forecasting.pace_line import PaceLine, Spot, pace_line
from lotrinh.rules.forecasting.projecting import Manner, Projection, project
from lotrinh.rules.forecasting.settings import Setting
from lotrinh.rules.forecasting.trials import chance, errors_of, interval, trials_of
from lotrinh.rules.target_terms import Comparator, Direction, Reckoning

_REACHED = frozenset({Attainment.EXCEEDED, Attainment.MET})
_FINE = 10**6
_HALF = Fraction(1, 2)


class NoForecast(StrEnum):
    """Why nothing is forecast."""

    NO_SETTING = "no_setting"  # nobody has said how to
    NO_DUE = "no_due"
    TIME_OVER = "time_over"
    BY_WORDS = "by_words"  # judged by an agency
    RANK = "rank"  # others decide it too
    NO_PLAN = "no_plan"
    NO_SIDE = "no_side"  # nobody has said which way is better
    DOES_NOT_ADD = "does_not_add"
    NOTHING_TOLD = "nothing_told"
    NO_RHYTHM = "no_rhythm"  # no kind of period that follows without gaps has been told of
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Aim:
    """What a target promises by a day, and what it is to stand at on the way."""

    yardstick: Yardstick
    due: date | None
    on_the_way: tuple[Spot, ...] = ()
    baseline: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is to be expected of a target, or ``because`` of what nothing is.

    ``reached`` is the level by ``as_of``, the last day of the last period that the pace was taken
    from; ``expected`` what the pace line asks for by then. ``value`` is the level on ``until``, the
    last day of the period in which the target is due; it lies between ``low`` and ``high`` in as
    many of the ``trials`` as the setting says. ``probability`` is that of meeting the target, None
    of too few trials. ``pace`` is what each of ``ahead`` periods is expected to add and ``needed``
    what each must. ``settled``: what was reached decides it, and nothing can change that.
    """

    because: NoForecast | None = None
    points: int = 0
    least: int = 0
    every: int = 1
    is_flow: bool = False
    as_of: date | None = None
    until: date | None = None
    reached: Fraction | None = None
    expected: Fraction | None = None
    value: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    probability: Fraction | None = None
    trials: int = 0
    ahead: int = 0
    used: int = 0
    pace: Fraction | None = None
    needed: Fraction | None = None
    is_seasonal: bool = False
    will_meet: bool | None = None
    settled: Attainment | None = None
    line: PaceLine | None = None
    within: Fraction | None = None

    @property
    def leans(self) -> bool | None:
        """Whether it is rather met than missed: by its chance, else by the pace alone."""
        if self.probability is None:
            return self.will_meet
        return self.probability >= _HALF


def gap_of(aim: Aim) -> NoForecast | None:
    """Return what a target lacks so that it could be forecast at all; None where it lacks nothing.

    Other than its course: that is for ``forecast`` to say.
    """
    yardstick = aim.yardstick
    if aim.due is None:
        return NoForecast.NO_DUE
    if yardstick.comparator is Comparator.JUDGED:
        return NoForecast.BY_WORDS
    if yardstick.reckoning is Reckoning.RANK:
        return NoForecast.RANK
    if ends_of(yardstick) is None:
        return NoForecast.NO_PLAN
    if yardstick.comparator is Comparator.EXACTLY and yardstick.better is None:
        return NoForecast.NO_SIDE
    return None


def forecast(aim: Aim, course: Course | None, *, on: date, setting: Setting | None) -> Forecast:
    """Return what is to be expected of a target by what is known of its course on a day."""
    if setting is None:
        return Forecast(NoForecast.NO_SETTING)
    gap = gap_of(aim)
    if gap is not None or aim.due is None:
        return Forecast(gap)
    if aim.due < on:
        return Forecast(NoForecast.TIME_OVER)
    if course is None or not course.told:
        return Forecast(NoForecast.NOTHING_TOLD)
    known = course.well_told(setting.answered)
    due = number_of(aim.due, course.every)
    if known.last >= due:  # the figures of its last period are there already
        return Forecast(NoForecast.TIME_OVER)
    if len(known.told) < setting.points:
        return Forecast(NoForecast.TOO_FEW, points=len(known.told), least=setting.points)
    return _made(aim, known, due, setting)


def _made(aim: Aim, known: Course, due: int, setting: Setting) -> Forecast:
    numbers = known.numbers()
    manner = Manner(known.is_flow, known.season, setting.window, setting.season_pairs)
    begins = max(known.last + 1, known.first_of_year(due)) if known.is_flow else due
    projected = project(numbers, manner, begins, due)
    tried = trials_of(
        numbers,
        manner,
        points=setting.points,
        first=begins - known.last,
        last=due - known.last,
    )
    told = known.reached(due) or Fraction(0)
    falls = not known.is_flow or min(numbers.values()) < 0
    value = _level(projected, 0.0, told, known.is_flow, falls)
    errors = errors_of(tried, is_seasonal=projected.is_seasonal, least=setting.trials)
    levels = [_level(projected, error, told, known.is_flow, falls) for error in errors]
    settled = _settled(aim, told) if known.is_flow and not falls else None
    is_tried = len(levels) >= setting.trials
    ends = interval([float(one) for one in levels], setting.within) if is_tried else None
    likely = chance(_meets(aim, one) for one in levels) if is_tried else None
    line = _line(aim, known, due)
    ahead = due - begins + 1 if known.is_flow else due - known.last
    as_of = last_day(known.last, known.every)
    return Forecast(
        points=len(known.told),
        least=setting.points,
        every=known.every,
        is_flow=known.is_flow,
        as_of=as_of,
        until=last_day(due, known.every),
        reached=told,
        expected=line.by(as_of),
        value=value,
        low=_exact(ends[0]) if ends else None,
        high=_exact(ends[1]) if ends else None,
        probability=Fraction(settled in _REACHED) if settled else likely,
        trials=len(levels),
        ahead=ahead,
        used=min(len(known.told), setting.window),
        pace=_exact(projected.value / ahead if known.is_flow else projected.pace),
        needed=_needed(aim, told, ahead),
        is_seasonal=projected.is_seasonal,
        will_meet=settled in _REACHED if settled else _meets(aim, value),
        settled=settled,
        line=line,
        within=setting.within,
    )


def _level(
    projected: Projection, error: float, told: Fraction, is_flow: bool, falls: bool
) -> Fraction:
    """Return the level to which a projection leads that misses by an error of the past.

    What never fell does not come to less than what was told.
    """
    if not is_flow:
        return _exact(projected.value + error)
    more = _exact(projected.value * (1 + error))
    return told + (more if falls else max(more, Fraction(0)))


def _meets(aim: Aim, level: Fraction) -> bool:
    return judge(aim.yardstick, level, has_ended=True).attainment in _REACHED


def _settled(aim: Aim, told: Fraction) -> Attainment | None:
    """Return what became of a target that can only grow, if what was told decides it already."""
    found = judge(aim.yardstick, told, has_ended=False, is_cumulative=True).attainment
    return None if found is Attainment.NOT_JUDGED else found


def _needed(aim: Aim, told: Fraction, ahead: int) -> Fraction | None:
    """Return what each period must add so that the planned level is just reached.

    None where neither way is better, or it is reached already.
    """
    ends = ends_of(aim.yardstick)
    if ends is None or aim.yardstick.better is None:
        return None
    is_higher = aim.yardstick.better is Direction.HIGHER
    lacking = (ends[0] if is_higher else ends[1]) - told
    return None if is_higher and lacking <= 0 else lacking / ahead


def _line(aim: Aim, known: Course, due: int) -> PaceLine:
    """Return the pace line: amounts begin at nought with the year, levels where they were told."""
    ends = ends_of(aim.yardstick)
    if ends is None or aim.due is None:
        return PaceLine(())
    planned = ends[1] if aim.yardstick.better is Direction.LOWER else ends[0]
    if known.is_flow:
        new_year = last_day(known.first_of_year(due) - 1, known.every)
        begins = (new_year, Fraction(0))
    else:
        first = min(known.told)
        told = known.told[first].value if aim.baseline is None else aim.baseline
        begins = (last_day(first, known.every), told)
    return pace_line(begins, aim.on_the_way, (aim.due, planned))


def _exact(number: float) -> Fraction:
    """Return a number of the machine as a fraction of millionths, which no page prints finer."""
    return Fraction(round(number * _FINE), _FINE)
