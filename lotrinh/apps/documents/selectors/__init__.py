"""Reads of the registry, each as one account may see it on one day.

A document is seen by those who may read documents at the unit that keeps it or at a unit it was
sent to. A stub holds nothing but what other documents print of it, so everyone who can sign in
sees it.
"""

from lotrinh.apps.documents.rights import answering, may_describe, may_keep
from lotrinh.apps.documents.selectors.issuers import (
    IssuerMeant,
    issuer_meant,
    key_of,
    suffix_on,
)
from lotrinh.apps.documents.selectors.kin import next_of_kin
from lotrinh.apps.documents.selectors.reference import (
    TypeName,
    suffixes_on,
    term_by_id,
    term_code,
    terms_known,
    type_names,
    types_on,
)
from lotrinh.apps.documents.selectors.registry import (
    described,
    document_by_uid,
    ids_of,
    judged_at,
    matching,
    may_be,
    may_read,
    merged_into,
    merged_stub,
    of_number,
    registered_before,
    same_series,
    visible,
)
from lotrinh.apps.documents.selectors.relations import (
    Family,
    RelatedDocument,
    ended_relations,
    family_of,
    related,
    relation_by_uid,
    stand_of,
)
from lotrinh.apps.documents.selectors.texts import (
    clause_at,
    clauses_of,
    counting_text,
    rendition_by_uid,
    renditions_of,
    same_text,
    text_choices_of,
    text_that_counts,
    verifications_of,
)

__all__ = [
    "Family",
    "IssuerMeant",
    "RelatedDocument",
    "TypeName",
    "answering",
    "clause_at",
    "clauses_of",
    "counting_text",
    "described",
    "document_by_uid",
    "ended_relations",
    "family_of",
    "ids_of",
    "issuer_meant",
    "judged_at",
    "key_of",
    "matching",
    "may_be",
    "may_describe",
    "may_keep",
    "may_read",
    "merged_into",
    "merged_stub",
    "next_of_kin",
    "of_number",
    "registered_before",
    "related",
    "relation_by_uid",
    "rendition_by_uid",
    "renditions_of",
    "same_series",
    "same_text",
    "stand_of",
    "suffix_on",
    "suffixes_on",
    "term_by_id",
    "term_code",
    "terms_known",
    "text_choices_of",
    "text_that_counts",
    "type_names",
    "types_on",
    "verifications_of",
    "visible",
]
