"""Reads of reference data as of a day."""

from dataclasses import dataclass
from datetime import date

from lotrinh.apps.documents.models import DocumentType, IssuerSuffix, System
from lotrinh.apps.documents.models import Term as TermRow
from lotrinh.apps.units import selectors as units
from lotrinh.rules.series import Term, term_on


@dataclass(frozen=True, slots=True)
class TypeName:
    """What a code of a system stands for on a day, in both languages."""

    system: str
    code: str
    name_vi: str
    name_en: str


def types_on(*, on: date) -> tuple[DocumentType, ...]:
    """Return the document types in force on that day."""
    return tuple(DocumentType.objects.filter(valid__contains=on).order_by("system", "code", "key"))


def type_names(*, on: date) -> dict[tuple[str, str], TypeName]:
    """Return the types in force on that day by system and code, and by system and own key.

    A code that stands for two types has both names; the key of one of them has its own.
    """
    rows = types_on(on=on)
    named = {(row.system, row.key): _name([row], row.key) for row in rows}
    by_code: dict[tuple[str, str], list[DocumentType]] = {}
    for row in rows:
        if row.code:
            by_code.setdefault((row.system, row.code), []).append(row)
    return named | {key: _name(found, key[1]) for key, found in by_code.items()}


def suffixes_on(*, on: date) -> tuple[IssuerSuffix, ...]:
    """Return what the suffixes of numbers mean on that day."""
    return tuple(IssuerSuffix.objects.filter(valid__contains=on).order_by("system", "suffix"))


def terms_known() -> tuple[TermRow, ...]:
    """Return every term that is entered, the Party's as a whole first, in their order."""
    rows = TermRow.objects.select_related("unit")
    return tuple(sorted(rows, key=lambda row: (row.unit_id or 0, row.ordinal)))


def term_by_id(term_id: int) -> TermRow | None:
    """Return the term with this id, or None."""
    return TermRow.objects.select_related("unit").filter(pk=term_id).first()


def term_code(*, system: str, is_central: bool, issuer_id: int | None, on: date) -> str:
    """Return the code of the term in which a document of the day was numbered; empty if unsure.

    A unit without terms of its own numbers through those of the nearest unit above that has some.
    """
    if system != System.PARTY:
        return ""
    if issuer_id is not None:
        above = [place.id for place in units.lineage(unit_id=issuer_id, on=on)] or [issuer_id]
        rows = list(TermRow.objects.filter(unit__in=above).order_by("ordinal"))
        owner = next((pk for pk in reversed(above) if any(row.unit_id == pk for row in rows)), None)
        rows = [row for row in rows if row.unit_id == owner]
    else:
        rows = list(TermRow.objects.filter(unit__isnull=True).order_by("ordinal"))
        rows = rows if is_central else []
    found = term_on([_term(row) for row in rows], on)
    return found.code if found else ""


def _term(row: TermRow) -> Term:
    return Term(row.code, row.begins_on, row.ends_on, row.begun_by)


def _name(rows: list[DocumentType], code: str) -> TypeName:
    """Return the names of all types of a code; one that only qualifies another adds nothing."""
    plain = [row for row in rows if not row.name_vi.endswith(")")] or rows
    plain.sort(key=lambda row: row.key != row.code)
    return TypeName(
        system=rows[0].system,
        code=code,
        name_vi=", ".join(row.name_vi for row in plain),
        name_en=", ".join(row.name_en for row in plain),
    )
