"""``lotrinh unclaimed``: stored files that no document knows are listed, and removed when old."""

import json
from contextlib import nullcontext
from io import StringIO
from typing import Annotated, Any

import typer
from django.core.management import call_command
from django.db import OperationalError

from lotrinh.cli import installation
from lotrinh.cli.words import failure, say
from lotrinh.engine import EngineError


def unclaimed(
    remove: Annotated[
        bool,
        typer.Option("--remove", help="Xóa tệp cũ hơn một ngày / Remove those older than a day"),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON / Print JSON")] = False,
) -> None:
    """List stored files that no document knows. Exit 0 done, 1 the files lie in a store elsewhere.

    Such a file is left where handing it in was ended before the register knew of it.
    """
    installation.set_up_django()
    try:
        with installation.embedded_engine() or nullcontext():
            found = json.loads(call_command("unclaimed_files", stdout=StringIO(), remove=remove))
    except EngineError as error:
        typer.echo(failure(error), err=True)
        raise typer.Exit(3) from error
    except OperationalError as error:
        typer.echo(say("doctor.no_database"), err=True)
        raise typer.Exit(3) from error
    if found is None:
        typer.echo(say("unclaimed.elsewhere"), err=True)
        raise typer.Exit(1)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    for one in found:
        typer.echo(f"{one['sha256']}  {one['size']}  {one['since']}  {_fate(one)}")
    typer.echo(_in_all(found, remove))


def _fate(one: dict[str, Any]) -> str:
    """Return what becomes of a file, in two or three words."""
    if one["removed"]:
        return say("unclaimed.gone")
    return say("unclaimed.old" if one["old"] else "unclaimed.young")


def _in_all(found: list[dict[str, Any]], remove: bool) -> str:
    """Return in a sentence how many there are, and how many were or can be removed."""
    if remove:
        gone = sum(one["removed"] for one in found)
        return say("unclaimed.removed", count=len(found), gone=gone)
    return say("unclaimed.listed", count=len(found), old=sum(one["old"] for one in found))
