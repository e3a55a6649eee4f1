"""Scenarios of handing documents in: types, texts and their clauses, what they say of others."""

from collections.abc import Callable
from datetime import date

from lotrinh.apps.documents import services as documents
from lotrinh.apps.documents.models import Document
from lotrinh.apps.documents.services import Identity, Piece
from lotrinh.apps.journal.services import SYSTEM
from tests.cast import Cast
from tests.factories import NOW, make_document, make_rendition

Act = Callable[[], object]
Scenario = Callable[[Cast], Act]

_BY = {"actor": SYSTEM, "at": NOW}


def define_type(cast: Cast) -> Act:
    return lambda: documents.define_type(
        system="party",
        code="NQ",
        name_vi="Nghị quyết",
        name_en="Resolution",
        since=date(2018, 1, 1),
        until=None,
        legal_basis="",
        **_BY,
    )


def register_document(cast: Cast) -> Act:
    return lambda: make_document(keeper=cast.ho_sen, user=cast.ha)


def cite_document(cast: Cast) -> Act:
    return lambda: documents.cite_document(
        identity=Identity(system="party", number="45-NQ/TW"),
        language="vi",
        keeper=cast.city,
        at=NOW,
    )


def add_rendition(cast: Cast) -> Act:
    document = make_document(keeper=cast.ho_sen, user=cast.ha)
    return lambda: make_rendition(document)


def divide(cast: Cast) -> Act:
    rendition = make_rendition(make_document(keeper=cast.ho_sen, user=cast.ha))
    piece = Piece(start=0, end=10, label="", level=0, kind="paragraph")
    return lambda: documents.divide(rendition=rendition, pieces=[piece], at=NOW)


def _two_documents(cast: Cast) -> tuple[Document, Document]:
    return (
        make_document(keeper=cast.city, user=cast.chi),
        make_document(keeper=cast.city, user=cast.chi),
    )


def relate(cast: Cast) -> Act:
    source, target = _two_documents(cast)
    return lambda: documents.relate(
        source=source, target=target, kind="implements", rendition=None, span=None, at=NOW
    )


def send_to(cast: Cast) -> Act:
    document = make_document(keeper=cast.city, user=cast.chi)
    return lambda: documents.send_to(document=document, unit=cast.ho_sen, **_BY)


REGISTRY_SCENARIOS: dict[str, Scenario] = {
    "documents.define_type": define_type,
    "documents.register_document": register_document,
    "documents.cite_document": cite_document,
    "documents.add_rendition": add_rendition,
    "documents.divide": divide,
    "documents.relate": relate,
    "documents.send_to": send_to,
}
