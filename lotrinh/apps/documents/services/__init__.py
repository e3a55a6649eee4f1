"""Writes of the registry: documents, their texts, their relations, who receives them."""

from lotrinh.apps.documents.rights import NotAllowed
from lotrinh.apps.documents.services.describing import (
    DescribedMeanwhile,
    Description,
    IdentityTaken,
    NotMergeable,
    NotMerged,
    describe_document,
    merge_stub,
    unmerge_stub,
)
from lotrinh.apps.documents.services.joining import NotJoinable, join_document
from lotrinh.apps.documents.services.reference import (
    TermBackwards,
    TermChangedMeanwhile,
    define_suffix,
    define_term,
    define_type,
    enter_term,
)
from lotrinh.apps.documents.services.registering import (
    Identity,
    KeptElsewhere,
    cite_document,
    register_document,
    send_to,
)
from lotrinh.apps.documents.services.relating import (
    CauseUnknown,
    RelatedToItself,
    RelationEnded,
    RelationStands,
    Statement,
    correct_relation,
    relate,
    state_relation,
    withdraw_relation,
)
from lotrinh.apps.documents.services.searching import rebuild_search, renew_search
from lotrinh.apps.documents.services.texts import (
    Piece,
    TextEmpty,
    TextTakenMeanwhile,
    add_rendition,
    divide,
    take_text,
    verify_text,
)

__all__ = [
    "CauseUnknown",
    "DescribedMeanwhile",
    "Description",
    "Identity",
    "IdentityTaken",
    "KeptElsewhere",
    "NotAllowed",
    "NotJoinable",
    "NotMergeable",
    "NotMerged",
    "Piece",
    "RelatedToItself",
    "RelationEnded",
    "RelationStands",
    "Statement",
    "TermBackwards",
    "TermChangedMeanwhile",
    "TextEmpty",
    "TextTakenMeanwhile",
    "add_rendition",
    "cite_document",
    "correct_relation",
    "define_suffix",
    "define_term",
    "define_type",
    "describe_document",
    "divide",
    "enter_term",
    "join_document",
    "merge_stub",
    "rebuild_search",
    "register_document",
    "relate",
    "renew_search",
    "send_to",
    "state_relation",
    "take_text",
    "unmerge_stub",
    "verify_text",
    "withdraw_relation",
]
