"""One amount as it is typed: a sign, numbers with their scales, the unit before or behind them.

"45,37 tỷ đồng", "1 tỷ 200 triệu", "VND 2 million", "(1.270)". A scale or a unit that is typed
counts before the one in which the form is kept: in a column of millions "45,37 tỷ" are billions.
What is said half ("2 tỷ 5", which people say for 2.5 billion) is no amount.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import product
from unicodedata import normalize

from lotrinh.rules.numerals_typed import (
    MOST_DIGITS,
    MOST_PLACES,
    NUMERAL,
    NumeralFault,
    WrongNumeral,
    readings,
)

SCALES: Mapping[str, int] = {
    "trăm": 2,
    **dict.fromkeys(("nghìn", "nghin", "ngàn", "ngan", "thousand"), 3),
    **dict.fromkeys(("vạn", "van"), 4),
    **dict.fromkeys(("triệu", "trieu", "tr", "million", "mn"), 6),
    **dict.fromkeys(("tỷ", "tỉ", "ty", "ti", "billion", "bn"), 9),
    **dict.fromkeys(("nghìn tỷ", "nghìn tỉ", "ngàn tỷ", "ngàn tỉ", "nghin ty"), 12),
    **dict.fromkeys(("trillion", "thousand billion"), 12),
    **dict.fromkeys(("triệu tỷ", "triệu tỉ", "trieu ty", "million billion"), 15),
}
"""Words for powers of ten, with and without marks; "tram" is left out, it is a station too."""

_BEFORE_DIGITS = re.compile(r"([^0-9]+?) ?(?=[0-9])")
_PART = re.compile(rf"({NUMERAL}) ?([^0-9]*)")


class NoFigure(StrEnum):
    """Why what was typed is refused as a figure."""

    NO_NUMBER = "no_number"
    WRONG_GROUPS = "wrong_groups"  # 1.27.000
    LEADING_ZEROS = "leading_zeros"  # 007
    BOUND = "bound"  # ≥ 03: a plan has bounds, a result has none
    ABOUT = "about"  # khoảng 50
    ESTIMATE = "estimate"  # ước 50: said by the kind of the figure, not in its cell
    RANGE = "range"  # 40-50
    DAY = "day"  # 1/3/2024
    FRACTION = "fraction"  # 1/3 where one number is asked for
    NO_DENOMINATOR = "no_denominator"  # one number where two are asked for
    PERCENT = "percent"  # 5% of what is not counted in percent
    OTHER_UNIT = "other_unit"
    NOT_WHOLE = "not_whole"
    FORMULA = "formula"
    FAILED_FORMULA = "failed_formula"
    ROUNDED_BY_SHEET = "rounded_by_sheet"  # 4,537E+10
    TOO_LONG = "too_long"
    TOO_FINE = "too_fine"


class NotAFigure(Exception):
    """What is typed is no figure, for the reason ``why``."""

    def __init__(self, why: NoFigure, **data: str | int) -> None:
        super().__init__(why)
        self.why = why
        self.data = data


@dataclass(frozen=True, slots=True)
class CellUnit:
    """What a cell counts in.

    ``words``: how the unit may be typed, in both languages. ``scale``: how many of it one in the
    cell are, 10^9 where the form says "tỷ đồng"; a scale or a unit that is typed overrides it.
    ``is_pair``: numerator and denominator are asked for, "18/23".
    """

    code: str
    words: frozenset[str] = frozenset()
    scale: Decimal = Decimal(1)
    is_whole: bool = False
    is_pair: bool = False

    @property
    def spellings(self) -> frozenset[str]:
        """Its words as they are compared: in small letters, "m²" as "m2"."""
        return frozenset(map(_spelling, self.words))


def amount(plain: str, *, language: str, unit: CellUnit) -> tuple[tuple[Decimal, ...], bool]:
    """Return the values that an amount may have, and whether it could be read in one way only.

    ``plain`` has plain digits, single spaces and short dashes. The values are in the unit itself; a
    reading that the unit cannot have is left out, and leaves the other one to be confirmed. Raises
    NotAFigure.

    >>> amount("1 tỷ 200 triệu", language="vi", unit=CellUnit("VND"))
    ((Decimal('1200000000'),), True)
    """
    sign, body = _sign(plain.casefold())
    body, is_named = _without_unit(body, unit)
    parts = _parts(body, unit, is_named=is_named)
    is_bare = not is_named and all(power is None for _, power in parts)
    sizes = [unit.scale if is_bare else Decimal(10) ** (power or 0) for _, power in parts]
    read = [_readings(numeral, language, unit) for numeral, _ in parts]
    values = [
        sign * sum((value * size for value, size in zip(each, sizes, strict=True)), Decimal(0))
        for each in product(*read)
    ]
    return storable(values, unit), len(values) == 1


def bare_amount(numeral: str, *, language: str, unit: CellUnit) -> tuple[tuple[Decimal, ...], bool]:
    """Return the same as `amount` for a numeral without sign, scale or unit. Raises NotAFigure."""
    values = [value * unit.scale for value in _readings(numeral, language, unit)]
    return storable(values, unit), len(values) == 1


def _readings(numeral: str, language: str, unit: CellUnit) -> tuple[Decimal, ...]:
    try:
        return readings(numeral, language=language, asks=unit.code == "%")
    except WrongNumeral as wrong:
        raise NotAFigure(_OF_NUMERAL[wrong.fault]) from wrong


_OF_NUMERAL = {
    NumeralFault.NO_NUMBER: NoFigure.NO_NUMBER,
    NumeralFault.WRONG_GROUPS: NoFigure.WRONG_GROUPS,
    NumeralFault.LEADING_ZEROS: NoFigure.LEADING_ZEROS,
}


def _sign(plain: str) -> tuple[int, str]:
    if plain.startswith("(") and plain.endswith(")"):
        return -1, plain[1:-1].strip()
    if plain[:1] in {"+", "-"}:
        return -1 if plain[0] == "-" else 1, plain[1:].strip()
    return 1, plain


def _without_unit(body: str, unit: CellUnit) -> tuple[str, bool]:
    """Take off a unit that stands before the number, or has a figure of its own: "VND", "m2"."""
    before = _BEFORE_DIGITS.match(body)
    if before is not None and _spelling(before[1]) in unit.spellings:
        return body[before.end() :], True
    for word in unit.spellings:
        if any(sign.isdigit() for sign in word) and body.endswith(word):
            return body.removesuffix(word).rstrip(), True
    return body, False


def _parts(body: str, unit: CellUnit, *, is_named: bool) -> list[tuple[str, int | None]]:
    """Return numerals, each with its power of ten, None for a bare one: "1 tỷ 200 triệu"."""
    parts: list[tuple[str, int | None]] = []
    place = 0
    while place < len(body):
        found = _PART.match(body, place)
        if found is None:
            raise NotAFigure(NoFigure.NO_NUMBER)
        place = found.end()
        power = _power(_spelling(found[2]), unit, may_name=place == len(body) and not is_named)
        parts.append((found[1], power))
    powers = [power for _, power in parts if power is not None]
    falls = powers == sorted(set(powers), reverse=True)
    if not parts or (len(parts) > 1 and (len(powers) < len(parts) or not falls)):
        raise NotAFigure(NoFigure.NO_NUMBER)
    return parts


def _power(said: str, unit: CellUnit, *, may_name: bool) -> int | None:
    """Return the power of ten that words behind a numeral say; 0 for the unit, None for none."""
    if not said:
        return None
    if may_name and said in unit.spellings:
        return 0
    if said.startswith("%"):
        raise NotAFigure(NoFigure.PERCENT)
    name = next((name for name in _BY_LENGTH if f"{said} ".startswith(f"{name} ")), None)
    if name is not None and unit.code != "%":
        said = said.removeprefix(name).strip()
        if not said or (may_name and said in unit.spellings):
            return SCALES[name]
    if not any(sign.isalpha() for sign in said):
        raise NotAFigure(NoFigure.NO_NUMBER)
    raise NotAFigure(NoFigure.OTHER_UNIT, typed=said)


def _spelling(word: str) -> str:
    return normalize("NFKC", word).strip().casefold()


_BY_LENGTH: Sequence[str] = sorted(SCALES, key=len, reverse=True)


def storable(values: Iterable[Decimal], unit: CellUnit) -> tuple[Decimal, ...]:
    """Return the values that can be kept, without idle zeros.

    Raises NotAFigure where none can.
    """
    found: list[Decimal] = []
    why = NotAFigure(NoFigure.NOT_WHOLE)
    for value in values:
        plain = value.normalize()
        exponent = plain.as_tuple().exponent
        places = -exponent if isinstance(exponent, int) else 0
        if places > 0 and unit.is_whole:
            continue
        if places > MOST_PLACES:
            why = NotAFigure(NoFigure.TOO_FINE, most=MOST_PLACES)
        elif plain.adjusted() >= MOST_DIGITS:
            why = NotAFigure(NoFigure.TOO_LONG, most=MOST_DIGITS)
        else:
            found.append(plain.quantize(Decimal(1)) if places < 0 else plain)
    if not found:
        raise why
    return tuple(found)
