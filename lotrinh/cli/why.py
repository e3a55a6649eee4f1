"""``lotrinh why``: in one sentence, why somebody may or may not do something to something."""

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


def why(
    user: Annotated[str, typer.Argument(help="A sign-in name or a full name.")],
    action: Annotated[str, typer.Argument(help="An action, such as duty.issue.")],
    target: Annotated[
        str,
        typer.Argument(
            metavar="OBJECT",
            help="Code, uid or name of a unit, or the uid of a duty, target or document.",
        ),
    ],
    on: Annotated[str, typer.Option(help="The day that is asked about; today if left out.")] = "",
) -> None:
    """Say why USER may or may not do ACTION to OBJECT. Exit 0 allowed, 1 not allowed, 2 unknown.

    For whoever looks after the installation: it answers about everybody.
    """
    installation.set_up_django()
    try:
        with installation.embedded_engine() or nullcontext():
            asked = {"who": user, "action": action, "target": target, "on": on}
            told = json.loads(call_command("explain_right", **asked, stdout=StringIO()))
    except EngineError as error:
        typer.echo(failure(error), err=True)
        raise typer.Exit(3) from error
    except OperationalError as error:
        typer.echo(say("doctor.no_database"), err=True)
        raise typer.Exit(3) from error
    if told["allowed"] is None:
        typer.echo(told["lines"][0], err=True)
        raise typer.Exit(2)
    for line in told["lines"]:
        typer.echo(line)
    raise typer.Exit(0 if told["allowed"] else 1)
