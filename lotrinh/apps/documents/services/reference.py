"""Writes of reference data: types, suffixes of issuers, terms, each for its interval."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents.models import DocumentType, IssuerSuffix, Term
from lotrinh.apps.documents.rights import NotAllowed
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import Named
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.actions import Action


class TermChangedMeanwhile(Exception):
    """Somebody else entered days of this term after they were shown."""


class TermBackwards(Exception):
    """A term that ends before it begins is none."""


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
    key: str = "",
    actor: Named,
    at: datetime,
) -> DocumentType:
    """Let documents of this type be registered; defining it again corrects its names.

    ``key`` tells apart the types that share a code or have none; it is the code where not given.
    """
    row, created = DocumentType.objects.update_or_create(
        system=system,
        key=key or code,
        valid=DateRange(since, until),
        defaults={
            "code": code,
            "name_vi": name_vi,
            "name_en": name_en,
            "legal_basis": legal_basis,
        },
    )
    journal.record(
        "document_type.defined",
        journal.reference("document_type", f"{system}:{key or code}"),
        actor=actor,
        at=at,
        data={"system": system, "code": code, "new": created},
    )
    return row


@transaction.atomic
def define_suffix(
    *,
    system: str,
    suffix: str,
    bodies: Sequence[str],
    name_en: str = "",
    is_shared: bool = False,
    refuses: Sequence[str] = (),
    since: date | None,
    until: date | None,
    legal_basis: str,
    actor: Named,
    at: datetime,
) -> IssuerSuffix:
    """Say what the end of a number means for an interval; saying it again corrects it."""
    row, created = IssuerSuffix.objects.update_or_create(
        system=system,
        suffix=suffix,
        valid=DateRange(since, until),
        defaults={
            "bodies": list(bodies),
            "name_en": name_en,
            "is_shared": is_shared,
            "refuses": list(refuses),
            "legal_basis": legal_basis,
        },
    )
    journal.record(
        "issuer_suffix.defined",
        journal.reference("issuer_suffix", f"{system}:{suffix}"),
        actor=actor,
        at=at,
        data={"system": system, "suffix": suffix, "new": created},
    )
    return row


@transaction.atomic
def define_term(
    *,
    code: str,
    ordinal: int,
    unit: Unit | None = None,
    begins_on: date | None = None,
    ends_on: date | None = None,
    begun_by: date | None = None,
    legal_basis: str = "",
    actor: Named,
    at: datetime,
) -> Term:
    """Name a term; a day that is not known stays empty, and one that was entered is not emptied.

    Raises TermBackwards.
    """
    row = Term.objects.filter(unit=unit, code=code).first() or Term(unit=unit, code=code)
    row.ordinal = ordinal
    row.begins_on = begins_on or row.begins_on
    row.ends_on = ends_on or row.ends_on
    row.begun_by = begun_by or row.begun_by
    row.legal_basis = legal_basis or row.legal_basis
    _save_term(row, actor=actor, at=at)
    return row


@transaction.atomic
def enter_term(
    *,
    term: Term,
    was: tuple[date | None, date | None],
    begins_on: date | None,
    ends_on: date | None,
    legal_basis: str,
    user: User,
    on: date,
    at: datetime,
) -> Term:
    """Enter the days of a term, for whoever defines roles over the whole authority.

    ``was`` are the days as they were shown. What was numbered before keeps its term. Raises
    NotAllowed, TermChangedMeanwhile, TermBackwards.
    """
    if not units.may_define(user_id=user.pk, on=on):
        raise NotAllowed(Action.DEFINE_ROLE)
    row = Term.objects.select_for_update(of=("self",)).get(pk=term.pk)
    wanted = (begins_on, ends_on, legal_basis)
    if wanted == (row.begins_on, row.ends_on, row.legal_basis):
        return row
    if was != (row.begins_on, row.ends_on):
        raise TermChangedMeanwhile(row.code)
    row.begins_on, row.ends_on, row.legal_basis = wanted
    _save_term(row, actor=user.named, at=at)
    return row


def _save_term(row: Term, *, actor: Named, at: datetime) -> None:
    if row.begins_on and row.ends_on and row.ends_on <= row.begins_on:
        raise TermBackwards(row.code)
    row.save()
    journal.record(
        "term.defined",
        journal.reference("term", f"{row.unit_id or ''}:{row.code}"),
        actor=actor,
        at=at,
        data={
            "code": row.code,
            "begins_on": row.begins_on.isoformat() if row.begins_on else None,
            "ends_on": row.ends_on.isoformat() if row.ends_on else None,
        },
    )
