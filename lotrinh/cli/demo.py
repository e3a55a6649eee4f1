"""``lotrinh demo``: from nothing to a running city, and in a moment the second time."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from io import StringIO
from typing import Annotated

import typer
from django.core.management import call_command
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Table

from lotrinh.cli import installation, serving
from lotrinh.cli.language import is_english
from lotrinh.cli.words import failure, say
from lotrinh.demo.cast import PASSWORD, day_of_demo, members, purpose
from lotrinh.engine import Engine, EngineError

DATABASE = "lotrinh_demo"
ROWS = (
    "units",
    "people",
    "documents",
    "texts",
    "candidates",
    "undecided",
    "drafts",
    "issued",
    "late",
    "targets",
)


def demo(
    units: Annotated[int | None, typer.Option(help="At least so many units.", min=1)] = None,
    serve: Annotated[bool, typer.Option(help="Serve the pages after the summary.")] = True,
    port: Annotated[
        int | None, typer.Option(help="The port to serve at.", min=1, max=65535)
    ] = None,
) -> None:
    """Build a believable city, print what it holds, and serve it."""
    console = Console(stderr=False, highlight=False)
    if os.environ.get("DATABASE_URL"):
        typer.echo(say("demo.embedded_only"), err=True)
        raise typer.Exit(2)
    require_day()
    chosen = serving.choose_port(port) if serve else None
    if chosen is not None:
        os.environ.setdefault("LOTRINH_ADDRESS", f"http://localhost:{chosen}")
    prepare_environment()
    engine = installation.embedded_engine()
    if engine is None:
        raise typer.Exit(2)
    try:
        with engine:
            _build(engine, units, console)
            if chosen is not None:
                raise typer.Exit(
                    serving.supervise(engine, chosen, lambda: _invite(console, chosen))
                )
    except EngineError as error:
        typer.echo(failure(error), err=True)
        raise typer.Exit(3) from error


def require_day() -> None:
    """End with one line and exit code 2 where LOTRINH_TODAY is no day."""
    given = os.environ.get("LOTRINH_TODAY")
    try:
        date.fromisoformat(given or day_of_demo().isoformat())
    except ValueError as refused:
        typer.echo(say("day.refused", given=given), err=True)
        raise typer.Exit(2) from refused


def prepare_environment() -> None:
    """Let this process and its children work on the demonstration's database and day."""
    os.environ["LOTRINH_DEMO"] = "1"
    os.environ["LOTRINH_DATABASE"] = DATABASE
    os.environ.setdefault("LOTRINH_TODAY", day_of_demo().isoformat())


def _build(engine: Engine, unit_count: int | None, console: Console) -> None:
    """Build the city unless a finished one of the same making is there; print the summary."""
    engine.start()
    installation.set_up_django()
    fingerprint = installation.demo_fingerprint(unit_count)
    with installation.one_at_a_time():
        known = installation.built_fingerprint(engine, DATABASE) == fingerprint
        if not known:
            with _shown(console) as progress:
                progress("tables", 0, 1)
                installation.rebuild_database(engine, DATABASE)
                progress("tables", 1, 1)
                call_command("build_demo", units=unit_count, progress=progress)
            installation.mark_built(engine, DATABASE, fingerprint)
        held = json.loads(call_command("demo_summary", stdout=StringIO()))
    _print_summary(held, known, console)


def _print_summary(held: dict[str, object], known: bool, console: Console) -> None:
    table = Table(title=say("demo.kept" if known else "demo.ready"), title_justify="left")
    table.add_column(say("demo.today"))
    table.add_column(f"{day_of_demo():%d/%m/%Y}", justify="right")
    for name in ROWS:
        table.add_row(say(f"demo.{name}"), str(held[name]))
    console.print(table)


@contextmanager
def _shown(console: Console) -> Iterator[Callable[[str, int, int], None]]:
    """Show how building goes on: bars on a terminal, one plain line for each step otherwise."""
    if not console.is_terminal:

        def tell(step: str, done: int, total: int) -> None:
            if done == total:
                console.print(f"{say(f'step.{step}')}: {total}")

        yield tell
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console) as bars:
        tasks: dict[str, TaskID] = {}

        def move(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(say(f"step.{step}"), total=total)
            bars.update(tasks[step], completed=done)

        yield move


def _invite(console: Console, port: int) -> None:
    """Print where the city is served and as whom one can sign in."""
    address = f"http://localhost:{port}/"
    console.print(f"{say('demo.address')}: {address}")
    console.print(f"{say('demo.roles')}: {address}roles/")
    people = Table(title=f"{say('demo.sign_in')} ({say('demo.password')}: {PASSWORD})")
    people.add_column(say("demo.sign_in"), no_wrap=True)
    people.add_column("")
    for member in members():
        people.add_row(member.sign_in, purpose(member.sign_in, "en" if is_english() else "vi"))
    console.print(people)
    console.print(say("demo.stop"))
