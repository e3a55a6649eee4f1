"""``lotrinh import`` and ``lotrinh export``: units, people and posts as Excel or CSV; duties in.

Every row gets its verdict. Good rows come in together; refused ones stay out and are told with the
cure, on the terminal and, if wished, in a file to be mended. Duties come in somebody's name, by his
rights, and only where ``--yes`` says so. Exit 0 where no row was refused, 1
where some were, 2 where the file is no such sheet.
"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import Annotated, Any

import typer
from django.core.management import call_command
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from lotrinh.apps.files.sheets import (
    Cell,
    GivenSheet,
    Grid,
    TooLongForExcel,
    as_csv,
    as_workbook,
    read_sheet,
)
from lotrinh.cli import installation
from lotrinh.cli.language import is_english
from lotrinh.cli.printing import complain, print_exactly
from lotrinh.cli.reading_words import sheet_refusal
from lotrinh.cli.words import failure, say
from lotrinh.engine import EngineError
from lotrinh.reading.readers import Unreadable
from lotrinh.reading.readers.safely import load
from lotrinh.rules.sheets import Verdict, head_word, verdict_word

_REFUSED, _BAD_INPUT, _NOT_READY = 1, 2, 3
_ENDINGS = (".csv", ".xlsx")


class What(StrEnum):
    """What a sheet holds."""

    UNITS = "units"
    PEOPLE = "people"


class Taken(StrEnum):
    """What a sheet that is taken over may hold."""

    UNITS = "units"
    PEOPLE = "people"
    DUTIES = "duties"


def import_sheet(
    what: Annotated[
        Taken, typer.Argument(help="Đơn vị, người hoặc nhiệm vụ / Units, people or duties")
    ],
    path: Annotated[Path, typer.Argument(help="Tệp .xlsx hoặc .csv / The file")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Chỉ xem trước / Say what would be done")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="In ra JSON / Print JSON")] = False,
    marked: Annotated[
        Path | None,
        typer.Option(help="Ghi các dòng lỗi vào tệp này / Write the refused rows to this file"),
    ] = None,
    open_trees: Annotated[
        bool, typer.Option("--open-trees", help="Mở hệ thống còn thiếu / Open missing trees")
    ] = False,
    new_kinds: Annotated[
        bool, typer.Option("--new-kinds", help="Nhận loại đơn vị mới / Take new kinds of unit")
    ] = False,
    who: Annotated[
        str, typer.Option("--as", help="Nhiệm vụ: nhân danh ai / Duties: in whose name")
    ] = "",
    number: Annotated[
        str,
        typer.Option("--document", help="Nhiệm vụ: số văn bản / Duties: number of the document"),
    ] = "",
    yes: Annotated[
        bool, typer.Option("--yes", help="Nhiệm vụ: ghi vào / Duties: write them")
    ] = False,
) -> None:
    """Nhập đơn vị, người, nhiệm vụ / Take units, people and duties over from Excel or CSV."""
    _check_ending(marked)
    given = _given(path)
    with _installation(), _shown(is_quiet=as_json) as progress:
        if what is Taken.DUTIES:
            named: dict[str, Any] = {"who": who, "number": number, "yes": yes and not dry_run}
            told = _called("import_duties", grid=given.grid, **named)
        else:
            opened = {"open_trees": open_trees, "new_kinds": new_kinds, "progress": progress}
            said = {"what": what.value, "grid": given.grid, "dry_run": dry_run}
            told = _called("import_sheet", **said, **opened)
    _stop_unless_judged(told, what, path)
    rows, head = told.pop("marked"), told.pop("head")
    if marked and told["counts"][Verdict.REFUSED]:
        wrong = {row["row"] - 1 for row in told["rows"] if row["faults"]}
        _write(marked, rows, head=head, wrong=wrong)
    _tell(told, as_json=as_json)
    if told["counts"][Verdict.REFUSED]:
        raise typer.Exit(_REFUSED)


def export_sheet(
    what: Annotated[What, typer.Argument(help="Đơn vị hoặc người / Units or people")],
    path: Annotated[
        Path | None,
        typer.Argument(help="Tệp .xlsx hoặc .csv; để trống: in CSV / The file; none: CSV"),
    ] = None,
) -> None:
    """Xuất đơn vị, người và chức vụ đúng dạng nhập / Write the same shape that import reads."""
    _check_ending(path)
    rows: list[list[Cell]] = []
    with _installation():
        call_command("export_sheet", what=what.value, language=_language(), take=rows.append)
    if path is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(as_csv(rows))
        sys.stdout.buffer.flush()
        return
    _write(path, rows)
    complain(say("sheet.exported", count=len(rows) - 1, path=path))


def _stop_unless_judged(told: dict[str, Any], what: Taken, path: Path) -> None:
    """Say why no row was judged, if none was, and exit by what that means."""
    if "not_founded" in told:
        complain(say("sheet.not_founded"))
        raise typer.Exit(_NOT_READY)
    if "missing" in told:
        heads = ", ".join(head_word(what, name, _language()) for name in told["missing"])
        complain(say("sheet.no_head", path=path, heads=heads))
        raise typer.Exit(_BAD_INPUT)
    for name, code in (("unusable", _BAD_INPUT), ("refused", _REFUSED)):
        if name in told:
            complain(told[name])
            raise typer.Exit(code)


def _given(path: Path) -> GivenSheet:
    """Return the sheet in a file, having said what there is to say of it."""
    try:
        given = read_sheet(load(path), path.name)
    except Unreadable as refused:
        complain(sheet_refusal(refused, path))
        raise typer.Exit(_BAD_INPUT) from refused
    _tell_what_was_read(given)
    return given


def _tell_what_was_read(given: GivenSheet) -> None:
    """Say which sheets were passed over and whether letters were converted."""
    if given.passed_over:
        complain(say("sheet.passed_over", name=given.name, others=", ".join(given.passed_over)))
    if given.encoding:
        complain(say("sheet.converted", encoding=given.encoding))


def _language() -> str:
    return "en" if is_english() else "vi"


def _check_ending(path: Path | None) -> None:
    if path is not None and path.suffix.lower() not in _ENDINGS:
        complain(say("sheet.ending", path=path))
        raise typer.Exit(_BAD_INPUT)


def _write(path: Path, rows: Grid | list[list[Cell]], **shown: Any) -> None:
    is_csv = path.suffix.lower() == ".csv"
    try:
        path.write_bytes(as_csv(rows) if is_csv else as_workbook(rows, name="Lotrinh", **shown))
    except TooLongForExcel as refused:
        complain(say("sheet.too_long", path=path))
        raise typer.Exit(_BAD_INPUT) from refused
    except OSError as refused:
        complain(say("sheet.not_written", path=path, error=refused.strerror))
        raise typer.Exit(_BAD_INPUT) from refused


@contextmanager
def _installation() -> Iterator[None]:
    """Let the installation's database be there for a while."""
    engine = installation.embedded_engine()
    try:
        if engine is not None:
            engine.start()
        try:
            installation.ensure_installation(engine)
            yield
        finally:
            if engine is not None:
                engine.release()
    except EngineError as error:
        complain(failure(error))
        raise typer.Exit(_NOT_READY) from error


def _called(command: str, **options: object) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(call_command(command, stdout=StringIO(), **options))
    return told


@contextmanager
def _shown(*, is_quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """Show on a terminal how far the rows are; elsewhere the verdicts tell enough."""
    console = Console(stderr=True)
    if is_quiet or not console.is_terminal:
        yield lambda done, total: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console) as bars:
        task = bars.add_task(say("sheet.rows"), total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)


def _tell(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_exactly(json.dumps(told, ensure_ascii=False))
        return
    for row in told["rows"]:
        word = row.get("word") or verdict_word(Verdict(row["verdict"]), _language())
        said = [row["key"], *row["faults"], *row.get("notes", ())]
        print_exactly(f"{row['row']:>6}  {word:9} " + " · ".join(said))
    if told["strange"]:
        complain(say("sheet.strange", heads=", ".join(told["strange"])))
    counts = told["counts"]
    kind = "duties" if "amended" in counts else "sheet"
    complain(say(f"{kind}.{'tried' if told['dry_run'] else 'imported'}", **counts))
