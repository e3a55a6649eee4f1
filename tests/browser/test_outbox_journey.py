"""Typing figures without a network: kept on the device, sent later, once, by its account alone."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Count
from playwright.sync_api import Browser, BrowserContext, expect
from pytest_django.plugin import DjangoDbBlocker

from lotrinh.apps.reporting.models import ReportCell, ReportEvent
from tests import cluster
from tests.browser.conftest import FLAGS, Visitor
from tests.browser.line import Line
from tests.browser.test_period_report_journey import cell, report_of
from tests.site import Site

pytestmark = pytest.mark.browser

WORDS: dict[str, dict[str, Any]] = {
    "vi": {
        "here": "Từ nay trang này mở được cả khi mất mạng",
        "away": re.compile("[Mm]ất mạng"),
        "waits": "Chưa gửi, nhập lúc",
        "received": "Đã nhận",
        "sign": "Chưa gửi: 2 dòng báo cáo.",
        "leaving": "Chưa gửi: 1 dòng báo cáo. Nếu đăng xuất",
        "own": "Chính ông, bà đã nhập 51 ở một cửa sổ hoặc thiết bị khác",
        "session": "Chưa gửi: ông, bà không còn đăng nhập",
        "opens": "Mở được ở đây khi mất mạng",
        "out": "Đăng xuất",
    },
    "en": {
        "here": "This page can now be opened without a network",
        "away": re.compile("[Tt]he network is away"),
        "waits": "Not sent yet, typed",
        "received": "Received",
        "sign": "Lines of reports not sent yet: 2.",
        "leaving": "Lines of reports not sent yet: 1. If you sign out",
        "own": "You entered 52 yourself at another window or device",
        "session": "Not sent: you are no longer signed in",
        "opens": "Open here without a network",
        "out": "Sign out",
    },
}
BOTH = ["vi", pytest.param("en", marks=pytest.mark.slow)]
OFFICER = "can-bo-dong-gao"
FIGURES = {
    "vi": ("61", "62", "1.711/2.650", "9", "1.702/2.650"),
    "en": ("71", "72", "1,712/2,650", "8", "1,703/2,650"),
}
"""What is typed; each differs from whatever stood there, since the city is shared."""
PATIENCE = 30_000


@dataclass
class Device:
    """A computer whose browser keeps what it keeps when it is closed and opened again."""

    browser: Browser
    folder: Path
    chromium: str

    def new_context(self, **more: Any) -> BrowserContext:
        """Open the browser."""
        return self.browser.browser_type.launch_persistent_context(
            self.folder, executable_path=self.chromium, args=FLAGS, **more
        )


@pytest.fixture
def device(browser: Browser, chromium: str, tmp_path: Path) -> Device:
    return Device(browser, tmp_path / "device", chromium)


@pytest.fixture
def line(site: Site) -> Iterator[Line]:
    """A line to the site that is cut besides, since a worker that wakes up may know no better."""
    made = Line(site.address)
    yield made
    made.close()


@pytest.fixture
def ledger(site: Site, django_db_blocker: DjangoDbBlocker) -> Any:
    """Read what the site's database holds of a report."""

    @contextmanager
    def reading() -> Iterator[None]:
        with django_db_blocker.unblock(), cluster.pointed_at(site.server, site.database):
            yield

    return reading


def opened(visitor: Visitor, language: str) -> str:
    """Sign in, open the report of July and wait until the browser keeps it; return its address."""
    visitor.sign_in(OFFICER)
    visitor.speak(language)
    path = report_of(visitor)
    visitor.open(path)
    expect(visitor.page.get_by_text(WORDS[language]["here"])).to_be_visible(timeout=PATIENCE)
    return path


def put(page: Any, place: int, text: str) -> None:
    """Type into a cell and leave it."""
    cell(page, place).fill(text)
    cell(page, place).press("Tab")


def sent_of(page: Any, place: int) -> Any:
    return page.locator("[data-line]").nth(place).locator("[data-sent]")


def uid_in(path: str) -> str:
    return path.strip("/").split("/")[1]


@pytest.mark.parametrize("language", BOTH)
def test_what_is_typed_without_a_network_is_received_once_after_the_browser_was_closed(
    site: Site, device: Device, line: Line, ledger: Any, language: str
) -> None:
    site = replace(site, address=line.address)
    words, (first, second, share, third, _) = WORDS[language], FIGURES[language]
    before = Visitor(device, site, width=1440)  # type: ignore[arg-type]  # opens what it is given
    path = opened(before, language)
    before.context.set_offline(True)
    line.cut()
    put(before.page, 0, first)
    expect(sent_of(before.page, 0)).to_contain_text(words["waits"])
    put(before.page, 0, second)
    put(before.page, 1, share)
    expect(before.page.locator("#outbox")).to_have_text(words["sign"])
    before.close()

    visitor = Visitor(device, site, width=390)  # type: ignore[arg-type]  # opens what it is given
    page = visitor.page
    visitor.context.set_offline(True)
    page.goto(site.address + path)
    expect(page.locator("#grid-said")).to_contain_text(words["away"])
    expect(cell(page, 0)).to_have_value(second)
    expect(cell(page, 1)).to_have_value(share)
    put(page, 2, third)
    expect(sent_of(page, 2)).to_contain_text(words["waits"])
    page.goto(site.address + "/duties/")
    expect(page.get_by_role("heading", name=words["opens"])).to_be_visible()
    expect(page.locator("[data-pages] a")).to_have_attribute("href", path)
    page.goto(site.address + path)
    expect(cell(page, 2)).to_have_value(third)

    line.mend()
    visitor.context.set_offline(False)
    expect(page.locator("#grid-said")).to_contain_text(words["session"], timeout=PATIENCE)
    visitor.sign_in(OFFICER)
    visitor.open(path)
    page.wait_for_function(ALL_RECEIVED, timeout=PATIENCE)
    expect(page.locator("#outbox")).to_be_hidden(timeout=PATIENCE)
    visitor.open(path)
    assert [cell(page, at).input_value() for at in range(3)] == [second, share, third]
    visitor.check()
    again = page.evaluate("window.lotrinh.outbox.list(document.body.dataset.account)")
    with ledger():
        own = ReportEvent.objects.filter(client_key__in=[act["key"] for act in again])
        kept = ReportCell.objects.filter(report__uid=uid_in(path), event__in=own)
        texts = sorted(kept.values_list("text", flat=True))
        entries = kept.count()
    assert texts == sorted([second, share, third])
    assert {act["state"] for act in again} == {"received"}

    statuses = page.evaluate(SENT_AGAIN, again)
    assert statuses == [200] * len(again)
    with ledger():
        cells = ReportCell.objects.filter(report__uid=uid_in(path), event__in=own)
        assert cells.count() == entries
        doubled = ReportEvent.objects.filter(report__uid=uid_in(path)).values("client_key")
        assert not doubled.annotate(n=Count("pk")).filter(n__gt=1).exists()
    visitor.close()


ALL_RECEIVED = """async () => {
  const held = await window.lotrinh.outbox.list(document.body.dataset.account);
  return held.length > 0 && held.every((act) => act.state === "received");
}"""
"""The sign is hidden too before the script has looked: what is kept on the device says it."""

SENT_AGAIN = """async (acts) => {
  const { token } = await (await fetch("/account/here/")).json();
  const sent = [];
  for (const act of acts) {
    const said = { ...act.fields, language: act.language, client_key: act.key, as: "lines" };
    const body = new URLSearchParams(said);
    for (const [line, over] of Object.entries(act.over)) body.set(`o-${line}`, over);
    const headers = { "X-CSRFToken": token };
    sent.push((await fetch(act.path, { method: "POST", body, headers })).status);
  }
  return sent;
}"""


@pytest.mark.slow
@pytest.mark.parametrize("language", BOTH)
def test_two_windows_of_one_account_are_asked_which_figure_counts(visit, language) -> None:
    mine, theirs = {"vi": ("51", "54"), "en": ("52", "55")}[language]
    visitor = visit()
    path = opened(visitor, language)
    other = visitor.context.new_page()
    other.goto(visitor.site.address + path)
    put(visitor.page, 2, mine)
    expect(sent_of(visitor.page, 2)).to_contain_text(WORDS[language]["received"])

    put(other, 2, theirs)

    both = other.locator(".lt-fill__both")
    expect(both).to_contain_text(WORDS[language]["own"])
    expect(both).to_contain_text(theirs)
    assert cell(other, 2).input_value() == theirs
    other.locator("[data-put]").click()
    expect(both).to_have_count(0)
    visitor.open(path)
    assert cell(visitor.page, 2).input_value() == theirs
    visitor.check()


@pytest.mark.slow
@pytest.mark.parametrize("language", BOTH)
def test_what_waits_belongs_to_its_account(visit, language) -> None:
    """An ended session keeps it, another account neither sees nor sends it, signing out warns."""
    words, typed = WORDS[language], FIGURES[language][-1]
    visitor = visit()
    path = opened(visitor, language)
    page, context = visitor.page, visitor.context
    owner = page.get_attribute("body", "data-account")
    assert page.evaluate("name => caches.has(name)", f"lotrinh.pages {owner}") is True
    context.set_offline(True)
    put(page, 1, typed)
    expect(sent_of(page, 1)).to_contain_text(words["waits"])
    asked: list[str] = []
    page.once("dialog", lambda box: (asked.append(box.message), box.dismiss()))
    page.locator(".lt-menu summary").click()
    with page.expect_event("dialog"):
        page.get_by_role("button", name=words["out"], exact=True).click()
    expect(sent_of(page, 1)).to_contain_text(words["waits"])
    assert words["leaving"] in asked[0]
    session = context.cookies()
    context.clear_cookies(name="lotrinh_session")
    context.set_offline(False)
    expect(page.locator("#grid-said")).to_contain_text(words["session"], timeout=PATIENCE)

    visitor.sign_in("lanh-dao")
    expect(page.locator("#outbox")).to_be_hidden()
    visitor.open("/outbox/")
    expect(page.locator("[data-none]")).to_be_visible()
    assert page.locator("[data-rows] li").count() == 0
    assert page.evaluate("name => caches.has(name)", f"lotrinh.pages {owner}") is False

    context.clear_cookies()
    context.add_cookies(session)
    visitor.open("/outbox/")
    expect(page.locator("[data-rows]")).to_contain_text(typed)
    expect(page.locator("[data-rows]")).to_contain_text(words["received"], timeout=PATIENCE)
    visitor.open(path)
    assert cell(page, 1).input_value() == typed


@pytest.mark.slow
def test_the_page_of_the_outbox_is_accessible(visit) -> None:
    visitor = visit(width=390)
    path = opened(visitor, "vi")
    visitor.context.set_offline(True)
    put(visitor.page, 0, "63")
    expect(sent_of(visitor.page, 0)).to_contain_text(WORDS["vi"]["waits"])
    assert visitor.axe() == []
    visitor.page.goto(visitor.site.address + "/outbox/")
    expect(visitor.page.locator("[data-rows]")).to_contain_text("63")
    assert visitor.axe() == []
    visitor.context.set_offline(False)
    visitor.page.locator("[data-send]").click()
    expect(visitor.page.locator("#outbox")).to_be_hidden(timeout=PATIENCE)
    visitor.open(path)
    assert cell(visitor.page, 0).input_value() == "63"
