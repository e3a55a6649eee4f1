"""Carrying a duty to every district at a browser: seen before, taken back, accessible."""

import pytest

from tests.browser.eyes import ALL_LATER

pytestmark = pytest.mark.browser
GROUP = "quan-huyen-thi-xa"


def a_draft(visitor) -> str:
    """Make the first draft clear but for who owes it, and return its address."""
    visitor.open("/duties/?state=draft")
    path = visitor.page.locator("main .lt-band a.lt-title").first.get_attribute("href")
    visitor.open(f"{path}amend/")
    for field, words in {
        "unit": "",
        "person": "",
        "due": "30/9/2024",
        "deliverable": "Kế hoạch được phê duyệt",
        "responsibility": "Chủ trì, chịu trách nhiệm trước Thành ủy",
        "authority": "Chủ tịch Ủy ban nhân dân",
    }.items():
        visitor.page.fill(f"[name={field}]", words)
    visitor.page.click("main form.lt-form button[type=submit]")
    visitor.page.wait_for_load_state()
    return path


def shown(visitor, path: str) -> None:
    """Fill in the group and ask what it would do."""
    visitor.open(f"{path}carry/")
    visitor.page.select_option("[name=group]", GROUP)
    visitor.page.fill("[name=left_out]", "quận Hồ Sen (mẫu); đã có kế hoạch riêng")
    visitor.page.click("main form.lt-form .usa-button:not([name])")
    visitor.page.wait_for_load_state()


@pytest.mark.parametrize("scripts", [pytest.param(True, marks=pytest.mark.slow), False])
def test_a_draft_is_carried_to_the_districts_and_taken_back(visit, scripts):
    visitor = visit(scripts=scripts)
    visitor.sign_in("van-phong")
    path = a_draft(visitor)
    shown(visitor, path)

    visitor.page.click("[name=confirm]")
    visitor.page.wait_for_load_state()
    assert visitor.page.locator("#carried").count() == 1

    document = visitor.page.locator("main .lt-source a, main a[href*='/documents/']").first
    board = document.get_attribute("href").split("?")[0] + "cascade/"
    visitor.open(board)
    visitor.open(f"{path}parts/")
    visitor.open(path)
    visitor.page.click(f"form[action='{path}gather/'] button")
    visitor.page.wait_for_load_state()

    assert visitor.page.locator(f"a[href='{path}carry/']").count() == 1


@pytest.mark.parametrize(("width", "language"), ALL_LATER)
def test_pages_of_carrying_down_are_accessible(visit, language, width):
    visitor = visit(width=width)
    visitor.sign_in("van-phong")
    visitor.speak(language)
    visitor.open("/duties/?class=open_in_term")
    issued = visitor.page.locator("main .lt-band a.lt-title").first.get_attribute("href")
    visitor.open(issued)
    document = visitor.page.locator("main a[href*='/documents/']").first.get_attribute("href")
    path = a_draft(visitor)
    pages = [
        path,
        f"{path}carry/",
        f"{path}parts/",
        f"{path}parts/new/",
        issued,
        f"{issued}break-down/",
        document.split("?")[0] + "cascade/",
    ]

    assert visitor.faults_of(pages) == {}
    shown(visitor, path)
    assert visitor.axe() == []
