"""Every screen, in both languages and at two widths: reachable, accessible, within the policy."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.eyes import EYES

pytestmark = pytest.mark.browser

SCREENS = {
    "documents": "/documents/",
    "new": "/documents/new/",
    "duties": "/duties/",
    "overdue": "/duties/?class=open_overdue",
    "targets": "/targets/",
    "units": "/units/",
    "past": "/units/?on=2010-01-01",
    "two-days": "/units/?on=2025-07-01&since=2024-08-07",
    "party": "/units/?tree=party",
    "found": "/units/?q=phuc+xa",
    "changes": "/changes/",
    "roles": "/roles/",
    "reference": "/documents/reference/",
    "missing": "/documents/00000000-0000-7000-8000-000000000000/",
}
LINKED = {
    "document": ("/documents/", "main table a[href*='/documents/']"),
    "draft": ("/duties/?state=draft", "main table a[href*='/duties/']"),
    "duty": ("/duties/", "main table a[href*='/duties/']"),
    "target": ("/targets/", "main table a[href*='/targets/']"),
    "unit": ("/units/", "main a[href*='/units/']"),
}


def addresses(visitor) -> dict[str, str]:
    """Return the address of every screen, with one object of each kind and its desk."""
    found = dict(SCREENS)
    for name, (page, selector) in LINKED.items():
        visitor.open(page)
        links = visitor.page.eval_on_selector_all(
            selector, "links => links.map(link => link.getAttribute('href'))"
        )
        shapes = re.compile(r"^/\w+/[0-9a-f-]{36}/(#.*|\?.*)?$")
        found[name] = next(link for link in links if shapes.match(link)).split("#")[0]
    found["desk"] = found["document"].split("?")[0] + "desk/"
    found["amend"] = found["draft"].split("?")[0] + "amend/"
    document = found["document"].split("?")[0]
    for page in ("family", "record", "describe", "relations/new"):
        found[page] = f"{document}{page}/"
    found["home"] = "/"
    return found


@pytest.mark.parametrize(("width", "language"), EYES)
def test_every_screen_is_accessible_and_keeps_the_content_policy(visit, language, width):
    visitor = visit(width=width)
    visitor.sign_in("van-phong")
    visitor.speak(language)

    faults = {}
    for name, address in addresses(visitor).items():
        visitor.open(address)
        assert visitor.page.locator("h1").count() == 1, name
        spoken = "vi" if name == "missing" else language  # one page in both languages, for anybody
        assert visitor.page.get_attribute("html", "lang") == spoken, name
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not visitor.page.evaluate(wide), f"{name} scrolls sideways"
        if found := visitor.axe():
            faults[name] = found

    assert faults == {}


def test_signed_out_pages_are_accessible(visit):
    visitor = visit(width=390)
    visitor.open("/account/sign-in/")

    assert visitor.axe() == []
    expect(visitor.page.locator("h1")).to_have_count(1)


@pytest.mark.slow
def test_a_phone_of_320_pixels_never_scrolls_sideways(visit):
    visitor = visit(width=320)
    visitor.sign_in("van-phong")

    for name, address in addresses(visitor).items():
        visitor.open(address)
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not visitor.page.evaluate(wide), name


def test_first_view_stays_under_its_budget(visit):
    """First page at most 120 kB over the wire, compressed; a later one at most 30 kB.

    The later one is the register, with as many documents as earlier tests have left in it: a full
    page of it is weighed by `tests.web.test_page_weight`.
    """
    visitor = visit()
    sizes: list[int] = []
    session = visitor.context.new_cdp_session(visitor.page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))

    visitor.open("/account/sign-in/")
    visitor.page.wait_for_load_state("networkidle")
    first = sum(sizes)
    sizes.clear()
    visitor.sign_in("van-phong")
    visitor.page.wait_for_load_state("networkidle")
    sizes.clear()
    visitor.open("/documents/")
    visitor.page.wait_for_load_state("networkidle")

    assert first <= 120_000
    assert sum(sizes) <= 30_000
