"""The data folder: made once, recognised for ever, never removed.

A cluster is built beside its place and renamed when it is whole. Its text is UTF-8, its order
that of code points in every version (the order of people is a stored key), its case rules those
of Unicode where PostgreSQL brings them itself.

Authentication is ``trust``, for the socket alone; nothing listens on the network. The socket
lies in a folder with mode 0700, so whoever can knock is root or the very account that owns the
data files and could read them anyway. A password would have to lie in a file beside them and
would keep out nobody.
"""

import subprocess
from pathlib import Path
from signal import SIGKILL
from typing import Final

from lotrinh.engine.errors import FULL, EngineError, from_os_error
from lotrinh.engine.folders import closed_folder, make_folder, unfinished_sibling
from lotrinh.engine.launch import CANNOT_ENTER, CANNOT_RUN
from lotrinh.engine.layout import Layout
from lotrinh.engine.processes import launch

SUPERUSER: Final = "postgres"
ENVIRONMENT: Final = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def locale_words(major: int) -> dict[str, str]:
    """Return the parameters of CREATE DATABASE that fix the rules for text.

    PG_UNICODE_FAST came with PostgreSQL 18 and the builtin provider with 17; before that the
    system's C.UTF-8 does the same but for rare letters. The system's locale is named beside the
    builtin one because pg_trgm and ltree ask it what a letter is: under plain C they take
    Vietnamese letters for blanks.
    """
    system = "C.UTF-8"
    if major >= 18:
        return {"locale_provider": "builtin", "locale": system, "builtin_locale": "PG_UNICODE_FAST"}
    if major == 17:
        return {"locale_provider": "builtin", "locale": system, "builtin_locale": system}
    return {"locale_provider": "libc", "locale": system}


def ensure_cluster(layout: Layout, account: tuple[int, int]) -> None:
    """Leave a whole cluster of the right version in the data folder.

    Raises EngineError where the folder holds another version or something else, and where a new
    one cannot be made. The caller holds the lock of the layout.
    """
    found = data_version(layout.data)
    if found is None:
        _create(layout, account)
    elif found != layout.major:
        raise EngineError("other-version", data=layout.data, found=found, ours=layout.major)


def data_version(data: Path) -> int | None:
    """Return the major version of the data in this folder, None where it is missing or empty.

    Raises EngineError where it holds something that is not a cluster.
    """
    try:
        return int((data / "PG_VERSION").read_text(encoding="ascii"))
    except FileNotFoundError:
        if data.is_dir() and any(data.iterdir()):
            raise EngineError("not-a-cluster", data=data) from None
        return None
    except ValueError as error:
        raise EngineError("not-a-cluster", data=data) from error
    except OSError as error:
        raise from_os_error(error, data) from error


def _create(layout: Layout, account: tuple[int, int]) -> None:
    try:
        with unfinished_sibling(layout.data) as building:
            make_folder(building, 0o700, account)
            _initdb(layout, account, building)
    except OSError as error:
        raise from_os_error(error, layout.data) from error


def _initdb(layout: Layout, account: tuple[int, int], building: Path) -> None:
    program = layout.binaries / "initdb"
    words: list[str | Path] = [program, "-D", building, "-U", SUPERUSER, "--encoding=UTF8"]
    for name, value in locale_words(layout.major).items():
        words.append(f"--{name.replace('_', '-')}={value}")
    words += ["--auth-local=trust", "--auth-host=reject", "--data-checksums"]
    words += ["--text-search-config=simple"]  # initdb itself puts pg_catalog before it
    if not layout.durable:
        words.append("--no-sync")
    # initdb gets the signal that cannot be refused: what it leaves is removed at the next start
    process = launch(
        words,
        death_signal=SIGKILL,
        folder=layout.folder,
        env=ENVIRONMENT,
        output=subprocess.PIPE,
        account=account if layout.os_user else None,
    )
    try:
        output, _ = process.communicate()
    except BaseException:
        process.kill()
        process.wait()
        raise
    if process.returncode in (CANNOT_ENTER, CANNOT_RUN):
        raise refusal(output.decode(errors="replace"), layout, account)
    if process.returncode != 0:
        raise failure(output.decode(errors="replace"), layout, code="create-failed")


def failure(output: str, layout: Layout, *, code: str) -> EngineError:
    """Return the error that a program's last words tell of."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if any(word in line for word in ("FATAL", "PANIC", "error:"))]
    if FULL in output or "Check free disk space" in output:
        return EngineError("disk-full", path=layout.data)
    reason = (telling or lines or ["it said nothing"])[-1].rstrip(".")
    return EngineError(code, reason=reason, data=layout.data, log=layout.log)


def refusal(output: str, layout: Layout, account: tuple[int, int]) -> EngineError:
    """Return why the launcher could not enter the cluster's folder or run its program."""
    for path in (layout.folder, layout.binaries):
        folder = closed_folder(path, *account)
        if folder is not None:
            user = layout.os_user or account[0]
            return EngineError("closed-folder", user=user, folder=folder, path=path)
    reason = (output.strip() or "permission denied").splitlines()[-1]
    return EngineError("broken-binaries", program=layout.binaries, reason=reason)
