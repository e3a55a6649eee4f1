"""The worker opens no old copy of what its reader may not see or enter into any more; no city."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cluster import CHECKOUT

pytestmark = pytest.mark.browser

SCRIPTS = CHECKOUT / "frontend"
WORKER = """self.lotrinhPlaces = {"here": "/here/", "page": "/outbox/", "folder": "/static/",
"parts": []};
importScripts("/outbox.js", "/worker.js");"""
PAGE = """<!doctype html><html lang="en"><title>t</title><body data-here="/here/"
data-account="mai"><h1>{name}</h1><script src="/outbox.js"></script>"""
READY = """async () => {
  await lotrinh.outbox.enter("mai");
  await navigator.serviceWorker.register("/at-root.js");
  await navigator.serviceWorker.ready;
  if (!navigator.serviceWorker.controller) {
    await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done));
  }
}"""
KEPT = """async () => {
  const cache = await caches.open("lotrinh.pages mai");
  return (await cache.keys()).map((one) => new URL(one.url).pathname);
}"""
NOTED = "() => lotrinh.outbox.notes('mai').then((rows) => rows.map((row) => row.name))"


class Pages(ThreadingHTTPServer):
    """Pages that may be kept, unless ``over`` names another answer: a status, and leave to keep."""

    daemon_threads = True
    over: dict[str, tuple[int, bool]]


class Answers(BaseHTTPRequestHandler):
    """Answer with a script of the front end, or a page."""

    server: Pages

    def do_GET(self) -> None:
        status, is_kept = self.server.over.get(self.path, (200, True))
        kind, body = "text/html", PAGE.format(name=self.path)
        if self.path.endswith(".js"):
            kind, is_kept = "text/javascript", False
            file = SCRIPTS / self.path[1:]
            body = WORKER if self.path == "/at-root.js" else file.read_text("utf-8")
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if is_kept:
            self.send_header("Lotrinh-Keep", "mai")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def pages() -> Iterator[Pages]:
    made = Pages(("127.0.0.1", 0), Answers)
    made.over = {}
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def page(browser: Browser, pages: Pages) -> Iterator[Page]:
    context = browser.new_context(base_url=f"http://127.0.0.1:{pages.server_port}")
    page = context.new_page()
    page.goto("/outbox/")
    page.evaluate(READY)
    for path in ("/outbox/", "/reports/a/", "/reports/b/"):
        page.goto(path)
        page.evaluate("path => lotrinh.outbox.note({name: `page ${path}`, account: 'mai'})", path)
    page.wait_for_function(f"async () => (await ({KEPT})()).length === 3")
    yield page
    context.close()


@pytest.mark.parametrize("answer", [(403, False), (404, False), (200, False)])
def test_a_report_that_is_over_takes_its_old_copy_and_its_note_with_it(
    page: Page, pages: Pages, answer: tuple[int, bool]
) -> None:
    pages.over["/reports/a/"] = answer

    page.goto("/reports/a/")

    page.wait_for_function(f"async () => (await ({KEPT})()).length === 2")
    page.wait_for_function(f"async () => (await ({NOTED})()).length === 2")
    assert page.evaluate(KEPT) == ["/outbox/", "/reports/b/"]
    assert sorted(page.evaluate(NOTED)) == ["page /outbox/", "page /reports/b/"]


def test_a_fault_of_the_server_takes_no_copy(page: Page, pages: Pages) -> None:
    pages.over["/reports/a/"] = (503, False)

    page.goto("/reports/a/")

    expect(page.locator("h1")).to_have_text("/reports/a/")
    assert page.evaluate(KEPT) == ["/outbox/", "/reports/a/", "/reports/b/"]


def test_the_page_of_the_outbox_stays_however_many_reports_are_opened(page: Page) -> None:
    for at in range(30):
        page.goto(f"/reports/{at}/")
    page.wait_for_function(f"async () => (await ({KEPT})()).includes('/reports/29/')")

    page.wait_for_function(f"async () => (await ({KEPT})()).length === 31")
    kept = page.evaluate(KEPT)
    assert kept == ["/outbox/", *(f"/reports/{at}/" for at in range(30))]
    page.wait_for_function(f"async () => (await ({NOTED})()).length === 1")
    assert page.evaluate(NOTED) == ["page /outbox/"]
