"""Damage of the file changes no key: what a text cites and when stays what it was."""

import re
import unicodedata
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from lotrinh.reading import Citation, DateFact, read_text

PIECES = (
    "Nghị quyết số 45-NQ/TW ngày 24/11/2023 của Bộ Chính trị về đội ngũ trí thức",
    "Kế hoạch số 176/KH-UBND ngày 05 tháng 6 năm 2024 của UBND thành phố",
    "Nghị định 59/2019/NĐ-CP và Luật số 91/2025/QH15",
    "hoàn thành trước ngày 15/6/2025, báo cáo trong quý III/2025",
    "Quyết định số 30c/QĐ-TTg, Thông tri số 36-TT/TU",
    "6 tháng đầu năm 2024, giai đoạn 2021-2025, đến năm 2030",
    "the Directive No. 24-CT/TU dated August 7, 2023 and Plan 102/KH-UBND",
    "Công văn số 1888/UBND-TKBT ngày 03/3/2024; Chương trình 06-CTr/TU",
)
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map(
    lambda pieces: "Thực hiện " + ". Thực hiện ".join(pieces) + "."
)
_INVISIBLE = "\u200b\u200c\u200d\ufeff\u00ad"


def keys(text: str) -> list[tuple[str, str | None]]:
    """Return the numbers and days of a text, which tell it from every other."""
    return [
        (fact.kind, fact.number if isinstance(fact, Citation) else fact.iso)
        for fact in read_text(text).facts
        if isinstance(fact, Citation | DateFact)
    ]


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_letters_with_their_marks_apart(text: str) -> None:
    assert keys(unicodedata.normalize("NFD", text)) == keys(text)


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_no_marks_at_all(text: str) -> None:
    bare = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    assert keys(bare) == keys(text)


@settings(max_examples=60, deadline=None)
@given(text=TEXTS, end=st.sampled_from(["\n", "\r\n", " \n", " \r\n"]), draw=st.randoms())
def test_lines_broken_at_any_space(text: str, end: str, draw: Random) -> None:
    broken = "".join(
        end if letter == " " and text[place + 1].islower() and draw.random() < 0.3 else letter
        for place, letter in enumerate(text)
    )
    assert keys(broken) == keys(text)


@settings(max_examples=60, deadline=None)
@given(text=TEXTS, space=st.sampled_from("\u00a0\u2009\u202f\u2007"))
def test_spaces_of_another_kind(text: str, space: str) -> None:
    assert keys(text.replace(" ", space)) == keys(text)


@settings(max_examples=60, deadline=None)
@given(text=TEXTS, places=st.lists(st.integers(0, 400)), letter=st.sampled_from(_INVISIBLE))
def test_letters_that_nobody_sees(text: str, places: list[int], letter: str) -> None:
    damaged = text
    for place in sorted({place for place in places if 0 < place < len(text)}, reverse=True):
        damaged = damaged[:place] + letter + damaged[place:]
    assert keys(damaged) == keys(text)


@settings(max_examples=60, deadline=None)
@given(text=TEXTS, dash=st.sampled_from("\u2010\u2011\u2012\u2013\u2014\u2212"))
def test_dashes_of_another_kind(text: str, dash: str) -> None:
    assert keys(text.replace("-", dash)) == keys(text)


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_a_space_at_the_dash_of_a_number(text: str) -> None:
    spaced = re.sub(r"(?<=\d)-(?=[A-ZĐ])", "- ", text)
    assert keys(spaced) == keys(text)


@settings(max_examples=40, deadline=None)
@given(text=TEXTS, note=st.integers(1, 9))
def test_the_number_of_a_footnote_behind_a_symbol(text: str, note: int) -> None:
    noted = text.replace("NQ/TW", f"NQ/TW{note}").replace("KH-UBND", f"KH-UBND{note}")
    assert keys(noted) == keys(text)


@settings(max_examples=40, deadline=None)
@given(text=TEXTS, page=st.integers(2, 99))
def test_the_number_of_a_page_between_sentences(text: str, page: int) -> None:
    assert keys(text.replace(". Thực hiện", f".\n\n{page}\n\nThực hiện")) == keys(text)
