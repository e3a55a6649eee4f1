"""``lotrinh doctor``: one sentence for each thing that must be right, and what cures it."""

import json
import platform
from contextlib import nullcontext
from io import StringIO

import typer
from django.core.management import call_command

from lotrinh.cli import installation
from lotrinh.cli.words import failure, say
from lotrinh.engine import EngineError


def doctor() -> None:
    """Say what is wrong; exit 3 where something keeps the installation from working."""
    installation.set_up_django()
    typer.echo("+ " + say("doctor.python", version=platform.python_version()))
    try:
        with installation.embedded_engine() or nullcontext():
            findings = json.loads(call_command("examine", stdout=StringIO()))
    except EngineError as error:
        typer.echo(failure(error), err=True)
        raise typer.Exit(3) from error
    for finding in findings:
        sign = "+" if finding["fine"] else "-"
        typer.echo(f"{sign} {say(finding['code'], **finding['data'])}")
    if not all(finding["fine"] for finding in findings):
        raise typer.Exit(3)
