"""Why a file was not read, in the language of whoever handed it in: one sentence for every code."""

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from lotrinh.reading.readers import Unreadable

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_UNREAD: "_StrPromise" = _(
    "This kind of file is not read, whatever its name says. Send a real Word (.docx), PDF, "
    "Excel (.xlsx) or text file, or paste the text itself."
)
_BROKEN: "_StrPromise" = _(
    "The file is cut off or broken. Open it in its own program, save it anew, send that."
)
_GIVEN_UP: "_StrPromise" = _(
    "Reading the file took too long and was given up. Save it anew, or divide it."
)
_REFUSALS: Mapping[str, "_StrPromise"] = {
    "empty": _("There is no letter or digit in it. Choose another file or paste the text."),
    "type": _UNREAD,
    "binary": _UNREAD,
    "encoding": _(
        "Its letters are neither UTF-8 nor UTF-16. Save it as plain text in UTF-8, or paste the "
        "text itself."
    ),
    "damaged": _BROKEN,
    "declarations": _BROKEN,
    "encrypted": _("The file is locked with a password. Save it without one and send that."),
    "macros": _(
        "The file holds macros, which are programs. Save it as .docx or .xlsx, which hold none, "
        "and send that."
    ),
    "bomb": _(
        "Unpacked, the file would be far larger than a document can be. Save it anew without what "
        "is embedded in it."
    ),
    "too_large": _("The file holds more than can be read at once. Divide it and send the parts."),
    "far_cell": _(
        "The cell %(cell)s holds something far away from the table. Delete what stands there, save "
        "the file and send it again."
    ),
    "needs_ocr": _(
        "Its pages are pictures without any text. Send the file from which it was printed, or a "
        "copy that went through text recognition."
    ),
    "legacy_encoding": _(
        "Its letters are in an old encoding (%(encoding)s) and would come out wrong: “%(example)s”."
        " Convert it to Unicode and send that."
    ),
    "damaged_text": _(
        "Too many of its words hold letters that do not belong there, as after bad text "
        "recognition: “%(example)s”. Send the file from which it was printed."
    ),
    "slow": _GIVEN_UP,
    "too_heavy": _GIVEN_UP,
}


def sentence(refused: Unreadable) -> str:
    """Return the cause and the cure in the reader's language."""
    return filled(_REFUSALS.get(refused.code, _BROKEN), refused.data)


def filled(words: "_StrPromise", data: Mapping[str, str | int]) -> str:
    """Return words with what is known of them; a question mark stands for the rest."""
    return str(words) % defaultdict(lambda: "?", data)
