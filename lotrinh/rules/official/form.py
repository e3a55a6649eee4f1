"""An official text with its form: every line as it is printed, in Word and on paper alike.

State and Party texts differ in almost every mark. Which belongs to which is decided here once, so
that no printer can mix them, and a text that mixes them itself is refused.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lotrinh.rules.official.layouts import FormWords, Layout, layout_for, layouts
from lotrinh.rules.official.text import Block, OfficialText, Paragraph, Run, Signature, Table
from lotrinh.rules.official.wording import (
    addressed_lines,
    appendix_line,
    ended,
    number_line,
    place_line,
    recipient_lines,
    seal_lines,
    word,
)


class SystemsMixed(Exception):
    """A text of one system holds a ``mark`` of the other."""

    def __init__(self, mark: str, why: str) -> None:
        self.mark = mark
        super().__init__(f"{mark!r} {why}")


@dataclass(frozen=True, slots=True)
class Form:
    """The lines of one text. Empty is what the text or its form does not have."""

    layout: Layout
    words: FormWords
    language: str
    superior: str
    issuer: str
    number: str
    place: str
    kind: str
    about: str
    letter_about: str  # a letter has no kind: what it is about stands under its number
    addressed: tuple[str, ...]
    body: tuple[Block, ...]
    appendix: tuple[Block, ...]
    appendix_title: str
    appendix_line: str
    signature: Signature
    recipients: tuple[str, ...]
    draft: str  # said on each page of a text that is not sealed
    seal: tuple[str, ...]
    address: str  # where a sealed text is verified
    legend: str  # explains the marks under changed figures, where there are any


def form_of(text: OfficialText) -> Form:
    """Return a text with the form in force on its day.

    Raises SystemsMixed, and LayoutUnknown where no form is known.
    """
    layout = layout_for(text.system, text.layout_day)
    _refuse_mixture(text, layout)
    words = layout.words(text.language)
    has_changes = any(run.is_changed for run in runs_of((*text.body, *text.appendix)))
    return Form(
        layout=layout,
        words=words,
        language=text.language,
        superior=text.superior,
        issuer=text.issuer,
        number=number_line(text, layout),
        place=place_line(text),
        kind=text.kind,
        about=text.about if text.kind else "",
        letter_about="" if text.kind else f"{words.letter_about}{text.about}",
        addressed=addressed_lines(text.addressed_to, words.addressed),
        body=ended(text.body, layout.end_mark),
        appendix=text.appendix,
        appendix_title=word("appendix", text.language),
        appendix_line=appendix_line(text, layout),
        signature=text.signature,
        recipients=recipient_lines(text, layout),
        draft="" if text.seal else word("draft", text.language),
        seal=seal_lines(text.seal, text.language) if text.seal else (),
        address=text.seal.address if text.seal else "",
        legend=word("changed", text.language) if has_changes else "",
    )


def runs_of(blocks: Iterable[Block]) -> Iterator[Run]:
    """Yield every run of some blocks, those in the cells of tables included."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from block.runs
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from cell.runs


def shown(run: Run, language: str) -> str:
    """Return the words of a run as printed: what is missing says so in brackets.

    >>> shown(Run("", is_missing=True), "vi"), shown(Run("18"), "vi")
    ('[chưa có số liệu]', '18')
    """
    if not run.is_missing:
        return run.text
    return f"[{run.text.strip().strip('[]') or word('missing', language)}]"


def _refuse_mixture(text: OfficialText, layout: Layout) -> None:
    """Raise SystemsMixed where the symbol or the capacity of a text is of the other system."""
    type_part = text.symbol.partition("/")[0]
    is_slashed = "/" in text.symbol and not type_part.isdecimal()  # a year is no type: 2019/NĐ-CP
    if text.symbol and is_slashed is not layout.is_symbol_slashed:
        raise SystemsMixed(text.symbol, f"is no symbol of a {text.system} text")
    _refuse_stand_in(text, layout)
    own = set(layout.capacities.values())
    foreign = {mark for one in layouts() for mark in one.capacities.values()} - own
    for line in text.signature.capacity:
        if line.partition(" ")[0] in foreign:
            raise SystemsMixed(line, f"is no capacity of a {text.system} text")
    titles = {line for one in layouts() if one.system != text.system for line in _titles(one)}
    for line in (text.superior, text.issuer):
        if line.strip().upper() in titles:
            raise SystemsMixed(line, "is the title of another system's texts")


def _refuse_stand_in(text: OfficialText, layout: Layout) -> None:
    """Raise SystemsMixed where a deputy stands in for a head as only the State's deputies do."""
    marks = {line.partition(" ")[0] for line in text.signature.capacity}
    both = {layout.capacities["TM"], layout.capacities["KT"]}
    if not layout.does_deputy_stand_in and both <= marks:
        raise SystemsMixed(
            layout.capacities["KT"],
            f"beside {layout.capacities['TM']}: a deputy signs for the collective",
        )


def _titles(layout: Layout) -> Iterator[str]:
    for words in (layout.vi, layout.en):
        yield words.title[0]
