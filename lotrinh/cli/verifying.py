"""``lotrinh verify``: is the journal the one that was sealed?"""

import json
import re
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from lotrinh.cli.asking import told_by
from lotrinh.cli.words import say

SHOWN = 20
"""How many findings are said; ``--json`` has them all."""


def verify(
    export: Annotated[
        Path | None,
        typer.Option(help="Ghi nhật ký ra tệp JSON Lines / Write the journal as JSON Lines"),
    ] = None,
    key: Annotated[
        list[str] | None,
        typer.Option(help="Khóa công khai được tin, thay cho khóa ở đây / Public keys to trust"),
    ] = None,
    held: Annotated[
        Path | None,
        typer.Option(help="Tệp dấu niêm phong đã giữ ở nơi khác / Seals that were held elsewhere"),
    ] = None,
    proof: Annotated[
        UUID | None,
        typer.Option(
            help="In bằng chứng của một mục theo mã của mục / Print the proof of an entry"
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON / Print JSON")] = False,
) -> None:
    """Hold every entry against its seal. Exit 0 whole, 1 tampered with, 2 bad input, 3 not ready.

    ``--key`` (as often as there were keys) is for an installation whose key lies elsewhere.
    """
    keys = key or []
    _require_readable(keys, held)
    found = told_by("verify_journal", export=export, trusted=keys, held=held, proof=proof)
    if "unreadable" in found:
        typer.echo(say("verify.unreadable", error=found["unreadable"]), err=True)
        raise typer.Exit(2)
    if proof is not None:
        _print_proof(found["proof"], proof)
        return
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        _print(found, export)
    if found["findings"]:
        raise typer.Exit(1)


def _require_readable(keys: list[str], held: Path | None) -> None:
    """End with 2 where what was typed is no key, or no file."""
    for one in keys:
        if not re.fullmatch("[0-9a-f]{64}", one):
            typer.echo(say("verify.no_key", given=one), err=True)
            raise typer.Exit(2)
    if held is not None and not held.is_file():
        typer.echo(say("verify.unreadable", error=held), err=True)
        raise typer.Exit(2)


def _print_proof(told: str | None, entry: UUID) -> None:
    if told is None:
        typer.echo(say("verify.no_proof", entry=entry), err=True)
        raise typer.Exit(1)
    typer.echo(told)


def _print(found: dict[str, Any], export: Path | None) -> None:
    for one in found["findings"][:SHOWN]:
        typer.echo(say(f"verify.{one['flaw']}", place=one["place"]), err=True)
    findings = len(found["findings"])
    if findings:
        typer.echo(say("verify.tampered", count=findings))
    elif found["seals"]:
        typer.echo(say("verify.whole", entries=found["entries"], seals=found["seals"]))
    else:
        typer.echo(say("verify.no_seals", entries=found["entries"]))
    if found["seals"] and found["unsealed"]:
        typer.echo(say("verify.unsealed", count=found["unsealed"]))
    if found["last"]:
        typer.echo(say("verify.last", **found["last"]))
    if found["signed_through"]:
        typer.echo(say("verify.signed", day=found["signed_through"]))
    typer.echo(say("verify.key", key=found["public_key"]))
    if export is not None:
        typer.echo(say("verify.exported", count=found["exported"], path=export))
