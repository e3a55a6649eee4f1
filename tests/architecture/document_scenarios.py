"""Scenarios of the registry beyond handing in: texts, reference data, relations, stubs."""

from collections.abc import Callable
from datetime import date

from lotrinh.apps.documents import selectors
from lotrinh.apps.documents import services as documents
from lotrinh.apps.documents.models import Document, Relation
from lotrinh.apps.documents.services import Description, Identity, Statement
from lotrinh.apps.journal.services import SYSTEM
from tests.cast import Cast
from tests.factories import NOW, TODAY, key, make_document, make_rendition

Act = Callable[[], object]
Scenario = Callable[[Cast], Act]

_BY = {"actor": SYSTEM, "at": NOW}
_ON = {"on": TODAY, "at": NOW}


def take_text(cast: Cast) -> Act:
    document = make_document(keeper=cast.ho_sen, user=cast.ha)
    first, second = make_rendition(document, "Bản một."), make_rendition(document, "Bản hai.")
    return lambda: documents.take_text(
        rendition=second,
        instead_of=first.uid,
        reason="bản ký",
        user=cast.ha,
        client_key=key(),
        **_ON,
    )


def verify_text(cast: Cast) -> Act:
    rendition = make_rendition(make_document(keeper=cast.ho_sen, user=cast.ha))
    return lambda: documents.verify_text(
        rendition=rendition, remark="khớp", user=cast.ha, client_key=key(), **_ON
    )


def define_suffix(cast: Cast) -> Act:
    return lambda: documents.define_suffix(
        system="party",
        suffix="TU",
        bodies=["Thành ủy"],
        since=None,
        until=None,
        legal_basis="",
        **_BY,
    )


def define_term(cast: Cast) -> Act:
    return lambda: documents.define_term(code="XIII", ordinal=13, **_BY)


def enter_term(cast: Cast) -> Act:
    term = documents.define_term(code="XIII", ordinal=13, **_BY)
    return lambda: documents.enter_term(
        term=term,
        was=(None, None),
        begins_on=date(2021, 2, 2),
        ends_on=None,
        legal_basis="Đại hội XIII",
        user=cast.chi,
        **_ON,
    )


def a_stub(cast: Cast, number: str, issued_on: date | None = None) -> Document:
    return documents.cite_document(
        identity=Identity(system="party", type_code="NQ", number=number, issued_on=issued_on),
        language="vi",
        keeper=cast.ho_sen,
        at=NOW,
    )


def describe_document(cast: Cast) -> Act:
    stub = a_stub(cast, "45-NQ/TW")
    said = Description("Về trí thức", date(2023, 11, 24), None, None, "Trung ương")
    return lambda: documents.describe_document(
        document=stub, description=said, was=selectors.described(stub), user=cast.ha, **_ON
    )


def merge_stub(cast: Cast, number: str = "27-NQ/TW") -> Act:
    into, _other = (a_stub(cast, number, date(year, 1, 1)) for year in (2003, 2023))
    stub = a_stub(cast, number)
    return lambda: documents.merge_stub(
        stub=stub, into=into, reason="một văn bản", user=cast.ha, **_ON
    )


def unmerge_stub(cast: Cast) -> Act:
    merge_stub(cast, "42-NQ/TW")()
    stub = Document.objects.get(number="42-NQ/TW", merged_into__isnull=False)
    return lambda: documents.unmerge_stub(stub=stub, user=cast.ha, **_ON)


def state_relation(cast: Cast) -> Act:
    statement = Statement(
        make_document(keeper=cast.ho_sen, user=cast.ha), a_stub(cast, "43-NQ/TW"), "amends"
    )
    return lambda: documents.state_relation(
        statement=statement, reason="đã đọc", user=cast.ha, client_key=key(), **_ON
    )


def correct_relation(cast: Cast) -> Act:
    relation = state_relation(cast)()
    assert isinstance(relation, Relation)
    statement = Statement(relation.source, relation.target, "replaces")
    return lambda: documents.correct_relation(
        relation=relation,
        statement=statement,
        reason="đọc lại",
        user=cast.ha,
        client_key=key(),
        **_ON,
    )


def withdraw_relation(cast: Cast) -> Act:
    relation = state_relation(cast)()
    assert isinstance(relation, Relation)
    return lambda: documents.withdraw_relation(
        relation=relation, reason="không phải", user=cast.ha, **_ON
    )


DOCUMENT_SCENARIOS: dict[str, Scenario] = {
    "documents.take_text": take_text,
    "documents.verify_text": verify_text,
    "documents.define_suffix": define_suffix,
    "documents.define_term": define_term,
    "documents.enter_term": enter_term,
    "documents.describe_document": describe_document,
    "documents.merge_stub": merge_stub,
    "documents.unmerge_stub": unmerge_stub,
    "documents.state_relation": state_relation,
    "documents.correct_relation": correct_relation,
    "documents.withdraw_relation": withdraw_relation,
}
