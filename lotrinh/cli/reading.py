"""``lotrinh read`` and ``lotrinh compare``: what is in a text, without any database."""

import html
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from lotrinh.cli.reading_words import sentence
from lotrinh.reading import Comparison, Fact, Reading, read_text, vocabulary
from lotrinh.reading import compare as compare_readings
from lotrinh.reading.facts import KINDS
from lotrinh.reading.files import Unreadable, decode

_BAD_INPUT = 2
_SHOWN = 90  # characters of a passage in the table


class Format(StrEnum):
    """How findings are printed."""

    TABLE = "table"
    JSONL = "jsonl"
    HTML = "html"
    TEXT = "text"


def read(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Văn bản .txt / Documents (.txt)")
    ] = None,
    output: Annotated[
        Format, typer.Option("--format", "-f", help="Cách in ra / Output")
    ] = Format.TABLE,
    words: Annotated[
        bool,
        typer.Option("--vocabulary", help="In các danh mục mã / Print every closed vocabulary"),
    ] = False,
) -> None:
    """Đọc văn bản / Read documents: citations, dates, targets, results, tasks, units, people."""
    if words:
        _print(json.dumps(vocabulary(), ensure_ascii=False, indent=2))
        return
    if not paths:
        _complain(sentence("no_path"))
        raise typer.Exit(_BAD_INPUT)
    failed = False
    for path in paths:
        try:
            text = _load(path)
        except Unreadable as refusal:
            _complain(sentence(refusal.code, path=path))
            failed = True
            continue
        _show(str(path), text, output)
    if failed:
        raise typer.Exit(_BAD_INPUT)


def compare(
    a: Annotated[Path, typer.Argument(help="Văn bản thứ nhất / The first text")],
    b: Annotated[Path, typer.Argument(help="Văn bản thứ hai / The second text")],
    as_json: Annotated[bool, typer.Option("--json", help="In JSON / Print JSON")] = False,
) -> None:
    """So hai văn bản / Compare two texts: same document, a part, or different; what differs."""
    readings: list[Reading] = []
    for path in (a, b):
        try:
            readings.append(read_text(_load(path)))
        except Unreadable as refusal:
            _complain(sentence(refusal.code, path=path))
    if len(readings) < len((a, b)):
        raise typer.Exit(_BAD_INPUT)
    comparison = compare_readings(readings[0], readings[1])
    if as_json:
        _print(json.dumps(comparison.record(), ensure_ascii=False))
    else:
        _show_comparison(comparison)


def _load(path: Path) -> str:
    """Return the text of a file. Raises Unreadable, also for what is missing or a folder."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise Unreadable("missing") from None
    except IsADirectoryError:
        raise Unreadable("folder") from None
    except OSError:
        raise Unreadable("denied") from None
    return decode(data, path.name)


def _complain(line: str) -> None:
    print(line, file=sys.stderr)


def _print(text: str) -> None:
    """Write exactly this text: line ends of the document stay as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write((text + "\n").encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()


def _show(name: str, text: str, output: Format) -> None:
    if output is Format.TEXT:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
        return
    reading = read_text(text)
    if output is Format.JSONL:
        for fact in reading.facts:
            _print(json.dumps(fact.record(name), ensure_ascii=False))
    elif output is Format.HTML:
        _print(_page(name, reading))
    else:
        _show_tables(name, reading)


def _show_tables(name: str, reading: Reading) -> None:
    console = Console()
    facts = sentence("facts", count=len(reading.facts))
    console.print(Text(f"{name}: {facts}", style="bold"), soft_wrap=True)
    for kind in KINDS:
        found = [fact for fact in reading.facts if fact.kind == kind]
        if not found:
            continue
        table = Table(title=f"{sentence('kind.' + kind)} ({len(found)})", title_justify="left")
        for column in ("place", "passage", "says"):
            table.add_column(sentence("column." + column), overflow="fold")
        for fact in found:
            table.add_row(
                f"{fact.start}-{fact.end}", Text(_shortened(fact.text)), Text(_says(fact))
            )
        console.print(table)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "\u2026"


def _says(fact: Fact) -> str:
    """Return the known fields of a fact in one line."""
    known = (pair for pair in fact.fields().items() if pair[1] not in (None, [], False))
    return "; ".join(
        f"{name}: {json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value}"
        for name, value in known
    )


def _show_comparison(comparison: Comparison) -> None:
    verdict = sentence("verdict." + comparison.verdict)
    _print(f"{verdict} ({comparison.score:.3f}; {sentence('shared', count=comparison.shared)})")
    for difference in comparison.differences:
        _print(f"- {difference.kind}: {difference.about}")
        for side, said in (("A", difference.a), ("B", difference.b)):
            if said is not None:
                _print(f"    {side}: {said}")


_STYLE = """
body{max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;
font:1rem/1.6 system-ui,sans-serif}
main{white-space:pre-wrap;overflow-wrap:anywhere}
mark{color:inherit;background:#f1efe7;border-bottom:2px solid #8a8577;border-radius:2px}
mark.citation{background:#e1ecf7;border-color:#2b5f92}
mark.date{background:#eeeafa;border-color:#6a54a8}
mark.target{background:#fdf0d2;border-color:#9c6a00}
mark.result{background:#e2f3e5;border-color:#2f7a3d}
mark.task{background:#fbe6e2;border-color:#b0402c}
mark.unit{background:#e6f2f2;border-color:#2d7777}
mark.person{background:#f7e6f1;border-color:#97407a}
mark.event{background:#f3ecdf;border-color:#7c5a2b}
"""


def _page(name: str, reading: Reading) -> str:
    """Return a page of its own with every passage marked; no script, nothing fetched."""
    legend = " ".join(f'<mark class="{kind}">{sentence("kind." + kind)}</mark>' for kind in KINDS)
    body = "".join(_marked(reading.text, reading.facts))
    title = html.escape(name)
    return (
        f'<!doctype html><html lang="{reading.header.language}"><head><meta charset="utf-8">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body><h1>{title}</h1>"
        f"<p>{legend}</p><main>{body}</main></body></html>"
    )


def _marked(text: str, facts: Sequence[Fact]) -> Iterator[str]:
    """Yield the text in pieces, each marked with the shortest fact that covers it."""
    edges = sorted({0, len(text), *_edges(facts)})
    waiting = list(reversed(facts))  # facts come in the order of their starts
    open_facts: list[Fact] = []
    for start, end in pairwise(edges):
        while waiting and waiting[-1].start <= start:
            open_facts.append(waiting.pop())
        open_facts = [fact for fact in open_facts if fact.end > start]
        piece = html.escape(text[start:end])
        covering = open_facts
        if not covering:
            yield piece
            continue
        fact = min(covering, key=lambda found: found.end - found.start)
        yield f'<mark class="{fact.kind}" title="{html.escape(_says(fact))}">{piece}</mark>'


def _edges(facts: Iterable[Fact]) -> Iterator[int]:
    for fact in facts:
        yield fact.start
        yield fact.end
