"""A conference in the browser: planned, its door without a network, and who is there told live."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WARD = "Phường Bến Sen"
OFFICE, OFFICER = "van-phong", "can-bo-ben-sen"
PATIENCE = 30_000
WORDS = {
    "vi": ("Kính chào: đã điểm danh.", "Thẻ này đã điểm danh tại đây rồi.", "chưa gửi"),
    "en": ("Welcome: checked in.", "This pass was checked in here already.", "not sent yet"),
}


def planned(office: Visitor, title: str) -> str:
    """Plan a conference of today that lets people in by name, and call one ward; its address."""
    page = office.page
    office.open("/conferences/new/")
    for field, words in {"title": title, "day": "7/8/2024", "begins": "14:00"}.items():
        page.fill(f"[name={field}]", words)
    page.select_option("[name=counting]", "person")
    page.locator("label.lt-tick", has_text="97-CTr/TU").first.locator("input").check()
    page.click("main form.lt-form .lt-form__acts button[type=submit]")
    page.wait_for_load_state()
    office.check()
    here = page.url.removeprefix(office.site.address)
    office.open(f"{here}call/")
    page.fill("[name=also]", WARD)
    page.fill("[name=n-delegates]", "3")
    page.click("main form.lt-form .lt-form__acts button[type=submit]")
    page.wait_for_load_state()
    office.check()
    return here


def called(ward: Visitor, here: str) -> tuple[str, list[str]]:
    """Call three people by name; return the address of the door and their passes."""
    page = ward.page
    ward.open(here)
    page.locator("#dots ~ ul a, .lt-dots a").first.click()
    page.wait_for_load_state()
    page.locator("main a[href$='/delegates/']").click()
    page.wait_for_load_state()
    page.fill("[name=names]", "Lê An\nVũ Bình\nĐỗ Cúc")
    page.click("main form.lt-form button[type=submit]")
    page.wait_for_load_state()
    ward.check()
    door = page.locator("main a[href*='/doors/']").get_attribute("href") or ""
    page.locator("main a[href$='/passes/']").click()
    page.wait_for_load_state()
    ward.check()
    passes = [one for one in page.locator(".lt-passes .lt-digest").all_inner_texts() if one]
    assert len(passes) == 3
    return door.removeprefix(ward.site.address), passes


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_door_without_a_network_lets_in_and_the_live_page_counts_afterwards(visit, language):
    welcome, again, unsent = WORDS[language]
    office, ward = visit(), visit(width=390)
    for visitor, account in ((office, OFFICE), (ward, OFFICER)):
        visitor.sign_in(account)
        visitor.speak(language)
    here = planned(office, f"Hội nghị thử {language}")
    door, passes = called(ward, here)
    office.page.click(f"form[action='{here}open/'] button")
    office.page.wait_for_load_state()
    ward.open(door)

    ward.context.set_offline(True)
    said = ward.page.locator("[data-came]")
    for written in passes[:2]:
        ward.page.fill("#pass", written.lower())
        ward.page.press("#pass", "Enter")
        expect(said).to_have_text(welcome)
        ward.page.wait_for_timeout(100)
    expect(ward.page.locator("[data-unsent]")).to_have_text(re.compile(f"{unsent}.*2"))
    ward.page.fill("#pass", passes[0])
    ward.page.press("#pass", "Enter")
    expect(said).to_have_text(again)
    expect(office.page.locator("[data-now=present]")).to_have_text("0")
    ward.context.set_offline(False)

    expect(ward.page.locator("[data-unsent]")).to_be_hidden(timeout=PATIENCE)
    expect(office.page.locator("[data-now=present]")).to_have_text("2", timeout=PATIENCE)
    ward.page.fill("#pass", passes[2])
    ward.page.press("#pass", "Enter")
    expect(office.page.locator("[data-now=present]")).to_have_text("3", timeout=PATIENCE)
    ward.page.reload()
    expect(ward.page.locator("[data-present]")).to_have_text("3")
    office.check()
