"""What a review can be of: the documents that set something which can be held against results."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents.models import Document
from lotrinh.apps.duties.models import DutySource
from lotrinh.apps.targets.models import TargetSource

MOST_OFFERED = 100


def documents_offered(
    *, seen_by: int, on: date, words: str = "", chosen: Collection[UUID] = ()
) -> tuple[list[Document], bool]:
    """Return documents to choose from, the chosen first, and whether there are more.

    Without ``words`` these are the newest from which duties or targets come; with them all that
    the account sees and the words find, by number, by title or in the text.
    """
    visible = documents.visible(seen_by=seen_by, on=on)
    held = list(visible.filter(uid__in=chosen))
    among = visible.exclude(uid__in=chosen)
    found = _found(words, among) if words.strip() else list(_setting(among)[: MOST_OFFERED + 1])
    return held + found[:MOST_OFFERED], len(found) > MOST_OFFERED


def _found(words: str, among: QuerySet[Document]) -> list[Document]:
    asked = documents.search(typed=words, among=among)
    return [row for _rank, row in documents.found_page(asked, after=None, most=MOST_OFFERED + 1)]


def _setting(among: QuerySet[Document]) -> QuerySet[Document]:
    """Leave the documents from which a duty or a target comes."""
    tasks = DutySource.objects.filter(rendition__document=OuterRef("pk"))
    targets = TargetSource.objects.filter(rendition__document=OuterRef("pk"))
    return among.filter(Q(Exists(tasks)) | Q(Exists(targets)))
