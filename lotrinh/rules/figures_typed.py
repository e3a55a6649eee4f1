"""What an officer types or pastes into a cell of a form: a value, nothing yet, a question, or no.

Nothing is guessed and nothing is lost. What can be read in two ways comes back as a question with
both readings; what is no figure is refused with the reason; the text is kept in every case. Nothing
is not zero: "…" and "chưa có số liệu" say that the figure is missing, "-" and "không có" that there
was nothing to count, as the tables of the statistics office have it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, localcontext
from enum import StrEnum
from itertools import product

from lotrinh.rules.amounts_typed import CellUnit, NoFigure, NotAFigure, amount, bare_amount
from lotrinh.rules.numerals_typed import sure_reading
from lotrinh.rules.sheets import tidy

_LONGEST = 200  # letters of a cell that may hold a figure

_NIL = re.compile(
    r"-{1,3}|không|khong|không có|khong co|không phát sinh|khong phat sinh|nil|none|zero", re.I
)
_NOT_YET = re.compile(
    r"\.{2,}|\?|chưa có(?: số(?: liệu)?)?|chua co(?: so(?: lieu)?)?|không có số(?: liệu)?|"
    r"khong co so(?: lieu)?|chưa rõ|chua ro|n/?a|not (?:yet )?(?:available|known)|no data|unknown",
    re.I,
)
_WRITTEN = {ord(sign): "-" for sign in "−–—‒―‐‑"}
_WRITTEN |= {ord("…"): "...", ord("⁄"): "/", ord("\u3000"): " "}
_WRITTEN |= {0xFF01 + place: chr(0x21 + place) for place in range(94)}  # full-width signs
_LINES = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]")
_FRACTION = re.compile(r"[0-9] ?/ ?[0-9]")
_AFTER_DIGITS = re.compile(r"[^0-9]*$")
_BARE = re.compile(
    r"[0-9]+(?:[.,][0-9]+)?|[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"
)


_ONE = Decimal(1)
_POINT = {False: ",", True: "."}


class Nothing(StrEnum):
    """Why a cell holds no figure, and is right not to."""

    EMPTY = "empty"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Read:
    """A figure in the unit itself, unscaled. ``over`` is the denominator of a pair."""

    value: Decimal
    over: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TypedFigure:
    """A figure. ``is_nil``: the officer said in words or by a dash that there was nothing."""

    text: str
    read: Read
    is_nil: bool = False


@dataclass(frozen=True, slots=True)
class TypedNothing:
    """No figure, and none claimed."""

    text: str
    why: Nothing


@dataclass(frozen=True, slots=True)
class TypedQuestion:
    """Something to choose among: the likelier reading first. One alone is to be confirmed."""

    text: str
    readings: tuple[Read, ...]


@dataclass(frozen=True, slots=True)
class TypedRefusal:
    """No figure, for a reason; ``data`` fills its sentence."""

    text: str
    why: NoFigure
    data: Mapping[str, str | int] = field(default_factory=dict)


Typed = TypedFigure | TypedNothing | TypedQuestion | TypedRefusal


def read_figure(text: str, *, language: str, unit: CellUnit) -> Typed:
    """Return what a cell says, in the language of the form, ``vi`` or ``en``. The text stays.

    >>> dong = CellUnit("VND", frozenset({"đồng", "vnd"}), scale=Decimal(10) ** 6)
    >>> read_figure("45,37 tỷ", language="vi", unit=dong).read.value
    Decimal('45370000000')
    >>> read_figure("≥ 03", language="vi", unit=CellUnit("task")).why.value
    'bound'
    """
    sure = _sure(text, language, unit)
    if sure is not None:
        return TypedFigure(text, Read(sure))
    if len(text.strip()) > _LONGEST:
        return TypedRefusal(text, NoFigure.TOO_LONG, {"most": _LONGEST})
    if not unit.is_pair and _BARE.fullmatch(text):
        return _read_bare(text, language, unit)
    plain = _plain(text)
    if not plain:
        return TypedNothing(text, Nothing.EMPTY)
    if _NOT_YET.fullmatch(plain):
        return TypedNothing(text, Nothing.NOT_YET)
    if _NIL.fullmatch(plain) and not unit.is_pair:
        return TypedFigure(text, Read(Decimal(0)), is_nil=True)
    if _LINES.search(text.strip()):
        return TypedRefusal(text, NoFigure.NO_NUMBER)  # two lines are never one number
    try:
        with localcontext() as context:
            context.prec = _LONGEST * 2  # no digit that can be typed is rounded away
            found, is_sure = _found(plain, language, unit)
    except NotAFigure as refused:
        return TypedRefusal(text, refused.why, refused.data)
    return TypedFigure(text, found[0]) if is_sure else TypedQuestion(text, found)


def _sure(text: str, language: str, unit: CellUnit) -> Decimal | None:
    """Return what a numeral alone says that its unit takes as it stands; None of all others."""
    if unit.is_pair or unit.code == "%" or unit.scale != _ONE:
        return None
    is_english = language.startswith("en")
    if unit.is_whole and _POINT[is_english] in text:
        return None
    return sure_reading(text, is_english=is_english)


def _read_bare(text: str, language: str, unit: CellUnit) -> Typed:
    """Return what a numeral alone says. Most cells hold one; they need not be held against shapes.

    No shape of what is no figure fits it: a day needs two dots before one or two digits.
    """
    try:
        with localcontext() as context:
            context.prec = _LONGEST * 2
            values, is_sure = bare_amount(text, language=language, unit=unit)
    except NotAFigure as refused:
        return TypedRefusal(text, refused.why, refused.data)
    found = tuple(map(Read, values))
    return TypedFigure(text, found[0]) if is_sure else TypedQuestion(text, found)


_SHAPES = tuple(
    (why, re.compile(shape, re.I))
    for why, shape in (
        (NoFigure.FAILED_FORMULA, r"#(?:n/a|[a-z0-9/]+[!?]|getting_data)"),
        (NoFigure.FORMULA, r"[=@].*"),
        (
            NoFigure.ABOUT,
            r"(?:~|≈|khoảng|gần|hơn|xấp xỉ|trên dưới|about|around|nearly|almost|approximately)"
            r" ?[^0-9]*[0-9].*",
        ),
        (
            NoFigure.BOUND,
            r"(?:[<>≥≤]=?|trên|dưới|vượt|ít nhất|tối thiểu|tối đa|không quá|không dưới|at least"
            r"|at most|above|below|over|under|up to|more than|less than) ?[^0-9]*[0-9].*",
        ),
        (NoFigure.BOUND, r"(?:từ )?[0-9].* (?:trở lên|trở xuống|or more|or less)"),
        (NoFigure.ESTIMATE, r"(?:ước|dự kiến|est\.|estimated|expected)[^0-9]*[0-9].*"),
        (NoFigure.ROUNDED_BY_SHEET, r"[+-]?[0-9]+(?:[.,][0-9]+)?e[+-]?[0-9]+"),
        (
            NoFigure.DAY,
            r"(?:0?[1-9]|[12][0-9]|3[01])([/.-])(?:0?[1-9]|1[0-2])\1(?:[0-9]{2}|[0-9]{4})"
            r"|[0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9:.]+)?",
        ),
        (
            NoFigure.RANGE,
            r"(?:từ |from )?[0-9][^-]*(?:-|đến|tới| to ) ?[0-9].*",
        ),
    )
)


def _plain(text: str) -> str:
    """Return a text with one kind of digits, spaces and dashes, and no stop at its end."""
    composed = " ".join(tidy(text.translate(_WRITTEN)).split())
    return composed if _NOT_YET.fullmatch(composed) else composed.rstrip(" .,;") or composed


def _found(plain: str, language: str, unit: CellUnit) -> tuple[tuple[Read, ...], bool]:
    """Return the readings of a cell, and whether there was never more than one."""
    for why, shape in _SHAPES:
        if shape.fullmatch(plain):
            raise NotAFigure(why)
    if unit.is_pair:
        return _pair(plain, language, unit)
    if _FRACTION.search(plain):
        raise NotAFigure(NoFigure.FRACTION)
    values, is_sure = amount(plain, language=language, unit=unit)
    return tuple(map(Read, values)), is_sure


def _pair(plain: str, language: str, unit: CellUnit) -> tuple[tuple[Read, ...], bool]:
    """Read numerator and denominator; what stands behind both counts for both: "45/50 tỷ"."""
    if "/" not in plain:
        raise NotAFigure(NoFigure.NO_DENOMINATOR)
    if not _FRACTION.search(plain) or plain.count("/") > 1:
        raise NotAFigure(NoFigure.NO_NUMBER)
    first, second = (half.strip() for half in plain.split("/"))
    behind = _AFTER_DIGITS.search(second)
    if first[-1].isdigit() and behind is not None:
        first = f"{first} {behind.group()}".strip()
    each = replace(unit, is_pair=False, words=unit.words - {"%"})
    values, is_sure = amount(first, language=language, unit=each)
    overs, is_sure_too = amount(second, language=language, unit=each)
    return tuple(Read(*both) for both in product(values, overs)), is_sure and is_sure_too
