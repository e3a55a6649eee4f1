"""Which text of a document counts is said by a person, and nothing else changes it."""

import pytest

from lotrinh.apps.documents import selectors, services
from lotrinh.apps.documents.models import Document
from lotrinh.apps.journal.models import Entry
from tests.factories import NOW, TODAY, key, make_document, make_rendition
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(cast):
    return make_document(keeper=cast.office, user=cast.chi)


def take(rendition, user, *, instead_of=None, client_key=None, reason="bản ký sau cùng"):
    return services.take_text(
        rendition=rendition,
        instead_of=instead_of and instead_of.uid,
        reason=reason,
        user=user,
        client_key=client_key or key(),
        on=TODAY,
        at=NOW,
    )


def test_a_second_file_of_the_same_number_does_not_take_over(document):
    first = make_rendition(document, "Bản thứ nhất.")
    make_rendition(document, "Bản thứ hai.")

    assert selectors.text_that_counts(document) == first


def test_an_original_counts_before_a_translation_that_came_first(document):
    translation = make_rendition(document, "The first.", kind="translation", language="en")
    assert selectors.text_that_counts(document) == translation

    original = make_rendition(document, "Bản gốc.")

    assert selectors.text_that_counts(document) == original


def test_without_a_text_none_counts(document):
    assert selectors.text_that_counts(document) is None


def test_what_a_person_takes_counts_until_another_is_taken(cast, document):
    first, second = (make_rendition(document, text) for text in ("Bản một.", "Bản hai."))

    take(second, cast.chi, instead_of=first)
    assert selectors.text_that_counts(document) == second
    take(first, cast.chi, instead_of=second)

    assert selectors.text_that_counts(document) == first
    turns = selectors.text_choices_of(document=document)
    assert [(row.turn, row.rendition, row.by) for row in turns] == [
        (1, second, cast.chi),
        (2, first, cast.chi),
    ]
    assert Entry.objects.filter(verb="rendition.chosen", object_uid=document.uid).count() == 2


def test_of_many_documents_it_is_known_in_one_query(cast, document, django_assert_num_queries):
    other = make_document(keeper=cast.office, user=cast.chi)
    make_rendition(document, "Bản một.")
    second = make_rendition(document, "Bản hai.")
    only = make_rendition(other, "Bản khác.")
    take(second, cast.chi, instead_of=selectors.text_that_counts(document))

    with django_assert_num_queries(1):
        rows = dict(
            Document.objects.annotate(text=selectors.counting_text("pk")).values_list("pk", "text")
        )

    assert rows == {document.pk: second.pk, other.pk: only.pk}


def test_taking_it_again_changes_nothing(cast, document):
    first, second = (make_rendition(document, text) for text in ("Bản một.", "Bản hai."))
    sent = key()
    take(second, cast.chi, instead_of=first, client_key=sent)

    with nothing_changes():
        take(second, cast.chi, instead_of=first, client_key=sent)
        take(second, cast.chi, instead_of=first)


def test_whoever_saw_another_text_counting_is_told(cast, document):
    texts = ("Bản một.", "Bản hai.", "Bản ba.")
    first, second, third = (make_rendition(document, text) for text in texts)
    take(second, cast.chi, instead_of=first)

    with nothing_changes(), pytest.raises(services.TextTakenMeanwhile):
        take(third, cast.chi, instead_of=first)


@pytest.mark.parametrize("name", ["ha", "khe", "thach", "nghiem", "an"])
def test_only_those_who_keep_it_say_which_text_counts(cast, document, name):
    first, second = (make_rendition(document, text) for text in ("Bản một.", "Bản hai."))
    user = cast.named_users()[name]

    with nothing_changes(), pytest.raises(services.NotAllowed):
        take(second, user, instead_of=first)
    with nothing_changes(), pytest.raises(services.NotAllowed):
        verify(second, user)


def verify(rendition, user, *, remark="khớp từng trang", client_key=None):
    return services.verify_text(
        rendition=rendition,
        remark=remark,
        user=user,
        client_key=client_key or key(),
        on=TODAY,
        at=NOW,
    )


def test_a_verification_says_who_when_and_what_and_is_repeated_only_by_another_act(cast, document):
    rendition, sent = make_rendition(document), key()

    made = verify(rendition, cast.chi, client_key=sent)
    with nothing_changes():
        assert verify(rendition, cast.chi, client_key=sent) == made
    later = verify(rendition, cast.chi, remark="trang 7 đọc lại")

    found = selectors.verifications_of([rendition])
    assert found == {rendition.pk: (made, later)}
    assert (made.by, made.at, made.remark) == (cast.chi, NOW, "khớp từng trang")
