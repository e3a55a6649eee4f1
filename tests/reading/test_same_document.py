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
