"""Keeping the server and the processes that use it alive, and ending them together.

A supervisor is the one process a person or the machine starts and stops. It owns the database
server and the children (web server, worker), starts again what has died, and ends everything in
the right order: first those who use the database, then the database. If it is killed itself,
the kernel tells every child, and a keeper beside each makes sure that none stays.
"""

import logging
import os
import select
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, TracebackType
from typing import Final, Self

from lotrinh.engine.errors import EngineError
from lotrinh.engine.folders import open_private
from lotrinh.engine.processes import launch
from lotrinh.engine.server import Engine

logger = logging.getLogger(__name__)

STOPPED: Final = 0
NOT_READY: Final = 3
GRACE: Final = 10.0  # seconds a child has to end by itself
SETTLED: Final = 10.0  # seconds after which a child counts as having started
HOPELESS: Final = 5  # early deaths in a row, never having settled, after which we give up
LONGEST_PAUSE: Final = 30.0
LOOK_EVERY: Final = 1.0  # seconds; the death of a child of our own is known at once


def spawn(
    program: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    log: Path | None = None,
    folder: Path | None = None,
    grace: float = GRACE,
) -> "subprocess.Popen[bytes]":
    """Start a program that ends when we do, however we end, with all it has started itself.

    ``env`` None means our own; ``log`` is appended to, None lets the program write where we do.
    The object stands for the keeper: ``terminate()`` ends the program, by SIGKILL once ``grace``
    seconds have passed, and the exit code is the program's, 128 + n where signal n killed it.
    """
    output = None if log is None else open_private(log, os.O_WRONLY | os.O_APPEND)
    try:
        return launch(
            program,
            death_signal=signal.SIGTERM,
            folder=folder or Path.cwd(),
            env=os.environ if env is None else env,
            output=output,
            grace=grace,
        )
    finally:
        if output is not None:
            os.close(output)


@dataclass(frozen=True, slots=True)
class ChildSpec:
    """A process to be kept running; the fields are those of ``spawn``."""

    name: str
    program: Sequence[str | Path]
    env: Mapping[str, str] | None = None
    log: Path | None = None
    folder: Path | None = None
    grace: float = GRACE


@dataclass(slots=True)
class _Charge:
    """A child in the supervisor's care. Times are those of the monotonic clock."""

    spec: ChildSpec
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    due: float = 0.0
    early_deaths: int = 0
    has_settled: bool = False

    def start(self, now: float) -> None:
        spec = self.spec
        self.process = spawn(
            spec.program, env=spec.env, log=spec.log, folder=spec.folder, grace=spec.grace
        )
        self.started = now

    def note_death(self, now: float) -> int | None:
        """Return the exit code if the child has died, and set when it is due again."""
        code = _buried(self.process) if self.process else None
        if code is None:
            return None
        self.process = None
        settled = now - self.started >= SETTLED
        self.has_settled = self.has_settled or settled
        self.early_deaths = 0 if settled else self.early_deaths + 1
        self.due = now + min(0.25 * 2**self.early_deaths, LONGEST_PAUSE)
        return code

    @property
    def hopeless(self) -> bool:
        return not self.has_settled and self.early_deaths >= HOPELESS


def _buried(process: "subprocess.Popen[bytes]") -> int | None:
    """Return the exit code of a dead keeper after killing what is left of its session.

    The look comes before the burial: until then nobody else can be given the number.
    """
    ended = os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    if ended is None:
        return None
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    return process.wait()


@dataclass(slots=True)
class _Requests:
    """The signals that ask us to stop, for the length of a ``with`` block."""

    count: int = 0
    _before: dict[int, object] = field(default_factory=dict)
    _bell: tuple[socket.socket, socket.socket] = field(default_factory=socket.socketpair)
    _bell_before: int = -1

    def __enter__(self) -> Self:
        for end in self._bell:
            end.setblocking(False)
        self._bell_before = signal.set_wakeup_fd(self._bell[1].fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number == signal.SIGHUP and signal.getsignal(number) == signal.SIG_IGN:
                continue  # nohup was meant
            self._before[number] = signal.signal(number, self._note)
        self._before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, _wake)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]  # what was there before
        signal.set_wakeup_fd(self._bell_before)
        for end in self._bell:
            end.close()

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.count += 1

    def wait(self, patience: float) -> None:
        """Return at the next signal, at the latest after ``patience`` seconds."""
        select.select([self._bell[0]], [], [], max(0.0, patience))
        with suppress(BlockingIOError):
            while self._bell[0].recv(512):
                pass


def _wake(number: int, frame: FrameType | None) -> None:
    """Do nothing: the bell has rung."""


class Supervisor:
    """Keeps an engine and its children running until it is asked to stop.

    ``engine`` None means that the database is somebody else's (DATABASE_URL). What happens is
    told to the log of this module.
    """

    def __init__(self, engine: Engine | None, children: Sequence[ChildSpec]) -> None:
        self.engine = engine
        self._charges = [_Charge(spec) for spec in children]
        self._engine_due = 0.0
        self._engine_failures = 0

    def run_forever(self, ready: Callable[[], None] | None = None) -> int:
        """Run until SIGINT, SIGTERM or SIGHUP; then end the children, then the server.

        ``ready`` is called once when everything has been started. Returns 0 after a request to
        stop (a second one kills), 3 where a child died at once again and again. Raises
        EngineError where the server does not start in the first place; later failures of the
        server are tried again with growing pauses. Nothing of ours runs when this returns.
        """
        with _Requests() as requests:
            try:
                if self.engine is not None:
                    self.engine.start()
                return self._tend(requests, ready)
            finally:
                self._end_children(requests)
                if self.engine is not None:
                    self.engine.release()

    def _tend(self, requests: _Requests, ready: Callable[[], None] | None) -> int:
        while not requests.count:
            self._tend_engine(time.monotonic())
            for charge in self._charges:
                self._tend_child(charge, time.monotonic())
                if charge.hopeless:
                    return NOT_READY
            if ready is not None:
                ready()
                ready = None
            requests.wait(self._pause(time.monotonic()))
        return STOPPED

    def _tend_engine(self, now: float) -> None:
        if self.engine is None or now < self._engine_due:
            return
        try:
            if self.engine.restart_if_dead():
                logger.warning("the database had died and was started again")
            self._engine_failures = 0
        except EngineError as error:
            self._engine_failures += 1
            self._engine_due = now + min(2.0**self._engine_failures, LONGEST_PAUSE)
            logger.error("%s", error)

    def _tend_child(self, charge: _Charge, now: float) -> None:
        code = charge.note_death(now)
        if code is not None:
            logger.warning("%s ended with code %d", charge.spec.name, code)
        if charge.process is None and now >= charge.due and not charge.hopeless:
            charge.start(now)

    def _pause(self, now: float) -> float:
        """Return how long nothing needs to be done, in seconds."""
        due = [charge.due - now for charge in self._charges if charge.process is None]
        return min([LOOK_EVERY, *due])

    def _end_children(self, requests: _Requests) -> None:
        """Leave no child; those that do not end by themselves are killed by their keepers."""
        running = [charge for charge in self._charges if charge.process is not None]
        for charge in running:
            if charge.process is not None:
                charge.process.terminate()
        asked, before = time.monotonic(), requests.count
        while running:
            requests.wait(0.1)
            now = time.monotonic()
            running = [charge for charge in running if charge.note_death(now) is None]
            for charge in running:
                if charge.process is None:
                    continue
                if requests.count > before:  # asked twice, a keeper kills at once
                    charge.process.terminate()
                if now - asked > charge.spec.grace + 5:
                    os.killpg(charge.process.pid, signal.SIGKILL)
            before = requests.count
