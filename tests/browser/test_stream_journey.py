"""A conference is sent, refused, watched by 618 at once and by a browser, and ended: all real."""

import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Page

from lotrinh.apps.dissemination.streams import StreamKeys, stream_keys
from lotrinh.cli import streaming
from lotrinh.engine.children import spawn
from lotrinh.rules.conferences.streams import Rendition, Viewing, stream_of
from tests.browser.conftest import Visitor
from tests.site import Site, free_port
from tests.streaming import fetched, send, wait_for_segments, watch

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SITES = 618
PORT = 8935
"""Where the pages expect the stream unless they are told otherwise."""
MOVES = "document.querySelector('video').currentTime > 2"


def planned(visitor: Visitor) -> str:
    """Plan a conference of today with one document; return its address."""
    page = visitor.page
    visitor.open("/conferences/new/")
    page.fill("[name=title]", "Hội nghị thử đường truyền")
    page.locator("[name=documents]").first.check()
    page.click("main form.lt-form .lt-form__acts button[type=submit]")
    page.wait_for_load_state()
    visitor.check()
    return page.url.removeprefix(visitor.site.address)


def keys_of(visitor: Visitor, here: str, site: Site) -> StreamKeys:
    """Return the keys of a stream; that of the sender is the one that the organiser is shown."""
    uid = UUID(here.strip("/").split("/")[-1])
    secret = Path(site.environment["LOTRINH_STATE"], "secret-key").read_bytes()
    keys = stream_keys(secret, uid)
    visitor.open(f"{here}stream/")
    visitor.page.click("details.lt-note summary")
    assert f"{stream_of(uid)}?key={keys.publishing}" in visitor.page.inner_text("main")
    return keys


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that another account can reach."""
    made = Path(tempfile.mkdtemp(prefix="lotrinh-try-"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


def comes_true(page: Page, said: str, patience: float) -> None:
    """Wait until an expression holds; the policy of the pages lets no text be run inside them."""
    deadline = time.monotonic() + patience
    while not page.evaluate(f"() => Boolean({said})"):
        assert time.monotonic() < deadline, said
        page.wait_for_timeout(500)


def gone(process: int, patience: float = 40) -> bool:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if not Path(f"/proc/{process}/task").exists() or _is_dead(process):
            return True
        time.sleep(0.5)
    return False


def _is_dead(process: int) -> bool:
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def test_a_conference_is_sent_and_watched(visit, site, folder):
    try:
        streaming.tools()
    except streaming.NotInstalled as missing:
        pytest.skip(f"not installed: {missing}")
    organiser = visit()
    organiser.sign_in("van-phong")
    here = planned(organiser)
    keys = keys_of(organiser, here, site)
    rtmp = free_port()
    into = f"rtmp://127.0.0.1:{rtmp}/live/{stream_of(keys.conference)}?key="
    words = ["conference", "stream", site.address + here, "--port", str(PORT)]
    words += ["--rtmp-port", str(rtmp), "--folder", str(folder)]
    told = folder.with_suffix(".said")
    command = spawn(
        [sys.executable, "-m", "lotrinh.cli", *words],
        env={**site.environment, "LOTRINH_ADDRESS": site.address, "LOTRINH_LANG": "en"},
        log=told,
    )
    senders = []
    try:
        deadline = time.monotonic() + 120
        while not (told.exists() and "Watch at" in told.read_text()):
            assert command.poll() is None and time.monotonic() < deadline, told.read_text()
            time.sleep(0.5)
        assert keys.publishing not in told.read_text()
        time.sleep(1)
        now, base = int(time.time()), f"http://127.0.0.1:{PORT}"
        own = keys.address_for(UUID(int=1), Rendition.PICTURE, now=now)

        # whoever has no key, or another's, sends nothing
        for wrong in ("", "wrong", keys.watching):
            assert send(into + wrong, seconds=5).wait(60) != 0
        assert fetched(base + own)[0] == 404
        assert os.listdir(folder / "hls") == []
        watcher = visit()
        watcher.sign_in("lanh-dao")
        watcher.speak("en")
        watcher.open(f"{here}watch/")
        assert "Not begun" in watcher.page.inner_text("[data-state]")

        # the right key
        senders.append(send(into + keys.publishing, seconds=600))
        names = wait_for_segments(base + own, 3)

        # an address is one viewer's, and has its day
        _, until, signed, stream, file = own.strip("/").split("/")
        assert fetched(f"{base}/{'b' * 16}/{until}/{signed}/{stream}/{file}")[0] == 403
        assert fetched(f"{base}/{stream}/{file}")[0] == 404
        past = Viewing(stream_of(keys.conference), "b" * 16, now - 60)
        assert fetched(base + past.address(Rendition.PICTURE, keys.watching))[0] == 410
        assert fetched(f"{base}{own.rpartition('/')[0]}/..%2fnginx.conf")[0] in {400, 404}

        # every site at once
        everyone = [
            base + keys.address_for(uuid4(), Rendition.PICTURE, now=now) for _ in range(SITES)
        ]
        found = watch(everyone, rounds=2)
        assert (found.bodies, found.refused) == (4 * SITES, 0)
        assert found.seconds < 60
        size = len(fetched(f"{base}{own.rpartition('/')[0]}/{names[-1]}")[1])
        assert size > 60_000  # there is a picture in it
        assert found.bytes > SITES * size

        # a browser: the page that was open begins by itself, and says how late it is
        page = watcher.page
        comes_true(
            page, "document.querySelector('[data-state]').textContent.includes('being sent')", 60
        )
        page.evaluate(
            "() => { const v = document.querySelector('video'); v.muted = true; v.play(); }"
        )
        comes_true(page, MOVES, 90)
        comes_true(page, "document.querySelector('[data-delay]').textContent", 30)
        late = re.fullmatch(
            r"About (\d+) seconds behind the speaker", page.inner_text("[data-delay]")
        )
        assert late and 1 <= int(late[1]) <= 40
        watcher.check()
        sound = visit(width=390)
        sound.sign_in("lanh-dao")
        sound.open(f"{here}watch/?as=sound")
        playing = "document.querySelector('audio').currentTime > 1"
        sound.page.evaluate(
            "() => { const a = document.querySelector('audio'); a.muted = true; a.play(); }"
        )
        comes_true(sound.page, playing, 90)
        sound.check()
        assert watcher.faults_of([f"{here}watch/", f"{here}watch/?as=sound"]) == {}
        assert organiser.faults_of([f"{here}stream/"]) == {}

        # the conference ends, and the stream with it
        organiser.open(here)
        organiser.page.click(f"form[action='{here}open/'] button")
        organiser.page.wait_for_load_state()
        organiser.page.click(f"form[action='{here}close/'] button")
        organiser.page.wait_for_load_state()
        assert gone(senders[0].pid)
        written = "".join(
            path.read_text(errors="replace")
            for path in (told, folder / "error.log")
            if path.exists()
        )
        assert keys.publishing not in written
    finally:
        for sender in senders:
            sender.kill()
            sender.wait()
        command.terminate()
        command.wait(30)
    assert command.returncode == 0
    assert {one.name for one in folder.iterdir()} <= {"error.log"}
    told.unlink()
