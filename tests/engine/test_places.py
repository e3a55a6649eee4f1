"""Started from places that only root may enter, and as a user who may enter hardly any."""

import os
import pwd
import shutil
import stat
from pathlib import Path

import pytest

from tests.engine.observing import NOBODY, first_line, has_wheel, python, running_with

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(
        os.geteuid() != 0 or not has_wheel(), reason="only root can play both parts"
    ),
]

WHERE_AM_I = """
import os, sys
from pathlib import Path
import psycopg
from lotrinh.engine import Engine, ensure_database, layout_for
layout = layout_for(Path(sys.argv[1]))
with Engine(layout) as engine:
    ensure_database(engine, "lotrinh")
    with psycopg.connect(engine.url("lotrinh", "lotrinh_app")) as connection:
        answer = connection.execute("SELECT lower('ĐƯỜNG ƯƠNG')").fetchone()[0]
    owner = os.stat(layout.data).st_uid
    print(answer, owner, layout.data, layout.socket, layout.binaries, sep="|", flush=True)
"""


def modes(folder: Path) -> dict[Path, int]:
    return {each: stat.S_IMODE(each.stat().st_mode) for each in (folder, *folder.parents)}


@pytest.mark.slow
def test_everything_may_lie_in_a_folder_that_only_root_may_enter(home: Path, site: Path) -> None:
    closed = home / "chỉ root"
    closed.mkdir(mode=0o700)
    packages = closed / "site"
    shutil.copytree(site, packages, symlinks=True)
    before = modes(packages)

    place = str(home / "home-of-root")
    with python(
        WHERE_AM_I, closed / "checkout", site=packages, LOTRINH_HOME=place, LOTRINH_PG_BIN=""
    ) as starter:
        answer, owner, data, _, binaries = first_line(starter).split("|")
        assert starter.wait(timeout=120) == 0

    assert answer == "đường ương"
    assert pwd.getpwuid(int(owner)).pw_name == "lotrinh"
    assert Path(data).is_relative_to(Path(place) / "clusters")
    assert Path(binaries).is_relative_to(Path(place) / "engine")
    assert modes(packages) == before
    assert running_with(place) == []


def test_an_ordinary_user_needs_nothing_but_his_checkout(home: Path, site: Path) -> None:
    checkout = home / "của một cán bộ"
    checkout.mkdir()
    os.chown(checkout, NOBODY, NOBODY)
    before = modes(checkout)

    with python(WHERE_AM_I, checkout, site=site, user=NOBODY, LOTRINH_PG_BIN="") as starter:
        answer, owner, data, socket, binaries = first_line(starter).split("|")
        assert starter.wait(timeout=120) == 0

    try:
        assert (answer, int(owner)) == ("đường ương", NOBODY)
        assert Path(data) == checkout / ".lotrinh" / "main" / "data"
        assert Path(binaries).is_relative_to(site)
        assert stat.S_IMODE((checkout / ".lotrinh").stat().st_mode) == 0o700
        assert (checkout / ".lotrinh" / ".gitignore").read_text() == "*\n"
        assert socket.startswith(f"/tmp/lotrinh-{NOBODY}-")  # noqa: S108 - what is asked here
        assert stat.S_IMODE(Path(socket).stat().st_mode) == 0o700
        assert Path(socket).stat().st_uid == NOBODY
        assert modes(checkout) == before
    finally:
        shutil.rmtree(socket)
