"""Prints an official text as a PDF: the same text gives the same bytes on each machine."""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Literal

import typst

from lotrinh.apps.reviews.printing.codes import code_svg
from lotrinh.apps.reviews.printing.fonts import font_folder
from lotrinh.apps.reviews.printing.plain import (
    LONG_CELL,
    WHOLE,
    breakable,
    column_weights,
    is_wide,
    letter_size,
    link_of,
    printable,
)
from lotrinh.rules.official.form import form_of, shown
from lotrinh.rules.official.text import Block, Heading, OfficialText, Paragraph, Run
from lotrinh.rules.official.wording import word

# For archives (PDF/A-2a) and for screen readers: tagged, its fonts within, nothing from outside.
_STANDARD: list[Literal["a-2a"]] = ["a-2a"]


_UNKNOWN = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)


class SignUnprintable(Exception):
    """The font of official texts has no such sign: ``args[0]``, as it stands in the text."""


def pdf(text: OfficialText) -> bytes:
    """Return a text on paper, as PDF/A.

    Raises FontsNotBuilt, SignUnprintable, and whatever keeps a text from having a form
    (``rules.official.form``).
    """
    try:
        made = typst.compile(
            _source(),
            font_paths=_fonts(),
            sys_inputs={"form": json.dumps(_data(text), ensure_ascii=False)},
            pdf_standards=[*_STANDARD],
        )
    except typst.TypstError as error:
        unknown = _UNKNOWN.search(str(error))
        if unknown is None:
            raise
        raise SignUnprintable(unknown[1]) from error
    assert isinstance(made, bytes)  # noqa: S101  # one document, no output file
    return made


@cache
def _source() -> bytes:
    return resources.files(__package__).joinpath("official.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(font_folder())],
    )


def _data(text: OfficialText) -> dict[str, Any]:
    """Return a form as the layout reads it: plain values, each string one that can be printed."""
    form = form_of(text)
    layout, body = form.layout, form.layout.sizes.body
    day = text.day or text.layout_day  # never the day of printing: bytes would differ
    return _clean(
        {
            "title": printable(" ".join(filter(None, (form.kind, text.about)))),
            "dated": {"year": day.year, "month": day.month, "day": day.day},
            "language": form.language,
            "whole": WHOLE,
            "layout": {
                name: getattr(layout, name)
                for name in (
                    "first_line",
                    "line",
                    "after",
                    "has_star",
                    "about_rule",
                    "is_post_bold",
                    "recipients_style",
                )
            }
            | {"sizes": _fields(layout.sizes), "margins": _fields(layout.margins)},
            "words": {"title": form.words.title, "recipients": form.words.recipients},
            **{name: getattr(form, name) for name in _LINES},
            "signature": _fields(form.signature),
            "body": [_block(block, form.language, body) for block in form.body],
            "appendix": [_block(block, form.language, body) for block in form.appendix],
            "is_wide": is_wide(form.appendix),
            "code": code_svg(form.address).decode() if form.address else "",
            "code_alt": word("code", form.language),
        }
    )


_LINES = (
    "superior",
    "issuer",
    "number",
    "place",
    "kind",
    "about",
    "letter_about",
    "addressed",
    "appendix_title",
    "appendix_line",
    "recipients",
    "draft",
    "seal",
    "address",
    "legend",
)


def _fields(data: Any) -> dict[str, Any]:
    return {name: getattr(data, name) for name in data.__slots__}


def _block(block: Block, language: str, body: int) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"type": "heading", "level": block.level, "mark": block.mark, "text": block.text}
    if isinstance(block, Paragraph):
        return {"type": "paragraph", "runs": _runs(block, language)}
    return {
        "type": "table",
        "caption": block.caption,
        "head": block.head,
        "rows": [[_cell(cell, language) for cell in row] for row in block.rows],
        "numeric": block.numeric,
        "notes": block.notes,
        "weights": column_weights(block),
        "size": letter_size(block, body),
    }


def _cell(cell: Paragraph, language: str) -> dict[str, Any]:
    return {
        "runs": _runs(cell, language),
        "is_long": sum(len(run.text) for run in cell.runs) > LONG_CELL,
    }


def _runs(paragraph: Paragraph, language: str) -> list[dict[str, Any]]:
    return [_run(run, language) for run in paragraph.runs]


def _run(run: Run, language: str) -> dict[str, Any]:
    return {
        "shown": shown(run, language),
        "href": link_of(run),
        "is_missing": run.is_missing,
        "is_changed": run.is_changed,
        "is_bold": run.is_bold,
        "is_italic": run.is_italic,
    }


# What somebody copies from the page, and what is no word, keeps its letters as they are.
_WHOLE = frozenset({"address", "code", "href", "seal", "title", "whole"})


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the same values with strings that can be printed, over several lines where long."""
    return {name: value if name in _WHOLE else _cleaned(value) for name, value in values.items()}


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return breakable(printable(value))
    if isinstance(value, dict):
        return _clean(value)
    if isinstance(value, list | tuple):
        return [_cleaned(one) for one in value]
    return value
