"""Two documents that were taken for one are two again: each has its texts, and its words found."""

import pytest

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents import services as registry
from lotrinh.apps.documents.models import Rendition, SearchEntry
from lotrinh.apps.intake import selectors, services
from lotrinh.apps.intake.models import Likeness, ReadingRun
from tests.apps.intake.test_likeness import EN, VI
from tests.factories import NOW, TODAY, an_assignment, key, make_document, make_run
from tests.readings import hand_in
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db
ON = {"on": TODAY, "at": NOW}
SIGNED = VI.replace("Số 97-CTr/TU\n", "").replace("80%", "81%")


@pytest.fixture
def original(cast):
    return make_run(keeper=cast.city, user=cast.chi, text=VI)


def joined(cast, original, text, kind):
    """Let a text come in as a document of its own and be joined; return that document."""
    gone = hand_in(text, keeper=cast.city, user=cast.chi, source_name="b.txt").rendition.document
    services.answer_likeness(
        likeness=Likeness.objects.get(),
        into=original.rendition.document,
        kind=kind,
        user=cast.chi,
        client_key=key(),
        **ON,
    )
    for run in ReadingRun.objects.filter(state="queued"):
        services.read_run(uid=run.uid, at=NOW)
    gone.refresh_from_db()
    return gone


def part(document, user):
    services.part_document(document=document, user=user, **ON)
    document.refresh_from_db()


def take(rendition, instead_of, user):
    services.take_text(
        rendition=rendition,
        instead_of=instead_of.uid,
        reason="bản ký",
        user=user,
        client_key=key(),
        **ON,
    )


def held(document):
    return [(row.kind, row.text) for row in documents.renditions_of(document=document)]


def found_by_text():
    """Return which document is found by the words of which text."""
    rows = SearchEntry.objects.order_by("document").values_list("document", "rendition__text")
    return [row for row in rows if row[1] is not None]


def confirm(candidate, user):
    return services.confirm_task(
        candidate_id=candidate.pk,
        assignment=an_assignment(),
        user=user,
        client_key=key(),
        **ON,
    )


def test_each_has_its_own_text_again(cast, original):
    document = original.rendition.document
    gone = joined(cast, original, EN, "translation")
    assert held(document) == [("original", VI), ("translation", EN)]

    part(gone, cast.chi)

    assert (gone.merged_into, gone.is_stub) == (None, False)
    assert held(document) == [("original", VI)]
    assert held(gone) == [("original", EN)]
    assert [run.rendition.document_id for run, _ in selectors.readings_of(document=document)] == [
        document.pk
    ]
    assert selectors.likenesses_of(document=document, seen_by=cast.chi.pk, on=TODAY) == ()
    assert Rendition.objects.filter(document=document, text=EN).count() == 1  # kept, not rewritten


def test_what_is_joined_is_found_as_the_other_and_parted_by_itself_again(cast, original):
    document = original.rendition.document
    gone = joined(cast, original, EN, "translation")
    assert found_by_text() == [(document.pk, VI)]

    part(gone, cast.chi)

    assert found_by_text() == [(document.pk, VI), (gone.pk, EN)]
    assert registry.rebuild_search() == 0


def test_a_text_that_counted_goes_and_the_one_before_counts_again(cast, original):
    document, first = original.rendition.document, original.rendition
    duty = confirm(original.candidates.get(kind="task"), cast.chi)
    gone = joined(cast, original, SIGNED, "original")
    there = Rendition.objects.get(document=document, text=SIGNED)
    take(there, first, cast.chi)
    assert found_by_text() == [(document.pk, SIGNED)]
    assert not selectors.is_left(there)

    part(gone, cast.chi)

    assert documents.text_that_counts(document) == first
    assert found_by_text() == [(document.pk, VI), (gone.pk, SIGNED)]
    assert (selectors.is_left(there), selectors.is_left(first)) == (True, False)
    assert selectors.runs_of_texts(document) is None
    assert selectors.decision_of(original.candidates.get(kind="task")).duty == duty
    assert selectors.totals(seen_by=cast.chi.pk, on=TODAY).proposals == 6


def test_a_text_on_which_a_commitment_stands_alone_does_not_go(cast, original):
    gone = joined(cast, original, SIGNED, "original")
    there = Rendition.objects.get(document=original.rendition.document, text=SIGNED)
    take(there, original.rendition, cast.chi)
    confirm(there.runs.get().candidates.get(kind="task"), cast.chi)

    with nothing_changes(), pytest.raises(services.HasCommitments):
        part(gone, cast.chi)


def test_who_does_not_keep_it_does_not_part_it(cast, original):
    gone = joined(cast, original, EN, "translation")
    with nothing_changes(), pytest.raises(registry.NotAllowed):
        part(gone, cast.thach)


def test_what_was_parted_can_be_joined_again_with_the_same_text(cast, original):
    document = original.rendition.document
    gone = joined(cast, original, EN, "translation")
    part(gone, cast.chi)

    registry.join_document(document=gone, into=document, kind="report", user=cast.chi, **ON)

    assert held(document) == [("original", VI), ("translation", EN)]
    assert Rendition.objects.filter(text=EN).count() == 2


def test_a_text_that_went_and_is_handed_in_by_itself_stays(cast, original):
    document = original.rendition.document
    part(joined(cast, original, EN, "translation"), cast.chi)

    registry.add_rendition(
        document=document,
        kind="translation",
        language="en",
        text=EN,
        blob=None,
        source_name="en.txt",
        actor=cast.chi.named,
        at=NOW,
    )

    assert held(document) == [("original", VI), ("translation", EN)]


def test_what_the_text_alone_says_of_other_documents_goes_with_it(cast, original):
    document = original.rendition.document
    gone = joined(cast, original, SIGNED, "original")
    there = Rendition.objects.get(document=document, text=SIGNED)
    other = make_document(keeper=cast.city, user=cast.chi, number="5-KH/TU")
    registry.relate(
        source=document, target=other, kind="implements", rendition=there, span=(0, 3), at=NOW
    )

    seen = {"seen_by": cast.chi.pk, "on": TODAY}

    def related(one):
        rows = documents.related(document=one, **seen)
        return [row.document.number for row in rows]

    def kin(one):
        return [row.number for row in documents.next_of_kin(document=one, **seen)]

    def edges(one):
        return len(documents.family_of(document=one, as_of=TODAY, **seen).edges)

    assert "5-KH/TU" in related(document)
    assert (kin(other), edges(other)) == (["97-CTr/TU"], 1)

    part(gone, cast.chi)

    assert "5-KH/TU" not in related(document)
    assert (kin(other), edges(other)) == ([], 0)


def test_a_text_that_came_with_two_stays_with_the_second(cast, original):
    document = original.rendition.document
    first = joined(cast, original, EN, "translation")
    part(first, cast.chi)
    second = registry.register_document(
        identity=registry.Identity(system="party", number="5-BC/TU"),
        title="b",
        language="en",
        keeper=cast.city,
        user=cast.chi,
        **ON,
    )
    registry.add_rendition(
        document=second,
        kind="original",
        language="en",
        text=EN,
        blob=None,
        source_name="",
        actor=cast.chi.named,
        at=NOW,
    )
    for each in (first, second):
        registry.join_document(
            document=each, into=document, kind="translation", user=cast.chi, **ON
        )
    first.refresh_from_db()

    part(first, cast.chi)

    assert held(document) == [("original", VI), ("translation", EN)]
