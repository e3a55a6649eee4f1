"""A document is registered once, under its whole identity, by those who may at its keeper."""

from datetime import date

import pytest

from lotrinh.apps.documents import selectors, services
from lotrinh.apps.documents.models import Document
from lotrinh.apps.documents.services import Identity
from lotrinh.apps.journal.models import Entry
from tests.factories import NOW, TODAY, make_document
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


def cite(keeper, number="45-NQ/TW", *, system="party", type_code="NQ", issuer=None, issued_on=None):
    return services.cite_document(
        identity=Identity(
            system=system, type_code=type_code, number=number, issuer=issuer, issued_on=issued_on
        ),
        language="vi",
        keeper=keeper,
        at=NOW,
    )


def test_the_document_bears_what_was_said_of_it(cast):
    document = make_document(
        keeper=cast.city,
        user=cast.chi,
        number="97-CTr/TU",
        issuer=cast.office,
        issued_on=date(2024, 5, 10),
    )

    stored = Document.objects.get(pk=document.pk)
    assert (stored.system, stored.type_code, stored.number, stored.year) == (
        "party",
        "CTr",
        "97-CTr/TU",
        2024,
    )
    assert (stored.keeper, stored.issuer, stored.registered_by) == (
        cast.city,
        cast.office,
        cast.chi,
    )
    assert not stored.is_stub
    entry = Entry.objects.get(verb="document.registered")
    assert (entry.object_uid, entry.actor_uid, entry.unit_uid) == (
        document.uid,
        cast.chi.uid,
        cast.city.uid,
    )


def test_registering_it_again_is_registering_it_once(cast):
    first = make_document(keeper=cast.city, user=cast.chi, number="97-CTr/TU")

    with nothing_changes():
        assert make_document(keeper=cast.city, user=cast.chi, number="97-CTr/TU") == first


@pytest.mark.parametrize("name", ["khe", "mai", "nghiem", "thach", "tung", "an"])
def test_nobody_else_registers_for_a_district(cast, name):
    user = cast.named_users()[name]

    with nothing_changes(), pytest.raises(services.NotAllowed):
        make_document(keeper=cast.ho_sen, user=user)


def test_a_document_kept_and_hidden_elsewhere_is_neither_shown_nor_doubled(cast):
    make_document(keeper=cast.ho_sen, user=cast.ha, number="12-KH/QU")

    with nothing_changes(), pytest.raises(services.KeptElsewhere):
        make_document(keeper=cast.dong_gao, user=cast.khe, number="12-KH/QU")


def test_a_number_begins_again_each_year_and_with_each_system_and_type(cast):
    wanted = [
        {"number": "45-NQ/TW", "issued_on": date(2023, 1, 2)},
        {"number": "45-NQ/TW", "issued_on": date(2024, 1, 2)},
        {"number": "45-NQ/TW", "issued_on": date(2024, 1, 2), "type_code": "QĐ"},
        {"number": "45-NQ/TW", "issued_on": date(2024, 1, 2), "system": "state"},
    ]

    rows = [make_document(keeper=cast.city, user=cast.chi, **each) for each in wanted]

    assert len({row.pk for row in rows}) == 4


def test_texts_without_a_number_are_each_a_document_of_their_own(cast):
    one = make_document(keeper=cast.city, user=cast.chi, number="", system="press")
    other = make_document(keeper=cast.city, user=cast.chi, number="", system="press")

    assert one.pk != other.pk


def test_a_stub_that_was_cited_becomes_the_document(cast):
    stub = cite(cast.ho_sen, "45-NQ/TW")

    document = make_document(
        keeper=cast.city,
        user=cast.chi,
        number="45-NQ/TW",
        type_code="NQ",
        issued_on=date(2023, 11, 24),
    )

    assert document.pk == stub.pk
    assert (document.is_stub, document.keeper, document.year) == (False, cast.city, 2023)


def test_a_stub_is_seen_by_everyone_with_an_account(cast):
    stub = cite(cast.ho_sen)

    for user in cast.named_users().values():
        assert selectors.document_by_uid(stub.uid, seen_by=user.pk, on=TODAY) == stub


def test_citing_twice_is_one_stub_and_one_entry(cast):
    first = cite(cast.city)

    with nothing_changes():
        assert cite(cast.dong_gao) == first


def test_citing_what_is_registered_finds_it_and_leaves_its_keeper(cast):
    document = make_document(keeper=cast.city, user=cast.chi, number="45-NQ/TW", type_code="NQ")

    assert cite(cast.ho_sen) == document
    assert document.keeper == cast.city


def test_an_undated_citation_of_a_repeated_number_is_left_alone_and_stays_one_stub(cast):
    """Two years used the number: the citation means neither, and the next one means the same."""
    dated = [cite(cast.city, issued_on=date(year, 1, 1)) for year in (2022, 2023)]

    first, second = cite(cast.city), cite(cast.city)

    assert first == second
    assert first not in dated
    assert Document.objects.filter(number="45-NQ/TW").count() == 3


def test_a_citation_with_a_year_that_nobody_registered_is_a_stub_of_its_own(cast):
    older = make_document(
        keeper=cast.city,
        user=cast.chi,
        number="45-NQ/TW",
        type_code="NQ",
        issued_on=date(2003, 1, 1),
    )

    stub = cite(cast.city, issued_on=date(2023, 11, 24))

    assert stub != older
    assert (stub.is_stub, stub.year) == (True, 2023)


def register(cast, issuer_text, *, number="07-KH/ĐU", keeper=None, user=None, issuer=None):
    return services.register_document(
        identity=Identity(
            system="party",
            type_code="KH",
            number=number,
            issuer=issuer,
            issuer_text=issuer_text,
            issued_on=date(2024, 5, 10),
        ),
        title="Kế hoạch",
        language="vi",
        keeper=keeper or cast.city,
        user=user or cast.chi,
        on=TODAY,
        at=NOW,
    )


def test_two_issuers_that_are_no_units_have_two_documents_of_one_number(cast):
    one = register(cast, "Đảng ủy xã Sen Đông")

    other = register(cast, "Đảng ủy xã Sen Nam")

    assert one != other
    assert [row.issuer_text for row in (one, other)] == [
        "Đảng ủy xã Sen Đông",
        "Đảng ủy xã Sen Nam",
    ]
    assert Document.objects.filter(number="07-KH/ĐU").count() == 2


def test_one_issuer_that_is_no_unit_is_one_however_it_is_typed(cast):
    first = register(cast, "Đảng ủy xã Sen Đông")

    with nothing_changes():
        for typed in ("ĐẢNG ỦY XÃ SEN ĐÔNG", "Đảng uỷ  xã Sen Đông", "đảng ủy xã sen đông"):
            assert register(cast, typed) == first


def test_an_issuer_that_is_no_unit_hides_no_document_of_another_keeper(cast):
    """Two districts each got a text of that number, from two different issuers."""
    register(cast, "Đảng ủy xã Sen Đông", keeper=cast.ho_sen, user=cast.ha)

    other = register(cast, "Đảng ủy xã Gạo Nam", keeper=cast.dong_gao, user=cast.khe)

    assert other.keeper == cast.dong_gao
    with nothing_changes(), pytest.raises(services.KeptElsewhere):
        register(cast, "Đảng ủy xã Sen Đông", keeper=cast.dong_gao, user=cast.khe)


def test_a_citation_without_issuer_between_two_issuers_means_neither(cast):
    known = [register(cast, "Đảng ủy xã Sen Đông"), register(cast, "Đảng ủy xã Sen Nam")]

    stub = cite(cast.city, "07-KH/ĐU", type_code="KH")

    assert stub not in known
    with nothing_changes():
        assert cite(cast.city, "07-KH/ĐU", type_code="KH") == stub


def test_an_unregistered_issuer_is_not_the_registered_one_of_the_same_number(cast):
    of_unit = register(cast, "", issuer=cast.ho_sen)

    other = register(cast, "Đảng ủy xã Sen Nam")

    assert other != of_unit
    assert (of_unit.issuer_key, other.issuer) == ("", None)


def test_a_stub_is_taken_over_only_by_who_may_register_where_it_was_cited(cast):
    """The city cites it; a district may not put a text of its own under that citation."""
    stub = cite(cast.city, "45-NQ/TW")
    given = {"number": "45-NQ/TW", "type_code": "NQ", "issued_on": date(2023, 11, 24)}

    for keeper, user in ((cast.ho_sen, cast.ha), (cast.dong_gao, cast.khe)):
        with nothing_changes(), pytest.raises(services.KeptElsewhere):
            make_document(keeper=keeper, user=user, **given)
    stub.refresh_from_db()
    assert (stub.is_stub, stub.keeper) == (True, cast.city)

    taken = make_document(keeper=cast.ho_sen, user=cast.chi, **given)
    assert (taken.pk, taken.is_stub, taken.keeper) == (stub.pk, False, cast.ho_sen)


def test_a_stub_of_a_ward_may_be_taken_over_by_the_district_above_and_not_beside(cast):
    stub = cite(cast.sen_tay, "45-NQ/TW")
    given = {"number": "45-NQ/TW", "type_code": "NQ"}

    with nothing_changes(), pytest.raises(services.KeptElsewhere):
        make_document(keeper=cast.dong_gao, user=cast.khe, **given)
    assert make_document(keeper=cast.ho_sen, user=cast.ha, **given).pk == stub.pk


def test_an_issuer_tells_two_documents_of_one_number_apart(cast):
    one = make_document(keeper=cast.city, user=cast.chi, number="05-KH/QU", issuer=cast.ho_sen)

    other = make_document(keeper=cast.city, user=cast.chi, number="05-KH/QU", issuer=cast.dong_gao)

    assert one != other
    assert cite(cast.city, "05-KH/QU", type_code="CTr", issuer=cast.dong_gao) == other
