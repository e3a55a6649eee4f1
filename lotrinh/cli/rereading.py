"""``lotrinh reread``: texts are read again by the rules of today, to be compared on their desks."""

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


def reread(
    numbers: Annotated[
        list[str] | None,
        typer.Argument(help="Số, ký hiệu; để trống là mọi văn bản / Numbers; none means all"),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Chỉ đếm, không đưa vào hàng đợi / Only count")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON / Print JSON")] = False,
) -> None:
    """Let texts be read again that older rules have read. Exit 0 queued, 2 a number is not known.

    Nothing that was decided changes: the differences stand on each desk, to be taken or left.
    """
    installation.set_up_django()
    try:
        with installation.embedded_engine() or nullcontext():
            given = {"numbers": tuple(numbers or ()), "dry_run": dry_run}
            told = json.loads(call_command("reread_texts", stdout=StringIO(), **given))
    except EngineError as error:
        typer.echo(failure(error), err=True)
        raise typer.Exit(3) from error
    except OperationalError as error:
        typer.echo(say("doctor.no_database"), err=True)
        raise typer.Exit(3) from error
    for number in told["unknown"]:
        typer.echo(say("reread.unknown", number=number), err=True)
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        code = "reread.counted" if dry_run else "reread.queued"
        typer.echo(say(code, queued=told["queued"], read=told["read"]))
    if told["unknown"]:
        raise typer.Exit(2)
