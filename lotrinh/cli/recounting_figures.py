"""``lotrinh recount figures``: every total is counted anew from the figures and compared."""

import json

import typer

from lotrinh.cli.asking import told_by
from lotrinh.cli.words import say


def recount_figures(*, period: str | None, repair: bool, as_json: bool) -> None:
    """Hold every total of figures against the figures. Exit 0 all equal, 1 some differ.

    It changes nothing; with ``repair`` what differs is made anew from the figures, and then all are
    compared again.
    """
    told = told_by("recount_totals", period=period, repair=repair)
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        for one in told["differences"]:
            code = "figures.differs_own" if one["part"] == "own" else "figures.differs"
            typer.echo(say(code, **one), err=True)
        if told["rebuilt"]:
            typer.echo(say("figures.rebuilt", sheets=told["rebuilt"]))
        code = "figures.wrong" if told["differences"] else "figures.equal"
        typer.echo(say(code, **told | {"differences": len(told["differences"])}))
    if told["differences"]:
        raise typer.Exit(1)
