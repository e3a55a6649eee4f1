"""``lotrinh password``: the way back in, for whoever looks after the server.

Where nobody is left who could give somebody a password on the pages, it is given here.
"""

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


def password(
    user: Annotated[str, typer.Argument(help="Tên đăng nhập / The sign-in name")],
) -> None:
    """Give USER a temporary password and print it. Exit 0 given, 1 refused, 2 no open account.

    The one before opens nothing any more. The act is in the journal, the password nowhere.
    """
    installation.set_up_django()
    try:
        with installation.embedded_engine() or nullcontext():
            told = json.loads(call_command("give_password", who=user, stdout=StringIO()))
    except EngineError as error:
        typer.echo(failure(error), err=True)
        raise typer.Exit(3) from error
    except OperationalError as error:
        typer.echo(say("doctor.no_database"), err=True)
        raise typer.Exit(3) from error
    if "refused" in told:
        typer.echo(say(told["refused"], name=user), err=True)
        raise typer.Exit(2 if told["refused"] == "password.no_user" else 1)
    typer.echo(told["password"])
    typer.echo(say("password.given", name=user), err=True)
