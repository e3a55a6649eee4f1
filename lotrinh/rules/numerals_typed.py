"""A numeral that somebody typed, read with the language of the form; nothing is guessed.

Vietnamese writes 1.270,5 and English 1,270.5. Most numerals can be read in one way only, whoever
wrote them: 45,37 and 1.270,5 and 1.234.567. One dot or comma before three digits can be read in
two. It is taken for thousands where the language writes them so; where it does not, both readings
are given back, for the officer to choose.
"""

import re
from decimal import Decimal
from enum import StrEnum

MOST_DIGITS, MOST_PLACES = 24, 6
"""How many digits a figure may have before and after the decimal sign."""

NUMERAL = r"[0-9][0-9.,]*(?: [0-9]{3}(?![0-9])[0-9.,]*)*"
"""What may be a numeral; spaces may stand between its thousands."""

_SPACED = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3})+(?:[.,][0-9]+)?")
_GROUPED = {
    ".": re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+"),
    ",": re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+"),
}
_SURE = {
    is_english: re.compile(
        rf"(0|[1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}}){{0,6}}|[1-9][0-9]{{3,20}})"
        rf"(?:{point}([0-9]{{1,{MOST_PLACES}}}))?"
    )
    for is_english, group, point in ((False, r"\.", ","), (True, ",", r"\."))
}
_DECIMALS = 3  # as many as a group of thousands has: only they can be read in two ways
_HALVES = 2


class NumeralFault(StrEnum):
    """Why digits, dots and commas are no number."""

    NO_NUMBER = "no_number"
    WRONG_GROUPS = "wrong_groups"  # 1.27.000
    LEADING_ZEROS = "leading_zeros"  # 007 is a code; 07 is how a count below ten is written


class WrongNumeral(Exception):
    """Digits, dots and commas make no number, for the reason ``fault``."""

    def __init__(self, fault: NumeralFault) -> None:
        super().__init__(fault)
        self.fault = fault


def readings(numeral: str, *, language: str, asks: bool = False) -> tuple[Decimal, ...]:
    """Return the value of a numeral, or two where it can be read in two ways, the likelier first.

    ``asks``: also where the language settles it, for figures that have no thousands, such as
    percentages. Raises WrongNumeral.

    >>> readings("1.270", language="vi"), readings("45,37", language="en")
    ((Decimal('1270'),), (Decimal('45.37'),))
    >>> readings("68,457", language="vi")
    (Decimal('68.457'), Decimal('68457'))
    """
    if " " in numeral:
        if not _SPACED.fullmatch(numeral):
            raise WrongNumeral(NumeralFault.WRONG_GROUPS)
        return (_decimal(numeral.replace(" ", "")),)
    dots, commas = numeral.count("."), numeral.count(",")
    if dots and commas:
        return (_both(numeral),)
    if dots + commas > 1:
        return (_groups(numeral, "." if dots else ","),)
    if not dots + commas:
        return (_decimal(numeral),)
    sign = "." if dots else ","
    as_decimal = _decimal(numeral)
    if len(numeral.partition(sign)[2]) != _DECIMALS or not _GROUPED[sign].fullmatch(numeral):
        return (as_decimal,)
    as_thousands = _groups(numeral, sign)
    if (sign == ",") != language.startswith("en"):
        return (as_decimal, as_thousands)
    return (as_thousands, as_decimal) if asks else (as_thousands,)


def sure_reading(numeral: str, *, is_english: bool) -> Decimal | None:
    """Return the value of a numeral as its language writes it, without idle zeros.

    None of any other, and of one that could be read in two ways: `readings` takes its time over
    them. Most cells of a form hold a numeral that is sure.

    >>> sure_reading("1.270,50", is_english=False), sure_reading("68,457", is_english=False)
    (Decimal('1270.5'), None)
    """
    found = _SURE[is_english].fullmatch(numeral)
    if found is None:
        return None
    whole, decimals = found.groups()
    group = "," if is_english else "."
    if decimals is None:
        return Decimal(whole.replace(group, ""))
    if len(decimals) == _DECIMALS and group not in whole:
        return None
    return Decimal(f"{whole.replace(group, '')}.{decimals}".rstrip("0").rstrip("."))


def _both(numeral: str) -> Decimal:
    """Read a numeral with dots and commas: what stands last, and once, parts the decimals."""
    point = "." if numeral.rfind(".") > numeral.rfind(",") else ","
    grouping = "," if point == "." else "."
    whole, _, decimals = numeral.rpartition(point)
    if point in whole:
        raise WrongNumeral(NumeralFault.WRONG_GROUPS)
    return _decimal(f"{_groups(whole, grouping)}.{decimals}")


def _groups(numeral: str, sign: str) -> Decimal:
    if not _GROUPED[sign].fullmatch(numeral):
        raise WrongNumeral(NumeralFault.WRONG_GROUPS)
    return Decimal(numeral.replace(sign, ""))


def _decimal(numeral: str) -> Decimal:
    parts = numeral.replace(",", ".").split(".")
    if not all(parts) or len(parts) > _HALVES:
        raise WrongNumeral(NumeralFault.NO_NUMBER)
    longest = 1 if len(parts) == _HALVES else 2
    if parts[0].startswith("0") and len(parts[0]) > longest:
        raise WrongNumeral(NumeralFault.LEADING_ZEROS)
    return Decimal(".".join(parts))
