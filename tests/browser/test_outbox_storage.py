"""A device that refuses to keep anything: saving and signing out go on, and it is said honestly.

The scripts stand here on a page of their own, against answers that are given by hand; no city.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Dialog, Page, Route, expect

from tests.cluster import CHECKOUT

pytestmark = pytest.mark.browser

HOST = "http://outbox.test"
SCRIPTS = CHECKOUT / "frontend"
PAGE = """<!doctype html><html lang="en"><title>t</title>
<body data-here="/here/" data-account="mai">
<p id="outbox" hidden data-leave="/leave/" data-waiting="wait {n}" data-wanting="want {n}"
 data-leaving="kept {n}?" data-losing="lost {n}?"><a href="/outbox/"></a></p>
<form method="post" action="/leave/"><button id="leave">Leave</button></form>
<form id="grid" data-grid="r" data-title="July" method="post" action="/report/" data-once
 data-saving="saving" data-waiting="waiting" data-sending="sending" data-received="received"
 data-refused="refused" data-away="away" data-fault="fault" data-signed_out="signed out"
 data-kept="kept here" data-loose="kept nowhere" data-broken="broken" data-offline="offline"
 data-back="back">
<input type="hidden" name="language" value="en"><textarea name="paste" hidden></textarea>
<p id="grid-said"></p>
<table><tr id="line-1" data-line="1"><td><span data-name>Families</span>
<input type="hidden" name="o-1" value="" data-over><input name="c-1" value="" data-cell>
<p data-sent hidden></p></td></tr></table><button id="save">Save</button></form>
<script src="/outbox.js"></script><script src="/outgoing.js"></script>
<script src="/grid.js"></script></body></html>"""
ANSWER = """<div id="answer" data-said="saved" data-kept="1=7 ">
<table><tbody><tr id="line-1" data-line="1"><td><input type="hidden" name="o-1" value="7" data-over>
<input name="c-1" value="{typed}" data-cell></td></tr></tbody></table></div>"""
LISTED = """<!doctype html><html lang="en"><title>t</title>
<body data-here="/here/" data-account="mai">
<p id="outbox" hidden data-leave="/leave/" data-waiting="wait {n}" data-wanting="want {n}"
 data-leaving="kept {n}?" data-losing="lost {n}?"><a href="/outbox/"></a></p>
<div id="outbox-page" data-waiting="waiting" data-sending="sending" data-received="received"
 data-fault="not taken" data-nothing="nothing" data-sure="sure?" data-nopage="none">
<ul data-rows></ul><p data-none hidden></p><p data-unkept hidden></p>
<button data-send>Send</button><p data-said></p><ul data-pages></ul><p data-nopages></p></div>
<template id="outbox-row"><li><a></a><b data-state></b><p data-why hidden></p><ul></ul>
<button data-again>Again<span></span></button><button data-drop>Delete<span></span></button></li>
</template><script src="/outbox.js"></script><script src="/outgoing.js"></script></body></html>"""
LEFT = "<!doctype html><html lang='en'><title>t</title><body><h1>Left</h1></body></html>"
THROWS = "indexedDB.open = () => { throw new DOMException('refused', 'SecurityError'); };"
FULL = """const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function () {
  this.transaction.abort();
  throw new DOMException('full', 'QuotaExceededError');
};"""
LOST = """const begin = IDBDatabase.prototype.transaction;
let lost = 0;
IDBDatabase.prototype.transaction = function (...given) {
  lost += 1;
  if (lost === 3) { this.close(); }
  return begin.apply(this, given);
};"""
REFUSING = [
    pytest.param(THROWS, id="no storage"),
    pytest.param(FULL, id="full storage", marks=pytest.mark.slow),
]


@dataclass
class Server:
    """Answers by hand; ``is_there`` says whether anybody answers to what is sent."""

    is_there: bool = True
    is_at_fault: bool = False
    sent: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(HOST)
        if route.request.method == "POST" and path == "/report/":
            self._take(route)
        elif path == "/here/":
            if self.is_there:
                route.fulfill(json={"account": "mai", "token": "t"})
            else:
                route.abort()
        elif path.endswith(".js"):
            route.fulfill(path=SCRIPTS / path[1:], content_type="text/javascript")
        else:
            pages = {"/report/": PAGE, "/outbox/": LISTED}
            route.fulfill(body=pages.get(path, LEFT), content_type="text/html")

    def _take(self, route: Route) -> None:
        if not self.is_there:
            route.abort()
            return
        self.sent.append(route.request.post_data or "")
        if self.is_at_fault:
            route.fulfill(status=500, body="fault")
            return
        (typed,) = parse_qs(self.sent[-1])["c-1"]
        route.fulfill(body=ANSWER.format(typed=typed), content_type="text/html")


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    context = browser.new_context()
    context.route(f"{HOST}/**", server.answer)
    yield context.new_page()
    context.close()


def opened(page: Page, *, with_script: str = "") -> None:
    if with_script:
        page.add_init_script(with_script)
    page.goto(f"{HOST}/report/")


def put(page: Page, text: str) -> None:
    page.locator("[data-cell]").fill(text)
    page.locator("[data-cell]").press("Tab")


def unsaved(page: Page) -> bool:
    """Say whether the page would ask before it is left."""
    asked = "const e = new Event('beforeunload', { cancelable: true }); dispatchEvent(e);"
    return bool(page.evaluate(f"() => {{ {asked} return e.defaultPrevented; }}"))


@pytest.mark.parametrize("refusing", REFUSING)
def test_what_a_device_cannot_keep_is_sent_all_the_same(
    page: Page, server: Server, refusing: str
) -> None:
    opened(page, with_script=refusing)

    put(page, "61")

    expect(page.locator("#grid-said")).to_have_text("saved")
    assert len(server.sent) == 1
    assert "c-1=61" in server.sent[0]
    assert unsaved(page) is False


@pytest.mark.parametrize("refusing", REFUSING)
def test_what_is_in_memory_alone_counts_as_unsaved(
    page: Page, server: Server, refusing: str
) -> None:
    server.is_there = False
    opened(page, with_script=refusing)

    put(page, "61")

    expect(page.locator("#grid-said")).to_have_text("away kept nowhere")
    assert unsaved(page) is True
    remembered = page.evaluate("Object.values(sessionStorage)[0]")
    assert json.loads(remembered)["c-1"]["typed"] == "61"
    server.is_there = True
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#grid-said")).to_have_text("saved")
    assert unsaved(page) is False


@pytest.mark.parametrize("refusing", REFUSING)
def test_a_device_that_keeps_nothing_lets_its_reader_sign_out(
    page: Page, server: Server, refusing: str
) -> None:
    server.is_there = False
    opened(page, with_script=refusing)
    put(page, "61")
    expect(page.locator("#grid-said")).to_have_text("away kept nowhere")
    asked: list[str] = []

    def accept(box: Dialog) -> None:
        asked.append(box.message)
        box.accept()

    page.on("dialog", accept)

    page.locator("#leave").click()

    expect(page.locator("h1")).to_have_text("Left")
    assert asked[0] == "lost 1?"


def test_what_is_kept_on_the_device_is_said_so_and_holds_nobody(page: Page, server: Server) -> None:
    server.is_there = False
    opened(page)

    put(page, "61")

    expect(page.locator("#grid-said")).to_have_text("away kept here")
    assert unsaved(page) is False
    page.reload()
    expect(page.locator("[data-cell]")).to_have_value("61")
    assert page.evaluate("lotrinh.outbox.list('mai').then((rows) => rows.length)") == 1


@pytest.mark.slow
def test_a_lost_connection_to_the_storage_is_made_anew(page: Page, server: Server) -> None:
    server.is_there = False
    opened(page, with_script=LOST)

    put(page, "61")

    expect(page.locator("#grid-said")).to_have_text("away kept here")
    rows = page.evaluate("lotrinh.outbox.list('mai')")
    assert [(row["fields"]["c-1"], row.get("loose")) for row in rows] == [("61", None)]


@pytest.mark.slow
def test_what_the_server_never_takes_can_be_sent_again_or_deleted(
    page: Page, server: Server
) -> None:
    server.is_at_fault = True
    opened(page)
    put(page, "61")
    expect(page.locator("#grid-said")).to_have_text("fault kept here")
    page.goto(f"{HOST}/outbox/")
    row = page.locator("[data-rows] > li")
    expect(row.locator("[data-why]")).to_have_text("not taken")
    expect(page.get_by_role("button", name="Again: July, Families: 61")).to_be_visible()
    page.on("dialog", lambda box: box.accept())
    before = len(server.sent)

    row.locator("[data-again]").click()
    expect(row.locator("[data-why]")).to_have_text("not taken")
    page.wait_for_function("lotrinh.outbox.list('mai').then((rows) => rows[0].tries > 2)")
    page.get_by_role("button", name="Delete: July, Families: 61").click()

    expect(row).to_have_count(0)
    expect(page.locator("[data-none]")).to_have_text("nothing")
    assert len(server.sent) > before
    assert page.evaluate("document.activeElement.hasAttribute('data-send')") is True


@pytest.mark.slow
def test_the_keyboard_stays_in_a_row_while_others_change(page: Page, server: Server) -> None:
    server.is_at_fault = True
    opened(page)
    put(page, "61")
    expect(page.locator("#grid-said")).to_have_text("fault kept here")
    page.goto(f"{HOST}/outbox/")
    # The page tries what waits as soon as it is opened; a button that rests takes no focus.
    page.wait_for_function(
        "() => { const drop = document.querySelector('[data-rows] > li [data-drop]:not([hidden])');"
        " drop?.focus(); return drop !== null && document.activeElement === drop; }"
    )

    made = """() => lotrinh.outbox.put({ account: "mai", path: "/other/", page: "p", language: "en",
      title: "August", fields: {}, over: { 2: "" }, names: { 2: "Schools" } })"""
    page.evaluate(made)

    expect(page.locator("[data-rows] > li")).to_have_count(2)
    # While the row itself is tried again its button rests; the keyboard is at its link then.
    page.wait_for_function(
        "() => { const row = document.activeElement.closest('[data-rows] > li');"
        " return row !== null && !row.textContent.includes('August'); }"
    )
