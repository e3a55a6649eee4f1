"""The account that runs the database: our own, or for root a system account without rights."""

import os
import pwd
import shutil
import subprocess

from lotrinh.engine.errors import EngineError


def account_of(user: str | None) -> tuple[int, int]:
    """Return (uid, gid) of the account; None means the one that asks.

    A missing account is made, as a system account that nobody can sign in to. Raises EngineError
    where that fails, or where the name belongs to root.
    """
    if user is None:
        return os.geteuid(), os.getegid()
    try:
        entry = pwd.getpwnam(user)
    except KeyError:
        _make_account(user)
        entry = pwd.getpwnam(user)
    if entry.pw_uid == 0:
        raise EngineError("no-account", user=user, reason="that name belongs to root")
    return entry.pw_uid, entry.pw_gid


def _make_account(user: str) -> None:
    useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if useradd is None:
        raise EngineError("no-account", user=user, reason="the program useradd is missing")
    words = [useradd, "--system", "--user-group", "--no-create-home"]
    words += ["--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", "--", user]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode != 0 and not _exists(user):
        reason = (done.stderr.strip() or f"useradd ended with {done.returncode}").splitlines()[-1]
        raise EngineError("no-account", user=user, reason=reason)


def _exists(user: str) -> bool:
    """Whether the account is there after all: two first starts may have raced for it."""
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True
