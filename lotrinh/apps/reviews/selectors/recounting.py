"""Proving an edition: its digest, its numbers from their rows, these in the ledger, its bytes.

None of it asks how things stand today: what was corrected since, or reorganised, changes nothing.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.files.storage import storages

from lotrinh.apps.files.models import Blob
from lotrinh.apps.reporting.models import Figure
from lotrinh.apps.reviews.models import Edition
from lotrinh.rules.reviewing.numbers import Deviation, WrongNumbers, canonical, digest, recounted

_NUMBERS = ("value", "numerator", "denominator", "weight")


@dataclass(frozen=True, slots=True)
class Recounted:
    """What the proof of an edition found; it holds where every list is empty.

    ``broken`` names what is no longer what was printed: "numbers", "docx", "pdf". ``deviations``
    are numbers that their rows do not make, ``strangers`` figures that the ledger does not have as
    the edition has them. ``restated`` are figures that were corrected since: that is no fault.
    """

    numbers: int
    figures: int
    broken: tuple[str, ...]
    deviations: tuple[Deviation, ...]
    strangers: tuple[str, ...]
    restated: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the edition is what it was."""
        return not (self.broken or self.deviations or self.strangers)


def recount_edition(edition: Edition) -> Recounted:
    """Prove an edition from what it keeps."""
    broken = list(_broken(edition))
    try:
        numbers: Mapping[str, Any] = json.loads(edition.numbers)
        deviations = recounted(numbers)
    except (ValueError, WrongNumbers):
        return Recounted(0, 0, tuple({*broken, "numbers"}), (), (), ())
    rows = {row["figure"]: row for row in _rows(numbers)}
    held = {
        str(figure.uid): figure
        for figure in Figure.objects.filter(uid__in=list(rows)).select_related("superseded_by")
    }
    strangers = [uid for uid, row in rows.items() if not _is_same(held.get(uid), row)]
    restated = [uid for uid, figure in held.items() if hasattr(figure, "superseded_by")]
    return Recounted(
        len(numbers["numbers"]),
        len(rows),
        tuple(broken),
        deviations,
        tuple(strangers),
        tuple(restated),
    )


def _broken(edition: Edition) -> Iterator[str]:
    try:
        is_canonical = canonical(json.loads(edition.numbers)) == edition.numbers
    except ValueError:
        is_canonical = False
    if digest(edition.numbers) != edition.numbers_sha256 or not is_canonical:
        yield "numbers"
    for name in ("docx", "pdf"):
        if not _is_whole(getattr(edition, name)):
            yield name


def _is_whole(blob: Blob) -> bool:
    try:
        with storages["blobs"].open(blob.path) as file:
            return hashlib.sha256(file.read()).hexdigest() == blob.sha256
    except OSError:
        return False


def _rows(numbers: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for one in numbers["numbers"]:
        for term in [*one.get("terms", ()), *one.get("terms_before", ())]:
            yield from term["rows"]


def _is_same(figure: Figure | None, row: Mapping[str, Any]) -> bool:
    return figure is not None and all(
        getattr(figure, name) == (None if row[name] is None else Decimal(row[name]))
        for name in _NUMBERS
    )
