"""A relation is stated once for each kind, with its passage, and never of a document to itself."""

import pytest

from lotrinh.apps.documents import selectors, services
from lotrinh.apps.journal.models import Entry
from tests.factories import NOW, TODAY, make_document, make_rendition
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(cast):
    return (
        make_document(keeper=cast.city, user=cast.chi, number="97-CTr/TU"),
        make_document(keeper=cast.city, user=cast.chi, number="45-NQ/TW", type_code="NQ"),
    )


def relate(source, target, kind="implements", rendition=None, span=None):
    return services.relate(
        source=source, target=target, kind=kind, rendition=rendition, span=span, at=NOW
    )


def both(document):
    """Return what a document names and what names it, as the planning office sees it."""
    return selectors.related(document=document, seen_by=document.registered_by_id, on=TODAY)


def test_both_ends_know_of_it_and_each_knows_its_side(pair):
    source, target = pair
    rendition = make_rendition(source)

    relate(source, target, rendition=rendition, span=(120, 135))

    up, down = both(source), both(target)
    assert [(end.document, end.kind, end.outgoing, end.start, end.end) for end in up] == [
        (target, "implements", True, 120, 135)
    ]
    assert [(end.document, end.outgoing) for end in down] == [(source, False)]


def test_stating_it_again_changes_nothing(pair):
    first = relate(*pair)

    with nothing_changes():
        assert relate(*pair) == first
    assert Entry.objects.filter(verb="document.related").count() == 1


def test_two_kinds_between_the_same_two_are_two_relations(pair):
    relate(*pair)
    relate(*pair, kind="based_on")

    assert [end.kind for end in both(pair[0])] == ["based_on", "implements"]


def test_what_a_document_names_comes_before_what_names_it(pair):
    source, target = pair
    relate(target, source, kind="amends")
    relate(source, target, kind="implements")

    assert [end.outgoing for end in both(source)] == [True, False]


def test_nothing_relates_to_itself(pair):
    with nothing_changes():
        assert relate(pair[0], pair[0]) is None
