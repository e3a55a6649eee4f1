"""Laws of reading: whatever the text, each fact is exactly what stands there."""

import unicodedata
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from lotrinh.reading import Citation, Reading, fold, read_text
from lotrinh.reading.facts import Target, Task

PIECES = [
    "Nghị quyết số 45- NQ/TW ngày 24/11/2023 của Bộ Chính trị",
    "Plan 176/KH-UBND",
    "Phấn đấu đến năm 2030 tỷ lệ thất nghiệp dưới 3%; 100% trường học đạt chuẩn",
    "Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính báo cáo trước ngày 15/6/2025.",
    "Firstly, conduct a review of all tasks by June 30, 2025.",
    "Thu ngân sách ước đạt 492.309 tỷ đồng, bằng 120,5% dự toán",
    "Phó Bí thư Thành ủy Nguyễn Văn Phong yêu cầu các đơn vị khẩn trương thực hiện",
    "Chiều 9/5, Thành ủy tổ chức hội nghị tại 618 điểm cầu với 29.000 người",
    "\n1. ",
    "\r\n",
    "\u00a0",
    "\u200b",
    "\ufeff",
    "; ",
    ". ",
    "\n\n",
    "đ\u0301\u0323",
    "Điều 2. ",
    "- ",
]
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=8).map(" ".join),
)
Form = Literal["NFC", "NFD", "NFKD"]
FORMS: st.SearchStrategy[Form | None] = st.sampled_from(["NFC", "NFD", "NFKD", None])


def in_form(text: str, form: Form | None) -> str:
    return text if form is None else unicodedata.normalize(form, text)


def numbers(reading: Reading) -> list[str | None]:
    return [fact.number for fact in reading.facts if isinstance(fact, Citation)]


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, form=FORMS)
def test_a_fact_is_the_text_at_its_place(text: str, form: Form | None) -> None:
    text = in_form(text, form)
    reading = read_text(text)
    assert reading.text == text
    for fact in reading.facts:
        assert 0 <= fact.start < fact.end <= len(text)
        assert text[fact.start : fact.end] == fact.text
    places = [(fact.start, fact.end, fact.kind) for fact in reading.facts]
    assert places == sorted(places)


@settings(max_examples=200, deadline=None)
@given(text=TEXTS, form=FORMS)
def test_clauses_hold_all_that_is_not_blank_and_never_overlap(text: str, form: Form | None) -> None:
    text = in_form(text, form)
    reading = read_text(text)
    end = 0
    for clause in reading.clauses:
        assert end <= clause.start < clause.end
        assert not fold(text[end : clause.start]).strip()
        end = clause.end
    assert not fold(text[end:]).strip()
    for fact in reading.facts:
        if isinstance(fact, Target | Task):
            assert any(c.start <= fact.start and fact.end <= c.end for c in reading.clauses)


@settings(max_examples=100, deadline=None)
@given(text=TEXTS)
def test_composed_and_decomposed_letters_give_the_same_numbers(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    decomposed = unicodedata.normalize("NFD", text)
    assert numbers(read_text(composed)) == numbers(read_text(decomposed))


@settings(max_examples=200, deadline=None)
@given(text=st.text())
def test_folding_keeps_the_length_and_folds_once(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert len(fold(text)) == len(composed)
    if not any(unicodedata.combining(letter) for letter in composed):  # no mark beyond its letter
        assert fold(fold(text)) == fold(text)
