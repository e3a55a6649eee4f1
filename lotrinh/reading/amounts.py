"""What a measured number is, and the words of scale, unit and comparison it is read with."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from lotrinh.reading.facts import Comparator
from lotrinh.reading.grammar import Phrases, lexicon
from lotrinh.reading.text import Source

MEASURES = lexicon("measures")
SCALES: Phrases[int] = Phrases(MEASURES["scales"].items())
UNITS: Phrases[str] = Phrases(
    (word, code) for code, words in MEASURES["units"].items() for word in words
)
UNIT_CODES: frozenset[str] = frozenset(MEASURES["units"])
COMPARATORS: Phrases[Comparator] = Phrases(
    (word, entry["sign"])
    for entry in MEASURES["comparator"]
    for word in (*entry["vi"], *entry["en"])
)
_BILLION = 1_000_000_000
_REST = re.compile(r"\s(\d{1,3})\strieu(?!\w)")  # "16 tỷ 434 triệu đồng"
_NO_SCALE = re.compile(r"ty (?:le|trong|suat|gia)\b")  # "tỷ lệ" is a rate, no billion


@dataclass(slots=True)
class Quantity:
    """One measured number. ``start`` includes its comparison, ``digits`` is where the number is."""

    start: int
    digits: int
    end: int
    form: Literal["amount", "ratio", "plan", "growth", "multiple"]
    value: Decimal
    high: Decimal | None = None
    unit: str | None = None
    unit_at: int = 0
    comparator: Comparator = "="
    approximate: bool = False
    total: Decimal | None = None
    known_unit: bool = True
    changed: bool = False  # it says by how much something rose or fell, in its own unit
    elliptic: bool = False  # its unit is that of the number before it
    worded: bool = False  # a small number that is written out


def skip(folded: str, place: int) -> int:
    """Return the first place from here on that is no space."""
    while folded[place : place + 1] in {" ", "\n"}:
        place += 1
    return place


def read_scale(source: Source, quantity: Quantity) -> None:
    """Multiply a number by the scale word behind it, and take that word in."""
    place = skip(source.folded, quantity.end)
    scale = SCALES.at(source, place)
    if scale is None or _NO_SCALE.match(source.folded, place):
        return
    if scale[1] == 1_000_000 and source.folded[place : scale[0]] == "m" and place != quantity.end:
        return
    quantity.value *= scale[1]
    quantity.high = quantity.high * scale[1] if quantity.high is not None else None
    quantity.total = quantity.total * scale[1] if quantity.total is not None else None
    quantity.end = scale[0]
    quantity.known_unit = False
    rest = _REST.match(source.folded, scale[0]) if scale[1] == _BILLION else None
    if rest is not None and quantity.form == "amount" and quantity.high is None:
        quantity.value += int(rest[1]) * 1_000_000
        quantity.end = rest.end()
