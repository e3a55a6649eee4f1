"""Writes of the search: the entry of a document follows what is known of it.

An entry says nothing of its own, so the journal does not hear of it. It is written in the
transaction that changes its document; what no such act can know of, a unit that took another
name, is put right by making all entries anew.
"""

from collections.abc import Iterable, Sequence

from django.contrib.postgres.search import SearchVectorField
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Cast

from lotrinh.apps.documents.models import Document, Rendition, SearchEntry
from lotrinh.apps.documents.search_words import Heading
from lotrinh.apps.documents.selectors.texts import counting_text

_AT_ONCE = 200


@transaction.atomic
def renew_search(*, documents: Iterable[int]) -> int:
    """Let the entries of these documents say what is known now; return how many changed.

    A stub that was merged loses its entry. Two who change one document wait for each other here,
    so that the later one sees what the earlier one wrote.
    """
    asked = Document.objects.filter(pk__in=set(documents)).order_by("pk")
    held = list(asked.select_for_update(no_key=True).values_list("pk", flat=True))
    rows = list(
        Document.objects.filter(pk__in=held)
        .select_related("issuer")
        .annotate(counts=counting_text("pk"))
        .order_by("pk")
    )
    headings = {row.pk: _heading(row) for row in rows if row.merged_into_id is None}
    known = dict(SearchEntry.objects.filter(document__in=rows).values_list("document_id", "digest"))
    stale = [pk for pk, heading in headings.items() if known.get(pk) != heading.digest]
    texts = dict(
        Rendition.objects.filter(
            pk__in=[headings[pk].rendition for pk in stale if headings[pk].rendition]
        ).values_list("pk", "text")
    )
    _keep([_entry(pk, headings[pk], texts) for pk in stale])
    gone = SearchEntry.objects.filter(document__in=set(known) - set(headings))
    return len(stale) + gone.delete()[0]


def rebuild_search() -> int:
    """Make every entry anew that does not say what is known; return how many there were.

    Each part is a transaction of its own: a rebuild holds nobody up, and one that was stopped is
    simply begun again.
    """
    changed, last = 0, 0
    while True:
        rows = Document.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)
        part = list(rows[:_AT_ONCE])
        if not part:
            return changed
        changed += renew_search(documents=part)
        last = part[-1]


def _heading(row: Document) -> Heading:
    issuer = (row.issuer.name_vi, row.issuer.name_en) if row.issuer else ()
    return Heading(
        number=row.number,
        title=row.title,
        type_code=row.type_code,
        issuers=(*issuer, row.issuer_text),
        rendition=row.counts,  # type: ignore[attr-defined]
    )


def _entry(document: int, heading: Heading, texts: dict[int, str]) -> SearchEntry:
    key = heading.key
    text = texts.get(heading.rendition, "") if heading.rendition else ""
    return SearchEntry(
        document_id=document,
        rendition_id=heading.rendition,
        count=key.count[:8],
        year=key.year,
        symbol=key.symbol[:10],
        series=key.series[:60],
        heading=Cast(Value(heading.lexemes), SearchVectorField()),
        words=Cast(Value(heading.lexemes_with(text)), SearchVectorField()),
        digest=heading.digest,
    )


def _keep(entries: Sequence[SearchEntry]) -> None:
    fields = [field.name for field in SearchEntry._meta.fields if not field.primary_key]
    SearchEntry.objects.bulk_create(
        entries,
        update_conflicts=True,
        unique_fields=["document"],
        update_fields=fields,
        batch_size=100,
    )
