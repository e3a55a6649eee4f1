"""Writes of reference data: types and whatever else a regulation fixes for an interval."""

from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lotrinh.apps.documents.models import DocumentType
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import Named


@transaction.atomic
def define_type(
    *,
    system: str,
    code: str,
    name_vi: str,
    name_en: str,
    since: date,
    until: date | None,
    legal_basis: str,
    actor: Named,
    at: datetime,
) -> DocumentType:
    """Let documents of this type be registered; defining it again corrects its names."""
    row, created = DocumentType.objects.update_or_create(
        system=system,
        code=code,
        valid=DateRange(since, until),
        defaults={"name_vi": name_vi, "name_en": name_en, "legal_basis": legal_basis},
    )
    journal.record(
        "document_type.defined",
        journal.reference("document_type", f"{system}:{code}"),
        actor=actor,
        at=at,
        data={"system": system, "code": code, "new": created},
    )
    return row
