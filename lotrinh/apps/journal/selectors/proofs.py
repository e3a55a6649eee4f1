"""The proof that one entry stands in the sealed journal, for whoever holds a printed seal."""

from dataclasses import dataclass
from uuid import UUID

from lotrinh.apps.journal.models import Entry, Seal
from lotrinh.rules import merkle


@dataclass(frozen=True, slots=True)
class Proof:
    """An entry, its place in its batch, and the hashes beside its way up to the root."""

    payload: str
    seal: int
    place: int
    count: int
    beside: tuple[bytes, ...]
    root: bytes


def proof_of(*, entry_uid: UUID) -> Proof | None:
    """Return the proof of one entry; None where it does not exist or is not sealed yet.

    The caller has checked its right. What it proves is checked by ``rules.merkle.root_above``.
    """
    entry = Entry.objects.filter(uid=entry_uid).first()
    if entry is None:
        return None
    seal = Seal.objects.filter(through__gte=entry.id).order_by("through").first()
    if seal is None:
        return None
    before = Seal.objects.filter(number=seal.number - 1).values_list("through", flat=True).first()
    batch = Entry.objects.filter(id__gt=before or 0, id__lte=seal.through).order_by("id")
    ids, leaves = zip(*batch.values_list("id", "leaf"), strict=True)
    place = ids.index(entry.id)
    return Proof(
        payload=entry.payload,
        seal=seal.number,
        place=place,
        count=seal.count,
        beside=merkle.path([bytes(leaf) for leaf in leaves], place),
        root=bytes(seal.root),
    )
