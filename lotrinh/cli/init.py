"""``lotrinh init``: a real installation with its first unit and its first officer."""

from typing import Annotated

import typer
from django.core.management import CommandError, call_command

from lotrinh.cli import installation
from lotrinh.cli.words import failure, say
from lotrinh.engine import EngineError
from lotrinh.rules.sheet_cells import WrongCell, day_in


def init(
    name: Annotated[str, typer.Option(prompt=say("init.name"))],
    admin: Annotated[str, typer.Option(prompt=say("init.admin"))],
    full_name: Annotated[str, typer.Option(prompt=say("init.full_name"))],
    password: Annotated[
        str, typer.Option(prompt=say("init.password"), hide_input=True, confirmation_prompt=True)
    ],
    since: Annotated[
        str,
        typer.Option(help="Ngày bắt đầu của cơ quan / The day on which the authority began"),
    ] = "",
) -> None:
    """Set up an empty installation: tables, reference data, the authority, its first officer."""
    try:
        begun = day_in(since) if since else None
    except WrongCell as wrong:
        typer.echo(say("init.no_day", given=since), err=True)
        raise typer.Exit(2) from wrong
    try:
        engine = installation.embedded_engine()
        if engine is not None:
            engine.start()
        installation.ensure_installation(engine)
        try:
            call_command(
                "found_authority",
                name=name,
                admin=admin,
                full_name=full_name,
                password=password,
                since=begun,
            )
        except CommandError as refused:
            typer.echo(str(refused), err=True)
            raise typer.Exit(1) from refused
        finally:
            if engine is not None:
                engine.release()
    except EngineError as error:
        typer.echo(failure(error), err=True)
        raise typer.Exit(3) from error
    typer.echo(say("init.done", name=name))
