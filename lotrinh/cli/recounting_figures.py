"""``lotrinh recount figures``: every total is counted anew from the figures and compared."""

import json
from contextlib import nullcontext
from io import StringIO

import typer
from django.core.management import call_command
from django.db import OperationalError

from lotrinh.cli import installation
from lotrinh.cli.words import failure, say
from lotrinh.engine import EngineError


def recount_figures(*, period: str | None, repair: bool, as_json: bool) -> None:
    """Hold every total of figures against the figures. Exit 0 all equal, 1 some differ.

    It changes nothing; with ``repair`` what differs is made anew from the figures, and then all are
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
            code = "figures.differs_own" if one["part"] == "own" else "figures.differs"
            typer.echo(say(code, **one), err=True)
        if told["rebuilt"]:
            typer.echo(say("figures.rebuilt", sheets=told["rebuilt"]))
        code = "figures.wrong" if told["differences"] else "figures.equal"
        typer.echo(say(code, **told | {"differences": len(told["differences"])}))
    if told["differences"]:
        raise typer.Exit(1)
