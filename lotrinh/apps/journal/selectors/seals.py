"""Reads of seals: the last one, for printing, and what still waits for one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from lotrinh.apps.journal.models import DaySignature, Entry, Seal
from lotrinh.rules.sealing import DaySigned, Sealed, SealedAs

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class LastSeal:
    """What is printed of a seal: whoever holds the print can tell whether the chain still has it.

    ``root`` is that of its batch, ``head`` stands for all entries up to ``through``.
    """

    number: int
    through: int
    root: bytes
    head: bytes
    day: date
    sealed_at: datetime


def seal_on(*, at: datetime | None = None) -> LastSeal | None:
    """Return the last seal made at or before an instant of the real clock; None if there is none.

    Without an instant, the last there is: where a demonstration's day stands still, its seals are
    made by the real clock nevertheless.
    """
    seals = Seal.objects.order_by("-number")
    last = (seals if at is None else seals.filter(sealed_at__lte=at)).first()
    if last is None:
        return None
    return LastSeal(
        number=last.number,
        through=last.through,
        root=bytes(last.root),
        head=bytes(last.head),
        day=last.day,
        sealed_at=last.sealed_at,
    )


def unsealed_since(*, before: datetime) -> int:
    """Return how many entries that were recorded before an instant have no seal."""
    last = Seal.objects.order_by("-number").values_list("through", flat=True).first()
    return Entry.objects.filter(id__gt=last or 0, recorded_at__lt=before).count()


def seals_kept(*, up_to: int) -> Iterator[SealedAs]:
    """Yield all seals up to a number, by their number, as they are kept."""
    after: int | None = None
    while True:
        wanted = Seal.objects.filter(number__lte=up_to).order_by("number")
        found = list((wanted if after is None else wanted.filter(number__gt=after))[:CHUNK])
        yield from map(as_kept, found)
        if len(found) < CHUNK:
            return
        after = found[-1].number


def last_number() -> int:
    """Return the number of the last seal, 0 if there is none."""
    return Seal.objects.order_by("-number").values_list("number", flat=True).first() or 0


def signatures_kept() -> tuple[DaySigned, ...]:
    """Return all signatures of days, in the order in which they were made."""
    return tuple(
        DaySigned(
            day=one.day,
            number=one.number,
            head=bytes(one.head),
            previous=bytes(one.previous),
            public_key=bytes(one.public_key),
            signature=bytes(one.signature),
        )
        for one in DaySignature.objects.order_by("number")
    )


def as_kept(seal: Seal) -> SealedAs:
    """Return a seal as the rules take it."""
    said = Sealed(
        number=seal.number,
        previous=bytes(seal.previous),
        through=seal.through,
        count=seal.count,
        root=bytes(seal.root),
        rows=bytes(seal.rows),
        day=seal.day,
        sealed_at=seal.sealed_at,
    )
    return SealedAs(said, bytes(seal.head))
