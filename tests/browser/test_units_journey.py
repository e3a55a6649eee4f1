"""One journey through the organisation: a ward, what came before it, a rename taken back, a why."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def find(visitor, words: str, name: str) -> None:
    """Type words into the search for units and open the unit of that name."""
    visitor.open("/units/")
    visitor.page.fill("#q", words)
    visitor.page.press("#q", "Enter")
    visitor.page.wait_for_load_state()
    visitor.page.get_by_role("link", name=name, exact=True).first.click()
    visitor.page.wait_for_load_state()
    visitor.check()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_ward_its_predecessors_and_the_day_on_which_everything_changed(visit, scripts):
    visitor = visit(scripts=scripts)
    visitor.sign_in("to-chuc")
    visitor.speak("vi")

    find(visitor, "phuong hong ha", "Phường Hồng Hà")
    story = visitor.page.locator(".lt-story")
    expect(story).to_contain_text("Phường Phúc Xá")
    expect(story).to_contain_text("1656/NQ-UBTVQH15")

    visitor.open("/units/?on=2025-01-01")
    expect(visitor.page.locator("h1 + p")).to_contain_text("1/1/2025")
    slider = visitor.page.locator("#at")
    slider.focus()
    if scripts:
        with visitor.page.expect_navigation():
            slider.press("ArrowRight")
    else:
        slider.press("ArrowRight")
        visitor.page.locator(".lt-slide button").click()
    visitor.page.wait_for_load_state()
    expect(visitor.page.locator("h1 + p")).to_contain_text("188")
    expect(visitor.page.locator("h1 + p")).to_contain_text("1/7/2025")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_commune_is_renamed_by_keyboard_and_the_change_is_taken_back(visit, language):
    visitor = visit()
    visitor.sign_in("to-chuc")
    visitor.speak(language)
    page = visitor.page
    name = {"vi": "Xã Gò Mít (mẫu)", "en": "Go Mit Commune (sample)"}[language]
    find(visitor, "go mit", name)

    page.locator(".lt-acts a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    words = {"name_vi": "Xã Gò Mới (mẫu)", "name_en": "Go Moi (sample)", "day": "1/12/2024"}
    for field, value in {**words, "legal_basis": "Nghị quyết số 7/NQ-HĐND"}.items():
        page.fill(f"#id_{field}", value)
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text("Xã Gò Mới (mẫu)")
    assert visitor.axe() == []
    page.locator("button[name=confirm]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/changes/[0-9a-f-]{36}/$"))
    assert visitor.axe() == []

    page.locator("main form button").focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    expect(page.locator("main form button")).to_have_count(0)
    visitor.open("/units/?q=go+moi")
    expect(page.locator("main .lt-news a")).to_have_count(0)
