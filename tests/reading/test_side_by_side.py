"""Two texts of one document: what they share, and on what they disagree, with both passages."""

from lotrinh.reading import compare, read_text
from lotrinh.reading.side_by_side import lay_beside

VI = """Chương trình số 97-CTr/TU ngày 10/5/2024 thực hiện Nghị quyết số 45-NQ/TW ngày 24/11/2023.
Đến năm 2030, tỷ lệ lao động qua đào tạo đạt 80%.
Đến năm 2030, tỷ lệ thất nghiệp khu vực thành thị dưới 3%.
Hoàn thành trước ngày 30/9/2024.
"""
EN = """Programme No. 97-CTr/TU dated 10/5/2024 under Resolution No. 45-NQ/TW dated 24/11/2023.
By 2030, the share of trained workers reaches 85%.
By 2030, the urban unemployment rate is below 3%.
To be completed before 30 September 2024.
"""


def beside(one, other):
    a, b = read_text(one), read_text(other)
    return lay_beside(a, b, compare(a, b))


def said(text, statement):
    return text[statement.start : statement.end] if statement else None


def test_a_value_that_differs_is_shown_with_both_its_passages():
    (found,) = beside(VI, EN).differing

    assert (found.kind, found.a.said, found.b.said) == ("quantity", "80 %", "85 %")
    assert "80%" in said(VI, found.a)
    assert "85%" in said(EN, found.b)


def test_facts_that_both_state_are_landmarks_from_one_text_to_the_other():
    shared = beside(VI, EN).shared
    pairs = [(VI[a:b], EN[c:d]) for a, b, c, d in shared]

    assert (
        "Nghị quyết số 45-NQ/TW",
        "Resolution No. 45-NQ/TW",
    ) in [pair for pair in pairs if "45" in pair[0]]
    assert any("30/9/2024" in one and "30 September 2024" in other for one, other in pairs)


def test_one_text_beside_itself_differs_in_nothing():
    assert beside(VI, VI).differing == ()


def test_what_only_one_text_says_stands_alone():
    longer = VI + "Kinh phí thực hiện là 492.309 triệu đồng.\n"
    (found,) = beside(VI, longer).differing

    assert found.a is None
    assert "492.309" in said(longer, found.b)


def test_the_sides_change_places_with_the_texts():
    one, other = beside(VI, EN).differing, beside(EN, VI).differing
    assert [(row.a.said, row.b.said) for row in one] == [(row.b.said, row.a.said) for row in other]
