"""Numbers as each language writes them: 1.270,5 in Vietnamese, 1,270.5 in English.

Nothing is rounded unless a number of decimals is asked for. Then it is rounded to the nearest, and
a half away from zero, as offices do: 0.05 is 0.1 and -0.05 is -0.1. Money is written in billions or
millions where that is exact with two decimals at most: with three it could be read as thousands.
"""

from decimal import Decimal
from fractions import Fraction

from lotrinh.rules.exact import rounded

Exact = Decimal | Fraction | int
"""A number without error; what cannot be written in decimals needs a number of them."""

SCALES = ((9, "tỷ", "billion"), (6, "triệu", "million"))
"""The scales in which money is written: power of ten, and the word in either language."""

_MOST_PLACES = 2
_CURRENCY = ("đồng", "VND")


def number(value: Exact, *, language: str, places: int | None = None, fixed: bool = False) -> str:
    """Return a number as ``vi`` or ``en`` writes it, without idle zeros.

    ``places``: rounded to so many decimals; all of them are written where they are ``fixed``, as
    the columns of a table need. Raises ValueError for a fraction without end that is not rounded.

    >>> number(Decimal("1270.50"), language="vi"), number(Fraction(241, 2), language="en")
    ('1.270,5', '120.5')
    >>> number(126, language="vi", places=1, fixed=True)
    '126,0'
    """
    found = _exact(value) if places is None else rounded(value, places)
    sign = "-" if found < 0 else ""
    whole, _, decimals = f"{found.copy_abs():f}".partition(".")
    if not fixed:
        decimals = decimals.rstrip("0")
    grouped, point = f"{int(whole):,}", "."
    if not language.startswith("en"):
        grouped, point = grouped.replace(",", "."), ","
    return sign + grouped + (point + decimals if decimals else "")


def percent(value: Exact, *, language: str, places: int = 1) -> str:
    """Return so many hundredths: "120,5%".

    >>> percent(Fraction(126), language="vi")
    '126%'
    """
    return number(value, language=language, places=places) + "%"


def scaled(value: Exact, *, language: str) -> str:
    """Return a number in the largest scale that says it exactly, as it is spoken.

    >>> scaled(2_000_000, language="vi"), scaled(45_370_000_000, language="en")
    ('2 triệu', '45.37 billion')
    >>> scaled(1_234_567, language="vi")
    '1.234.567'
    """
    exact = _exact(value)
    for power, *words in SCALES:
        at_scale = Fraction(exact) / 10**power
        is_exact = rounded(at_scale, _MOST_PLACES) == at_scale
        if is_exact and abs(at_scale) >= 1:
            word = words[language.startswith("en")]
            return f"{number(at_scale, language=language)} {word}"
    return number(exact, language=language)


def money(value: Exact, *, language: str) -> str:
    """Return đồng exactly, in billions or millions where that is exact.

    >>> money(492_309 * 10**9, language="vi"), money(45_370_000_000, language="en")
    ('492.309 tỷ đồng', '45.37 billion VND')
    """
    return f"{scaled(value, language=language)} {_CURRENCY[language.startswith('en')]}"


def spoken(value: Exact, *, language: str) -> str:
    """Return a number in words and figures that can be read in one way only.

    Where "68,457" is in doubt this tells its readings apart.

    >>> spoken(Decimal("68.457"), language="vi"), spoken(68457, language="vi")
    ('68 phẩy 457', '68 nghìn 457')
    >>> spoken(2_550 * 10**9, language="en")
    '2 thousand 550 billion'
    """
    place = int(language.startswith("en"))
    exact = _exact(value)
    whole, _, decimals = f"{exact.copy_abs():f}".partition(".")
    words = [_spoken_whole(int(whole), place)]
    if decimals.rstrip("0"):
        words.append(f"{('phẩy', 'point')[place]} {decimals.rstrip('0')}")
    return " ".join((["âm", "minus"][place : place + 1] if exact < 0 else []) + words)


def _spoken_whole(value: int, place: int) -> str:
    words: list[str] = []
    for power, *said in (*SCALES, (3, "nghìn", "thousand")):
        count, value = divmod(value, 10**power)
        if count:
            words.append(f"{_spoken_whole(count, place)} {said[place]}")
    if value or not words:
        words.append(str(value))
    return " ".join(words)


def _exact(value: Exact) -> Decimal:
    """Return a number in decimals. Raises ValueError where they would have no end."""
    if isinstance(value, Decimal):
        return value
    exact = Fraction(value)
    left, twos, fives = exact.denominator, 0, 0
    while left % 2 == 0:
        left, twos = left // 2, twos + 1
    while left % 5 == 0:
        left, fives = left // 5, fives + 1
    if left != 1:
        raise ValueError(f"{exact} has no end in decimals")
    return rounded(exact, max(twos, fives))
