"""``lotrinh doctor``: one sentence for each thing that must be right, and what cures it."""

import json
import platform
from io import StringIO

import typer
from django.core.management import call_command

from lotrinh.cli import installation
from lotrinh.cli.words import say


def doctor() -> None:
    """Say what is wrong; exit 3 where something keeps the installation from working."""
    installation.set_up_django()
    typer.echo("+ " + say("doctor.python", version=platform.python_version()))
    findings = json.loads(call_command("examine", stdout=StringIO()))
    for finding in findings:
        sign = "+" if finding["fine"] else "-"
        typer.echo(f"{sign} {say(finding['code'], **finding['data'])}")
    if not all(finding["fine"] for finding in findings):
        raise typer.Exit(3)
