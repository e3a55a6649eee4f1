"""Asking the database from the command line: what a management command tells, or why it cannot."""

import json
from contextlib import nullcontext
from io import StringIO
from typing import Any

import typer
from django.core.management import call_command
from django.db import OperationalError

from lotrinh.cli import installation
from lotrinh.cli.words import failure, say
from lotrinh.engine import EngineError


def told_by(command: str, **given: Any) -> Any:
    """Return what a management command prints as JSON, from whatever database there is.

    Exits with 3, saying why, where the engine does not start or no database answers.
    """
    installation.set_up_django()
    try:
        with installation.embedded_engine() or nullcontext():
            return json.loads(call_command(command, stdout=StringIO(), **given))
    except EngineError as error:
        typer.echo(failure(error), err=True)
        raise typer.Exit(3) from error
    except OperationalError as error:
        typer.echo(say("doctor.no_database"), err=True)
        raise typer.Exit(3) from error
