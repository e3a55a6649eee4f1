"""A browser that gets every page from the application in this process and looks whether it runs.

Nothing listens anywhere: what the browser asks for is answered from Django's test client with the
headers that the application sends, and whatever it asks another host for is noted and refused.
"""

import mimetypes
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Browser, Dialog, Error, Page, Route

from lotrinh.config.environment import CHECKOUT

HOME = "http://localhost:8000"
STATIC = CHECKOUT / "lotrinh/web/static"
_KEPT = ("content-type", "content-security-policy", "x-content-type-options", "referrer-policy")
LISTEN = """
window.__ran = 0;
window.r = () => { window.__ran += 1; };
window.__breaches = [];
document.addEventListener('securitypolicyviolation', (event) =>
  window.__breaches.push(event.violatedDirective + ' ' + event.blockedURI));
"""
_LOOK = """() => {
  const all = [...document.querySelectorAll("*")];
  const acts = all.filter((one) => [...one.attributes].some((each) => /^on/i.test(each.name)));
  const bad = /^\\s*(javascript|data|vbscript):/i;
  const leads = all.filter((one) =>
    ["href", "src", "action", "formaction", "xlink:href", "data"].some(
      (name) => bad.test(one.getAttribute(name) ?? "")));
  return {
    ran: window.__ran,
    breaches: window.__breaches.length,
    elements: document.querySelectorAll("[data-p]").length,
    handlers: acts.length,
    addresses: leads.length,
    templates: document.documentElement.innerText.split("pwned").length - 1,
    shown: document.documentElement.innerText.split("r(").length - 1,
  };
}"""


class Glass:
    """Shows answers of the application in one page of the browser."""

    def __init__(self, browser: Browser, client: Client) -> None:
        self.client = client
        # The worker of the reports would ask the server again, and never see the answer to a form.
        self.context = browser.new_context(
            viewport={"width": 1440, "height": 900}, service_workers="block"
        )
        self.context.add_init_script(LISTEN)
        self.context.route("**/*", self._answer)
        self.page = self._new_page()
        self.outside: list[str] = []
        self.dialogs: list[str] = []
        self.shown = 0
        self._shown: HttpResponse | None = None

    def open(self, path: str) -> dict[str, int]:
        """Open an address and return what ran there; see ``show``."""
        return self.show(path, self.client.get(path))

    def show(self, path: str, answer: HttpResponse) -> dict[str, int]:
        """Show an answer as the page of this address; return by name what is more than nothing."""
        self._shown = answer
        self.outside, self.dialogs = [], []
        try:
            self.page.goto(HOME + path, wait_until="load")
            found: dict[str, int] = self.page.evaluate(_LOOK)
        except Error:  # the page has gone elsewhere
            return {"outside": 1}
        self.shown += found.pop("shown")
        found |= {"outside": len(self.outside), "dialogs": len(self.dialogs)}
        return {name: count for name, count in found.items() if count}

    def renew(self) -> None:
        """Take a new page: what ran in the last one may still go elsewhere."""
        self.page.close()
        self.page = self._new_page()

    def _new_page(self) -> Page:
        page = self.context.new_page()
        page.on("dialog", self._note_dialog)
        return page

    def close(self) -> None:
        """Close the page."""
        self.context.close()

    def _note_dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _answer(self, route: Route) -> None:
        """Answer the browser: the page that is shown, a file of ours, or what the page fetches."""
        asked = urlsplit(route.request.url)
        if f"{asked.scheme}://{asked.netloc}" != HOME:
            self._refuse(route)
        elif asked.path.startswith("/static/"):
            file = STATIC / asked.path.removeprefix("/static/")
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            route.fulfill(status=200, body=_read(file), content_type=kind)
        elif self._shown is not None and route.request.is_navigation_request():
            shown, self._shown = self._shown, None
            _fulfil(route, shown)
        elif route.request.is_navigation_request():
            self._refuse(route)  # nothing on our pages leads on by itself
        elif route.request.method == "GET":
            _fulfil(route, self.client.get(f"{asked.path}?{asked.query}"))
        else:
            route.abort()

    def _refuse(self, route: Route) -> None:
        """Note what is asked for; the page stays where it is."""
        self.outside.append(route.request.url)
        if route.request.is_navigation_request():
            route.fulfill(status=204)
        else:
            route.abort()


def _read(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""


def _fulfil(route: Route, answer: HttpResponse) -> None:
    headers = dict(_headers(answer))
    route.fulfill(status=answer.status_code, body=answer.content, headers=headers)


def _headers(answer: HttpResponse) -> Iterator[tuple[str, str]]:
    for name, value in answer.items():
        if name.lower() in _KEPT:
            yield name, value
