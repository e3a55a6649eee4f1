"""An invented city whose units report honestly, and the ways in which some of them do not.

Seeded: the same seed is the same city. Honest units differ as real ones do: in size, in how well
they reach their plans, in how much their figures move, in when they hand in. Measures have seasons;
some hardly move, some are told in millions of đồng, some are small, some everybody fulfils. A few
figures are missing.
"""

import math
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from lotrinh.rules.integrity import Facts, HandedIn, IntegrityRule, Shown, Split, Told

MONTHS = 25
UNITS = 100
MEASURES = 36
_MISSING = 0.03
_COMMON_PAPERS = 3
_HOUR = 60
_TERM = 10 * 24 * _HOUR


@dataclass(frozen=True)
class Custom:
    """How a measure behaves: its level, its season, its noise, what it is told in."""

    kind: str
    level: float
    season: float
    noise: float
    phase: float


def honest_city(seed: int, *, units: int = UNITS) -> Facts:
    """Return what the units of a city tell when nobody cheats."""
    draw = random.Random(seed)
    customs = [_custom(draw, place) for place in range(MEASURES)]
    told: list[Told] = []
    splits: list[Split] = []
    for unit in range(units):
        size, skill = math.exp(draw.gauss(0, 0.6)), draw.gauss(1.02, 0.03)
        restless = math.exp(draw.gauss(0, 0.25))
        for measure, custom in enumerate(customs):
            line = _line(draw, custom, (unit, measure), (size, skill, restless))
            told += line
            if custom.kind == "count":
                splits += _quarter(line)
    return Facts(
        told=tuple(told),
        shown=tuple(_files(draw, units)),
        handed_in=tuple(_handed_in(draw, units)),
        splits=tuple(splits),
    )


def _custom(draw: random.Random, place: int) -> Custom:
    kinds = ("count", "count", "count", "money", "share", "whole", "stock", "small", "planned")
    kind = kinds[place % len(kinds)]
    level = 3.0 if kind == "small" else math.exp(draw.gauss(6.5, 1.0))
    noise = draw.uniform(0.05, 0.25)
    return Custom(kind, level, draw.choice((0.0, 0.1, 0.5)), noise, draw.uniform(0, math.tau))


def _line(
    draw: random.Random, custom: Custom, at: tuple[int, int], who: tuple[float, float, float]
) -> list[Told]:
    """Return the months of one unit and measure; 0 is the one that is looked at."""
    (unit, measure), (size, skill, restless) = at, who
    own = custom.level * size * math.exp(draw.gauss(0, 0.3))
    rows: list[Told] = []
    stock = round(own / 10) + 1
    for back in reversed(range(MONTHS)):
        key = f"{unit}/{measure}/{back}"
        swing = custom.season * math.sin(custom.phase - math.tau * back / 12)
        mean = own * math.exp(swing + custom.noise * restless * _heavy(draw))
        stock += draw.random() < 0.05
        if draw.random() >= _MISSING:
            rows.append(_row(draw, custom, (key, unit, measure, back), mean, (stock, skill)))
    return rows


def _row(
    draw: random.Random,
    custom: Custom,
    at: tuple[str, int, int, int],
    mean: float,
    who: tuple[int, float],
) -> Told:
    stock, skill = who
    count = max(0, round(draw.gauss(mean, math.sqrt(mean) + 0.01)))
    if custom.kind == "money":
        return Told(*at, Decimal(count) * 1_000_000)
    if custom.kind == "stock":
        return Told(*at, Decimal(stock))
    if custom.kind == "share":
        done = sum(draw.random() < 0.9 for _ in range(min(count, 60)))
        return Told(*at, Decimal(done), over=Decimal(max(1, min(count, 60))))
    if custom.kind == "whole":
        whole = max(1, min(count, 60))
        return Told(*at, Decimal(whole - (draw.random() < 0.2)), over=Decimal(whole))
    if custom.kind == "planned":
        planned = Decimal(max(1, round(mean)))
        reached = round(float(planned) * draw.gauss(skill, 0.07))
        return Told(*at, Decimal(max(0, reached)), planned=planned)
    return Told(*at, Decimal(count))


def _heavy(draw: random.Random) -> float:
    """Return noise with heavier tails than chance: Student's, with five degrees of freedom."""
    squares = sum(draw.gauss(0, 1) ** 2 for _ in range(5))
    return draw.gauss(0, 1) / math.sqrt(squares / 5)


def _quarter(line: Sequence[Told]) -> list[Split]:
    """Return the quarter that its three last months make, where all were told."""
    parts = tuple(one for one in line if one.back < 3)
    if len(parts) < 3:
        return []
    whole = parts[-1]._replace(
        key=f"{parts[-1].unit}/{parts[-1].measure}/quarter",
        value=sum((one.value for one in parts), Decimal(0)),
    )
    return [Split(whole, parts)]


def _files(draw: random.Random, units: int) -> Iterable[Shown]:
    for unit in range(units):
        for back in range(6):
            for place in range(draw.randint(2, 8)):
                line = draw.randrange(MEASURES)
                yield Shown(f"{unit}/{back}/{place}", f"{unit}-{back}-{place}", unit, back, line)
            whole = f"{unit}-{back}-whole"
            yield Shown(f"{unit}/{back}/whole", whole, unit, back, None)
            for paper in range(_COMMON_PAPERS):
                if draw.random() < 0.4:
                    key = f"{unit}/{back}/common{paper}"
                    yield Shown(key, f"common{paper}", unit, back, paper)


def _handed_in(draw: random.Random, units: int) -> Iterable[HandedIn]:
    for unit in range(units):
        haste = draw.betavariate(1, 3)  # some units like the last day
        for back in range(12):
            span = 24 * _HOUR if draw.random() < haste else _TERM
            minutes = draw.uniform(0, span)
            yield HandedIn(f"{unit}/{back}/in", unit, back, timedelta(minutes=minutes))


def with_manipulators(city: Facts, rule: IntegrityRule, cheats: Sequence[int], seed: int) -> Facts:
    """Return the city once these units have done what the rule asks about.

    How strongly each does it is drawn: from half of its figures to all of them.
    """
    draw = random.Random(seed)
    for unit in cheats:
        city = _DONE[rule](city, unit, draw)
    return city


def _changed(city: Facts, change: Callable[[Told], Told]) -> Facts:
    return replace(city, told=tuple(map(change, city.told)))


def _rounded(city: Facts, unit: int, draw: random.Random) -> Facts:
    share, most = draw.uniform(0.5, 1), draw.choice((5, 10, 100))

    def change(one: Told) -> Told:
        if one.unit != unit or one.over is not None or draw.random() > share:
            return one
        grain = 1_000_000 if one.value % 1_000_000 == 0 and one.value > 1_000_000 else 1
        step = Decimal(grain * (most if one.value >= 1000 * grain else 5))
        return one._replace(value=(one.value / step).to_integral_value() * step)

    return _changed(city, change)


def _invented_digits(city: Facts, unit: int, draw: random.Random) -> Facts:
    share, liked = draw.uniform(0.5, 1), draw.sample((3, 6, 7, 8), 2)

    def change(one: Told) -> Told:
        if one.unit != unit or one.over is not None or one.value < 100 or draw.random() > share:
            return one
        grain = 1_000_000 if one.value % 1_000_000 == 0 else 1
        tens = one.value // (10 * grain) * 10
        return one._replace(value=(tens + draw.choice(liked)) * grain)

    return _changed(city, change)


def _over_target(city: Facts, unit: int, draw: random.Random) -> Facts:
    share = draw.uniform(0.5, 1)

    def change(one: Told) -> Told:
        if one.unit != unit or one.planned is None or draw.random() > share:
            return one
        reached = one.planned * Decimal(repr(1 + draw.uniform(0, 0.02)))
        return one._replace(value=reached.to_integral_value(rounding="ROUND_CEILING"))

    return _changed(city, change)


def _cloned(city: Facts, unit: int, draw: random.Random) -> Facts:
    units = sorted({one.unit for one in city.told} - {unit})
    return _copied(city, unit, draw, of=(draw.choice(units), 0))


def _repeated(city: Facts, unit: int, draw: random.Random) -> Facts:
    return _copied(city, unit, draw, of=(unit, 1))


def _copied(city: Facts, unit: int, draw: random.Random, *, of: tuple[int, int]) -> Facts:
    share = draw.uniform(0.6, 1)
    model = {one.measure: one for one in city.told if (one.unit, one.back) == of}

    def change(one: Told) -> Told:
        source = model.get(one.measure)
        if (one.unit, one.back) != (unit, 0) or source is None or draw.random() > share:
            return one
        return one._replace(value=source.value, over=source.over)

    return _changed(city, change)


def _jumped(city: Facts, unit: int, draw: random.Random) -> Facts:
    large = [
        one.measure
        for one in city.told
        if (one.unit, one.back) == (unit, 0)
        and one.over is None
        and one.value >= 100
        and one.planned is None
    ]
    chosen = set(draw.sample(large, min(3, len(large))))
    factor = Decimal(repr(round(draw.choice((1, -1)) * draw.uniform(1.5, 3), 3)))

    def change(one: Told) -> Told:
        if (one.unit, one.back) != (unit, 0) or one.measure not in chosen:
            return one
        times = 4 + factor if factor > 0 else 1 / (4 - factor)
        grain = 1_000_000 if one.value % 1_000_000 == 0 else 1
        return one._replace(value=(one.value * times / grain).to_integral_value() * grain)

    return _changed(city, change)


def _reused(city: Facts, unit: int, draw: random.Random) -> Facts:
    own = [place for place, one in enumerate(city.shown) if (one.unit, one.back) == (unit, 0)]
    lined = [place for place in own if city.shown[place].line is not None]
    target = city.shown[draw.choice(lined)]
    others = [one for one in city.shown if one.unit != unit and not one.file.startswith("common")]
    earlier = [one for one in city.shown if one.unit == unit and one.back == 1]
    way = draw.choice(("unit", "period", "lines"))
    if way == "unit":
        new = (target._replace(file=draw.choice(others).file),)
    elif way == "period":
        new = (target._replace(file=earlier[0].file, line=earlier[0].line),)
    else:
        new = tuple(target._replace(key=f"{target.key}/{line}", line=line) for line in range(8))
    rest = tuple(one for one in city.shown if one is not target)
    return replace(city, shown=(*rest, *new))


def _unsummed(city: Facts, unit: int, draw: random.Random) -> Facts:
    own = [one for one in city.splits if one.whole.unit == unit and one.whole.value >= 100]
    wrong = draw.choice(own)
    factor = Decimal(repr(round(1 + draw.choice((1, -1)) * draw.uniform(0.02, 0.3), 4)))
    whole = wrong.whole._replace(value=(wrong.whole.value * factor).to_integral_value())
    splits = tuple(Split(whole, one.parts) if one is wrong else one for one in city.splits)
    return replace(city, splits=splits)


def _whole(city: Facts, unit: int, draw: random.Random) -> Facts:
    def change(one: Told) -> Told:
        return one._replace(value=one.over) if one.unit == unit and one.over else one

    return _changed(city, change)


def _last_minute(city: Facts, unit: int, draw: random.Random) -> Facts:
    handed_in = tuple(
        one._replace(before=timedelta(minutes=draw.uniform(0, 50))) if one.unit == unit else one
        for one in city.handed_in
    )
    return replace(city, handed_in=handed_in)


_DONE: dict[IntegrityRule, Callable[[Facts, int, random.Random], Facts]] = {
    IntegrityRule.ROUND_NUMBERS: _rounded,
    IntegrityRule.LAST_DIGITS: _invented_digits,
    IntegrityRule.OVER_TARGET: _over_target,
    IntegrityRule.CLONED_ROWS: _cloned,
    IntegrityRule.REPEATED_ROWS: _repeated,
    IntegrityRule.JUMPS: _jumped,
    IntegrityRule.REUSED_FILES: _reused,
    IntegrityRule.PARTS_DIFFER: _unsummed,
    IntegrityRule.ALWAYS_WHOLE: _whole,
    IntegrityRule.LAST_HOUR: _last_minute,
}
"""What a unit does that the rule is there to ask about."""
