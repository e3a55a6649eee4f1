"""The truth table of adding up, for every peer: its twenty cases, the right answers, the verdicts.

The cases are those of ``tests/rules/roll_up_table.py``, where ours answers them.
"""

import re
from dataclasses import dataclass

RIGHT, PARTLY, WRONG, NO_WORD = "right", "value right, not told", "wrong", "no word for it"
VERDICTS = (RIGHT, PARTLY, WRONG, NO_WORD)
"""From the best to the worst."""


@dataclass(frozen=True, slots=True)
class Question:
    """A case and its one right answer."""

    number: int
    name: str
    right: str


QUESTIONS = {
    number: Question(number, name, right)
    for number, (name, right) in enumerate(
        (
            ("nil", "12, 2 of 2"),
            ("missing", "12, 1 of 2, one missing"),
            ("zero", "0, 2 of 2"),
            ("cancelled figure", "12, 1 of 2, one missing"),
            ("rejected-closed", "2 of 2 done, 1 cancelled"),
            ("weights 2 and 3", "60"),
            ("one weight is 1", "70"),
            ("a weight is missing", "60, 1 of 2, one left out"),
            ("45,37", "46000000000"),
            ("below 3 %", "missed, met"),
            ("reporter replaced in mid-year", "120"),
            ("126 %", "126 %, exceeded, early"),
            ("different denominators", "11 (10/92)"),
            ("extension", "on time by the approved deadline, late by the first"),
            ("late", "done, and late"),
            ("child merged", "before 250, after 250, the new ward 250"),
            ("child split by shares", "60 and 40; 1 undivided; city 101"),
            ("child split without shares", "90 undivided; city 90"),
            ("an estimate among actuals", "80 with the estimate; established 50, 1 of 2"),
            ("checked and found less", "55"),
        ),
        start=1,
    )
}
"""By their numbers, in the order of the table."""


def judged(answer: str, value: str, verdict: str) -> str:
    """Return how far an answer is right that would have this verdict if it begins with a value."""
    begins = re.match(rf"{re.escape(value)}(?![\d.])", answer)
    return verdict if begins else WRONG
