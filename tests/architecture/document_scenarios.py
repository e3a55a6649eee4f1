"""Scenarios of the registry beyond handing in: texts, reference data, relations, stubs."""

from collections.abc import Callable

from lotrinh.apps.documents import services as documents
from tests.cast import Cast
from tests.factories import NOW, TODAY, key, make_document, make_rendition

Act = Callable[[], object]
Scenario = Callable[[Cast], Act]

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


DOCUMENT_SCENARIOS: dict[str, Scenario] = {
    "documents.take_text": take_text,
    "documents.verify_text": verify_text,
}
