"""A text is kept once, exactly as it came; its clauses are spans of it and are laid once."""

import hashlib

import pytest

from lotrinh.apps.documents import selectors, services
from lotrinh.apps.documents.models import Clause, Rendition
from lotrinh.apps.documents.services import Piece
from lotrinh.apps.journal.models import Entry
from tests.factories import NOW, TODAY, make_document, make_rendition
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db

TEXT = "1. Một việc.\r\n2. Hai việc.\n"
PIECES = [
    Piece(start=0, end=12, label="1.", level=1, kind="item"),
    Piece(start=14, end=26, label="2.", level=1, kind="item"),
]


@pytest.fixture
def document(cast):
    return make_document(keeper=cast.city, user=cast.chi)


@pytest.mark.parametrize("text", [TEXT, "  đầu\u00a0và cuối  ", "e\u0301", "x"])
def test_the_text_comes_back_character_for_character(document, text):
    made = make_rendition(document, text)

    stored = Rendition.objects.get(pk=made.pk)
    assert stored.text == text
    assert stored.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_the_same_text_again_is_the_one_already_kept(document):
    first = make_rendition(document, TEXT)

    with nothing_changes():
        assert make_rendition(document, TEXT, kind="translation") == first


def test_one_text_may_stand_in_two_documents(cast, document):
    other = make_document(keeper=cast.city, user=cast.chi)

    assert make_rendition(document, TEXT) != make_rendition(other, TEXT)


@pytest.mark.parametrize("text", ["", " \n\t", "---", "…\u00a0."])
def test_a_text_that_says_nothing_is_refused(document, text):
    with nothing_changes(), pytest.raises(services.TextEmpty):
        make_rendition(document, text)


def test_the_original_comes_first_whatever_was_added_first(document):
    report = make_rendition(document, "tin", kind="report")
    translation = make_rendition(document, "translation", kind="translation", language="en")
    original = make_rendition(document, TEXT)

    assert selectors.renditions_of(document=document) == (original, translation, report)


def test_clauses_are_numbered_from_one_in_the_order_of_the_text(document):
    rendition = make_rendition(document, TEXT)

    services.divide(rendition=rendition, pieces=PIECES, at=NOW)

    clauses = selectors.clauses_of(rendition=rendition)
    assert [(clause.ordinal, clause.label) for clause in clauses] == [(1, "1."), (2, "2.")]
    assert [TEXT[clause.start : clause.end] for clause in clauses] == [
        "1. Một việc.",
        "2. Hai việc.",
    ]
    assert Entry.objects.filter(verb="rendition.divided").count() == 1


def test_a_text_that_has_clauses_keeps_them(document):
    rendition = make_rendition(document, TEXT)
    services.divide(rendition=rendition, pieces=PIECES, at=NOW)

    with nothing_changes():
        services.divide(rendition=rendition, pieces=PIECES[:1], at=NOW)
    assert Clause.objects.count() == 2


@pytest.mark.parametrize(
    ("start", "label"), [(0, "1."), (11, "1."), (12, None), (14, "2."), (26, None)]
)
def test_a_span_belongs_to_the_clause_in_which_it_begins(document, start, label):
    rendition = make_rendition(document, TEXT)
    services.divide(rendition=rendition, pieces=PIECES, at=NOW)

    found = selectors.clause_at(rendition=rendition, start=start, end=start + 3)

    assert (found.label if found else None) == label


def test_adding_is_recorded_with_the_digest_and_not_the_text(document):
    rendition = make_rendition(document, TEXT)

    entry = Entry.objects.get(verb="rendition.added")
    assert entry.object_uid == document.uid
    assert rendition.sha256 in entry.payload
    assert "Một việc" not in entry.payload


def test_a_text_is_found_again_only_by_those_who_see_its_document(cast, document):
    rendition = make_rendition(document, TEXT)

    asked = {"sha256": rendition.sha256, "on": TODAY}
    assert selectors.same_text(seen_by=cast.chi.pk, **asked) == rendition
    assert selectors.same_text(seen_by=cast.khe.pk, **asked) is None
    assert rendition.blob is None
