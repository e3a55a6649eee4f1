"""A stub is filled by hand, or turns out to be another document; nothing that named it is lost."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from lotrinh.apps.documents import selectors, services
from lotrinh.apps.documents.models import Document
from lotrinh.apps.documents.services import Description, Identity
from lotrinh.apps.journal.models import Entry
from tests.factories import NOW, TODAY, make_document
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db

SAID = Description(
    title="về xây dựng đội ngũ trí thức",
    issued_on=date(2023, 11, 24),
    effective_from=None,
    issuer=None,
    issuer_text="Ban Chấp hành Trung ương",
)
BY_CHI = {"on": TODAY, "at": NOW}


def cite(keeper, number="45-NQ/TW", *, issued_on=None):
    return services.cite_document(
        identity=Identity(system="party", type_code="NQ", number=number, issued_on=issued_on),
        language="vi",
        keeper=keeper,
        at=NOW,
    )


def describe(document, user, said=SAID, *, was=None):
    return services.describe_document(
        document=document,
        description=said,
        was=was or selectors.described(document),
        user=user,
        **BY_CHI,
    )


def merge(stub, into, user):
    return services.merge_stub(stub=stub, into=into, reason="một văn bản", user=user, **BY_CHI)


def seen(document, cast):
    return selectors.document_by_uid(document.uid, seen_by=cast.chi.pk, on=TODAY)


def test_a_stub_that_is_described_is_still_without_text(cast):
    stub = cite(cast.office)

    row = describe(stub, cast.chi)

    assert (row.pk, row.title, row.issued_on, row.year, row.is_stub) == (
        stub.pk,
        SAID.title,
        SAID.issued_on,
        2023,
        True,
    )
    assert Entry.objects.filter(verb="document.described", object_uid=stub.uid).count() == 1
    with nothing_changes():
        describe(row, cast.chi)


def test_what_somebody_else_said_meanwhile_is_not_overwritten(cast):
    stub = cite(cast.office)
    read = selectors.described(stub)
    describe(stub, cast.chi)

    with nothing_changes(), pytest.raises(services.DescribedMeanwhile):
        describe(stub, cast.chi, replace(SAID, title="khác"), was=read)


def test_two_documents_are_not_known_by_the_same(cast):
    dated = cite(cast.office, issued_on=date(2023, 11, 24))
    describe(dated, cast.chi)
    older = cite(cast.office, issued_on=date(2003, 1, 1))

    with nothing_changes(), pytest.raises(services.IdentityTaken) as refused:
        describe(older, cast.chi)

    assert UUID(str(refused.value)) == dated.uid


@pytest.mark.parametrize("name", ["khe", "thach", "nghiem", "bach", "an"])
def test_only_where_it_is_kept_or_issued_is_it_described_or_merged(cast, name):
    user = cast.named_users()[name]
    stub, other = cite(cast.office), cite(cast.office, issued_on=date(2023, 1, 1))

    with nothing_changes(), pytest.raises(services.NotAllowed):
        describe(stub, user)
    with nothing_changes(), pytest.raises(services.NotAllowed):
        merge(stub, other, user)


def two_stubs(cast):
    """Two dated stubs of the number and, between them, one without a day."""
    dated = [cite(cast.office, issued_on=date(year, 1, 1)) for year in (2013, 2023)]
    return cite(cast.office), *dated


def test_what_named_the_stub_names_the_document(cast):
    stub, _old, new = two_stubs(cast)
    naming = make_document(keeper=cast.office, user=cast.chi, number="30-CTr/TU")
    services.relate(
        source=naming, target=stub, kind="implements", rendition=None, span=None, at=NOW
    )

    merge(stub, new, cast.chi)

    assert seen(stub, cast) == new
    (down,) = selectors.related(document=new, seen_by=cast.chi.pk, on=TODAY)
    (up,) = selectors.related(document=naming, seen_by=cast.chi.pk, on=TODAY)
    assert (down.document, up.document) == (naming, new)
    assert selectors.merged_into(document=new) == (stub,)
    with nothing_changes():
        merge(stub, new, cast.chi)
        services.relate(
            source=naming, target=new, kind="implements", rendition=None, span=None, at=NOW
        )


def test_a_citation_of_what_was_merged_means_the_document(cast):
    stub, old, new = two_stubs(cast)
    merge(stub, new, cast.chi)
    merge(old, new, cast.chi)

    assert cite(cast.office) == new
    assert cite(cast.office, issued_on=date(2013, 5, 5)) == new


def test_undone_everything_stands_as_before(cast):
    stub, _old, new = two_stubs(cast)
    naming = make_document(keeper=cast.office, user=cast.chi, number="30-CTr/TU")
    services.relate(
        source=naming, target=stub, kind="implements", rendition=None, span=None, at=NOW
    )
    merge(stub, new, cast.chi)

    services.unmerge_stub(stub=stub, user=cast.chi, **BY_CHI)

    assert seen(stub, cast) == stub
    assert selectors.related(document=new, seen_by=cast.chi.pk, on=TODAY) == ()
    (down,) = selectors.related(document=stub, seen_by=cast.chi.pk, on=TODAY)
    assert down.document == naming
    with nothing_changes(), pytest.raises(services.NotMerged):
        services.unmerge_stub(stub=stub, user=cast.chi, **BY_CHI)


def test_what_was_merged_into_a_stub_follows_it(cast):
    stub, old, new = two_stubs(cast)
    merge(stub, old, cast.chi)

    merge(old, new, cast.chi)

    assert set(Document.objects.filter(merged_into=new)) == {stub, old}
    assert seen(stub, cast) == new


def test_only_a_stub_of_the_same_number_is_merged(cast):
    stub, _old, new = two_stubs(cast)
    other = cite(cast.office, "46-NQ/TW")
    full = make_document(keeper=cast.office, user=cast.chi, number="30-CTr/TU")

    for left, right in ((stub, other), (stub, stub), (full, stub)):
        with nothing_changes(), pytest.raises(services.NotMergeable):
            merge(left, right, cast.chi)
    merge(stub, new, cast.chi)
    with nothing_changes(), pytest.raises(services.NotMergeable):
        merge(other, stub, cast.chi)


def test_a_term_and_a_day_of_effect_may_be_said_by_hand(cast):
    said = replace(SAID, term="XIII", effective_from=date(2024, 1, 1))

    row = describe(cite(cast.office), cast.chi, said)

    assert (row.term, row.effective_from) == ("XIII", date(2024, 1, 1))
