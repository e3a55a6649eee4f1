"""An official text, whole and plain: what is printed, before any rule says how.

Whoever composes a text fills these in; whoever prints it reads them and nothing else. All words
are data of the issuer: no sign in them means anything to a printer.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Run:
    """Words that are printed in one way.

    ``href`` is where they lead; ``number`` is the row of the edition's numbers that they print.
    Missing: nobody has told this figure. Changed: it differs from what was printed before.
    """

    text: str
    href: str | None = None
    number: int | None = None
    is_missing: bool = False
    is_changed: bool = False
    is_bold: bool = False
    is_italic: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part of level 1 to 6; ``mark`` is its numbering as printed: I., 1., a)."""

    level: int
    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs that follow one another without a break."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one line of heads; ``numeric`` says of each column whether it holds figures."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Paragraph, ...], ...]
    numeric: tuple[bool, ...]
    notes: tuple[str, ...] = ()


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: the lines on whose behalf, the post, and the name (empty until known)."""

    capacity: tuple[str, ...]
    post: str
    name: str


@dataclass(frozen=True, slots=True)
class Seal:
    """What a frozen edition prints at the foot of each page, so that a page can be verified.

    ``address`` opens the page of verification; ``frozen`` is the instant of freezing as printed;
    ``journal_root`` is the last seal of the journal, where one has been made.
    """

    edition: int
    numbers_sha256: str
    journal_root: str | None
    address: str
    frozen: str


@dataclass(frozen=True, slots=True)
class OfficialText:
    """One text of one system. ``layout_day`` chooses the rule in force; no seal means a draft."""

    system: str  # "state" | "party"
    language: str  # "vi" | "en"
    superior: str
    issuer: str
    symbol: str  # what follows the number: "BC-UBND", "BC/TU"
    number: str  # empty until issued
    place: str
    day: date | None  # None until issued
    layout_day: date
    kind: str
    about: str
    addressed_to: tuple[str, ...]
    body: tuple[Block, ...]
    appendix: tuple[Block, ...]
    signature: Signature
    recipients: tuple[str, ...]
    seal: Seal | None
