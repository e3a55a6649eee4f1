"""A conference with later sessions for the absent, added up without counting anybody twice.

By headcount whoever comes later is added to those who were there, and is held against those who
were called first: a later session calls the absent, so nobody is called anew. By person each person
counts once, in however many sessions he was.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lotrinh.rules.conferences.attendance import Present
from lotrinh.rules.formats import number


@dataclass(frozen=True, slots=True)
class Together:
    """A conference with its later sessions; ``summoned`` is None where nobody can tell."""

    sessions: int
    present: int
    summoned: int | None


def together_of(first: Present, later: Iterable[Present]) -> Together:
    """Add sessions up by headcount: those present in all of them, those called to the first.

    >>> first = Present(sites=2, joined=2, silent=0, present=50, summoned=60)
    >>> together_of(first, [Present(1, 1, 0, 8, 10)])
    Together(sessions=2, present=58, summoned=60)
    """
    held = list(later)
    return Together(
        sessions=1 + len(held),
        present=first.present + sum(one.present for one in held),
        summoned=first.summoned,
    )


def absent_of(summoned: Mapping[str, int], present: Mapping[str, int]) -> dict[str, int]:
    """Return how many of each class did not come; a class of which nobody was told is left out.

    >>> absent_of({"leader": 5, "officer": 20}, {"leader": 5, "officer": 12})
    {'officer': 8}
    >>> absent_of({"leader": 5}, {})
    {}
    """
    missed = {code: summoned[code] - present[code] for code in summoned if code in present}
    return {code: people for code, people in missed.items() if people > 0}


def together_words(found: Together, *, language: str) -> str:
    """Return how many came in all sessions.

    >>> together_words(Together(2, 58, 60), language="vi")
    'Cộng 2 buổi: 58/60 đại biểu đã dự, mỗi người tính một lần.'
    """
    people = number(found.present, language=language)
    if found.summoned is not None:
        people = f"{people}/{number(found.summoned, language=language)}"
    if language == "en":
        return f"In {found.sessions} sessions together: {people} delegates, each counted once."
    return f"Cộng {found.sessions} buổi: {people} đại biểu đã dự, mỗi người tính một lần."
