"""Walking through the site: one page of each kind that links lead to, and what is wrong at a width.

A kind is a route with the names of what its address asks for. What links lead to is what readers
find; forms are looked at and not sent.
"""

from collections import deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.urls import Resolver404, resolve

from tests.browser.conftest import Visitor

FILES = (".csv", ".xlsx", ".ics", ".docx", ".zip", ".json", ".pdf")
ELSEWHERE = {"document-original", "report-file", "attachment", "static"}
"""Routes that give a file or nothing to look at."""
SMALLEST = 24
"""How high and wide a target has to be, in CSS pixels."""

MEASURE = """smallest => {
  const root = document.documentElement, faults = [];
  for (const one of document.querySelectorAll("details")) one.open = true;
  const style = one => getComputedStyle(one);
  const inBox = one => {
    for (let up = one.parentElement; up && up !== root; up = up.parentElement)
      if (style(up).overflowX !== "visible" || style(up).position === "fixed") return true;
    return false;
  };
  const name = one => one.tagName.toLowerCase() + (one.id ? "#" + one.id : "") +
    [...one.classList].map(each => "." + each).join("") + " “" +
    (one.innerText || one.name || "").trim().replace(/\\s+/g, " ").slice(0, 40) + "”";
  const seen = one => {
    const box = one.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && style(one).visibility !== "hidden";
  };
  if (root.scrollWidth > root.clientWidth) {
    const out = [...document.body.querySelectorAll("*")].filter(one =>
      seen(one) && one.getBoundingClientRect().right > root.clientWidth + 1 && !inBox(one));
    faults.push("wide: " + root.scrollWidth + " " + out.slice(-2).map(name).join(", "));
  }
  const targets = "a[href], button, summary, select, textarea, input:not([type=hidden])";
  for (const one of document.querySelectorAll(targets)) {
    if (!seen(one) || one.matches(".lt-mark, .lt-words")) continue;  // the text of a document
    const label = /checkbox|radio/.test(one.type) && one.labels.length ? one.labels[0] : one;
    const box = label.getBoundingClientRect();
    if (box.height >= smallest - .5 && box.width >= smallest - .5) continue;
    const said = [...one.parentElement.childNodes].some(each =>
      each.nodeType === Node.TEXT_NODE && /[\\p{L}\\p{N}]/u.test(each.data));
    if (style(one).display === "inline" && said) continue;  // a word of a sentence
    const size = Math.round(box.width) + "×" + Math.round(box.height);
    faults.push("small: " + size + " " + name(one));
  }
  return faults;
}"""
"""What sticks out of the window beside boxes that scroll, and which targets are too small.

Whatever can be unfolded is; a link among the words of a sentence is as high as its line.
"""


def kind_of(address: str) -> str | None:
    """Return the route of an address with the names of what it asks for; None for files."""
    parts = urlsplit(address)
    if parts.path.endswith(FILES):
        return None
    try:
        route = resolve(parts.path).url_name
    except Resolver404:
        return None
    if route is None or route in ELSEWHERE or route.endswith(("-file", "-export", "evidence")):
        return None
    asked = ",".join(sorted(parse_qs(parts.query)))
    return f"{route}?{asked}" if asked else route


def walk(visitor: Visitor, *, first: tuple[str, ...] = ("/",), most: int = 400) -> Iterator[str]:
    """Open one page of each kind that links lead to, breadth first, and name it."""
    waiting = deque(first)
    known = {kind_of(address) for address in first}
    count = 0
    while waiting and count < most:
        address = waiting.popleft()
        visitor.page.goto(visitor.site.address + address, wait_until="load")
        count += 1
        yield f"{kind_of(address)}: {address}"
        for link in _links(visitor):
            kind = kind_of(link)
            if kind is not None and kind not in known:
                known.add(kind)
                waiting.append(link)


def _links(visitor: Visitor) -> list[str]:
    found: list[str] = visitor.page.eval_on_selector_all(
        "a[href^='/']", "links => links.map(link => link.getAttribute('href').split('#')[0])"
    )
    return [link for link in found if link]


def faults_at(visitor: Visitor, width: int) -> list[str]:
    """Return what sticks out of a window of this width, and the targets that are too small."""
    visitor.page.set_viewport_size({"width": width, "height": 900})
    found: Any = visitor.page.evaluate(MEASURE, SMALLEST)
    return [str(one) for one in found]
