"""Numbers that somebody may have meant who typed another one: slips of the finger and of memory.

Two digits change places, one is lost or doubled; a letter is missing; the type or the year is
remembered wrongly. Each slip has a weight: the lighter it is, the likelier was the number meant.
"""

from collections.abc import Iterator

from lotrinh.reading.asked import NumberKey

SWAPPED, LOST, MISTYPED, WRONG_TYPE, WRONG_YEAR = 1, 2, 3, 4, 5
HEAVIEST = 6
"""What weighs more is another number and no slip."""
_LETTERS = 2  # of a series that may be wrong at once


def likely_counts(count: str) -> dict[str, int]:
    """Return the counts that a finger may have missed, each with the weight of its slip.

    >>> likely_counts("54")["45"], likely_counts("455")["45"], "45" in likely_counts("45")
    (1, 2, False)
    """
    found: dict[str, int] = {}
    for weight, slips in ((SWAPPED, _swapped), (LOST, _lost), (MISTYPED, _mistyped)):
        for slip in slips(count):
            if slip != count and slip[:1] != "0" and slip:
                found.setdefault(slip, weight)
    return found


def weight(typed: NumberKey, known: NumberKey) -> int | None:
    """Return how heavy the slip is by which ``known`` became ``typed``; None: no slip at all.

    >>> weight(NumberKey("54", "", "nq", "nqtw"), NumberKey("45", "", "nq", "nqtw"))
    1
    >>> weight(NumberKey("45", "", "ct", "cttw"), NumberKey("45", "", "nq", "nqtw"))
    4
    """
    total = 0
    if typed.count != known.count:
        total += likely_counts(typed.count).get(known.count, HEAVIEST + 1)
    if typed.year and known.year and typed.year != known.year:
        total += WRONG_YEAR
    if typed.series != known.series:
        total += _series_weight(typed, known)
    return total if 0 < total <= HEAVIEST else None


def _series_weight(typed: NumberKey, known: NumberKey) -> int:
    if not typed.series:
        return 0
    if not typed.has_issuer:
        return 0 if typed.symbol == known.symbol else WRONG_TYPE
    wrong = distance(typed.series, known.series, most=_LETTERS)
    if wrong == 1:
        return LOST
    issuer = typed.series[len(typed.symbol) :]
    if typed.symbol and known.symbol and issuer == known.series[len(known.symbol) :]:
        return WRONG_TYPE
    return MISTYPED + 1 if wrong <= _LETTERS < len(known.series) - 1 else HEAVIEST + 1


def distance(one: str, other: str, *, most: int) -> int:
    """Return how many letters are wrong, lost, added or swapped; more than ``most`` is most + 1.

    >>> distance("nqtw", "ntw", most=2), distance("nqtw", "qntw", most=2)
    (1, 1)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [at]
        for place, twin in enumerate(other, start=1):
            cost = min(before[place] + 1, row[place - 1] + 1, before[place - 1] + (letter != twin))
            crossed = at > 1 and place > 1 and (one[at - 2], letter) == (twin, other[place - 2])
            row.append(min(cost, earlier[place - 2] + 1) if crossed else cost)
    return min(row[-1], most + 1)


def _swapped(count: str) -> Iterator[str]:
    for at in range(len(count) - 1):
        yield count[:at] + count[at + 1] + count[at] + count[at + 2 :]


def _lost(count: str) -> Iterator[str]:
    for at in range(len(count)):
        if len(count) > 1:
            yield count[:at] + count[at + 1 :]
    for at in range(len(count) + 1):
        for digit in "0123456789":
            yield count[:at] + digit + count[at:]


def _mistyped(count: str) -> Iterator[str]:
    for at in range(len(count)):
        for digit in "0123456789":
            yield count[:at] + digit + count[at + 1 :]
