"""``lotrinh doctor``: one sentence for each thing that must be right, and what cures it."""

import json
import platform
from contextlib import nullcontext
from io import StringIO
from typing import Any

import typer
from django.core.management import call_command

from lotrinh.cli import installation
from lotrinh.cli.words import failure, say
from lotrinh.engine import EngineError
from lotrinh.reading.readers.probing import LIMITS


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
        typer.echo(f"{sign} {_sentence(finding['code'], finding['data'])}")
    if not all(finding["fine"] for finding in findings):
        raise typer.Exit(3)


def _sentence(code: str, data: dict[str, Any]) -> str:
    """Return the words of a finding; the limits of the reading process are named one by one."""
    if code != "doctor.limits":
        return say(code, **data)
    held = [limit for limit in LIMITS if limit in data["held"]]
    words = say("doctor.limits", held=_named(held) or "0")
    missing = [limit for limit in LIMITS if limit not in held]
    return f"{words} {say('doctor.limits_missing', missing=_named(missing))}" if missing else words


def _named(limits: list[str]) -> str:
    return ", ".join(say(f"limit.{limit}") for limit in limits)
