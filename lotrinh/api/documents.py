"""Documents: the register, one of them with its texts, and the clauses of a text."""

from datetime import date
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from lotrinh.api import clock
from lotrinh.api.keys import KeyOpens, reader
from lotrinh.api.paging import Limit, Page, next_url, only_known, require_known
from lotrinh.api.problems import not_found
from lotrinh.api.shapes import LOOKING, UnitName, unit_name
from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.documents.selectors import Filters
from lotrinh.rules.scopes import Scope

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Clause, Document

router = Router(tags=["documents"], auth=KeyOpens(Scope.READ_DOCUMENTS))


class DocumentOut(Schema):
    """A document. ``is_stub``: it is only cited by others."""

    uid: UUID
    system: str
    type: str
    number: str
    title: str
    language: str
    issuer: UnitName | None
    issuer_text: str
    issued_on: date | None
    effective_from: date | None
    year: int | None
    term: str
    is_stub: bool
    keeper: UnitName | None


class DocumentsOut(Schema):
    """A page of the register, the newest first."""

    items: list[DocumentOut]
    next: str | None


class TextOut(Schema):
    """A text of a document. ``counts``: what the document commits to is read from it."""

    uid: UUID
    kind: str
    language: str
    counts: bool
    is_verified: bool
    length: int


class DocumentInFull(DocumentOut):
    """A document with its texts."""

    texts: list[TextOut]


class ClauseOut(Schema):
    """A clause: the characters from ``start`` to before ``end`` of the text."""

    uid: UUID
    ordinal: int
    label: str
    level: int
    kind: str
    start: int
    end: int
    text: str


class ClausesOut(Schema):
    """A page of the clauses of a text."""

    document: UUID
    text: UUID | None
    items: list[ClauseOut]
    next: str | None


class DocumentPage(Page):
    """By what the register is narrowed."""

    system: Literal["party", "state", "press"] | None = None
    type: str = Field("", max_length=10, pattern=r"^[^\x00]*$")
    issuer: UUID | None = None
    keeper: UUID | None = None
    year: int | None = Field(None, ge=1900, le=2200)
    language: Literal["vi", "en"] | None = None
    held: Literal["text", "cited"] | None = Field(
        None, description="text: held as a text; cited: only cited by others."
    )


class ClausePage(Schema):
    """Which text, and behind which clause."""

    limit: Limit = 50
    after: int | None = Field(None, ge=0, le=2**31 - 1, description="The ordinal of a clause.")
    text: UUID | None = Field(None, description="The text; else the one that counts.")


@router.get(
    "", response={200: DocumentsOut, **LOOKING}, url_name="api-documents", summary="The register"
)
def list_documents(request: HttpRequest, filters: Query[DocumentPage]) -> DocumentsOut:
    """The documents that the account may see, the newest first, without those only cited."""
    only_known(request, filters)
    user, on = reader(request), clock.today()
    found = registry.visible(seen_by=user.pk, on=on)
    if filters.held is None:
        found = found.filter(is_stub=False)
    asked = Filters(
        system=filters.system or "",
        type_code=filters.type,
        issuer=filters.issuer,
        keeper=filters.keeper,
        year=filters.year,
        language=filters.language or "",
        held=filters.held or "",
    )
    found = registry.narrowed(found, asked, seen_by=user.pk, on=on)
    if filters.after is not None:
        seen = registry.visible(seen_by=user.pk, on=on)
        require_known(seen.filter(uid=filters.after).exists())
        found = registry.following(found, filters.after, among=seen)
    rows = registry.first_of(found, most=filters.limit + 1)
    page = rows[: filters.limit]
    more = len(rows) > filters.limit
    return DocumentsOut(
        items=[DocumentOut(**_said(row)) for row in page],
        next=next_url(request, page[-1].uid) if more else None,
    )


@router.get(
    "/{uuid:uid}", response={200: DocumentInFull, **LOOKING}, url_name="api-document", summary="One"
)
def one_document(request: HttpRequest, uid: UUID) -> DocumentInFull:
    """One document. The uid of one that was only cited leads to what it turned out to be."""
    document = _seen(request, uid)
    texts = [
        TextOut(
            uid=row.uid,
            kind=row.kind,
            language=row.language,
            counts=n == 0,
            is_verified=bool(getattr(row, "is_verified", False)),
            length=len(row.text),
        )
        for n, row in enumerate(registry.renditions_of(document=document))
    ]
    return DocumentInFull(**_said(document), texts=texts)


@router.get(
    "/{uuid:uid}/clauses",
    response={200: ClausesOut, **LOOKING},
    url_name="api-clauses",
    summary="Its clauses",
)
def list_clauses(request: HttpRequest, uid: UUID, filters: Query[ClausePage]) -> ClausesOut:
    """The clauses of a text of a document, in its order."""
    only_known(request, filters)
    document = _seen(request, uid)
    texts = registry.renditions_of(document=document)
    chosen = [row for row in texts if filters.text in {None, row.uid}]
    if filters.text is not None and not chosen:
        raise not_found()
    if not chosen:
        return ClausesOut(document=document.uid, text=None, items=[], next=None)
    rendition = chosen[0]
    after = -1 if filters.after is None else filters.after
    rows = [row for row in registry.clauses_of(rendition=rendition) if row.ordinal > after]
    page = rows[: filters.limit]
    return ClausesOut(
        document=document.uid,
        text=rendition.uid,
        items=[_clause(row, rendition.text) for row in page],
        next=next_url(request, page[-1].ordinal) if len(rows) > filters.limit else None,
    )


def _seen(request: HttpRequest, uid: UUID) -> "Document":
    found = registry.document_by_uid(uid, seen_by=reader(request).pk, on=clock.today())
    if found is None:
        raise not_found()
    return found


def _said(row: "Document") -> dict[str, Any]:
    return {
        "uid": row.uid,
        "system": row.system,
        "type": row.type_code,
        "number": row.number,
        "title": row.title,
        "language": row.language,
        "issuer": unit_name(row.issuer),
        "issuer_text": row.issuer_text,
        "issued_on": row.issued_on,
        "effective_from": row.effective_from,
        "year": row.year,
        "term": row.term,
        "is_stub": row.is_stub,
        "keeper": None if row.is_stub else unit_name(row.keeper),
    }


def _clause(row: "Clause", text: str) -> ClauseOut:
    return ClauseOut(
        uid=row.uid,
        ordinal=row.ordinal,
        label=row.label,
        level=row.level,
        kind=row.kind,
        start=row.start,
        end=row.end,
        text=text[row.start : row.end],
    )
