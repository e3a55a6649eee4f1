"""A document is seen at its keeper, above it, and wherever it was sent; nowhere else."""

import pytest

from lotrinh.apps.documents import selectors, services
from lotrinh.apps.journal.models import Entry
from tests.factories import NOW, TODAY, make_document
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


def readers(cast, document):
    return {
        name
        for name, user in cast.named_users().items()
        if selectors.may_read(document=document, seen_by=user.pk, on=TODAY)
    }


def test_a_document_of_the_city_is_read_by_those_who_work_for_the_city(cast):
    document = make_document(keeper=cast.city, user=cast.chi)

    assert readers(cast, document) == {"chi", "thach", "nghiem"}


def test_a_document_of_a_district_is_read_there_and_above_but_not_beside_or_below(cast):
    document = make_document(keeper=cast.ho_sen, user=cast.ha)

    assert readers(cast, document) == {"chi", "thach", "nghiem", "ha"}


def test_sending_opens_it_to_the_unit_and_to_those_above_that_unit(cast):
    document = make_document(keeper=cast.city, user=cast.chi)

    services.send_to(document=document, unit=cast.sen_tay, actor=cast.chi.named, at=NOW)

    assert readers(cast, document) == {"chi", "thach", "nghiem", "ha", "mai"}


def test_sending_again_changes_nothing(cast):
    document = make_document(keeper=cast.city, user=cast.chi)
    first = services.send_to(document=document, unit=cast.ho_sen, actor=cast.chi.named, at=NOW)

    with nothing_changes():
        again = services.send_to(document=document, unit=cast.ho_sen, actor=cast.chi.named, at=NOW)
    assert again == first
    assert Entry.objects.filter(verb="document.sent", unit_uid=cast.ho_sen.uid).count() == 1


def test_a_document_seen_for_two_reasons_is_listed_once(cast):
    document = make_document(keeper=cast.city, user=cast.chi)
    for unit in (cast.ho_sen, cast.sen_tay, cast.dong_gao):
        services.send_to(document=document, unit=unit, actor=cast.chi.named, at=NOW)

    assert list(selectors.visible(seen_by=cast.chi.pk, on=TODAY)) == [document]


def test_papers_of_an_abolished_ward_stay_with_the_district(cast):
    document = make_document(keeper=cast.sen_cu, user=cast.ha)

    assert readers(cast, document) == {"chi", "thach", "nghiem", "ha"}


def test_missing_and_hidden_are_the_same_answer(cast):
    document = make_document(keeper=cast.ho_sen, user=cast.ha)

    assert selectors.document_by_uid(document.uid, seen_by=cast.khe.pk, on=TODAY) is None
    assert selectors.document_by_uid(cast.city.uid, seen_by=cast.khe.pk, on=TODAY) is None
