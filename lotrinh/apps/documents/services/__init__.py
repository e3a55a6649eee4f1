"""Writes of the registry: documents, their texts, their relations, who receives them."""

from lotrinh.apps.documents.rights import NotAllowed
from lotrinh.apps.documents.services.reference import define_type
from lotrinh.apps.documents.services.registering import (
    Identity,
    KeptElsewhere,
    cite_document,
    register_document,
    send_to,
)
from lotrinh.apps.documents.services.relating import relate
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
    "Identity",
    "KeptElsewhere",
    "NotAllowed",
    "Piece",
    "TextEmpty",
    "TextTakenMeanwhile",
    "add_rendition",
    "cite_document",
    "define_type",
    "divide",
    "register_document",
    "relate",
    "send_to",
    "take_text",
    "verify_text",
]
