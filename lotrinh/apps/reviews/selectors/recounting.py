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
from lotrinh.apps.journal import selectors as journalled
from lotrinh.apps.reporting.models import Figure
from lotrinh.apps.reviews.models import Edition
from lotrinh.rules.reviewing.numbers import Deviation, WrongNumbers, canonical, digest, recounted

_NUMBERS = ("value", "numerator", "denominator", "weight")


@dataclass(frozen=True, slots=True)
class Recounted:
    """What the proof of an edition found; it holds where every list is empty.

    ``broken`` names what is no longer as printed: "numbers", "docx", "pdf", or "journal" where
    what is kept differs from the digests that the journal has of it. ``deviations``
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
    figures = Figure.objects.filter(uid__in=list(rows))
    held = {
        str(figure.uid): figure
        for figure in figures.select_related("superseded_by", "unit", "measure", "period")
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
    if _recorded(edition) != {
        "numbers_sha256": digest(edition.numbers),
        "docx_sha256": edition.docx.sha256,
        "pdf_sha256": edition.pdf.sha256,
        "words_sha256": digest(edition.words),
        "changes_sha256": digest(edition.changes),
    }:
        yield "journal"


def _recorded(edition: Edition) -> dict[str, Any]:
    """Return the digests that the sealed journal has of an edition; nothing where it has none."""
    found = journalled.entries_of(object_uid=edition.uid, verb="edition.fixed", most=2)
    if len(found) != 1:
        return {}
    return {name: said for name, said in found[0].data.items() if name.endswith("_sha256")}


def _is_whole(blob: Blob) -> bool:
    try:
        with storages["blobs"].open(blob.path) as file:
            return hashlib.sha256(file.read()).hexdigest() == blob.sha256
    except OSError:
        return False


def _rows(numbers: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the figures that are kept, each with the measure and the period it is said to be of."""
    for one in numbers["numbers"]:
        for term in [*one.get("terms", ()), *one.get("terms_before", ())]:
            for row in term["rows"]:
                yield {**row, "measure": one["measure"]["uid"], "period": term["period"]}


def _is_same(figure: Figure | None, row: Mapping[str, Any]) -> bool:
    if figure is None:
        return False
    of = (str(figure.unit.uid), str(figure.measure.uid), figure.period.code, figure.basis)
    return of == (row["unit"], row["measure"], row["period"], row["basis"]) and all(
        getattr(figure, name) == (None if row[name] is None else Decimal(row[name]))
        for name in _NUMBERS
    )
