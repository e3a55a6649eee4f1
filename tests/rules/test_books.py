"""What is wrong with a form that came back is said in both languages, with the cure."""

import tomllib
from importlib import resources
from string import Formatter

import pytest

from lotrinh.rules.book_wording import book_word, fault_sentence, guide_lines
from lotrinh.rules.books import BookCell, BookFault, BookFlaw, measure_of, names_row, row_mark
from lotrinh.rules.figures import Basis

WORDS = tomllib.loads(
    resources.files("lotrinh.rules").joinpath("book_words.toml").read_text("utf-8")
)
DATA = {
    BookFlaw.NOT_A_WORKBOOK: {"name": "a.xls"},
    BookFlaw.OTHER_LAYOUT: {"found": "2", "wanted": 1},
    BookFlaw.SEVERAL_KEYS: {"sheets": "“A”, “B”"},
    BookFlaw.COLUMNS_GONE: {"sheet": "A", "columns": "entry before"},
    BookFlaw.OTHER_UNIT: {"found": "a", "wanted": "b"},
    BookFlaw.OTHER_PERIOD: {"found": "a", "wanted": "b"},
    BookFlaw.OTHER_BASIS: {"found": "planned", "wanted": "strange"},
    BookFlaw.OTHER_VERSION: {"found": 1, "wanted": 2},
    BookFlaw.MOVED: {"given": "x"},
    BookFlaw.TWICE: {"other": "A!B2"},
    BookFlaw.NO_MEASURE: {"given": "x"},
    BookFlaw.ROW_GONE: {"name": "x"},
    BookFlaw.A_DAY: {"given": "x"},
    BookFlaw.FAILED_FORMULA: {"given": "x"},
    BookFlaw.TRUTH: {"given": "x"},
    BookFlaw.NOT_A_CHOICE: {"given": "x", "choices": "a; b"},
}


@pytest.mark.parametrize("flaw", BookFlaw)
def test_every_flaw_has_a_sentence_in_both_languages(flaw: BookFlaw) -> None:
    fault = BookFault(flaw, "A!B2", DATA.get(flaw, {}))

    vi, en = fault_sentence(fault, "vi"), fault_sentence(fault, "en")

    assert vi.startswith("A!B2: ")
    assert en.startswith("A!B2: ")
    assert vi != en
    assert "{" not in vi + en
    assert vi.endswith(".")
    assert en.endswith(".")


def test_both_languages_name_the_same_things() -> None:
    wrong = [
        (section, name)
        for section, words in WORDS.items()
        for name, pair in words.items()
        if len(pair) != 2 or len({frozenset(fields(text)) for text in pair}) != 1
    ]

    assert wrong == []
    assert set(WORDS["flaws"]) == {flaw.value for flaw in BookFlaw}
    assert set(WORDS["basis"]) == {basis.value for basis in Basis}


def fields(text: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name]


def test_codes_are_said_in_words_where_there_are_any() -> None:
    gone = BookFault(BookFlaw.COLUMNS_GONE, data=DATA[BookFlaw.COLUMNS_GONE])
    basis = BookFault(BookFlaw.OTHER_BASIS, data=DATA[BookFlaw.OTHER_BASIS])

    assert fault_sentence(gone, "vi").startswith(
        "Trang “A” thiếu cột của biểu: Kỳ này, cột ẩn “số lúc tải”. "
    )
    assert "“planned figures”, not “strange”" in fault_sentence(basis, "en")


def test_words_are_filled_once() -> None:
    assert book_word("lines", "title", "en", period="{unit}") == "FIGURES: {unit}"
    assert len(guide_lines("vi")) == len(guide_lines("en")) == 8


@pytest.mark.parametrize(
    ("name", "unit", "still"),
    [
        ("Số hộ", "hộ", True),
        (" Số \n hộ ", "hộ", True),  # another program wraps and trims
        ("Số ho\u0323\u0302", "hộ", True),  # letters in pieces
        ("Số hộ nghèo", "hộ", False),
        ("Số hộ", "%", False),
        ("Số hộ\nhộ", "", False),
    ],
)
def test_a_row_is_its_measure_while_it_is_called_so(name: str, unit: str, still: bool) -> None:
    assert names_row(row_mark("a#b", "Số hộ", "hộ"), name, unit) is still


@pytest.mark.parametrize(
    ("mark", "measure"),
    [
        (row_mark("a#b", "Số hộ", "hộ"), "a#b"),
        ("#070dd39e", None),
        ("a#070DD39E", None),
        ("a#070dd39e ", None),
        ("", None),
    ],
)
def test_a_sign_names_its_measure(mark: str, measure: str | None) -> None:
    assert measure_of(mark) == measure


def test_a_cell_is_changed_by_what_it_says_alone() -> None:
    assert not BookCell(" 12 ", "A!B2", "12").is_changed
    assert not BookCell(12.0, "A!B2", "12").is_changed
    assert BookCell(1200.0, "A!B2", "1.200").is_changed
    assert BookCell("", "A!B2", "12").is_changed
    assert BookCell(0.1 + 0.2, "A!B2").text == "0.3"
