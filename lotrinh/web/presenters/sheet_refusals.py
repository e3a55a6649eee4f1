"""Why a file with a sheet was not read: where it is wrong, and what to save instead."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from lotrinh.reading.readers import Unreadable
from lotrinh.web.formatting import number
from lotrinh.web.presenters import unreadable

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_SHEETS: Mapping[str, "_StrPromise"] = {
    "empty": _("There is no letter or digit in it. Choose the file that holds the sheet."),
    "type": _(
        "This kind of file is not read, whatever its name says. Send an Excel file (.xlsx) or CSV; "
        "a table in Word or PDF has to be copied into one."
    ),
    "encoding": _(
        "Its letters cannot be told, from byte %(offset)s on. In Excel choose “Save as”, then "
        "“CSV UTF-8”, or save it as .xlsx, and send that."
    ),
    "legacy_encoding": _(
        "Its letters seem to be in the old encoding %(encoding)s, but not surely enough: "
        "“%(example)s”. Convert it to Unicode, save it as “CSV UTF-8” or .xlsx and send that."
    ),
    "csv": _(
        "The quotation marks in row %(row)s are not in pairs. Write two for each one that belongs "
        "to a cell, or save the sheet as .xlsx and send that."
    ),
    "rows": _(
        "The sheet has more than %(limit)s rows. Divide it and send the parts; superior units "
        "first."
    ),
    "columns": _(
        "The sheet has more than %(limit)s columns. Keep those that are read and delete the others."
    ),
    "characters": _(
        "A cell or a line is longer than %(limit)s letters. Look whether a quotation mark or a "
        "line break is missing, or shorten it."
    ),
}


def sheet_sentence(refused: Unreadable) -> str:
    """Return the cause and the cure in the reader's language."""
    part = str(refused.data.get("part", ""))
    if part.startswith("csv:"):
        return str(_SHEETS["csv"]) % {"row": part.removeprefix("csv:")}
    code = str(refused.data["what"]) if refused.code == "too_large" else refused.code
    words = _SHEETS.get(code)
    if words is None:
        return unreadable.sentence(refused)
    said = {key: _said(value) for key, value in refused.data.items()}
    return str(words) % said


def _said(value: str | int) -> str:
    """Return a text as it is, a number as people write it."""
    return value if isinstance(value, str) else number(Decimal(value))
