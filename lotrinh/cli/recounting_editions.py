"""``lotrinh recount EDITION``: a frozen edition is proved from what it keeps."""

import json
from typing import Any
from uuid import UUID

import typer

from lotrinh.cli.asking import told_by
from lotrinh.cli.words import say


def recount_edition(uid: UUID, *, as_json: bool) -> None:
    """Count the numbers of an edition anew. Exit 0 it holds, 1 it does not, 2 there is none."""
    found = told_by("recount_edition", uid=str(uid))
    if found is None:
        typer.echo(say("recount.edition_missing", uid=str(uid)), err=True)
        raise typer.Exit(2)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        _print(found)
    if not found["holds"]:
        raise typer.Exit(1)


def _print(found: dict[str, Any]) -> None:
    if found["holds"]:
        typer.echo(
            say(
                "recount.edition_holds",
                edition=found["edition"],
                numbers=found["numbers"],
                figures=found["figures"],
                restated=len(found["restated"]),
            )
        )
        return
    what = ", ".join(found["broken"]) or "–"
    typer.echo(say("recount.edition_broken", edition=found["edition"], what=what))
    for one in found["deviations"]:
        typer.echo(say("recount.edition_number", **one))
    for uid in found["strangers"]:
        typer.echo(say("recount.edition_stranger", uid=uid))
