"""Who is at a desk beside oneself, what was decided meanwhile, and what one has typed oneself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from lotrinh.apps.intake.models import (
    Arrival,
    Candidate,
    Decision,
    Presence,
    ReadingRun,
    TypedWords,
)
from lotrinh.apps.journal import selectors as journal

HERE_FOR = timedelta(seconds=45)
"""How long somebody counts as being at the desk after he was last heard of."""


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """A decision that somebody else took: about which proposal, and who."""

    id: int
    ordinal: int
    verdict: str
    by_name: str


def others_present(*, run: ReadingRun, user_id: int, at: datetime) -> tuple[str, ...]:
    """Return the names of those who are at this desk too, by name."""
    rows = _present(user_id=user_id, at=at).filter(run=run)
    return tuple(sorted(name for name in rows.values_list("name", flat=True) if name))


def present_at(*, user_id: int, at: datetime) -> ArraySubquery:
    """Return, for a query of readings, the names of ``others_present``, in no order."""
    rows = _present(user_id=user_id, at=at).filter(run=OuterRef("pk"))
    return ArraySubquery(rows.values("name"))


def _present(*, user_id: int, at: datetime) -> QuerySet[Any]:
    here = Presence.objects.filter(seen_at__gt=at - HERE_FOR).exclude(user_id=user_id)
    return here.annotate(name=journal.kept_name("user__uid"))


def decided_since(*, run: ReadingRun, after: int, user_id: int) -> tuple[Meanwhile, ...]:
    """Return what others decided after the decision ``after``, oldest first."""
    rows = list(
        Decision.objects.filter(candidate__run=run, id__gt=after)
        .exclude(by_id=user_id)
        .select_related("candidate", "by")
        .order_by("id")
    )
    names = journal.names_of(row.by.uid for row in rows)
    return tuple(
        Meanwhile(row.pk, row.candidate.ordinal, row.verdict, names.get(row.by.uid, ""))
        for row in rows
    )


def typed_words(
    *, run: ReadingRun, user_id: int, candidates: Iterable[Candidate] = ()
) -> dict[int, Mapping[str, str]]:
    """Return by candidate id what the account has typed on this desk and not yet decided.

    Candidates that came with what the account typed are believed, and nothing is asked for.
    """
    rows: tuple[Any, ...] = tuple(candidates)
    if rows and all(hasattr(row, "typed_values") for row in rows):
        return {row.pk: row.typed_values for row in rows if row.typed_values is not None}
    kept = TypedWords.objects.filter(candidate__run=run, by_id=user_id)
    return dict(kept.values_list("candidate_id", "values"))


def arrivals(*, client_key: UUID, user_id: int) -> tuple[Arrival, ...]:
    """Return the files that the account handed in together under one key, in their order."""
    rows = Arrival.objects.filter(client_key=client_key, by_id=user_id)
    return tuple(rows.select_related("run__rendition__document").order_by("place"))
