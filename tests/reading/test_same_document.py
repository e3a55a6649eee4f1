"""Translations are recognised, excerpts are parts, look-alikes are told apart."""

from lotrinh.reading import compare, read_text

VI = """Chiều 9/5, Thành ủy Hà Nội tổ chức hội nghị trực tuyến \
kết nối đến 120 điểm cầu với 4.500 người tham gia.
Giám đốc Sở Nội vụ TP Hà Nội Nguyễn Văn Bình trình bày Chương trình số 30-CTr/TU \
ngày 8/3/2024 thực hiện Nghị quyết số 45-NQ/TW.
Giám đốc Sở Y tế TP Hà Nội Trần Thị Mai trình bày Kế hoạch số 115/KH-UBND ngày 4/4/2024.
Phấn đấu đến năm 2030 tỷ lệ thất nghiệp dưới 3,5%; 72% lao động tham gia bảo hiểm xã hội.
"""
EN = """On the afternoon of May 9, the Hanoi Party Committee held an online conference \
connecting 120 locations with 4,500 participants.
Director of the Department of Home Affairs of Hanoi Nguyen Van Binh presented \
Program No. 30-CTr/TU dated March 8, 2024, implementing Resolution No. 45-NQ/TW.
Director of the Department of Health of Hai Phong Tran Thi Mai presented \
Plan No. 115/KH-UBND dated April 5, 2024.
The goal is that by 2030 the unemployment rate will be below 3.5%; \
72% of the labour force will participate in social insurance.
"""


def test_a_translation_is_the_same_document_and_its_slips_are_shown() -> None:
    comparison = compare(read_text(VI), read_text(EN))
    assert comparison.verdict == "same"
    shown = [(d.kind, d.about, d.a, d.b) for d in comparison.differences]
    assert shown[:2] == [
        (
            "unit.place",
            "Trần Thị Mai",
            "Giám đốc Sở Y tế TP Hà Nội",
            "Director of the Department of Health of Hai Phong",
        ),
        ("citation.date", "115/KH-UBND", "2024-04-04", "2024-04-05"),
    ]


def test_order_does_not_matter() -> None:
    one, other = read_text(VI), read_text(EN)
    there, back = compare(one, other), compare(other, one)
    assert (there.verdict, there.score, there.shared) == (back.verdict, back.score, back.shared)


def test_another_conference_on_the_same_documents_is_another_document() -> None:
    elsewhere = VI.replace("9/5", "12/6").replace("120 điểm", "85 điểm").replace("4.500", "2.900")
    assert compare(read_text(VI), read_text(elsewhere)).verdict == "different"


def test_an_excerpt_is_a_part() -> None:
    excerpt = "\n".join(VI.split("\n")[1:3])
    comparison = compare(read_text(excerpt), read_text(VI))
    assert comparison.verdict == "part"


def test_a_text_is_itself() -> None:
    comparison = compare(read_text(VI), read_text(VI))
    assert (comparison.verdict, comparison.score, comparison.differences) == ("same", 1.0, ())


def test_two_empty_texts_share_nothing_to_go_by() -> None:
    assert compare(read_text("xin chào"), read_text("good morning")).verdict == "different"


def test_one_slip_in_an_event_is_no_other_event() -> None:
    slipped = EN.replace("4,500 participants", "5,400 participants")
    assert compare(read_text(VI), read_text(slipped)).verdict == "same"


def test_an_event_that_agrees_as_much_as_not_is_left_to_a_person() -> None:
    other = VI.replace("120 điểm", "85 điểm").replace(" với 4.500 người tham gia", "")
    assert compare(read_text(VI), read_text(other)).verdict == "unsure"


SPEECH = """Kính thưa các đồng chí, hôm nay chúng ta cùng nhau nhìn lại một chặng đường nhiều gian \
khó mà cũng rất đáng tự hào của phong trào xây dựng nếp sống văn minh ở từng khu dân cư.
Mỗi ngõ phố sạch hơn, mỗi gia đình gắn bó với nhau hơn, đó là kết quả của sự bền bỉ hằng ngày.
Tôi mong các đồng chí giữ lấy cách làm gần dân, nghe dân nói và nói để dân hiểu, làm để dân tin.
"""


def test_a_copy_without_any_fact_is_known_by_its_words() -> None:
    reprint = "TIN TRONG NGÀY\n" + SPEECH.replace("Kính thưa các đồng chí, ", "")
    assert compare(read_text(SPEECH), read_text(reprint)).verdict == "same"


def test_a_cutting_is_known_by_its_words() -> None:
    cutting = SPEECH.splitlines()[1] + "\n" + SPEECH.splitlines()[2][:60]
    assert compare(read_text(cutting), read_text(SPEECH)).verdict == "part"


def test_numbers_agree_across_the_two_conventions() -> None:
    vietnamese = "Tổng kinh phí 492.309 tỷ đồng, 45,37 ha đất, 1.204 hộ, 3.318 lượt, 68.457 trạm, "
    english = "A budget of VND492,309 billion, 45.37 ha, 1,204 households, 3,318 visits, 68,457 "
    anchor = "Nghị quyết số 23-NQ/TU."
    comparison = compare(
        read_text(vietnamese + anchor), read_text(english + "stations. Resolution No. 23-NQ/TU.")
    )
    assert comparison.verdict == "same"


def test_two_documents_with_numbers_of_their_own_are_two() -> None:
    head = "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ PHỐ CÂY\nSố: {n}/KH-UBND\n\nKẾ HOẠCH\n"
    one, other = (head.format(n=n) + VI for n in (115, 116))
    assert compare(read_text(one), read_text(other)).verdict == "different"


HEAD = """ỦY BAN NHÂN DÂN
TỈNH {place}
Số: 12/KH-UBND

{place_line}, ngày {day}

KẾ HOẠCH
"""


def plan(place: str = "LAM KHÊ", day: str = "10 tháng 01 năm 2025", body: str = VI) -> str:
    return HEAD.format(place=place, place_line=place.title(), day=day) + body


def test_one_number_in_two_years_is_two_documents() -> None:
    comparison = compare(read_text(plan()), read_text(plan(day="10 tháng 01 năm 2026")))
    assert comparison.verdict == "different"
    assert [(d.kind, d.a, d.b) for d in comparison.differences] == [
        ("header.issued", "2025-01-10", "2026-01-10")
    ]


def test_one_number_of_two_provinces_is_two_documents() -> None:
    assert compare(read_text(plan()), read_text(plan(place="BÌNH SA"))).verdict == "different"


def test_another_day_of_the_same_year_is_left_to_a_person() -> None:
    comparison = compare(read_text(plan()), read_text(plan(day="11 tháng 01 năm 2025")))
    assert comparison.verdict == "unsure"


def test_a_word_that_turns_the_sense_is_shown() -> None:
    one = plan(body=VI + "Giao Sở Y tế kiểm tra các bếp ăn.\n")
    other = plan(body=VI + "Không giao Sở Y tế kiểm tra các bếp ăn.\n")
    comparison = compare(read_text(one), read_text(other))
    assert comparison.verdict == "same"
    assert ("words", "Giao Sở Y tế kiểm tra các bếp ăn.") in [
        (d.kind, d.a) for d in comparison.differences
    ]
