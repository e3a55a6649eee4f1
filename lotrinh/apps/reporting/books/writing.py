"""A form of figures as an .xlsx file: locked but for what is to be filled in.

Every cell is a text. A cell of numbers would round the sixteenth digit, make a day of 1/3 and a
share of 120,5 %, and take "1.270" for one and a bit wherever the program does not speak the
language of the form; and a name that begins with "=" stays a name. There is no password: the lock
keeps slips away, and what comes back is known by its signs (`rules.books`). The same book is the
same bytes.
"""

import io
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal, localcontext

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lotrinh.apps.files.sheets import TooLongForExcel
from lotrinh.apps.reporting.books.drop_downs import drop_downs
from lotrinh.apps.reporting.books.layout import (
    COLUMNS,
    HEAD,
    PLACES,
    column_sign,
    held,
    key_cell,
)
from lotrinh.reading.readers.grids import LONGEST_CELL
from lotrinh.rules.book_wording import book_word, guide_lines
from lotrinh.rules.books import Book, BookRow, row_mark
from lotrinh.rules.formats import number

HEAD_ROW = 5
"""The row of the heads, from 0; above it stand the hidden signs and whose form it is."""

_NO_INSTANT = datetime(2000, 1, 1)  # noqa: DTZ001 - a file does not tell when it was made
_WIDTHS = {
    "number": 5,
    "name": 44,
    "unit": 13,
    "plan": 17,
    "previous": 17,
    "year_before": 17,
    "entry": 20,
    "comment": 36,
}
_SHOWN = tuple(_WIDTHS)
_TEXT = {"num_format": "@", "valign": "top", "text_wrap": True, "border": 1}
_FORMATS = {
    "title": {"bold": True, "font_size": 13},
    "line": {},
    "head": {**_TEXT, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#E4EAF1"},
    "words": _TEXT,
    "number": {**_TEXT, "align": "right"},
    "entry": {**_TEXT, "align": "right", "locked": False, "bg_color": "#FFF6D5"},
    "choice": {**_TEXT, "locked": False, "bg_color": "#FFF6D5"},
    "guide": {"text_wrap": True, "valign": "top"},
}
_A4, _LONGEST_FOOTER = 9, 255
_GUIDE_WIDTH = 100
_PRECISION = 60


def write_book(book: Book) -> bytes:
    """Return the form as the bytes of an .xlsx file. Raises TooLongForExcel."""
    file = io.BytesIO()
    made = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    made.set_properties({"title": held(book.period_name), "created": _NO_INSTANT})
    formats = {name: made.add_format(form) for name, form in _FORMATS.items()}
    sheet = made.add_worksheet(book_word("sheets", "figures", book.language))
    guide = made.add_worksheet(book_word("sheets", "guide", book.language))
    _write_top(sheet, book, formats)
    for place, row in enumerate(book.rows):
        _write_row(sheet, HEAD_ROW + 1 + place, row, _cells(row, place, book.language), formats)
    drop_downs(made, sheet, book, first_row=HEAD_ROW + 1)
    _arrange(sheet, len(book.rows))
    _prepare_print(sheet, book)
    _write_guide(guide, book.language, formats["guide"])
    made.close()
    return file.getvalue()


def _write_top(sheet: Worksheet, book: Book, formats: dict[str, Format]) -> None:
    for name, place in PLACES.items():
        _put(sheet, 0, place, column_sign(name))
    _put(sheet, 0, PLACES["mark"], key_cell(book.key))
    language = book.language
    lines = (
        book_word("lines", "title", language, period=book.period_name),
        book_word("lines", "unit", language, name=book.unit_name, code=book.unit_code),
        book_word(
            "lines",
            "about",
            language,
            regime=book.regime_name,
            basis=book_word("basis", book.basis, language),
        ),
        book_word("lines", "how", language),
    )
    for row, line in enumerate(lines, start=1):
        _put(sheet, row, PLACES["number"], line, formats["title" if row == 1 else "line"])
    _put(sheet, HEAD_ROW, PLACES["mark"], HEAD)
    for name in _SHOWN:
        _put(sheet, HEAD_ROW, PLACES[name], book_word("heads", name, language), formats["head"])


def _cells(row: BookRow, place: int, language: str) -> dict[str, str]:
    """Return what a row holds, by the names of the columns."""
    name, unit, scale = held(row.name), held(row.unit_words), row.cell_unit.scale
    typed, comment = row.typed_text or "", row.comment
    if row.told is not None:
        typed = _shown(row.told, scale, language)
    return {
        "mark": row_mark(row.measure_key, name, unit),
        "number": str(place + 1),
        "name": name,
        "unit": unit,
        "plan": _shown(row.plan, scale, language),
        "previous": _shown(row.previous, scale, language),
        "year_before": _shown(row.year_before, scale, language),
        "entry": typed,
        "comment": comment,
        "before": typed,
        "comment_before": comment,
    }


def _shown(value: Decimal | str | None, scale: Decimal, language: str) -> str:
    """Return a figure in the unit of the form, as it would be typed there; "" of none."""
    if value is None or isinstance(value, str):
        return value or ""
    with localcontext() as context:
        context.prec = _PRECISION  # a figure and a scale have fewer digits: nothing is rounded
        return number(value / scale, language=language)


def _write_row(
    sheet: Worksheet, at: int, row: BookRow, cells: dict[str, str], formats: dict[str, Format]
) -> None:
    entry = "entry" if row.told is None else "number"
    kinds = {
        "number": formats["words"],
        "name": formats["words"],
        "unit": formats["words"],
        "plan": formats["number"],
        "previous": formats["number"],
        "year_before": formats["number"],
        "entry": formats["choice" if row.choices else entry],
        "comment": formats["choice"],
    }
    for name in COLUMNS:
        _put(sheet, at, PLACES[name], cells[name], kinds.get(name))


def _put(sheet: Worksheet, row: int, column: int, text: str, form: Format | None = None) -> None:
    """Write a text as a text, whatever it looks like. Raises TooLongForExcel."""
    kept = held(text)
    if len(kept.encode("utf-16-le")) > LONGEST_CELL * 2:
        raise TooLongForExcel(len(kept))
    if kept:
        sheet.write_string(row, column, kept, form)
    elif form is not None:
        sheet.write_blank(row, column, None, form)


def _arrange(sheet: Worksheet, rows: int) -> None:
    sheet.set_row(0, None, None, {"hidden": True})
    for name, place in PLACES.items():
        hidden = {} if name in _WIDTHS else {"hidden": True}
        sheet.set_column(place, place, _WIDTHS.get(name), None, hidden)
    sheet.freeze_panes(HEAD_ROW + 1, PLACES["name"] + 1)
    sheet.set_selection(HEAD_ROW + 1, PLACES["entry"], HEAD_ROW + 1, PLACES["entry"])
    sheet.protect("", {})
    every = f"A1:{chr(ord('A') + len(COLUMNS) - 1)}{HEAD_ROW + 1 + rows}"
    sheet.ignore_errors({"number_stored_as_text": every, "two_digit_text_year": every})


def _prepare_print(sheet: Worksheet, book: Book) -> None:
    """Set A4 across, all columns on the page, the heads on each; margins as offices have them."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.79, right=0.59, top=0.79, bottom=0.79)
    sheet.repeat_rows(HEAD_ROW)
    last = HEAD_ROW + len(book.rows)
    sheet.print_area(1, PLACES["number"], last, PLACES["comment"])
    page = "&R" + book_word("lines", "page", book.language)
    whose = held(f"{book.unit_name} · {book.period_name}".replace("\n", " "))
    sheet.set_footer("&L" + _cut(whose, _LONGEST_FOOTER - len(page) - 2) + page)


def _cut(text: str, most: int) -> str:
    """Return as much of a text as a footer has room for, where "&" is written twice."""
    pieces: list[str] = []
    for sign in text:
        piece = "&&" if sign == "&" else sign
        most -= len(piece.encode("utf-16-le")) // 2
        if most < 0:
            break
        pieces.append(piece)
    return "".join(pieces)


def _write_guide(sheet: Worksheet, language: str, form: Format) -> None:
    lines: Iterable[str] = guide_lines(language)
    sheet.set_column(0, 0, _GUIDE_WIDTH)
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line, form)
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.protect("", {})
