"""Why a file was not read or not wholly: one sentence for every code of the readers."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from lotrinh.reading.readers import Unreadable

_Data = Mapping[str, str | int]


def sentence(refused: Unreadable) -> str:
    """Return the cause and the cure in the reader's language."""
    say = _SENTENCES.get(refused.code, _broken)
    return say(refused.data)


def notices(notes: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return what the readers of a text must be told of the file that it came from."""
    return tuple(_NOTES[note["code"]](note["data"]) for note in notes if note["code"] in _NOTES)


def _pages_without_text(data: _Data) -> str:
    return _(
        "Pages %(pages)s are pictures: nothing in them was read. "
        "Hold the proposals against the file."
    ) % {"pages": data.get("pages", "?")}


def _read_by_ocr(data: _Data) -> str:
    return _("The text comes from text recognition: every finding is a draft.")


def _converted(data: _Data) -> str:
    return _("The letters were converted from an old encoding (%(encoding)s).") % {
        "encoding": data.get("encoding", "?")
    }


def _hidden_sheets(data: _Data) -> str:
    return _("Hidden sheets were not read: %(sheets)s.") % {"sheets": data.get("sheets", "?")}


def _shortened(data: _Data) -> str:
    return _("The file is longer than what is read; its end was left out.")


_NOTES: Mapping[str, Callable[[_Data], str]] = {
    "pages_without_text": _pages_without_text,
    "read_by_ocr": _read_by_ocr,
    "converted": _converted,
    "hidden_sheets": _hidden_sheets,
    "shortened": _shortened,
}


def _empty(data: _Data) -> str:
    return _("There is no letter or digit in it. Choose another file or paste the text.")


def _type(data: _Data) -> str:
    return _(
        "This kind of file is not read, whatever its name says. Send a real Word (.docx), PDF, "
        "Excel (.xlsx) or text file, or paste the text itself."
    )


def _encoding(data: _Data) -> str:
    return _(
        "Its letters are neither UTF-8 nor UTF-16. Save it as plain text in UTF-8, or paste the "
        "text itself."
    )


def _broken(data: _Data) -> str:
    return _("The file is cut off or broken. Open it in its own program, save it anew, send that.")


def _encrypted(data: _Data) -> str:
    return _("The file is locked with a password. Save it without one and send that.")


def _bomb(data: _Data) -> str:
    return _(
        "Unpacked, the file would be far larger than a document can be. Save it anew without what "
        "is embedded in it."
    )


def _too_large(data: _Data) -> str:
    return _("The file holds more than can be read at once. Divide it and send the parts.")


def _needs_ocr(data: _Data) -> str:
    return _(
        "Its pages are pictures without any text. Send the file from which it was printed, or a "
        "copy that went through text recognition."
    )


def _legacy(data: _Data) -> str:
    return _(
        "Its letters are in an old encoding (%(encoding)s) and would come out wrong: “%(example)s”."
        " Convert it to Unicode and send that."
    ) % {"encoding": data.get("encoding", "?"), "example": data.get("example", "")}


def _damaged_text(data: _Data) -> str:
    return _(
        "Too many of its words hold letters that do not belong there, as after bad text "
        "recognition: “%(example)s”. Send the file from which it was printed."
    ) % {"example": data.get("example", "")}


def _slow(data: _Data) -> str:
    return _("Reading the file took too long and was given up. Save it anew, or divide it.")


_SENTENCES: Mapping[str, Callable[[_Data], str]] = {
    "empty": _empty,
    "type": _type,
    "encoding": _encoding,
    "binary": _type,
    "damaged": _broken,
    "encrypted": _encrypted,
    "bomb": _bomb,
    "declarations": _broken,
    "too_large": _too_large,
    "needs_ocr": _needs_ocr,
    "legacy_encoding": _legacy,
    "damaged_text": _damaged_text,
    "slow": _slow,
    "too_heavy": _slow,
}
