"""While hostile files are handed in, everybody else goes on working, and nothing of them stays."""

import re
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.faults.client import TOKEN, Client
from tests.gate import attacks
from tests.gate.attacks import Attack
from tests.gate.handmade import word
from tests.site import Site, running_site
from tests.stories import LIBRARY

pytestmark = pytest.mark.slow

_PATIENCE = 20  # seconds in which a page has to come, on a machine that does much else
_BOUNDARY = "----a-part-of-a-form"


@pytest.fixture(scope="module")
def site(
    django_db_setup: None,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
    pytestconfig: pytest.Config,
) -> Iterator[Site]:
    state = tmp_path_factory.mktemp("state")
    library = pytestconfig.stash[LIBRARY]
    with django_db_blocker.unblock(), running_site(library, "attacks", state=state) as running:
        yield running


def hand_in(client: Client, name: str, data: bytes) -> int:
    """Send a file by the form and return how the site answered; 0 where nobody did."""
    token = TOKEN.search(client.get("/documents/new/"))
    assert token is not None
    fields = {"csrfmiddlewaretoken": token.group(1), "client_key": str(uuid4()), "text": ""}
    parts = [
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    body = b"".join(parts) + head.encode() + b"Content-Type: application/octet-stream\r\n\r\n"
    request = urllib.request.Request(
        client.address + "/documents/new/",
        data=body + data + f"\r\n--{_BOUNDARY}--\r\n".encode(),
        headers={
            "Content-Type": f"multipart/form-data; boundary={_BOUNDARY}",
            "Referer": client.address + "/documents/new/",
            "Origin": client.address,
        },
    )
    try:
        with client.opener.open(request, timeout=240) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def hand_in_all(client: Client, samples: list[Attack], answers: dict[str, int]) -> None:
    for attack in samples:
        answers[attack.what] = hand_in(client, attack.name, attack.data)


def stored(site: Site) -> int:
    with psycopg.connect(site.url()) as connection:
        row = connection.execute("SELECT count(*) FROM files_blob").fetchone()
    return int(row[0]) if row else 0


def test_others_get_their_pages_while_hostile_files_come_in(site: Site) -> None:
    sender, other = Client(site.address), Client(site.address)
    for client in (sender, other):
        client.sign_in("van-phong-ubnd")
    refusable = [
        *attacks.archives(),
        *attacks.macros(),
        *(attack for attack in attacks.declarations(9, "/x") if "document" in attack.what),
    ]
    before = stored(site)
    answers: dict[str, int] = {}
    sending = threading.Thread(target=hand_in_all, args=(sender, refusable, answers))
    sending.start()
    waits = []
    while sending.is_alive():
        begin = time.monotonic()
        with other.opener.open(f"{site.address}/documents/", timeout=_PATIENCE) as page:
            assert page.status == 200
        waits.append(time.monotonic() - begin)
        time.sleep(0.2)

    print(f"{len(answers)} files, {len(waits)} pages meanwhile, slowest {max(waits):.1f} s")
    assert set(answers.values()) == {422}, answers
    assert len(answers) == len(refusable)
    assert len(waits) >= 10
    assert stored(site) == before


def test_hostile_pdfs_keep_nobody_waiting(site: Site) -> None:
    client = Client(site.address)
    client.sign_in("van-phong-ubnd")
    answers: dict[str, int] = {}
    hand_in_all(client, attacks.pdfs(), answers)

    assert set(answers.values()) <= {200, 422}, answers
    assert hand_in(client, "sau.docx", word("Kế hoạch sau cùng")) == 200


def test_of_a_large_upload_that_dies_midway_nothing_is_left(site: Site) -> None:
    """The body is longer than memory may hold; the sender hangs up before its end."""
    client = Client(site.address)
    client.sign_in("van-phong-ubnd")
    host, port = re.fullmatch(r"http://(.*):(\d+)", site.address).groups()
    spool = Path(site.environment["LOTRINH_STATE"]) / "spool"
    with socket.create_connection((host, int(port))) as line:
        head = (
            f"POST /documents/new/ HTTP/1.1\r\nHost: {host}:{port}\r\n"
            f"Content-Type: multipart/form-data; boundary={_BOUNDARY}\r\n"
            "Content-Length: 12000000\r\n\r\n"
        )
        line.sendall(head.encode() + b"x" * 9_000_000)
        time.sleep(1)
        assert spool.is_dir()
        assert list(spool.iterdir()) == []  # what waits there has no name

    assert spool.stat().st_mode & 0o077 == 0
    assert "/documents/new/" in client.get("/documents/")
