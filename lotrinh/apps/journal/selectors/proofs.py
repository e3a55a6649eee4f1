"""The proof that one entry stands in the sealed journal, for whoever holds a printed seal."""

from dataclasses import dataclass
from uuid import UUID

from lotrinh.apps.journal.models import Entry, Seal
from lotrinh.apps.journal.selectors.auditing import as_row
from lotrinh.apps.journal.selectors.seals import as_kept
from lotrinh.rules import merkle
from lotrinh.rules.sealing import Row, SealedAs


@dataclass(frozen=True, slots=True)
class Proof:
    """An entry, its place in the batch of its seal, and the hashes beside its way to the root."""

    row: Row
    seal: SealedAs
    place: int
    beside: tuple[bytes, ...]


def proof_of(*, entry_uid: UUID) -> Proof | None:
    """Return the proof of one entry; None where it does not exist or is not sealed yet.

    The caller has checked its right. What it proves is checked by ``rules.merkle.root_above``.
    """
    entry = Entry.objects.filter(uid=entry_uid).values().first()
    if entry is None:
        return None
    seal = Seal.objects.filter(through__gte=entry["id"]).order_by("through").first()
    if seal is None:
        return None
    before = Seal.objects.filter(through__lt=entry["id"]).order_by("-through").first()
    after = before.through if before else 0
    batch = Entry.objects.filter(id__gt=after, id__lte=seal.through).order_by("id")
    ids, leaves = zip(*batch.values_list("id", "leaf"), strict=True)
    place = ids.index(entry["id"])
    beside = merkle.path([bytes(leaf) for leaf in leaves], place)
    return Proof(row=as_row(entry), seal=as_kept(seal), place=place, beside=beside)
