"""``lotrinh conference stream``: the server from which a conference is watched, on this machine."""

import os
import re
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from lotrinh.cli import serving, streaming
from lotrinh.cli.asking import told_by
from lotrinh.cli.words import failure, say
from lotrinh.engine import EngineError
from lotrinh.engine.account import account_of
from lotrinh.engine.children import ChildSpec, Supervisor
from lotrinh.engine.layout import ACCOUNT

_UID = re.compile("[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")

app = typer.Typer(
    help="Hội nghị trực tuyến / Conferences.", no_args_is_help=True, add_completion=False
)


@app.callback()
def conference() -> None:
    """What is done for a conference on the machines of the installation."""


@app.command("stream")
def stream(
    conference: Annotated[
        str, typer.Argument(help="Mã hoặc địa chỉ trang hội nghị / Its uid or address")
    ],
    host: Annotated[
        str, typer.Option(help="Địa chỉ mạng để mở cổng / Address to which the ports are bound")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(help="Cổng cho người xem / Port of viewers", min=1, max=65535)
    ] = 8935,
    rtmp_port: Annotated[
        int, typer.Option(help="Cổng nhận hình / Port of the sender", min=1, max=65535)
    ] = 1935,
    folder: Annotated[
        Path | None, typer.Option(help="Thư mục riêng, trống / A folder of its own, empty")
    ] = None,
    pages: Annotated[
        str | None,
        typer.Option(help="Máy này gọi tới trang ở đâu / How this machine reaches the pages"),
    ] = None,
    behind: Annotated[
        str | None,
        typer.Option(help="Máy phát thứ nhất, nếu là máy khác / The machine to which it is sent"),
    ] = None,
) -> None:
    """Serve the stream of a conference until stopped. Exit 1 unknown, 2 bad input, 3 not ready."""
    uid = _uid(conference)
    _require_plain(host, pages, behind)
    found = _tools()
    said = _said(uid)
    for asked in (port,) if behind else (port, rtmp_port):
        serving.choose_port(asked)
    with _folder(folder) as own:
        place = streaming.Place(
            host=host,
            port=port,
            rtmp_port=rtmp_port,
            folder=own,
            pages=pages or said["address"],
            address=said["address"],
            account=_account(),
            behind=behind.rstrip("/") if behind else None,
        )
        code = _run(place, said, found)
    raise typer.Exit(code)


def _run(place: streaming.Place, said: dict[str, str], found: streaming.Tools) -> int:
    """Serve until asked to stop; return the exit code."""
    told = streaming.Told(said["stream"], said["watching"], said["asking"])
    path = streaming.prepare(place, told, found, owner=account_of(place.account))
    child = ChildSpec("stream", streaming.program(found, path), grace=5)
    code = Supervisor(None, [child]).run_forever(lambda: _announce(place, said))
    if code:
        typer.echo(say("stream.failed", reason=_last_line(place.folder / "error.log")), err=True)
    return code


def _said(uid: UUID) -> dict[str, str]:
    """Return what the installation says of the stream; exits with 1 for no conference."""
    said: dict[str, str] | None = told_by("conference_stream", conference=uid)
    if said is None:
        typer.echo(say("stream.unknown", uid=uid), err=True)
        raise typer.Exit(1)
    return said


def _account() -> str | None:
    """Return as whom the programs work: for root an account without rights, else ourselves."""
    return ACCOUNT if os.geteuid() == 0 else None


def _tools() -> streaming.Tools:
    """Return the programs of the stream; exits with 3, saying how to install them."""
    try:
        return streaming.tools()
    except streaming.NotInstalled as missing:
        told = say("stream.not_installed", missing=missing, packages=streaming.PACKAGES)
        typer.echo(told, err=True)
        raise typer.Exit(3) from missing


def _uid(given: str) -> UUID:
    """Return the uid that was typed, or stands in an address that was. Exits with 2 for none."""
    found = _UID.search(given.lower())
    if found is None:
        typer.echo(say("stream.no_uid", given=given), err=True)
        raise typer.Exit(2)
    return UUID(found[0])


def _require_plain(host: str, *addresses: str | None) -> None:
    """End with 2 where what was typed is no address."""
    try:
        ip_address(host)
    except ValueError as refused:
        typer.echo(say("stream.no_host", given=host), err=True)
        raise typer.Exit(2) from refused
    for given in addresses:
        if given is not None and not streaming.PAGES.fullmatch(given):
            typer.echo(say("stream.no_pages", given=given), err=True)
            raise typer.Exit(2)


@contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    """Give the stream a folder that only its account may read, and clear it away afterwards.

    A folder that was named stays, empty; one in which something else lies is refused, exit 2.
    """
    try:
        own = Path(tempfile.mkdtemp(prefix="lotrinh-stream-")) if given is None else given.resolve()
        own.mkdir(mode=0o700, parents=True, exist_ok=True)
        strange = {path.name for path in own.iterdir()} - streaming.OURS
        if strange or not streaming.PLAIN.fullmatch(str(own)):
            typer.echo(say("stream.folder", folder=own), err=True)
            raise typer.Exit(2)
        own.chmod(0o700)
        os.chown(own, *account_of(_account()))
    except EngineError as error:
        typer.echo(failure(error), err=True)
        raise typer.Exit(3) from error
    except OSError as error:
        typer.echo(say("stream.failed", reason=error), err=True)
        raise typer.Exit(3) from error
    try:
        yield own
    finally:
        streaming.clear(own)
        if given is None:
            shutil.rmtree(own, ignore_errors=True)


def _announce(place: streaming.Place, said: dict[str, str]) -> None:
    """Print whither to send; the key only to somebody who sits there, never into a log."""
    if place.behind is not None:
        typer.echo(say("stream.behind", first=place.behind, port=place.port))
        typer.echo(say("demo.stop"))
        return
    shown = place.host if place.host != "0.0.0.0" else socket.gethostname()  # noqa: S104
    typer.echo(say("stream.into", address=f"rtmp://{shown}:{place.rtmp_port}/live"))
    if sys.stdout.isatty():
        typer.echo(say("stream.key", key=f"{said['stream']}?key={said['publishing']}"))
    else:
        typer.echo(say("stream.key_elsewhere", page=said["page"]))
    typer.echo(say("stream.watched", page=said["watch"]))
    typer.echo(say("demo.stop"))


def _last_line(log: Path) -> str:
    """Return what the server of the stream said last."""
    with suppress(OSError):
        lines = log.read_text(errors="replace").strip().splitlines()
        if lines:
            return lines[-1]
    return "?"
