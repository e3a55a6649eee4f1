"""What a cell of a form offers and says when it is entered: a list, and a sentence.

A measure without numbers takes a word of its list and nothing else. In a cell of numbers the list
merely offers the words for "not known yet"; whatever else is typed is read when the book comes
back. Lists stand on a sheet of their own: a word may hold a comma, and a list may be long.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsxwriter.utility import xl_range, xl_range_abs
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from lotrinh.apps.reporting.books.layout import PLACES, SIGN, held
from lotrinh.rules.book_wording import book_word
from lotrinh.rules.books import Book, BookRow
from lotrinh.rules.formats import number

_EXAMPLES = {True: Decimal(1270), False: Decimal("1270.5")}
_ROOM_FOR_UNIT = 80  # letters; Excel shows 255 of a message


@dataclass(frozen=True, slots=True)
class _Offer:
    """What the entry cells of some measures offer and say."""

    words: tuple[str, ...]
    is_closed: bool
    said: str


def drop_downs(book_file: Workbook, sheet: Worksheet, book: Book, *, first_row: int) -> None:
    """Give the entry and comment cells of a form their lists and sentences."""
    if not book.rows:
        return
    places: dict[_Offer, list[int]] = {}
    for place, row in enumerate(book.rows):
        places.setdefault(_offer(row, book.language), []).append(first_row + place)
    lists = _write_lists(book_file, {offer.words: None for offer in places})
    column = PLACES["entry"]
    for offer, rows in places.items():
        options = {
            "validate": "list",
            "source": lists[offer.words],
            "show_error": offer.is_closed,
            "input_title": _word("figure_title", book.language),
            "input_message": offer.said,
            "error_title": _word("wrong_choice_title", book.language),
            "error_message": _word("wrong_choice", book.language),
            "multi_range": " ".join(_ranges(rows, column)),
        }
        sheet.data_validation(rows[0], column, rows[0], column, options)
    last, column = first_row + len(book.rows) - 1, PLACES["comment"]
    options = {
        "validate": "any",
        "input_title": _word("comment_title", book.language),
        "input_message": _word("comment", book.language),
    }
    sheet.data_validation(first_row, column, last, column, options)


def _offer(row: BookRow, language: str) -> _Offer:
    nothing = _word("nothing_yet", language)
    if row.choices:
        words = (*(word for word in row.choices if word != nothing), nothing)
        return _Offer(words, True, _word("choice", language, nothing=nothing))
    said = _word(
        "pair" if row.cell_unit.is_pair else "figure",
        language,
        unit=_shortened(row.unit_words),
        example=number(_EXAMPLES[row.cell_unit.is_whole], language=language),
        nothing=nothing,
    )
    return _Offer((nothing,), False, said)


def _shortened(unit_words: str) -> str:
    """Return the words for a unit on one line, as long as the sentence has room for."""
    words = " ".join(held(unit_words).split())
    return words if len(words) <= _ROOM_FOR_UNIT else words[: _ROOM_FOR_UNIT - 1] + "…"


def _word(name: str, language: str, /, **data: str) -> str:
    return book_word("input", name, language, **data)


def _write_lists(book_file: Workbook, lists: Iterable[Sequence[str]]) -> dict[Sequence[str], str]:
    """Write each list into a column of a hidden sheet; return where it stands, by its words."""
    sheet = book_file.add_worksheet(SIGN)
    sheet.very_hidden()
    sheet.protect("", {})
    found: dict[Sequence[str], str] = {}
    for column, words in enumerate(lists):
        for row, word in enumerate(words):
            sheet.write_string(row, column, held(word))
        reach = xl_range_abs(0, column, len(words) - 1, column)
        found[words] = f"={SIGN}!{reach}"
    return found


def _ranges(rows: Sequence[int], column: int) -> Iterable[str]:
    """Yield the ranges of a column that hold these rows, which go up."""
    first = last = rows[0]
    for row in rows[1:]:
        if row != last + 1:
            yield xl_range(first, column, last, column)
            first = row
        last = row
    yield xl_range(first, column, last, column)
