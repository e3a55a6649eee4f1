"""``lotrinh recount``: every total is counted anew from the figures and compared."""

import json
from contextlib import nullcontext
from io import StringIO
from typing import Annotated

import typer
from django.core.management import call_command
from django.db import OperationalError

from lotrinh.cli import installation
from lotrinh.cli.words import failure, say
from lotrinh.engine import EngineError


def recount(
    period: Annotated[
        str | None,
        typer.Option(help="Mã kỳ, như 202407, 2024Q3, 2024 / Code of one period; none means all"),
    ] = None,
    repair: Annotated[
        bool,
        typer.Option("--repair", help="Lập lại tổng từ số liệu gốc / Make the totals anew"),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON / Print JSON")] = False,
) -> None:
    """Hold every total against the figures. Exit 0 all equal, 1 some differ.

    It changes nothing; with --repair what differs is made anew from the figures, and then all are
    compared again.
    """
    installation.set_up_django()
    given = {"period": period, "repair": repair}
    try:
        with installation.embedded_engine() or nullcontext():
            told = json.loads(call_command("recount_totals", stdout=StringIO(), **given))
    except EngineError as error:
        typer.echo(failure(error), err=True)
        raise typer.Exit(3) from error
    except OperationalError as error:
        typer.echo(say("doctor.no_database"), err=True)
        raise typer.Exit(3) from error
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        for one in told["differences"]:
            typer.echo(say("recount.differs", **one), err=True)
        if told["rebuilt"]:
            typer.echo(say("recount.rebuilt", sheets=told["rebuilt"]))
        code = "recount.wrong" if told["differences"] else "recount.equal"
        typer.echo(say(code, **told | {"differences": len(told["differences"])}))
    if told["differences"]:
        raise typer.Exit(1)
