"""A home for clusters of our own, so that no test comes near a real one."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lotrinh.engine import Engine, Layout, layout_for
from tests.engine.observing import portable_site


@pytest.fixture(scope="session")
def home() -> Iterator[Path]:
    """A folder that every account may enter, unlike pytest's own, as LOTRINH_HOME."""
    place = Path(tempfile.mkdtemp(prefix="lotrinh-engine-", dir="/tmp"))
    place.chmod(0o755)
    before = os.environ.get("LOTRINH_HOME")
    os.environ["LOTRINH_HOME"] = str(place / "home")
    yield place
    if before is None:
        del os.environ["LOTRINH_HOME"]
    else:
        os.environ["LOTRINH_HOME"] = before
    shutil.rmtree(place)


@pytest.fixture
def checkout(home: Path, request: pytest.FixtureRequest) -> Path:
    """A checkout of this test alone, with spaces and Vietnamese letters in its path."""
    return home / f"Lộ trình {request.node.name}"


@pytest.fixture
def new_layout(checkout: Path) -> Iterator[Callable[..., Layout]]:
    """Makes layouts for the checkout of this test; what runs on them is ended afterwards."""
    made: list[Layout] = []

    def make(name: str = "main", durable: bool | None = None) -> Layout:
        made.append(layout_for(checkout, name=name, durable=durable))
        return made[-1]

    yield make
    for layout in made:
        Engine(layout).stop()
        if layout.folder.exists():
            shutil.rmtree(layout.folder)


@pytest.fixture
def engine(new_layout: Callable[..., Layout]) -> Iterator[Engine]:
    """A durable engine of this test alone, started."""
    started = Engine(new_layout())
    started.start()
    yield started
    started.stop()


@pytest.fixture(scope="session")
def site(home: Path) -> Path:
    """A copy of the engine with its packages that any account can read."""
    return portable_site(home / "site")


@pytest.fixture
def small_disk(home: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts a file system of its own on a new folder; needs root and the right to mount."""
    mounted: list[Path] = []

    def mount(options: str) -> Path:
        place = home / f"disk-{len(mounted)}"
        place.mkdir()
        words = ["mount", "-t", "tmpfs", "-o", options, "lotrinh-test", str(place)]
        if subprocess.run(words, capture_output=True, check=False).returncode != 0:
            place.rmdir()
            pytest.skip("this account may not mount a file system")
        mounted.append(place)
        return place

    yield mount
    for place in mounted:
        subprocess.run(["umount", str(place)], check=True)
        place.rmdir()
