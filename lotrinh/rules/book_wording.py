"""The words of a form of figures as a workbook, in the language of the form."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from lotrinh.rules.books import BookFault, BookFlaw

Words = Mapping[str, Sequence[str]]


@cache
def _words() -> Mapping[str, Words]:
    text = resources.files(__package__).joinpath("book_words.toml").read_text("utf-8")
    return tomllib.loads(text)


def book_word(section: str, name: str, language: str, /, **data: str | int) -> str:
    """Return the words for one thing in ``vi`` or ``en``, with what is known filled in.

    >>> book_word("heads", "entry", "vi"), book_word("heads", "entry", "en")
    ('Kỳ này', 'This period')
    """
    words = _words()[section][name][1 if language.startswith("en") else 0]
    return words.format_map(data) if data else words


def guide_lines(language: str) -> list[str]:
    """Return the lines of the page that says how a form is filled in."""
    return [book_word("guide", name, language) for name in _words()["guide"]]


def fault_sentence(fault: BookFault, language: str) -> str:
    """Return where something is wrong with a book, what, and the cure.

    >>> fault_sentence(BookFault(BookFlaw.TRUTH, "Số liệu!H7", {"given": "TRUE"}), "en")
    'Số liệu!H7: the cell holds “TRUE”, which is no figure. Write the figure itself.'
    """
    words = _words()["flaws"][fault.flaw][1 if language.startswith("en") else 0]
    data = {name: str(value) for name, value in fault.data.items()}
    if fault.flaw is BookFlaw.OTHER_BASIS:
        data = {name: _named("basis", code, language) for name, code in data.items()}
    if "columns" in data:
        named = (_named("heads", name, language) for name in data["columns"].split())
        data["columns"] = ", ".join(named)
    said = words.format_map(data)
    return f"{fault.at}: {said}" if fault.at else said[:1].upper() + said[1:]


def _named(section: str, code: str, language: str) -> str:
    """Return the words for a code that came out of a file; itself where there are none."""
    return book_word(section, code, language) if code in _words()[section] else code
