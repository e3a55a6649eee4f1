"""Tables of documents, their texts and clauses, their relations, and of reference data."""

from lotrinh.apps.documents.models.documents import Document, Language, Recipient, System
from lotrinh.apps.documents.models.reference import DocumentType, IssuerSuffix, Term
from lotrinh.apps.documents.models.relations import Relation
from lotrinh.apps.documents.models.search import SearchEntry
from lotrinh.apps.documents.models.texts import (
    Clause,
    JoinedText,
    Rendition,
    TextChoice,
    Verification,
)

__all__ = [
    "Clause",
    "Document",
    "DocumentType",
    "IssuerSuffix",
    "JoinedText",
    "Language",
    "Recipient",
    "Relation",
    "Rendition",
    "SearchEntry",
    "System",
    "Term",
    "TextChoice",
    "Verification",
]
