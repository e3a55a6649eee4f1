"""What somebody is typing is kept for him until he decides, and others see that he is here."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.intake.models import Candidate, Presence, TypedWords
from lotrinh.apps.intake.rights import require_decider
from lotrinh.apps.intake.services.turns import run_for_decider

MOST_LETTERS = 2_000
MOST_FIELDS = 12


@transaction.atomic
def keep_typed(
    *, candidate_id: int, values: Mapping[str, str], user: User, on: date, at: datetime
) -> None:
    """Keep what the account has typed for a proposal, in place of what it typed before.

    Nothing counts by it. Without values what was kept is thrown away. Raises NotAllowed.
    """
    candidate = Candidate.objects.select_related("run__rendition__document__keeper").get(
        pk=candidate_id
    )
    require_decider(candidate.run.rendition.document, user=user, on=on)
    if not values:
        TypedWords.objects.filter(candidate=candidate, by=user).delete()
        return
    TypedWords.objects.update_or_create(
        candidate=candidate, by=user, defaults={"values": _bounded(values), "at": at}
    )


@transaction.atomic
def keep_typed_for_all(
    *,
    run_id: int,
    candidate_ids: Iterable[int],
    values: Mapping[str, str],
    user: User,
    on: date,
    at: datetime,
) -> int:
    """Type the same into many proposals of a reading at once; return into how many.

    What was typed into their other fields stays. Raises NotAllowed.
    """
    run = run_for_decider(run_id=run_id, user=user, on=on)
    wanted = Candidate.objects.filter(run=run, pk__in=list(candidate_ids))
    known = {
        row.candidate_id: row.values
        for row in TypedWords.objects.filter(candidate__in=wanted, by=user)
    }
    rows = [
        TypedWords(
            candidate_id=pk, by=user, values=_bounded({**known.get(pk, {}), **values}), at=at
        )
        for pk in wanted.values_list("pk", flat=True)
    ]
    TypedWords.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["candidate", "by"],
        update_fields=["values", "at"],
    )
    return len(rows)


def hand_on_typed(*, one: Candidate, other: Candidate) -> None:
    """Let what people typed for one proposal be typed for another that stands in its place.

    What somebody had typed for that one too gives way. The caller has the turns of both.
    """
    rows = TypedWords.objects.filter(candidate=one)
    TypedWords.objects.filter(candidate=other, by__in=rows.values("by")).delete()
    rows.update(candidate=other)


@transaction.atomic
def be_present(*, run_id: int, user: User, on: date, at: datetime) -> None:
    """Let the others at this desk know that the account is there. Raises NotAllowed."""
    run = run_for_decider(run_id=run_id, user=user, on=on)
    Presence.objects.bulk_create(
        [Presence(run=run, user=user, seen_at=at)],
        update_conflicts=True,
        unique_fields=["run", "user"],
        update_fields=["seen_at"],
    )


def _bounded(values: Mapping[str, str]) -> dict[str, str]:
    """Return what is kept of typed values: as much as any form of the desk holds."""
    few = list(values.items())[:MOST_FIELDS]
    return {name[:40]: value.replace("\x00", "")[:MOST_LETTERS] for name, value in few}
