"""Reads of the registry, each as one account may see it on one day.

A document is seen by those who may read documents at the unit that keeps it or at a unit it was
sent to. A stub holds nothing but what other documents print of it, so everyone who can sign in
sees it.
"""

from lotrinh.apps.documents.selectors.reference import type_names, types_on
from lotrinh.apps.documents.selectors.registry import (
    document_by_uid,
    judged_at,
    matching,
    may_read,
    registered_before,
    visible,
)
from lotrinh.apps.documents.selectors.relations import RelatedDocument, related
from lotrinh.apps.documents.selectors.texts import (
    clause_at,
    clauses_of,
    counting_text,
    renditions_of,
    same_text,
    text_choices_of,
    text_that_counts,
    verifications_of,
)

__all__ = [
    "RelatedDocument",
    "clause_at",
    "clauses_of",
    "counting_text",
    "document_by_uid",
    "judged_at",
    "matching",
    "may_read",
    "registered_before",
    "related",
    "renditions_of",
    "same_text",
    "text_choices_of",
    "text_that_counts",
    "type_names",
    "types_on",
    "verifications_of",
    "visible",
]
