"""kill -9 of the database in the middle of readings and confirmations loses and doubles nothing."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from lotrinh.engine import Engine, layout_for
from tests.cluster import CHECKOUT
from tests.faults.client import Client
from tests.site import free_port, wait_for

pytestmark = [pytest.mark.kill, pytest.mark.slow]

KILLS = 5
SENT_HERE = (
    "duties_source s JOIN documents_rendition t ON t.id = s.rendition_id "
    "JOIN documents_document d ON d.id = t.document_id WHERE d.number LIKE '50%/KH-UBND'"
)
"""The passages of the plans that this test sends; the demonstration's own are no matter here."""
PLAN = """ỦY BAN NHÂN DÂN
Số: {number}/KH-UBND
Hà Nội, ngày 3 tháng 6 năm 2024
KẾ HOẠCH
Chỉnh trang các vườn hoa của Thành phố
1. Giao Sở Xây dựng chủ trì kiểm kê cây xanh, hoàn thành trước ngày 30/9/2024.
2. Sở Văn hóa và Thể thao tổ chức hội hoa tại các vườn hoa, báo cáo trước ngày 15/12/2024.
3. Sở Tài chính bố trí kinh phí sửa chữa đèn chiếu sáng, hoàn thành trong quý IV năm 2024.
"""


@pytest.fixture
def home():
    with tempfile.TemporaryDirectory(prefix="lotrinh-kill-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def running(home, monkeypatch):
    """A whole demonstration under its own supervisor, with a home and a state of its own."""
    monkeypatch.setenv("LOTRINH_HOME", str(home / "home"))
    port = free_port()
    environment = {**os.environ, "LOTRINH_STATE": str(home / "state"), "LOTRINH_LANG": "en"}
    environment.pop("DATABASE_URL", None)
    program = [sys.executable, "-m", "lotrinh.cli", "demo", "--port", str(port)]
    with (home / "out").open("w") as out:
        supervisor = subprocess.Popen(
            program, env=environment, cwd=CHECKOUT, stdout=out, stderr=subprocess.STDOUT
        )
    engine = Engine(layout_for(CHECKOUT, name="main"))
    try:
        wait_for(f"http://localhost:{port}/account/sign-in/", 600)
        yield supervisor, engine, f"http://localhost:{port}"
    finally:
        supervisor.send_signal(signal.SIGTERM)
        supervisor.wait(60)


def postmaster(engine: Engine) -> int:
    """Return the process id of the running server."""
    return int((engine.layout.data / "postmaster.pid").read_text().split()[0])


def takes_connections(engine: Engine) -> bool:
    """Say whether the server has come up and takes connections."""
    try:
        psycopg.connect(engine.url("lotrinh_demo", "lotrinh_app"), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def recoveries(engine: Engine) -> int:
    """Count, from the server's own log, how often it came back from a crash."""
    logs = [engine.layout.log] if engine.layout.log.is_file() else engine.layout.log.glob("*")
    return sum(
        path.read_text(errors="replace").count("database system was not properly shut down")
        for path in logs
    )


class Killer(threading.Thread):
    """Kills the server again and again while others work, and counts what it killed."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(daemon=True)
        self.engine, self.killed, self.over = engine, 0, threading.Event()

    def run(self) -> None:
        while self.killed < KILLS and not self.over.is_set():
            time.sleep(1.5)
            if not takes_connections(self.engine):
                continue  # a server killed while it still recovers counts as one recovery
            try:
                os.kill(postmaster(self.engine), signal.SIGKILL)
            except (FileNotFoundError, ProcessLookupError, ValueError):
                continue
            self.killed += 1
            time.sleep(2)


def test_nothing_confirmed_is_lost_or_doubled_and_every_run_resumes(running):
    _, engine, address = running
    client = Client(address)
    client.sign_in("van-phong-ubnd")
    killer = Killer(engine)
    killer.start()
    acknowledged: dict[UUID, str] = {}
    sent = 0
    deadline = time.monotonic() + 150
    while (killer.killed < KILLS or sent < 8) and time.monotonic() < deadline:
        sent += 1
        text = PLAN.format(number=5000 + sent)
        client.post("/documents/new/", {"text": text, "client_key": str(uuid4())}, patience=90)
        confirm_what_is_open(client, acknowledged)
    killer.join(30)
    finish(client, acknowledged, engine, sent)

    print(f"{killer.killed} kills, {sent} texts, {len(acknowledged)} confirmations answered")
    assert len(acknowledged) >= KILLS
    assert killer.killed == KILLS
    assert recoveries(engine) >= KILLS
    with psycopg.connect(engine.url("lotrinh_demo", "lotrinh_app")) as connection:
        decided = dict(
            connection.execute(
                "SELECT client_key, count(*) FROM intake_decision WHERE client_key = ANY(%s) "
                "GROUP BY client_key",
                [list(acknowledged)],
            ).fetchall()
        )
        assert decided == dict.fromkeys(acknowledged, 1)
        (doubled,) = connection.execute(
            f"SELECT count(*) FROM (SELECT s.rendition_id, s.start FROM {SENT_HERE} "
            "GROUP BY 1, 2 HAVING count(*) > 1) AS twice"
        ).fetchone()
        assert doubled == 0
        (orphans,) = connection.execute(
            f"SELECT count(*) FROM {SENT_HERE} AND NOT EXISTS "
            "(SELECT 1 FROM intake_decision i WHERE i.duty_id = s.duty_id)"
        ).fetchone()
        assert orphans == 0
        (texts, runs, waiting) = connection.execute(
            "SELECT count(DISTINCT d.number), count(*), count(*) FILTER (WHERE r.state <> 'done') "
            "FROM intake_run r JOIN documents_rendition t ON t.id = r.rendition_id "
            "JOIN documents_document d ON d.id = t.document_id WHERE d.number LIKE '50%%/KH-UBND'"
        ).fetchone()
        assert (texts, runs, waiting) == (sent, sent, 0)


def confirm_what_is_open(client: Client, acknowledged: dict[UUID, str]) -> None:
    """Accept the open proposals of the newest documents, each with a key of its own."""
    listed = client.get("/documents/")
    for uid in list(dict.fromkeys(re.findall(r"/documents/([0-9a-f-]{36})/", listed)))[:3]:
        page = client.get(f"/documents/{uid}/desk/")
        for candidate in re.findall(r"/proposals/([0-9a-f-]{36})/accept/", page)[:2]:
            key = uuid4()
            fields = {"client_key": str(key), "title": "Việc thử", "unit": "", "person": ""}
            answer = client.post(
                f"/proposals/{candidate}/accept/",
                {**fields, "due": "", "value": "1", "comparator": "="},
                patience=90,
            )
            if f"/proposals/{candidate}/accept/" not in answer:
                acknowledged[key] = candidate


def finish(client: Client, acknowledged: dict[UUID, str], engine: Engine, sent: int) -> None:
    """Wait until every text that was handed in has been read."""
    deadline = time.monotonic() + 200
    while time.monotonic() < deadline:
        try:
            with psycopg.connect(engine.url("lotrinh_demo", "lotrinh_app")) as connection:
                row = connection.execute(
                    "SELECT count(*) FROM intake_run WHERE state = 'queued'"
                ).fetchone()
        except psycopg.OperationalError:
            row = None
        if row == (0,):
            return
        time.sleep(1)
    raise TimeoutError("runs still wait")


def test_kill_of_the_supervisor_leaves_nothing_running(running):
    supervisor, engine, address = running
    server = postmaster(engine)

    supervisor.kill()
    supervisor.wait(10)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and (Path(f"/proc/{server}").exists() or answers(address)):
        time.sleep(0.3)

    assert not Path(f"/proc/{server}").exists()
    assert not answers(address)


def answers(address: str) -> bool:
    """Say whether anybody still listens there."""
    try:
        wait_for(address + "/account/sign-in/", 0.5)
    except TimeoutError:
        return False
    return True
