"""The embedded PostgreSQL of one layout: started, adopted, ended, started again.

The server is a child of whoever starts it first and ends with it, even if that process is
killed. Others that need it meanwhile adopt it: they connect and leave its life alone. Starting
and ending take a lock, so that two who come at once agree on one server.

The settings are for a laptop with two cores and are given on the command line, the same for
every installation. Who needs others has outgrown the embedded server and sets DATABASE_URL.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from signal import SIGINT
from typing import Final, Self
from urllib.parse import quote

from lotrinh.engine.account import account_of
from lotrinh.engine.binaries import copy_wheel
from lotrinh.engine.cluster import (
    ENVIRONMENT,
    data_version,
    ensure_cluster,
    failure,
    refusal,
)
from lotrinh.engine.errors import EngineError, from_os_error
from lotrinh.engine.folders import (
    locked,
    make_folder,
    make_private_folder,
    open_private,
    try_lock,
)
from lotrinh.engine.launch import CANNOT_ENTER, CANNOT_RUN
from lotrinh.engine.layout import PORT, SOCKET_NAME, Layout
from lotrinh.engine.postmaster import (
    OWNER,
    end_orphans,
    end_postmaster,
    find_postmaster,
    is_ready,
    owner_setting,
    waited_for,
)
from lotrinh.engine.processes import Process, launch, look_at, ourselves

PATIENCE: Final = 180.0  # seconds to wait for another starter, or for recovery after a crash
ORPHANS_END: Final = 5.0  # seconds for killed processes to be gone
SOCKET_LOCK: Final = f"{SOCKET_NAME}.lock"
LARGEST_LOG: Final = 10_000_000  # bytes; a larger one is set aside at the next start
SETTINGS: Final = {
    "listen_addresses": "",
    "port": str(PORT),
    "max_connections": "100",
    "shared_buffers": "128MB",
    "wal_compression": "on",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "off",
    "log_destination": "stderr",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    "lc_messages": "C",
    # also for clusters whose file names it so that no parallel worker can read it
    "default_text_search_config": "pg_catalog.simple",
}
DURABLE: Final = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
FORGETFUL: Final = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    # what a test rolls back would be vacuumed to "no rows", and the next one planned for none
    "autovacuum": "off",
}


class Engine:
    """The server of one layout, as seen from this process. For the main thread."""

    def __init__(self, layout: Layout, *, patience: float = PATIENCE) -> None:
        self.layout = layout
        self._patience = patience
        self._child: subprocess.Popen[bytes] | None = None
        self._seen: Process | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    @property
    def owned(self) -> bool:
        """Whether the running server is our child, so that it ends with us."""
        return self._child is not None and self._child.poll() is None

    def start(self) -> None:
        """Leave the server running and ready; made, recovered or adopted as need be.

        A server whose starter has died is ended and started anew as our child. Raises
        EngineError.
        """
        account = self._prepare()
        with locked(self.layout.folder / "lock", self._patience):
            data_version(self.layout.data)  # a folder that is not ours is refused before all else
            try:
                alive = self._settle(account[0])
            except OSError as error:
                raise from_os_error(error, self.layout.data) from error
            if alive is None:
                return
            try:
                self._start_own(account, alive)
            finally:
                os.close(alive)

    def stop(self) -> None:
        """Leave nothing of the server running, whoever started it. Raises EngineError."""
        if not self.layout.folder.is_dir():
            return
        uid = account_of(self.layout.os_user)[0]
        with locked(self.layout.folder / "lock", self._patience):
            found = find_postmaster(self.layout, uid)
            if found is not None:
                end_postmaster(self.layout, found.process, self._reap)
            waited_for(lambda: self._nothing_lives(uid), ORPHANS_END)
            self._reap()
            self._child = self._seen = None

    def release(self) -> None:
        """End the server if we started it; leave one that was adopted to its owner.

        Where ours was killed and another process has started one since, that one stays.
        """
        uid = account_of(self.layout.os_user)[0]
        if self.owned or (self._child is not None and not find_postmaster(self.layout, uid)):
            self.stop()

    def is_running(self) -> bool:
        """Whether the server runs and takes connections."""
        process = self._running()
        return process is not None and is_ready(self.layout, process)

    def restart_if_dead(self) -> bool:
        """Start the server again if it has died, and tell whether it had. Raises EngineError."""
        if self._running() is not None:
            return False
        self.start()
        return True

    def url(self, database: str, role: str) -> str:
        """Return the address of a database for this role, in the form libpq reads.

        It names the port as well, or else PGPORT in the environment would change it.
        """
        user, name = quote(role, safe=""), quote(database, safe="")
        return f"postgresql://{user}@:{PORT}/{name}?host={quote(str(self.layout.socket))}"

    def _nothing_lives(self, uid: int) -> bool:
        """Whether the last process of the cluster has ended; back ends without a server are."""
        alive = try_lock(self.layout.folder / "alive")
        if alive is None:
            end_orphans(self.layout, uid)
            return False
        os.close(alive)
        return True

    def _reap(self) -> None:
        if self._child is not None:
            self._child.poll()

    def _running(self) -> Process | None:
        """Return the live server process: the one seen last, else any that there is."""
        self._reap()
        if self._seen is not None and self._seen.alive:
            return self._seen
        if not self.layout.data.is_dir():
            return None
        found = find_postmaster(self.layout, account_of(self.layout.os_user)[0])
        self._seen = found.process if found else None
        return self._seen

    def _prepare(self) -> tuple[int, int]:
        """Make the account and the folders; return the (uid, gid) that runs the server."""
        if not sys.platform.startswith("linux"):
            raise EngineError("platform", platform=sys.platform)
        layout = self.layout
        account = account_of(layout.os_user)
        own = layout.os_user is None
        try:
            make_folder(layout.folder.parent, 0o700 if own else 0o755)
            make_folder(layout.folder, 0o700 if own else 0o755)
            if layout.folder.parent.name == ".lotrinh":  # no checkout should ever list it
                (layout.folder.parent / ".gitignore").write_text("*\n", encoding="ascii")
            make_private_folder(layout.socket, account, str(layout.os_user or account[0]))
        except OSError as error:
            raise from_os_error(error, layout.folder) from error
        return account

    def _settle(self, uid: int) -> int | None:
        """Adopt a ready server and return None; else end what runs and return the lock of life.

        That lock is the proof that no process of this cluster is left; it goes to the new server.
        """
        deadline = time.monotonic() + self._patience
        while time.monotonic() < deadline:
            self._reap()
            found = find_postmaster(self.layout, uid)
            if found is None:
                alive = try_lock(self.layout.folder / "alive")
                if alive is not None:
                    self._remove_claims()
                    return alive
                end_orphans(self.layout, uid)
            elif not found.has_owner:
                end_postmaster(self.layout, found.process, self._reap)
            elif is_ready(self.layout, found.process):
                self._seen = found.process
                return None
            time.sleep(0.02)
        raise EngineError(
            "start-slow",
            seconds=round(self._patience),
            log=self.layout.log,
            reason=self._last_line(0),
        )

    def _remove_claims(self) -> None:
        """Remove the files in which a dead server claims the data and the socket.

        They hold its number, and PostgreSQL would believe them if an unburied or an innocent
        process had that number now. Only the holder of the lock of life may do this.
        """
        for claim in (self.layout.data / "postmaster.pid", self.layout.socket / SOCKET_LOCK):
            claim.unlink(missing_ok=True)

    def _start_own(self, account: tuple[int, int], alive: int) -> None:
        layout = self.layout
        try:
            if layout.copied_from is not None:
                engines = layout.folder.parents[1] / "engine"
                make_folder(engines, 0o755)
                with locked(engines / "lock", self._patience):
                    copy_wheel(layout.copied_from, layout.binaries)
            ensure_cluster(layout, account)
            log = self._open_log()
        except OSError as error:
            raise from_os_error(error, layout.folder) from error
        try:
            start = os.fstat(log).st_size
            self._child = self._launch(account, log, alive)
        finally:
            os.close(log)
        found = look_at(self._child.pid)  # at the worst a zombie: nobody else buries it
        process = found.process if found else Process(self._child.pid, 0)
        try:
            self._wait_until_ready(self._child, process, account, start)
        except BaseException:
            end_postmaster(layout, process, self._reap)
            self._child = None
            raise
        self._seen = process

    def _open_log(self) -> int:
        log = self.layout.log
        if log.is_file() and log.stat().st_size > LARGEST_LOG:
            log.replace(log.with_name(f"{log.name}.old"))
        return open_private(log, os.O_WRONLY | os.O_APPEND)

    def _launch(self, account: tuple[int, int], log: int, alive: int) -> subprocess.Popen[bytes]:
        layout = self.layout
        settings = SETTINGS | (DURABLE if layout.durable else FORGETFUL)
        settings["unix_socket_directories"] = str(layout.socket)
        settings["cluster_name"] = layout.cluster
        settings[OWNER] = owner_setting(ourselves())
        words: list[str | Path] = [layout.binaries / "postgres", "-D", layout.data]
        for name, value in settings.items():
            words += ["-c", f"{name}={value}"]
        return launch(
            words,
            death_signal=SIGINT,  # fast shutdown
            folder=layout.folder,
            env=ENVIRONMENT,
            output=log,
            account=account if layout.os_user else None,
            keep_open=[alive],
        )

    def _wait_until_ready(
        self,
        child: subprocess.Popen[bytes],
        process: Process,
        account: tuple[int, int],
        log_start: int,
    ) -> None:
        layout = self.layout
        if not waited_for(
            lambda: child.poll() is not None or is_ready(layout, process), self._patience
        ):
            seconds, reason = round(self._patience), self._last_line(log_start)
            raise EngineError("start-slow", seconds=seconds, log=layout.log, reason=reason)
        if child.returncode in (CANNOT_ENTER, CANNOT_RUN):
            raise refusal(self._log_from(log_start), layout, account)
        if child.returncode is not None:
            raise failure(self._log_from(log_start), layout, code="start-failed")

    def _log_from(self, start: int) -> str:
        """Return what the log says from this byte on, its last 20,000 bytes at most."""
        try:
            with self.layout.log.open("rb") as log:
                log.seek(max(start, self.layout.log.stat().st_size - 20_000))
                return log.read().decode(errors="replace")
        except OSError:
            return ""

    def _last_line(self, start: int) -> str:
        return (self._log_from(start).strip() or "nothing").splitlines()[-1]
