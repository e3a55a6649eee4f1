"""``lotrinh remind``: the letters of the day are counted, by unit, and sent once that was seen."""

import json
from contextlib import nullcontext
from io import StringIO
from typing import Annotated, Any

import typer
from django.core.management import call_command
from django.db import OperationalError

from lotrinh.cli import installation
from lotrinh.cli.language import is_english
from lotrinh.cli.words import failure, say
from lotrinh.engine import EngineError


def remind(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Chỉ đếm, không gửi / Only count")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Không hỏi lại / Do not ask")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON / Print JSON")] = False,
) -> None:
    """Send the letters of the day, one a person. Exit 0 sent, 1 not now or not all, 3 no server.

    How many go out, and to whom, is said before; a worker sends the same letters by itself.
    """
    installation.set_up_django()
    try:
        with installation.embedded_engine() or nullcontext():
            _remind(dry_run=dry_run, yes=yes, as_json=as_json)
    except EngineError as error:
        typer.echo(failure(error), err=True)
        raise typer.Exit(3) from error
    except OperationalError as error:
        typer.echo(say("doctor.no_database"), err=True)
        raise typer.Exit(3) from error


def _remind(*, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Say how many letters there are; send them unless only counting was asked for."""
    counted = _run(dry_run=True)
    if as_json and dry_run:
        typer.echo(json.dumps(counted, ensure_ascii=False))
        return
    if not as_json:
        _print(counted)
    if dry_run:
        return
    _require_open(counted)
    if not yes and counted["letters"]:
        typer.confirm(say("remind.ask", letters=counted["letters"]), abort=True, err=True)
    done = _run(dry_run=False)
    typer.echo(json.dumps(done) if as_json else say("remind.sent", **done))
    if done["waiting"]:
        raise typer.Exit(1)


def _run(*, dry_run: bool) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(
        call_command("remind_people", stdout=StringIO(), dry_run=dry_run)
    )
    return told


def _require_open(counted: dict[str, Any]) -> None:
    if not counted["sends_mail"]:
        typer.echo(say("remind.no_server"), err=True)
        raise typer.Exit(3)
    if counted["opens"]:
        typer.echo(say("remind.quiet", opens=counted["opens"]), err=True)
        raise typer.Exit(1)


def _print(counted: dict[str, Any]) -> None:
    for row in counted["units"]:
        name = row["name_en" if is_english() else "name_vi"] or say("remind.no_unit")
        for code, people in (
            ("remind.unit", row["letters"]),
            ("remind.unit_silent", row["without_address"]),
        ):
            if people:
                typer.echo(say(code, unit=name, count=len(people), names=", ".join(people)))
    silent = counted["without_address"]
    typer.echo(say("remind.counted", letters=counted["letters"], silent=silent))
