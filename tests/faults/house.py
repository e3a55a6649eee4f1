"""A small installation of its own whose web server, worker and database can be killed.

Its cluster belongs to nobody else, so that its server may die while other tests work on theirs.
Whoever kills starts again what died, as the supervisor does, only without its pauses.
"""

import os
import random
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from lotrinh.demo.cast import PASSWORD
from lotrinh.engine import Engine, ensure_database, layout_for
from lotrinh.engine.children import spawn
from tests import cluster
from tests.cast import OFFICER
from tests.factories import appoint, make_person, make_post, make_role, make_unit, make_user
from tests.site import Site, environment, free_port, programs, wait_for

DATABASE = "lotrinh"
SIGN_IN = "can-bo"
DEPARTMENTS = ("Sở Xây dựng", "Sở Văn hóa và Thể thao", "Sở Tài chính")
PATIENCE = 30
_LISTENS = "SELECT 1 FROM pg_stat_activity WHERE query ILIKE 'LISTEN%%' AND backend_start > %s"


@dataclass(slots=True)
class House:
    """The processes of one installation, by their names, and what stands behind them."""

    site: Site
    state: Path
    keepers: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    killed: Counter[str] = field(default_factory=Counter)
    """How often a program ended by signal 9, as the keeper beside it told."""
    _begun: dict[str, datetime] = field(default_factory=dict)

    @property
    def engine(self) -> Engine:
        """The database server."""
        return self.site.server

    def start(self, name: str) -> None:
        """Start the web server or the worker."""
        self._begun[name] = datetime.now(UTC)
        self.keepers[name] = spawn(
            programs(self.site)[name], env=self.site.environment, log=self.state / f"{name}.log"
        )

    def await_worker(self) -> None:
        """Wait until the worker that was started last listens for what there is to do."""
        address = self.engine.url(DATABASE, "postgres")
        with psycopg.connect(address, autocommit=True) as connection:
            deadline = time.monotonic() + 2 * PATIENCE
            while not connection.execute(_LISTENS, [self._begun["worker"]]).fetchone():
                assert time.monotonic() < deadline, "the worker does not come up"
                time.sleep(0.1)

    def kill(self, victim: str, chance: random.Random) -> None:
        """Kill one of the three with signal 9 and start it again; the others go on meanwhile."""
        if victim == "database":
            os.kill(postmaster(self.engine), signal.SIGKILL)
            restart(self.engine)
        else:
            self._kill_program(self.keepers[victim].pid, chance)
            code = self.keepers[victim].wait(PATIENCE)
            self.killed[victim] += code == 128 + signal.SIGKILL
        self.mend()

    def mend(self) -> None:
        """Start again what has ended by itself: a worker gives up that long finds no database."""
        for name, keeper in self.keepers.items():
            if keeper.poll() is not None:
                self.start(name)

    def _kill_program(self, keeper: int, chance: random.Random) -> None:
        """Kill the program beside its keeper, or first one of the processes it has started."""
        deadline = time.monotonic() + PATIENCE
        while not (begun := children_of(keeper)):
            assert time.monotonic() < deadline, "the program was not started"
            time.sleep(0.01)
        main = begun[0]
        for pid in (chance.choice([main, *children_of(main)]), main):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def end(self) -> None:
        """End what runs, and then the server."""
        for keeper in self.keepers.values():
            keeper.terminate()
        for keeper in self.keepers.values():
            keeper.wait(PATIENCE)


def postmaster(engine: Engine) -> int:
    """Return the process id of the running server."""
    return int((engine.layout.data / "postmaster.pid").read_text().split()[0])


def restart(engine: Engine) -> None:
    """Start the server that was killed, as soon as the system knows that it is dead."""
    deadline = time.monotonic() + PATIENCE
    while not engine.restart_if_dead():
        if time.monotonic() > deadline:
            raise TimeoutError("the server that was killed still lives")
        time.sleep(0.02)


def recoveries(engine: Engine) -> int:
    """Count, from the server's own log, how often it came back from a crash."""
    logs = [engine.layout.log] if engine.layout.log.is_file() else engine.layout.log.glob("*")
    return sum(
        path.read_text(errors="replace").count("database system was not properly shut down")
        for path in logs
    )


def children_of(pid: int) -> list[int]:
    """Return the processes that this one has started and that still run."""
    try:
        return [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except FileNotFoundError:
        return []


@contextmanager
def house(
    source: Engine, state: Path, populate: Callable[[], None] | None = None
) -> Iterator[House]:
    """Run an installation until the block ends; ``populate`` fills it.

    Without that it has one officer and three departments. Its tables are copied from the template
    of the tests' server, ``source``.
    """
    name = f"{os.environ.get(cluster.SEAT, 'tests')}-kill"
    engine = Engine(layout_for(cluster.CHECKOUT, name=name, durable=True))
    engine.stop()
    shutil.rmtree(engine.layout.folder, ignore_errors=True)
    try:
        engine.start()
        _copy_tables(source, engine)
        with cluster.pointed_at(engine, DATABASE):
            (populate or _populate)()
            told = environment(engine, DATABASE, state) | {"LOTRINH_COLLECTED": ""}
            site = Site(f"http://localhost:{free_port()}", DATABASE, engine, told)
            running = House(site, state)
            try:
                running.start("web")
                running.start("worker")
                wait_for(site.address + "/account/sign-in/")
                yield running
            finally:
                running.end()
    finally:
        engine.stop()
        shutil.rmtree(engine.layout.folder, ignore_errors=True)


def _copy_tables(source: Engine, target: Engine) -> None:
    """Copy the migrated template into a new database of the other server."""
    ensure_database(target, DATABASE)
    template = source.url(cluster.ensure_template(source), "postgres")
    tools = source.layout.binaries
    dump = subprocess.run(
        [tools / "pg_dump", "--format=custom", "--compress=0", template],
        stdout=subprocess.PIPE,
        check=True,
    )
    subprocess.run(
        [tools / "pg_restore", "--single-transaction", "-d", target.url(DATABASE, "postgres")],
        input=dump.stdout,
        check=True,
    )


def _populate() -> None:
    """Let one officer work in the office of a city with three departments."""
    city = make_unit("thanh-pho", kind="city", name_vi="Thành phố Hồ Sen", name_en="Ho Sen City")
    office = make_unit(
        "van-phong", parent=city, name_vi="Văn phòng Thành phố", name_en="Office of the City"
    )
    for number, department in enumerate(DEPARTMENTS):
        make_unit(f"so-{number}", parent=city, name_vi=department, name_en=f"Department {number}")
    user = make_user(SIGN_IN, password=PASSWORD)
    post = make_post(office, role=make_role("officer", actions=OFFICER), scope=city)
    appoint(make_person("Trần Mộc Chi", user=user), post)
