"""What everybody reads: accessible in both languages, and light, whether scripts run or not."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
_LINKS = "links => links.map(link => link.getAttribute('href'))"


@pytest.mark.parametrize("width", [390, 1440])
def test_public_pages_and_their_preview_are_accessible(visit, width):
    visitor = visit(width=width)
    visitor.open("/en/")
    links = visitor.page.eval_on_selector_all("main a[href^='/en/']", _LINKS)
    kinds = {re.sub(r"[0-9a-f-]{36}", "", link): link for link in links if link.endswith("/")}
    english = [*kinds.values(), "/en/", "/en/data/"]
    vietnamese = [link.replace("/en/", "/vi/", 1) for link in english]

    faults = visitor.faults_of([*english, *vietnamese])

    assert faults == {}
    visitor.sign_in("van-phong")
    visitor.open("/publications/new/")
    visitor.page.click("button[value=look]")
    visitor.page.locator("details.lt-pub__page > summary").last.click()
    assert visitor.axe() == []


def test_a_public_page_says_the_same_without_scripts(visit):
    words = []
    for scripts in (True, False):
        visitor = visit(width=390, scripts=scripts)
        visitor.open("/vi/")
        words.append(visitor.page.locator("main").inner_text())

    assert words[0] == words[1]
    assert "Thành phố có làm đúng điều đã hứa?" in words[0]
