"""A review begins with the outline, a sentence for each target, and their numbers as they are."""

from datetime import date

import pytest

from lotrinh.apps.reviews import selectors, services
from lotrinh.apps.reviews.models import Review
from tests.factories import NOW, TODAY, key, make_duty
from tests.ledgers import make_period
from tests.reviewing import make_paper, make_review


def live_of(review, user):
    return selectors.live_numbers(selectors.held_by(review, seen_by=user.pk, on=TODAY))


def test_it_begins_with_the_outline_and_a_sentence_for_each_target(review, cast):
    sections = selectors.sections_of(review=review)

    assert [(one.level, one.mark) for one in sections] == [
        (1, "I."),
        (2, "1."),
        (2, "2."),
        (1, "II."),
        (2, "1."),
        (2, "2."),
        (1, "III."),
        (1, "IV."),
    ]
    assert sections[0].text == "Về chỉ tiêu: [#1]."
    assert sections[2].text == (
        "- Số hộ được công nhận: [#4], [#6].\n- Tỷ lệ trẻ đến trường: [#8], [#10]."
    )


def test_its_numbers_are_those_that_the_pages_show(review, cast):
    live = live_of(review, cast.chi)

    assert {number: one.text for number, one in live.items()} == {
        1: "0/2 chỉ tiêu đạt; 2 chưa đánh giá",
        2: "không có nhiệm vụ nào",
        3: "0/0",
        4: "1.260 hộ",
        5: "1.000 hộ",
        6: "bằng 126% kế hoạch năm",
        7: "chưa so được với cùng kỳ năm trước vì chưa có số để so",
        8: "80%",
        9: "80%",
        10: "không đổi so với kế hoạch năm",
        11: "chưa so được với cùng kỳ năm trước vì chưa có số để so",
    }
    assert (live[4].exact, live[6].exact, live[8].exact) == ("1260", "126", "80")
    assert [number for number, one in live.items() if one.is_missing] == [7, 11]


def test_what_nobody_told_is_said_to_be_missing(paper, families, july, cast):
    review = make_review(paper, unit=cast.city, period=july, user=cast.chi)

    live = live_of(review, cast.chi)

    assert live[4].text == "[chưa có số liệu]"
    assert (live[4].exact, live[4].is_missing) == (None, True)
    assert selectors.sections_of(review=review)[2].text == "- Số hộ được công nhận: [#4]."


def test_it_is_written_in_its_own_language(paper, counted, july, cast):
    review = make_review(paper, unit=cast.city, period=july, user=cast.chi, language="en")

    live = live_of(review, cast.chi)

    assert (live[4].text, live[6].text) == ("1,260 hộ", "126% of the year's plan")
    assert selectors.sections_of(review=review)[1].text == "Tasks: [#2]."


def test_beginning_it_twice_begins_it_once(paper, counted, july, cast):
    sent = key()

    first = make_review(paper, unit=cast.city, period=july, user=cast.chi, client_key=sent)
    again = make_review(paper, unit=cast.city, period=july, user=cast.chi, client_key=sent)

    assert first == again
    assert Review.objects.count() == 1


def test_who_may_not_write_there_begins_none(paper, july, cast):
    with pytest.raises(services.NotAllowed):
        make_review(paper, unit=cast.city, period=july, user=cast.mai)

    assert not Review.objects.exists()


def test_it_is_of_documents_that_one_may_read(july, cast):
    hidden = make_paper(keeper=cast.city, user=cast.chi)

    with pytest.raises(services.DocumentNotSeen):
        make_review(hidden, unit=cast.sen_tay, period=july, user=cast.mai)
    with pytest.raises(services.NoDocuments):
        make_review(unit=cast.city, period=july, user=cast.chi)


def test_another_reader_sees_no_number_that_is_not_his(review, cast):
    assert selectors.review_by_uid(review.uid, seen_by=cast.mai.pk, on=TODAY) is None

    live = live_of(review, cast.mai)

    assert live[4].text == "[không thuộc quyền xem]"
    assert live[4].is_hidden


def test_the_duties_of_a_unit_and_below_it_are_counted_one_by_one(cast):
    paper = make_paper(keeper=cast.city, user=cast.chi)
    rendition = paper.renditions.get()
    for unit, user in ((cast.ho_sen, cast.ha), (cast.dong_gao, cast.khe), (cast.sen_tay, cast.mai)):
        make_duty(
            owed_to=cast.city,
            user=cast.chi,
            unit=unit,
            person=cast.person(user),
            rendition=rendition,
            is_issued=True,
        )
    review = make_review(paper, unit=cast.city, period=make_period(), user=cast.chi)
    district = make_review(paper, unit=cast.ho_sen, period=make_period(), user=cast.chi)

    assert live_of(review, cast.chi)[2].text == "0/3 nhiệm vụ đã hoàn thành, bằng 0%"
    assert live_of(district, cast.ha)[2].text == "0/2 nhiệm vụ đã hoàn thành, bằng 0%"
    assert live_of(district, cast.chi)[2].text == "0/2 nhiệm vụ đã hoàn thành, bằng 0%"
    assert live_of(review, cast.ha)[2].text == "[không thuộc quyền xem]"


def test_duties_are_not_counted_on_a_day_to_come(paper, july, cast):
    said = services.ReviewSaid(
        cast.city, july, [paper], "state", "vi", date(2024, 12, 31), "Kết quả tháng 7"
    )

    with pytest.raises(services.CountedLater):
        services.begin_review(said=said, user=cast.chi, on=TODAY, at=NOW, client_key=key())
