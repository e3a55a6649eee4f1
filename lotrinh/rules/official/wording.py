"""The lines of an official text: its number, place and day, recipients, and how it ends.

Number, day and month stay open until the text is issued: somebody writes them in by hand or the
registry prints them, so room is left and nothing is made up.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources

from lotrinh.rules.official.layouts import Layout
from lotrinh.rules.official.text import Block, OfficialText, Paragraph, Run, Seal

# No-break spaces: room to write in that no printer folds into one space.
BLANK = "\N{NO-BREAK SPACE}" * 6

_END = re.compile(r"\s*(\./\.|(?<!\.)\.)?\s*$")


@cache
def _words() -> Mapping[str, Mapping[str, Sequence[str]]]:
    text = resources.files(__package__).joinpath("words.toml").read_text("utf-8")
    return tomllib.loads(text)


def word(name: str, language: str, /, **data: str | int) -> str:
    """Return the words for one thing in ``vi`` or ``en``, with what is known filled in.

    >>> word("draft", "vi"), word("draft", "en")
    ('DỰ THẢO', 'DRAFT')
    """
    said = _words()["words"][name][1 if language.startswith("en") else 0]
    return said.format_map(data) if data else said


def number_line(text: OfficialText, layout: Layout) -> str:
    """Return the line of number and symbol; a number below 10 gets a leading 0."""
    number = text.number.strip() or BLANK
    if number.isdecimal() and len(number) == 1:
        number = f"0{number}"
    return f"{layout.words(text.language).number}{number}{layout.number_joint}{text.symbol}"


def place_line(text: OfficialText) -> str:
    """Return the line of place and day."""
    return word(
        "day" if text.day else "open_day", text.language, place=text.place, **_day_words(text)
    )


def appendix_line(text: OfficialText, layout: Layout) -> str:
    """Return the line under the title of an appendix that says with which text it came."""
    number = number_line(text, layout)
    if text.language == "vi":
        number = number.replace(layout.words("vi").number, "số ", 1)
    kind = text.kind.capitalize() or word("letter", text.language)
    day = word("on_day" if text.day else "on_open_day", text.language, **_day_words(text))
    said = {"kind": kind, "number": number, "joint": layout.day_joint, "day": day}
    return word("with_number", text.language, **said)


def _day_words(text: OfficialText) -> dict[str, str]:
    """Return day, month and year as printed: days below 10 and months 1 and 2 get a leading 0."""
    if text.day is None:
        return {"year": str(text.layout_day.year), "blank": BLANK}
    return {
        "day": _day_number(text.day, text.language),
        "month": _month(text.day, text.language),
        "year": str(text.day.year),
    }


def _day_number(day: date, language: str) -> str:
    return f"{day.day:02}" if language == "vi" else str(day.day)


def _month(day: date, language: str) -> str:
    if language != "vi":
        return _words()["months"]["en"][day.month - 1]
    return f"{day.month:02}" if day.month <= 2 else str(day.month)


def addressed_lines(addressed: Sequence[str], heading: str) -> tuple[str, ...]:
    """Return to whom a text goes: one beside the heading, several below it, each with a dash.

    >>> addressed_lines(["Thành ủy", "Hội đồng nhân dân"], "Kính gửi:")
    ('Kính gửi:', '- Thành ủy;', '- Hội đồng nhân dân.')
    """
    if len(addressed) < 2:
        return tuple(f"{heading} {one}" for one in addressed)
    return (heading, *_listed(addressed))


def recipient_lines(text: OfficialText, layout: Layout) -> tuple[str, ...]:
    """Return the lines of those who receive a text; the last says where it is filed.

    Where none of the recipients says so and the form has a word for it, it is added.
    """
    words = layout.words(text.language)
    given = [one for one in text.recipients if one.strip()]
    is_filed = any(one.lstrip("- ").startswith(words.file_word) for one in given)
    if words.file_line and not is_filed:
        given.append(words.file_line)
    return _listed(given)


def _listed(items: Sequence[str]) -> tuple[str, ...]:
    bare = [item.strip().lstrip("-").strip().rstrip(";.").rstrip() for item in items]
    return tuple(
        f"- {item}{'.' if place == len(bare) - 1 else ';'}" for place, item in enumerate(bare)
    )


def ended(body: Sequence[Block], mark: str) -> tuple[Block, ...]:
    """Return the body with the mark of its end after its last words.

    The full stop or the older mark that stands there gives way. After a table or a heading, the
    mark stands on a line of its own.

    >>> ended([Paragraph((Run("Ủy ban nhân dân báo cáo."),))], "./.")[-1].runs[-1].text
    'Ủy ban nhân dân báo cáo./.'
    """
    last = body[-1] if body else None
    if not isinstance(last, Paragraph) or not last.runs:
        return (*body, Paragraph((Run(mark),)))
    end = last.runs[-1]
    if end.href or end.number is not None or end.is_missing or end.is_changed:
        closed = (*last.runs, Run(mark))  # what is marked or leads somewhere stays as it is
    else:
        bare = _END.sub("", end.text)
        closed = (*last.runs[:-1], Run(bare + mark, is_bold=end.is_bold, is_italic=end.is_italic))
    return (*body[:-1], Paragraph(closed))


def seal_lines(seal: Seal, language: str) -> tuple[str, ...]:
    """Return what a frozen edition prints at the foot of each page."""
    named = word(
        "seal",
        language,
        edition=seal.edition,
        frozen=seal.frozen,
        numbers=seal.numbers_sha256,
    )
    root = word("root", language, root=seal.journal_root) if seal.journal_root else ""
    return tuple(filter(None, (named, root, word("check", language, address=seal.address))))
