"""Two documents that were taken for one are two again, each with its own texts.

What was accepted stays whole: a text does not go while a commitment stands on it alone.
"""

from datetime import date, datetime

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents import services as registry
from lotrinh.apps.documents.models import Document, Rendition
from lotrinh.apps.documents.rights import require_keeper
from lotrinh.apps.intake.models import Candidate, Decision
from lotrinh.apps.intake.selectors.proposals import holding
from lotrinh.apps.intake.services.likening import HasCommitments
from lotrinh.apps.intake.services.turns import take_turns
from lotrinh.apps.journal.turns import take_turn


@transaction.atomic
def part_document(*, document: Document, user: User, on: date, at: datetime) -> Document:
    """Let a document that was taken for another stand for itself again.

    The other has its texts no longer, and its desk reads from what counted before they came. Raises
    NotAllowed of the registry, HasCommitments, ``documents.NotMerged``,
    ``documents.IdentityTaken``.
    """
    require_keeper(document, user=user, on=on)
    row = Document.objects.get(pk=document.pk)
    if row.merged_into_id is not None:
        take_turn("text that counts", row.merged_into_id)
        texts = set(documents.texts_only_by(document=row))
        rows = Candidate.objects.filter(run__rendition__in=texts)
        take_turns(candidate_ids=rows.values_list("pk", flat=True))  # nobody decides meanwhile
        if _would_lose(row.merged_into_id, texts):
            raise HasCommitments(str(row.uid))
    return registry.unmerge_stub(stub=row, user=user, on=on, at=at)


def _would_lose(document_id: int, texts: set[Rendition]) -> bool:
    """Say whether a duty or target was accepted from these texts of a document and no other."""
    made = holding().filter(
        verdict=Decision.Verdict.CONFIRMED, candidate__run__rendition__document=document_id
    )
    from_these = made.filter(candidate__run__rendition__in=texts)
    from_others = made.exclude(candidate__run__rendition__in=texts)
    return bool(
        set(from_these.values_list("duty", "target"))
        - set(from_others.values_list("duty", "target"))
    )
