"""What every test can ask for: a database of its own worker, a chromium, the real articles."""

import gc
import os
import shutil
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import pytest
from _pytest.fixtures import SubRequest
from django.conf import settings
from pytest_django.plugin import DjangoDbBlocker
from xdist.scheduler import LoadScopeScheduling

from lotrinh.engine import Engine
from tests import cluster, plans
from tests.stories import LIBRARY, Library, StrayedError, story_of

CORPUS = cluster.CHECKOUT.parent / "shared" / "corpus"


SERVER = pytest.StashKey[Engine]()
SEAT = pytest.StashKey[IO[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Spare tests what only keeps strangers out: long stirring, and a look at each file served."""
    settings.PASSWORD_HASHERS = ["tests.hashing.Quick"]
    settings.WHITENOISE_AUTOREFRESH = True
    settings.LOTRINH_HAS_ADDRESS = True
    plans.keep_plans()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Start the server once, before anybody needs it, unless only listing was asked for.

    What was collected stays to the end, so the collector of garbage need not look at it again.
    """
    gc.freeze()
    gc.set_threshold(200_000, 50, 50)
    if hasattr(session.config, "workerinput") or session.config.option.collectonly:
        return
    start_server(session.config)


TOGETHER = {
    "tests/browser/": "city",
    "tests/demo/": "city",
    "tests/faults/": "faults",
    "tests/architecture/test_database_rights.py": "rights",
}
"""What shares a city, a running site or a filled database and is made ready once for all."""


BY_FILE = ("tests/races/", "tests/apps/journal/test_tampering", "tests/apps/publishing/test_public")
"""Where each file fills a database of its own, which one worker does once for all its tests."""


class Together(LoadScopeScheduling):
    """Gives what shares something costly to one worker, and everything else one by one."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(BY_FILE):
            return nodeid.partition("::")[0]
        shared = (name for folder, name in TOGETHER.items() if nodeid.startswith(folder))
        return next(shared, nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Together | None:
    """Divide the tests among the workers of ``make test``; the groups of xdist 3.8 are lost."""
    return Together(config, log) if config.getvalue("dist") == "loadgroup" else None


def pytest_sessionstart(session: pytest.Session) -> None:
    """With several workers the leader collects nothing; it starts the server at once."""
    if getattr(session.config.option, "numprocesses", None):
        start_server(session.config)


def start_server(config: pytest.Config) -> None:
    """Start a server as the child of the process that leads the run; its workers find it.

    Two runs in one checkout at once have a server each, so that neither ends the other's.
    """
    if SERVER in config.stash:
        return
    config.stash[SEAT] = cluster.take_seat()
    server = cluster.engine()
    server.start()
    config.stash[SERVER] = server


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the server that this process started."""
    if SERVER in config.stash:
        config.stash[SERVER].release()
        config.stash[SEAT].close()


@pytest.fixture(scope="session")
def server() -> Engine:
    """The tests' database server, running."""
    found = cluster.engine()
    found.start()
    return found


@pytest.fixture(scope="session")
def django_db_setup(
    server: Engine,
    django_db_blocker: DjangoDbBlocker,
    pytestconfig: pytest.Config,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Give this worker its own clone; Django's connections lead there as the application role."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with (
        django_db_blocker.unblock(),
        ExitStack() as stack,
        cluster.fresh_clone(server, worker) as name,
        cluster.pointed_at(server, name),
    ):
        folder = tmp_path_factory.mktemp("stories")
        library = Library(server, worker, name, folder, stack)
        pytestconfig.stash[LIBRARY] = library
        yield
        library.open(None)
        library.require_untouched()


def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object], request: SubRequest) -> None:
    """Open a test's story just before pytest-django begins the transaction it stands in."""
    if fixturedef.argname == "_django_db_helper":
        library = request.config.stash[LIBRARY]
        with request.getfixturevalue("django_db_blocker").unblock():
            library.open(story_of(request.node))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, None, None]:
    """Name the module that keeps the connections, before another stands in its database."""
    yield
    if nextitem is None or nextitem.path == item.path or LIBRARY not in item.config.stash:
        return
    try:
        item.config.stash[LIBRARY].require_given_back()
    except StrayedError as error:
        pytest.fail(f"{item.path.name} did not give the database connections back: {error}")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real articles; a test that needs it is skipped where it is not present."""
    if not CORPUS.is_dir():
        pytest.skip("the real articles are not beside this checkout")
    return CORPUS


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser for tests that drive one; CI must have it, a laptop may lack it."""
    named = os.environ.get("LOTRINH_CHROMIUM")
    found = named or shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        reason = "no Chromium: set LOTRINH_CHROMIUM or install the package chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found
