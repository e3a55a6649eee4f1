"""``lotrinh read``: what is in documents, without any database."""

import html
import json
import os
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from enum import StrEnum
from functools import partial
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from lotrinh.cli.printing import complain, print_exactly, tell_notes
from lotrinh.cli.reading_words import refusal, sentence
from lotrinh.reading import Fact, Paper, Reading, read_paper, vocabulary
from lotrinh.reading.facts import KINDS
from lotrinh.reading.readers import Crew, Unreadable, gather, has_ocr

_BAD_INPUT = 2
_SHOWN = 90  # characters of a passage in the table
_FEW = 20  # files: below this nobody waits for long
_AHEAD = 8  # documents for each core that are read before they can be printed
_EVERY = 100  # files between two lines of progress where there is no terminal
_LONGEST = 20_000_000  # characters of a document


class Format(StrEnum):
    """How findings are printed."""

    TABLE = "table"
    JSONL = "jsonl"
    HTML = "html"
    TEXT = "text"


def read(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Văn bản hoặc thư mục / Documents or folders: .txt .md .html .docx .xlsx .pdf"
        ),
    ] = None,
    output: Annotated[
        Format, typer.Option("--format", "-f", help="Cách in ra / Output")
    ] = Format.TABLE,
    ocr: Annotated[
        bool,
        typer.Option("--ocr", help="Nhận dạng trang ảnh trong PDF / Read scanned pages (drafts)"),
    ] = False,
    words: Annotated[
        bool,
        typer.Option("--vocabulary", help="In các danh mục mã / Print every closed vocabulary"),
    ] = False,
) -> None:
    """Đọc văn bản / Read documents: citations, dates, targets, results, tasks, units, people."""
    if words:
        print_exactly(json.dumps(vocabulary(), ensure_ascii=False, indent=2))
        return
    if not paths:
        complain(sentence("no_path"))
        raise typer.Exit(_BAD_INPUT)
    if ocr and not has_ocr():
        complain(sentence("no_ocr"))
        raise typer.Exit(_BAD_INPUT)
    found = gather(paths)
    for folder in found.empty:
        complain(sentence("folder_empty", path=folder))
    if found.skipped:
        kinds = ", ".join(f"{ending} ({count})" for ending, count in found.skipped)
        complain(sentence("skipped", kinds=kinds))
    failed = _read_files(found.files, output, ocr)
    if failed or found.empty:
        raise typer.Exit(_BAD_INPUT)


def _read_files(files: Sequence[Path], output: Format, ocr: bool) -> int:
    """Print what is in the files and complain of each that is refused; return how many are."""
    failed, count = 0, len(files)
    with Crew(ocr=ocr, longest=_LONGEST) as crew:
        results = _read_all(crew.open_all(files), count, output)
        for path, paper, findings in _with_progress(results, count):
            if isinstance(paper, Paper):
                tell_notes(path, paper)
            if isinstance(findings, Unreadable):
                complain(refusal(findings, path))
                failed += 1
            else:
                _show(path, findings)
    if count > _FEW:
        complain(sentence("ended", read=count - failed, failed=failed))
    return failed


Opened = tuple[Path, Paper | Unreadable]
Findings = bytes | Reading | Unreadable  # as they are printed, or what tables are made of
Read = tuple[Path, Paper | Unreadable, Findings]
_Job = Future[bytes | Unreadable] | Unreadable
_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")


def _read_all(opened: Iterator[Opened], total: int, output: Format) -> Iterator[Read]:
    """Yield every document with its findings, or why there are none.

    Many documents are read on all cores; tables are laid out for the terminal, one at a time.
    """
    if total <= _FEW or output is Format.TABLE:
        for path, paper in opened:
            if isinstance(paper, Unreadable):
                yield path, paper, paper
            elif output is Format.TABLE:
                yield path, paper, _attempt(read_paper, paper)
            else:
                yield path, paper, _attempt(_findings, _shown_name(path), paper, output)
        return
    waiting: deque[tuple[Path, Paper | Unreadable, _Job]] = deque()
    with ProcessPoolExecutor(_cores(), mp_context=get_context("spawn")) as pool:
        for path, paper in opened:
            job: _Job
            if isinstance(paper, Unreadable):
                job = paper
            else:
                work = partial(_attempt, _findings, _shown_name(path), paper, output)
                job = _attempt(partial(pool.submit, work))
            waiting.append((path, paper, job))
            if len(waiting) > _AHEAD * _cores():
                yield _settled(*waiting.popleft())
        while waiting:
            yield _settled(*waiting.popleft())


def _settled(path: Path, paper: Paper | Unreadable, job: _Job) -> Read:
    return path, paper, job if isinstance(job, Unreadable) else _attempt(job.result)


def _attempt(
    work: Callable[_Given, _Found], *given: _Given.args, **named: _Given.kwargs
) -> _Found | Unreadable:
    """Return what the work returns, or a refusal that names the place of the fault in it.

    A fault in reading one document must not cost the others.
    """
    try:
        return work(*given, **named)
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__}, {Path(place.filename).name}:{place.lineno}"
        return Unreadable("fault", error=where)


def _cores() -> int:
    return len(os.sched_getaffinity(0))


def _with_progress(opened: Iterator[Read], total: int) -> Iterator[Read]:
    """Yield what is read and say how far it is: a bar on a terminal, else now and then a line."""
    if total <= _FEW:
        yield from opened
        return
    console = Console(stderr=True)
    if not console.is_terminal:
        for count, item in enumerate(opened, 1):
            yield item
            if count % _EVERY == 0:
                complain(sentence("progress", count=count, total=total))
        return
    columns = (TextColumn(sentence("reading")), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        task = bars.add_task("", total=total)
        for item in opened:
            if sys.stdout.isatty():  # findings and the bar would share a line
                bars.stop()
            yield item
            if sys.stdout.isatty():
                bars.start()
            bars.advance(task)


def _shown_name(path: Path) -> str:
    """Return the path as text: bytes of it that are no UTF-8 are written as escapes."""
    return os.fsencode(path).decode(errors="backslashreplace")


def _show(path: Path, findings: bytes | Reading) -> None:
    if isinstance(findings, Reading):
        _show_tables(_shown_name(path), findings)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(findings)
    sys.stdout.buffer.flush()


def _findings(name: str, paper: Paper, output: Format) -> bytes:
    """Return what is printed of a document: its text as it is, lines of JSON, or a page."""
    if output is Format.TEXT:
        return paper.text.encode("utf-8", "surrogatepass")
    reading = read_paper(paper)
    if output is Format.HTML:
        printed = _page(name, reading) + "\n"
    else:
        records = (json.dumps(fact.record(name), ensure_ascii=False) for fact in reading.facts)
        printed = "".join(record + "\n" for record in records)
    return printed.encode("utf-8", "surrogatepass")


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
