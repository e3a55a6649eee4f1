"""``lotrinh recount``: what is kept so that pages are quick is held against counting anew."""

import json
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import typer

from lotrinh.cli.asking import told_by
from lotrinh.cli.language import is_english
from lotrinh.cli.recounting_editions import recount_edition
from lotrinh.cli.recounting_figures import recount_figures
from lotrinh.cli.words import say


class Kept(StrEnum):
    """What can be counted anew."""

    DUTIES = "duties"
    FIGURES = "figures"


def recount(
    what: Annotated[
        str,
        typer.Argument(
            help="Đếm lại gì: duties, figures, hoặc mã của một lần chốt báo cáo / "
            "What to count: duties, figures, or the uid of an edition"
        ),
    ] = Kept.DUTIES,
    period: Annotated[
        str | None,
        typer.Option(help="Mã kỳ của số liệu, như 202407, 2024Q3 / Code of a period of figures"),
    ] = None,
    repair: Annotated[
        bool, typer.Option("--repair", help="Sửa số đếm sai / Put wrong numbers right")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON / Print JSON")] = False,
) -> None:
    """Count anew what pages add up. Exit 0 all was right or was put right, 1 it is not."""
    edition = _edition(what)
    if edition is not None:
        recount_edition(edition, as_json=as_json)
        return
    if what == Kept.FIGURES:
        recount_figures(period=period, repair=repair, as_json=as_json)
        return
    found = told_by("recount_kept", what=str(what), repair=repair)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        _print(found, repair=repair)
    if found and not repair:
        raise typer.Exit(1)


def _edition(what: str) -> UUID | None:
    """Return the edition that is named; None where it is one of the things kept for pages.

    Exits with 2 where it is neither.
    """
    if what in set(Kept):
        return None
    try:
        return UUID(what)
    except ValueError:
        typer.echo(say("recount.unknown", what=what), err=True)
        raise typer.Exit(2) from None


def _print(found: list[dict[str, Any]], *, repair: bool) -> None:
    language = "en" if is_english() else "vi"
    for one in found:
        missing = ", ".join(f"{name} {n:+}" for name, n in one["missing"].items())
        unit, owed_to = one["unit"], one["owed_to"]
        typer.echo(
            say(
                "recount.wrong",
                unit=unit[f"name_{language}"],
                owed_to=owed_to[f"name_{language}"],
                missing=missing,
            )
        )
    code = "recount.right" if not found else "recount.repaired" if repair else "recount.found"
    typer.echo(say(code, count=len(found)))
