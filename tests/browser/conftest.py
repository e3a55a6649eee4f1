"""A running city and a browser that reports every breach of the content policy."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from lotrinh.demo.cast import PASSWORD
from tests.cluster import CHECKOUT
from tests.site import Site, running_site
from tests.stories import LIBRARY

AXE = CHECKOUT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The browser's driver keeps an event loop in the main thread, in which Django would otherwise
# refuse to work; the tests of one process never use both at once.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_IS_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
LISTEN = """
window.__breaches = [];
document.addEventListener('securitypolicyviolation', e =>
  window.__breaches.push(e.violatedDirective + ' ' + e.blockedURI));
"""


@pytest.fixture(scope="session")
def site(
    django_db_setup: None,
    chromium: str,
    django_db_blocker: DjangoDbBlocker,
    pytestconfig: pytest.Config,
) -> Iterator[Site]:
    """A city that this worker's browser tests share."""
    with (
        tempfile.TemporaryDirectory(prefix="lotrinh-site-") as folder,
        django_db_blocker.unblock(),
        running_site(pytestconfig.stash[LIBRARY], "browser", state=Path(folder)) as running,
    ):
        yield running


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()


class Visitor:
    """Somebody at a browser, in one language and one width, with or without JavaScript."""

    def __init__(self, browser: Browser, site: Site, *, width: int, scripts: bool = True) -> None:
        self.site = site
        self.breaches: list[str] = []
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts, locale="vi-VN"
        )
        if scripts:
            self.context.add_init_script(LISTEN)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.breaches.append(str(error)))
        self.scripts = scripts

    def _note(self, message: object) -> None:
        text = str(getattr(message, "text", ""))
        if "Content Security Policy" in text or "Content-Security-Policy" in text:
            self.breaches.append(text)

    def sign_in(self, name: str) -> None:
        """Sign in by name and password, as anybody does."""
        self.open("/account/sign-in/")
        self.page.fill("input[name=login]", name)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("main button[type=submit]")
        self.page.wait_for_load_state()

    def speak(self, language: str) -> None:
        """Change the language with the switch of the frame, unless it is spoken already."""
        if self.page.get_attribute("html", "lang") != language:
            self.page.click(f"form button[name=language][value={language}]")
            self.page.wait_for_load_state()
        assert self.page.get_attribute("html", "lang") == language

    def open(self, path: str) -> None:
        """Open an address of the site and note every breach of the content policy."""
        answer = self.page.goto(self.site.address + path)
        assert answer is not None and answer.status < 500, path
        self.check()

    def check(self) -> None:
        """Assert that nothing on the present page broke the content policy."""
        if self.scripts:
            self.breaches += self.page.evaluate("window.__breaches || []")
        assert self.breaches == []

    def axe(self) -> list[str]:
        """Return what axe-core finds wrong with the present page, one line for each place."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES
        )
        return [
            f"{wrong['id']}: {node['target']} {node['failureSummary']}"
            for wrong in found["violations"]
            for node in wrong["nodes"]
        ]

    def faults_of(self, addresses: Iterable[str]) -> dict[str, list[str]]:
        """Open every address and return what is wrong there: headings, width, what axe finds."""
        faults = {}
        for address in addresses:
            self.open(address)
            found = self.axe()
            if self.page.locator("h1").count() != 1:
                found.append("not just one heading of the first level")
            if self.page.evaluate(_IS_WIDE):
                found.append("scrolls sideways")
            if found:
                faults[address] = found
        return faults

    def close(self) -> None:
        """Leave."""
        self.context.close()


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[type[Visitor]]:
    """Make visitors: ``visit(width=390, scripts=False)``."""
    made: list[Visitor] = []

    def make(width: int = 1440, scripts: bool = True) -> Visitor:
        made.append(Visitor(browser, site, width=width, scripts=scripts))
        return made[-1]

    yield make  # type: ignore[misc]
    for visitor in made:
        visitor.close()
