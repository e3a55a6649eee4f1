"""Contradictions: the annex says 42, the plan 41.7; each with its document and its passage."""

from typing import Any

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents.models import Document
from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.models import ReadingRun
from lotrinh.apps.units import selectors as units
from tests.cast import Cast
from tests.factories import NOW, TODAY, key, make_run

HEAD = """ỦY BAN NHÂN DÂN
THÀNH PHỐ HÀ NỘI
Số: {number}
Hà Nội, ngày {day} tháng 5 năm 2024

KẾ HOẠCH
{title}

"""
PLAN = (
    HEAD.format(number="4481/KH-UBND", day=2, title="Chăm sóc hồ nước")
    + """\
1. Phấn đấu đến năm 2025, tỷ lệ hồ nước được quan trắc đạt {level}%.
2. Phấn đấu đến năm 2025, tỷ lệ hồ nước có rào chắn đạt 90%.
3. Sở Nội vụ chủ trì rà soát quy định về hồ nước trong thành phố trước ngày {day}.
{more}"""
)
ANNEX = (
    HEAD.format(
        number="4482/KH-UBND",
        day=9,
        title="Thực hiện Kế hoạch số 4481/KH-UBND ngày 02/5/2024 của UBND Thành phố về hồ nước",
    )
    + """\
1. Đến năm 2025, tỷ lệ hồ nước được quan trắc đạt {level}%.
2. Đến năm 2030, tỷ lệ hồ nước có rào chắn đạt 95%.
3. Sở Nội vụ chủ trì rà soát quy định về hồ nước trong thành phố trước ngày {day}.
"""
)


def plan(cast: Cast, *, level: str = "41,7", day: str = "30/9/2024", more: str = "") -> ReadingRun:
    text = PLAN.format(level=level, day=day, more=more)
    return make_run(keeper=cast.office, user=cast.chi, text=text)


def annex(cast: Cast, *, level: str = "42", day: str = "30/9/2024") -> ReadingRun:
    return make_run(keeper=cast.office, user=cast.chi, text=ANNEX.format(level=level, day=day))


def told(run: ReadingRun, *, seen_by: int) -> list[tuple[Any, ...]]:
    rows = readings.contradictions(
        document=run.rendition.document,
        run=run,
        candidates=readings.candidates_of(run=run),
        seen_by=seen_by,
        on=TODAY,
    )
    return [
        (
            one.what,
            *(
                (side.document.number, side.passage, side.value, side.due)
                for side in (one.here, one.there)
            ),
        )
        for one in rows
    ]


def test_level_and_deadline_of_another_document_of_the_family(cast: Cast) -> None:
    first, second = plan(cast), annex(cast, day="15/8/2024")

    assert told(first, seen_by=cast.chi.pk) == [
        ("level", ("4481/KH-UBND", 7, 41.7, "2025"), ("4482/KH-UBND", 7, 42, "2025")),
        (
            "deadline",
            ("4481/KH-UBND", 9, None, "2024-09-30"),
            ("4482/KH-UBND", 9, None, "2024-08-15"),
        ),
    ]
    assert [(here, there) for _what, there, here in told(first, seen_by=cast.chi.pk)] == [
        (here, there) for _what, here, there in told(second, seen_by=cast.chi.pk)
    ]


def test_what_agrees_or_is_for_another_year_contradicts_nothing(cast: Cast) -> None:
    first, second = plan(cast, level="42"), annex(cast)

    assert told(first, seen_by=cast.chi.pk) == []
    assert told(second, seen_by=cast.chi.pk) == []


def test_a_text_that_contradicts_itself(cast: Cast) -> None:
    run = plan(cast, more="4. Đến năm 2025, tỷ lệ hồ nước được quan trắc đạt 42%.\n")

    assert told(run, seen_by=cast.chi.pk) == [
        ("level", ("4481/KH-UBND", 7, 41.7, "2025"), ("4481/KH-UBND", 10, 42, "2025"))
    ]


def test_a_document_of_no_common_family_is_not_compared(cast: Cast) -> None:
    first = plan(cast)
    make_run(
        keeper=cast.office,
        user=cast.chi,
        text=PLAN.format(level="42", day="30/9/2024", more="").replace("4481", "4499"),
    )

    assert told(first, seen_by=cast.chi.pk) == []


def test_a_document_that_one_may_not_see_is_not_told(cast: Cast) -> None:
    first, second = plan(cast), annex(cast)
    hidden = second.rendition.document
    Document.objects.filter(pk=hidden.pk).update(keeper=cast.dong_gao)
    seen_by_some = documents.visible(seen_by=cast.bach.pk, on=TODAY)

    assert list(seen_by_some.filter(pk__in=[hidden.pk, first.rendition.document_id])) == [hidden]
    assert told(second, seen_by=cast.bach.pk) == []
    assert len(told(first, seen_by=cast.chi.pk)) == 1


def test_what_was_dropped_contradicts_nothing(cast: Cast) -> None:
    first, second = plan(cast), annex(cast)
    wrong = second.candidates.get(ordinal=1)

    intake.reject_candidate(
        candidate_id=wrong.pk,
        reason="wrong_span",
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )

    assert told(first, seen_by=cast.chi.pk) == []
    assert told(second, seen_by=cast.chi.pk) == []


def test_comparing_asks_once(cast: Cast, django_assert_num_queries: Any) -> None:
    first, _second = plan(cast), annex(cast)
    candidates = readings.candidates_of(run=first)
    with units.rights_asked_once():
        list(documents.visible(seen_by=cast.chi.pk, on=TODAY))
        with django_assert_num_queries(1):
            found = readings.contradictions(
                document=first.rendition.document,
                run=first,
                candidates=candidates,
                seen_by=cast.chi.pk,
                on=TODAY,
            )
    assert len(found) == 1
