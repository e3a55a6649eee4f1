"""A text in another language, or a report, is proposed as a text of the document that it is."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents import services as registry
from lotrinh.apps.intake import selectors, services
from lotrinh.apps.intake.models import Likeness, LikenessAnswer, ReadingRun
from tests.factories import NOW, TODAY, an_assignment, key, make_run
from tests.readings import hand_in
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db
ON = {"on": TODAY, "at": NOW}

VI = """THÀNH ỦY HỒ SEN
*
Số 97-CTr/TU
Hồ Sen, ngày 10 tháng 5 năm 2024

CHƯƠNG TRÌNH HÀNH ĐỘNG
thực hiện Nghị quyết số 45-NQ/TW ngày 24/11/2023 và Kế hoạch số 30-KH/TW ngày 15/1/2024

1. Đến năm 2030, tỷ lệ lao động qua đào tạo đạt 80%.
2. Đến năm 2030, tỷ lệ thất nghiệp khu vực thành thị dưới 3,4%.
3. Giao Sở Nội vụ báo cáo trước ngày 30/9/2024. Kinh phí là 492.309 triệu đồng.
4. Hội nghị ngày 7/8/2024 tại 618 điểm cầu nghe báo cáo; ngày 15/6/2025 có 126/130 xã đạt.
"""
EN = """Hồ Sen, 10 May 2024

ACTION PROGRAMME
implementing Resolution No. 45-NQ/TW dated 24/11/2023 and Plan No. 30-KH/TW dated 15/1/2024

1. By 2030, the share of trained workers reaches 85%.
2. By 2030, the urban unemployment rate is below 3.4%.
3. The Department of Home Affairs reports before 30/9/2024. The cost is VND492,309 million.
4. The conference on 7/8/2024 at 618 sites heard the report; review on 15/6/2025, 126/130 communes.
"""


@pytest.fixture
def original(cast):
    return make_run(keeper=cast.city, user=cast.chi, text=VI)


@pytest.fixture
def likeness(cast, original):
    hand_in(EN, keeper=cast.city, user=cast.chi, source_name="en.txt")
    return Likeness.objects.get()


def answer(likeness, user, into, *, client_key=None, kind="translation"):
    return services.answer_likeness(
        likeness=likeness, into=into, kind=kind, user=user, client_key=client_key or key(), **ON
    )


def test_a_translation_without_a_number_is_proposed_with_the_fact_that_differs(original, likeness):
    assert (likeness.other, likeness.text.language) == (original.rendition, "en")
    assert likeness.verdict == "same"
    (found,) = [row for row in likeness.differences if row["kind"] == "quantity"]
    assert (found["a"]["said"], found["b"]["said"]) == ("85 %", "80 %")
    assert EN[found["a"]["start"] : found["a"]["end"]].endswith("85%")
    assert VI[found["b"]["start"] : found["b"]["end"]].endswith("80%")


def test_a_translation_with_a_wrong_number_is_proposed_as_unsure(cast, original):
    hand_in("CITY PARTY COMMITTEE\nNo. 79-CTr/TU\n\n" + EN, keeper=cast.city, user=cast.chi)

    found = Likeness.objects.get()
    assert found.verdict == "unsure"
    assert found.differences[0]["kind"] == "header.number"


def test_a_text_that_shares_little_is_proposed_as_nothing(cast, original):
    hand_in(
        "Kế hoạch số 12-KH/TU thực hiện Nghị quyết số 45-NQ/TW ngày 24/11/2023.\n",
        keeper=cast.city,
        user=cast.chi,
    )
    assert Likeness.objects.count() == 0


def test_confirming_makes_it_a_translation_that_decides_nothing(cast, original, likeness):
    document, gone = original.rendition.document, likeness.text.document

    answer(likeness, cast.chi, document)

    kinds = [(row.kind, row.language) for row in documents.renditions_of(document=document)]
    assert kinds == [("original", "vi"), ("translation", "en")]
    assert documents.text_that_counts(document) == original.rendition
    found = documents.document_by_uid(gone.uid, seen_by=cast.chi.pk, on=TODAY)
    assert found == document
    assert selectors.totals(seen_by=cast.chi.pk, on=TODAY).proposals == 3


def test_the_desk_finds_the_passage_in_the_other_language(cast, original, likeness):
    answer(likeness, cast.chi, original.rendition.document)
    found = selectors.likenesses_of(
        document=original.rendition.document, seen_by=cast.chi.pk, on=TODAY
    )
    row = selectors.other_language(found, original.rendition)
    start = VI.index("Giao Sở Nội vụ")
    span = start, VI.index(". Kinh phí")

    there = selectors.passages_there(row, original.rendition, [span])[span]

    assert there.rendition.language == "en"
    assert EN[there.start : there.end] == "30/9/2024"


def test_another_document_stays_another_document(cast, original, likeness):
    answer(likeness, cast.chi, None)

    assert LikenessAnswer.objects.get().is_one is False
    assert likeness.text.document.merged_into is None
    assert (
        selectors.likenesses_of(document=original.rendition.document, seen_by=cast.chi.pk, on=TODAY)
        == ()
    )


def test_the_second_to_answer_is_told(cast, original, likeness):
    answer(likeness, cast.chi, None)
    with nothing_changes(), pytest.raises(services.AnsweredMeanwhile):
        answer(likeness, cast.chi, original.rendition.document)


def test_the_same_form_again_changes_nothing(cast, original, likeness):
    once = key()
    first = answer(likeness, cast.chi, original.rendition.document, client_key=once)
    with nothing_changes():
        assert answer(likeness, cast.chi, original.rendition.document, client_key=once) == first


def test_a_text_from_which_something_was_accepted_is_not_joined(cast, original, likeness):
    task = likeness.text.runs.get().candidates.filter(kind="task").first()
    services.confirm_task(
        candidate_id=task.pk,
        assignment=an_assignment(),
        user=cast.chi,
        client_key=key(),
        **ON,
    )
    with nothing_changes(), pytest.raises(services.HasCommitments):
        answer(likeness, cast.chi, original.rendition.document)


def test_who_may_not_register_does_not_answer(cast, original, likeness):
    with nothing_changes(), pytest.raises(registry.NotAllowed):
        answer(likeness, cast.thach, None)


def test_who_sees_only_one_of_the_two_sees_no_likeness(cast):
    make_run(keeper=cast.ho_sen, user=cast.chi, text=VI)
    hand_in(EN, keeper=cast.city, user=cast.chi)
    found = Likeness.objects.get()

    assert selectors.likeness_by_uid(found.uid, seen_by=cast.ha.pk, on=TODAY) is None
    assert selectors.likeness_by_uid(found.uid, seen_by=cast.chi.pk, on=TODAY) == found


def test_a_signed_copy_without_a_number_is_read_where_it_stands_and_can_be_taken(cast, original):
    signed = VI.replace("Số 97-CTr/TU\n", "").replace("80%", "81%")
    hand_in(signed, keeper=cast.city, user=cast.chi)
    document = original.rendition.document

    answer(Likeness.objects.get(), cast.chi, document, kind="original")

    waiting = ReadingRun.objects.get(state="queued")
    assert (waiting.rendition.document, waiting.rendition.text) == (document, signed)
    jobs = ProcrastinateJob.objects.filter(task_name=services.READ_JOB)
    assert jobs.filter(args={"run": str(waiting.uid)}).count() == 1

    services.read_run(uid=waiting.uid, at=NOW)
    services.take_text(
        rendition=waiting.rendition,
        instead_of=original.rendition.uid,
        reason="bản ký",
        user=cast.chi,
        client_key=key(),
        **ON,
    )
    assert documents.text_that_counts(document) == waiting.rendition
    assert [row.fields.get("value") for row in selectors.standing(waiting)] == [81, 3.4, None]


def test_a_text_that_stands_there_already_is_not_read_twice(cast, original, likeness):
    document = original.rendition.document
    kept = registry.add_rendition(
        document=document,
        kind="translation",
        language="en",
        text=EN,
        blob=None,
        source_name="en.txt",
        actor=cast.chi.named,
        at=NOW,
    )
    known = make_reading(kept, cast.chi)

    answer(likeness, cast.chi, document)

    assert list(kept.runs.all()) == [known]


def make_reading(rendition, user):
    """Let a text that was kept wait to be read."""
    return ReadingRun.objects.create(
        rendition=rendition, queued_by=user, queued_at=NOW, client_key=key()
    )
