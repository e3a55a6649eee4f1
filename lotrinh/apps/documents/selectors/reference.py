"""Reads of reference data as of a day."""

from datetime import date

from lotrinh.apps.documents.models import DocumentType


def types_on(*, on: date) -> tuple[DocumentType, ...]:
    """Return the document types in force on that day."""
    return tuple(DocumentType.objects.filter(valid__contains=on).order_by("system", "code"))


def type_names(*, on: date) -> dict[tuple[str, str], DocumentType]:
    """Return the types in force on that day by (system, code)."""
    return {(row.system, row.code): row for row in types_on(on=on)}
