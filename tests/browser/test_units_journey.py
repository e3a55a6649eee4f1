"""One journey through the organisation: a ward, what came before it, a rename taken back, a why."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def find(visitor, words: str, name: str) -> None:
    """Type words into the search for units and open the unit of that name."""
    visitor.open("/units/")
    visitor.page.fill("#q", words)
    visitor.page.press("#q", "Enter")
    visitor.page.wait_for_load_state()
    visitor.page.get_by_role("link", name=name, exact=True).first.click()
    visitor.page.wait_for_load_state()
    visitor.check()


def units_counted(visitor) -> int:
    """Return how many units the page of the tree says there are."""
    said = re.match(r"[\d.,]+", visitor.page.locator("h1 + p").inner_text())
    assert said is not None
    return int(re.sub(r"\D", "", said[0]))


FEWER_UNITS = 400 + 30
"""526 communes become 126 wards and communes on 1 July 2025, and 30 districts end."""

WAYS = [
    ("vi", True),
    pytest.param("en", False, marks=pytest.mark.slow),
    pytest.param("en", True, marks=pytest.mark.slow),
]
"""Both languages, with JavaScript and without."""


@pytest.mark.parametrize(("language", "scripts"), WAYS)
def test_a_ward_its_predecessors_and_the_day_on_which_everything_changed(visit, language, scripts):
    visitor = visit(scripts=scripts)
    visitor.sign_in("to-chuc")
    visitor.speak(language)
    ward, before, whole, part = {
        "vi": ("Phường Hồng Hà", "Phường Phúc Xá", "Kế thừa toàn bộ:", "Kế thừa một phần:"),
        "en": ("Hong Ha Ward", "Phuc Xa Ward", "Takes over the whole of:", "Takes over a part of:"),
    }[language]

    find(visitor, "phuong hong ha", ward)
    story = visitor.page.locator(".lt-story")
    expect(story.locator("p", has_text=whole)).to_contain_text(before)
    expect(story.locator("p", has_text=part)).not_to_contain_text(before)
    expect(story).to_contain_text("1656/NQ-UBTVQH15")
    story.get_by_role("link", name=before, exact=True).click()
    visitor.page.wait_for_load_state()
    expect(visitor.page.locator(".lt-story")).to_contain_text(ward)

    first, last = {"vi": ("1/1/2025", "1/7/2025"), "en": ("1 Jan 2025", "1 Jul 2025")}[language]
    visitor.open("/units/?on=2025-01-01")
    expect(visitor.page.locator("h1 + p")).to_contain_text(first)
    counted_before = units_counted(visitor)
    slider = visitor.page.locator("#at")
    slider.focus()
    if scripts:
        with visitor.page.expect_navigation():
            slider.press("ArrowRight")
    else:
        slider.press("ArrowRight")
        visitor.page.locator("[data-slide-go]").click()
    visitor.page.wait_for_load_state()
    expect(visitor.page.locator("h1 + p")).to_contain_text(last)
    assert counted_before - units_counted(visitor) == FEWER_UNITS


@pytest.mark.parametrize(("language", "scripts"), WAYS)
def test_a_commune_is_renamed_by_keyboard_and_the_change_is_taken_back(visit, language, scripts):
    visitor = visit(scripts=scripts)
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
    assert not scripts or visitor.axe() == []
    page.locator("button[name=confirm]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/changes/[0-9a-f-]{36}/$"))
    assert not scripts or visitor.axe() == []

    page.locator("main form button").focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    expect(page.locator("main form button")).to_have_count(0)
    visitor.open("/units/?q=go+moi")
    expect(page.locator("main .lt-news a")).to_have_count(0)


@pytest.mark.parametrize(("language", "scripts"), WAYS)
def test_one_reads_why_a_colleague_may_not_issue_a_duty(visit, language, scripts):
    visitor = visit(scripts=scripts)
    visitor.sign_in("to-chuc")
    visitor.speak(language)
    page = visitor.page
    unit, action, refused, who = {
        "vi": ("Quận Hồ Sen (mẫu)", "giao nhiệm vụ", "Không được", "Người được làm việc này"),
        "en": ("Ho Sen District (sample)", "issue duties", "Not allowed", "This may be done by"),
    }[language]

    visitor.open("/people/?q=thanh+dam")
    page.locator("main table th a").first.click()
    page.wait_for_load_state()
    page.locator(".lt-acts a").click()
    page.wait_for_load_state()
    page.select_option("#id_action", label=action)
    page.fill(
        "#id_unit", {"vi": "Huyện Đồng Gạo (mẫu)", "en": "Dong Gao District (sample)"}[language]
    )
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state()

    answer = page.locator(".lt-answer")
    expect(answer.locator(".lt-say")).to_contain_text(refused)
    expect(answer.locator(".lt-say")).to_contain_text(unit)
    expect(answer).to_contain_text("Ngô Thị Thanh Đàm")
    expect(answer).to_contain_text(who)
    visitor.check()
