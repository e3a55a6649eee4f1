"""The record of a conference: what was, frozen once, and what a later recount has otherwise.

It is kept as canonical JSON (``rules.reviewing.numbers``), of which the page and the print say the
SHA-256. Whoever counts again compares numbers with numbers: the record itself never changes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

FORMAT: Final = "lotrinh-conference/1"
"""What the JSON of a record says it is."""
WHOLE: Final = ("sites", "joined", "silent", "present", "summoned")
"""The numbers of a whole conference, in the order in which they are told."""

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A number that was frozen and is counted otherwise now; None: nobody had told it.

    ``of`` is one of ``WHOLE``, else ``class`` or ``site`` with the ``name`` of which one.
    """

    of: str
    name: str
    frozen: int | None
    counted: int | None


def differences(frozen: Content, counted: Content, *, language: str) -> tuple[Difference, ...]:
    """Return what a recount has otherwise: of the whole, then by class, then by site.

    >>> whole = dict.fromkeys(WHOLE, 1)
    >>> was = {"whole": whole, "classes": [], "sites": []}
    >>> differences(was, {**was, "whole": {**whole, "present": 2}}, language="vi")
    (Difference(of='present', name='', frozen=1, counted=2),)
    """
    return tuple(_found(frozen, counted, language))


def _found(frozen: Content, counted: Content, language: str) -> Iterator[Difference]:
    for of in WHOLE:
        was, now = frozen["whole"][of], counted["whole"][of]
        if was != now:
            yield Difference(of, "", was, now)
    for of, rows, key in (("class", "classes", "code"), ("site", "sites", "uid")):
        before = {row[key]: row for row in frozen[rows]}
        after = {row[key]: row for row in counted[rows]}
        for code, row in (before | after).items():
            was, now = _present(before.get(code)), _present(after.get(code))
            if was != now:
                yield Difference(of, str(row[f"name_{language}"]), was, now)


def _present(row: Content | None) -> int | None:
    """Return how many were there; of a site by class, None where it told nothing."""
    if row is None:
        return None
    there = row["present"]
    if isinstance(there, Mapping):
        return sum(there.values()) if there else None
    return int(there)
