"""Reads of targets, each as one account may see it on one day.

A target is a draft until it is allocated, and is seen by those who may read targets at the unit
that set it; one that was allocated also by those who may read them at the unit that got it. One
that was withdrawn has its page still and is in no list.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents.models import Document
from lotrinh.apps.targets.models import Measure, Target, TargetSource
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.why import Places


def visible(*, seen_by: int, on: date) -> QuerySet[Target]:
    """Return the targets that hold and that the account may see, the earliest due day first."""
    return _readable(seen_by=seen_by, on=on).filter(withdrawn_on__isnull=True)


def heads(*, seen_by: int, on: date) -> QuerySet[Target]:
    """Return of ``visible`` what is no part of another target that the account may see too."""
    known = _readable(seen_by=seen_by, on=on).order_by()
    found = visible(seen_by=seen_by, on=on)
    return found.exclude(superior__isnull=False, superior__in=known.values("pk"))


def measures(*, seen_by: int, on: date) -> tuple[Measure, ...]:
    """Return what is measured by a target that the account may see, once each, by its name."""
    known = visible(seen_by=seen_by, on=on).order_by().values("measure")
    return tuple(Measure.objects.filter(pk__in=known).order_by("name", "pk"))


def sees(target: Target, *, seen_by: int, on: date) -> bool:
    """Say whether ``visible`` would hold a target that is at hand."""
    return reads(target, seen_by=seen_by, on=on) and target.withdrawn_on is None


def reads(target: Target, *, seen_by: int, on: date) -> bool:
    """Say whether the account may open the page of a target that is at hand."""
    reach = units.reach(user_id=seen_by, action=Action.READ_TARGET, on=on)
    return target.owed_to_id in reach or (
        target.allocation_id is not None and target.unit_id in reach
    )


def target_by_uid(uid: UUID, *, seen_by: int, on: date) -> Target | None:
    """Return the target, or None where it is missing or may not be seen."""
    found = _readable(seen_by=seen_by, on=on).prefetch_related(None)  # its page asks for them
    return found.filter(uid=uid).first()


def judged_at(*, uid: UUID) -> Places | None:
    """Return where a right over the target is judged; None where there is no such target."""
    target = Target.objects.filter(uid=uid).first()
    if target is None:
        return None
    if target.allocation_id is None or target.unit_id is None:
        return Places((target.owed_to_id,))
    return Places((target.owed_to_id, target.unit_id))


def following(found: QuerySet[Target], uid: UUID) -> QuerySet[Target]:
    """Return what follows the target ``uid`` in the order of ``visible``: the next page."""
    last = found.filter(uid=uid).values_list("due", "pk").first()
    if last is None:
        return found.none()
    due, pk = last
    if due is None:
        return found.filter(due__isnull=True, pk__gt=pk)
    return found.filter(Q(due__gt=due) | Q(due=due, pk__gt=pk) | Q(due__isnull=True))


def led_by(*, unit_id: int, seen_by: int, on: date) -> tuple[Target, ...]:
    """Return the targets that a unit leads, as far as the account may see them."""
    return tuple(visible(seen_by=seen_by, on=on).filter(unit_id=unit_id))


def sources_of(*, target: Target) -> tuple[TargetSource, ...]:
    """Return the passages that set a target."""
    rows = TargetSource.objects.filter(target=target)  # those at hand may be without their texts
    return tuple(rows.select_related("rendition__document", "clause").order_by("id"))


def from_document(*, document: Document, seen_by: int, on: date) -> tuple[Target, ...]:
    """Return the targets that a document sets, as far as the account may see them.

    A part that units were given stands on the page of its whole, where that may be seen.
    """
    found = heads(seen_by=seen_by, on=on).filter(sources__rendition__document=document)
    return tuple(found.distinct())


def counted_from(*, document: Document, seen_by: int, on: date) -> tuple[Target, ...]:
    """Return what ``from_document`` does, without the passages that set each: to be counted."""
    found = heads(seen_by=seen_by, on=on).filter(sources__rendition__document=document)
    return tuple(found.prefetch_related(None).distinct())


def beside(*, target: Target, seen_by: int, on: date) -> tuple[Target, ...]:
    """Return what the target may serve: others set by its documents, and what it serves now."""
    held = [source.rendition.document_id for source in target.sources.all()]
    found = visible(seen_by=seen_by, on=on).exclude(pk=target.pk)
    wanted = Q(sources__rendition__document__in=held, allocation=None) | Q(pk=target.superior_id)
    return tuple(found.filter(wanted).distinct())


def from_documents(documents: Iterable[Document], *, seen_by: int, on: date) -> tuple[Target, ...]:
    """Return the targets that any of the documents sets, as far as the account may see them.

    A part that units were given stands on the page of its whole, where that may be seen.
    """
    found = heads(seen_by=seen_by, on=on).filter(sources__rendition__document__in=list(documents))
    return tuple(found.distinct())


def set_by(
    documents: Iterable[Document], *, within: Iterable[int], seen_by: int, on: date
) -> tuple[Target, ...]:
    """Return the targets of the documents that units of these hold or are owed, as far as seen.

    They come without the passages that set them. Parts of a whole that is among them are not
    counted beside it.
    """
    held = list(within)
    found = visible(seen_by=seen_by, on=on).filter(
        Q(unit__in=held) | Q(owed_to__in=held),
        sources__rendition__document__in=list(documents),
    )
    rows = tuple(found.prefetch_related(None).distinct())
    known = {one.pk for one in rows}
    return tuple(one for one in rows if one.superior_id not in known)


def documents_of(
    targets: Iterable[Target], *, seen_by: int, on: date
) -> dict[int, tuple[Document, ...]]:
    """Return by target the documents that set it, as far as the account may read them.

    A part that a unit was given is set by the documents of its whole. However many targets there
    are, it asks once for each storey of parts.
    """
    above = {target.pk: target.superior_id for target in targets if target.superior_id}
    asked = set(above.values()) - above.keys()
    while asked:
        rows = Target.objects.filter(pk__in=asked).values_list("pk", "superior_id")
        above |= {pk: whole for pk, whole in rows if whole is not None and pk not in above}
        asked = {above[pk] for pk in asked if pk in above} - above.keys()
    ways = {target.pk: _way(target.pk, above) for target in targets}
    wanted = {pk for way in ways.values() for pk in way}
    held: dict[int, list[int]] = {}
    sources = TargetSource.objects.filter(target__in=wanted).order_by("pk")
    for pk, document in sources.values_list("target", "rendition__document"):
        held.setdefault(pk, []).append(document)
    ids = {pk for found in held.values() for pk in found}
    known = documents.visible(seen_by=seen_by, on=on).in_bulk(ids) if ids else {}
    return {
        pk: tuple(known[one] for one in dict.fromkeys(_first(way, held)) if one in known)
        for pk, way in ways.items()
    }


def _way(pk: int, above: Mapping[int, int]) -> tuple[int, ...]:
    """Return a target and what it is a part of, the whole last."""
    way = [pk]
    while (whole := above.get(way[-1])) is not None and whole not in way:
        way.append(whole)
    return tuple(way)


def _first(way: Iterable[int], held: Mapping[int, Sequence[int]]) -> Sequence[int]:
    return next((held[pk] for pk in way if pk in held), ())


def by_ids(ids: Iterable[int], *, seen_by: int, on: date) -> dict[int, Target]:
    """Return those of the targets that the account may see, by id."""
    found = visible(seen_by=seen_by, on=on).filter(pk__in=list(ids))
    return {target.pk: target for target in found}


def words(target: Target) -> dict[str, str]:
    """Return what a target says, as the journal keeps it."""
    return {
        "measure": target.measure.name,
        "unit_of_measure": target.measure.unit_of_measure,
        "comparator": str(target.comparator),
        "value": number(target.value),
        "high": number(target.high),
        "baseline": number(target.baseline),
        "due": target.due.isoformat() if target.due else "",
        "unit": str(target.unit.uid) if target.unit else "",
    }


def said(target: Target) -> str:
    """Return a mark of what a target says, which changes when any of it does."""
    return hashlib.sha256(repr(words(target)).encode()).hexdigest()[:16]


def number(value: Decimal | None) -> str:
    """Return a number by its value: 42 and 42.000000 are one."""
    return "" if value is None else f"{value.normalize():f}"


def _readable(*, seen_by: int, on: date) -> QuerySet[Target]:
    reach = units.reach(user_id=seen_by, action=Action.READ_TARGET, on=on)
    return (
        Target.objects.filter(
            units.at_any("owed_to", reach)
            | Q(allocation__isnull=False) & units.at_any("unit", reach)
        )
        .select_related(
            "measure__collected_by",
            "unit",
            "owed_to",
            "superior__measure",
            "allocation",
            "judged_by",
        )
        .prefetch_related(
            Prefetch(
                "sources",
                TargetSource.objects.select_related("rendition__document")
                .defer("rendition__text")
                .order_by("id"),
            )
        )
        .order_by("due", "id")
    )
