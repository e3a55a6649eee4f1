"""Whose document a number is: the words decide, then the neighbourhood, and else a person."""

from datetime import date

import pytest

from lotrinh.apps.documents import reference, selectors, services
from lotrinh.apps.documents.models import Document
from lotrinh.apps.documents.services import Identity
from lotrinh.apps.journal.services import SYSTEM
from tests.factories import NOW, TODAY, make_unit
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee(cast):
    """The Party committee of the city, beside its offices."""
    return make_unit("thanh-uy", parent=cast.city, name_vi="Thành ủy Hồ Sen", name_en="HPC")


@pytest.fixture(autouse=True)
def rules(db):
    reference.load_reference(actor=SYSTEM, at=NOW)


def cite(keeper, words="", *, number="24-CT/TU", type_code="CT", issued_on=None, system="party"):
    return services.cite_document(
        identity=Identity(
            system=system,
            type_code=type_code,
            number=number,
            issuer_text=words,
            issued_on=issued_on,
        ),
        language="vi",
        keeper=keeper,
        at=NOW,
    )


def test_one_number_of_two_provinces_is_two_documents(cast, committee):
    ours = cite(cast.office, "Thành ủy Hồ Sen", issued_on=date(2023, 8, 7))
    theirs = cite(cast.office, "Tỉnh ủy Núi Voi", issued_on=date(2023, 8, 7))

    assert ours != theirs
    assert (ours.issuer, theirs.issuer, theirs.issuer_key) == (committee, None, "tỉnh ủy núi voi")
    with nothing_changes():
        assert cite(cast.office, "Ban Thường vụ Thành ủy Hồ Sen") == ours
        assert cite(cast.office, "Ban Thường vụ Tỉnh ủy Núi Voi") == theirs


@pytest.mark.parametrize("words", ["", "Thành ủy", "Ban Thường vụ Thành ủy", "Party Committee"])
def test_without_a_name_it_is_that_of_the_committee_around_the_keeper(cast, committee, words):
    assert cite(cast.sen_tay, words).issuer == committee


def test_words_of_another_kind_of_body_are_passed_over(cast, committee):
    assert cite(cast.office, "Ủy ban nhân dân Thành phố").issuer == committee


def test_between_two_bodies_around_the_keeper_nothing_is_decided(cast, committee):
    make_unit("thanh-uy-khac", parent=cast.city, name_vi="Thành ủy Sen Hồng")

    stub = cite(cast.office)

    assert (stub.issuer, stub.issuer_key) == (None, "")
    meant = selectors.issuer_meant(
        number="24-CT/TU", system="party", words="", keeper_id=cast.office.pk, on=TODAY
    )
    assert {unit.code for unit in meant.candidates} == {"thanh-uy", "thanh-uy-khac"}


def test_a_central_suffix_is_one_series_whatever_body_is_named(cast):
    first = cite(cast.office, "Bộ Chính trị", number="22-QĐ/TW", type_code="QĐ")

    with nothing_changes():
        again = cite(cast.office, "Ban Chấp hành Trung ương", number="22-QĐ/TW", type_code="QyĐ")

    assert again == first


def test_two_directives_of_one_number_stand_in_two_terms(cast):
    for code, ordinal, begins, ends in (
        ("XIII", 13, date(2021, 2, 2), date(2026, 1, 22)),
        ("XIV", 14, date(2026, 1, 23), None),
    ):
        services.define_term(
            code=code, ordinal=ordinal, begins_on=begins, ends_on=ends, actor=SYSTEM, at=NOW
        )
    days = (date(2021, 3, 9), date(2026, 1, 23))

    old, new = (cite(cast.office, number="01-CT/TW", issued_on=day) for day in days)

    assert old != new
    assert (old.term, new.term) == ("XIII", "XIV")


def test_an_undated_citation_of_both_is_a_stub_that_may_be_either(cast):
    days = (date(2021, 3, 9), date(2026, 1, 23))
    dated = [cite(cast.office, number="01-CT/TW", issued_on=day) for day in days]

    open_one = cite(cast.office, number="01-CT/TW")

    assert open_one not in dated
    found = selectors.may_be(document=open_one, seen_by=cast.chi.pk, on=TODAY)
    assert set(found) == set(dated)
    assert selectors.may_be(document=dated[0], seen_by=cast.chi.pk, on=TODAY) == (open_one,)


def test_what_was_loaded_holds_both_rules(cast):
    def party(on):
        return [row for row in selectors.types_on(on=on) if row.system == "party"]

    before, after = date(2026, 1, 8), date(2026, 1, 9)
    assert {row.legal_basis for row in party(before)} == {"66-QĐ/TW"}
    assert {row.legal_basis for row in party(after)} == {"399-QĐ/TW"}
    assert len(party(after)) == 25
    names = selectors.type_names(on=after)
    assert names["party", "QĐ"].name_vi == "Quyết định, Quy định"
    assert names["party", "QyĐ"].name_vi == "Quy định"
    assert names["state", "L"].name_vi == "Luật"
    assert [row.code for row in selectors.terms_known()] == ["XII", "XIII", "XIV"]
    assert Document.objects.count() == 0
