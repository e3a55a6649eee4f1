"""``lotrinh serve`` and ``lotrinh worker``: the processes that make a running site.

One supervisor owns the embedded server and two children: the web server and a worker. Any number
of further workers may run on other machines that reach the same database.
"""

import socket
import sys
from collections.abc import Callable
from typing import Annotated

import typer
from django.core.management import call_command

from lotrinh.cli import installation
from lotrinh.cli.words import failure, say
from lotrinh.engine import Engine, EngineError
from lotrinh.engine.children import ChildSpec, Supervisor

FIRST_PORT = 8000
PORTS_TRIED = 50
MOST_PROCESSES = 6
"""Each may hold twelve connections, and the embedded server has a hundred for all."""


def serve(
    port: Annotated[
        int | None, typer.Option(help="The port to serve at.", min=1, max=65535)
    ] = None,
    processes: Annotated[
        int, typer.Option(help="How many processes make the pages.", min=1, max=MOST_PROCESSES)
    ] = 1,
) -> None:
    """Make the database ready, then serve the pages and read what waits until stopped."""
    chosen = choose_port(port)
    try:
        engine = installation.embedded_engine()
        if engine is not None:
            engine.start()
        installation.ensure_installation(engine)
        raise typer.Exit(supervise(engine, chosen, lambda: _announce(chosen), processes))
    except EngineError as error:
        typer.echo(failure(error), err=True)
        raise typer.Exit(3) from error


def worker() -> None:
    """Read waiting texts and do other background work until stopped."""
    installation.set_up_django()
    call_command("procrastinate", "worker", concurrency=2, delete_jobs="successful")


def supervise(
    engine: Engine | None, port: int, ready: Callable[[], None], processes: int = 1
) -> int:
    """Run the web server and a worker until asked to stop; return the exit code."""
    call_command("collectstatic", interactive=False, verbosity=0)
    children = [_web(port, processes), _worker()]
    return Supervisor(engine, children).run_forever(ready)


def choose_port(asked: int | None) -> int:
    """Return a port that is free now; a port that was asked for is taken or refused."""
    wanted = asked or FIRST_PORT
    if _is_free(wanted):
        return wanted
    if asked is not None:
        typer.echo(say("port.refused", port=asked), err=True)
        raise typer.Exit(3)
    other = next(port for port in range(wanted + 1, wanted + PORTS_TRIED) if _is_free(port))
    typer.echo(say("port.taken", port=wanted, other=other), err=True)
    return other


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _announce(port: int) -> None:
    typer.echo(f"{say('demo.address')}: http://localhost:{port}/")


def _web(port: int, processes: int) -> ChildSpec:
    program = [
        *(sys.executable, "-m", "granian", "--interface", "asginl", "--host", "127.0.0.1"),
        *("--port", str(port), "--workers", str(processes)),
        *("--no-access-log", "--log-level", "warning"),
        "lotrinh.config.asgi:application",
    ]
    return ChildSpec("web", program)


def _worker() -> ChildSpec:
    return ChildSpec("worker", [sys.executable, "-m", "lotrinh.cli", "worker"])
