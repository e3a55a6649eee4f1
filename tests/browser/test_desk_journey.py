"""The desk by keyboard: questions first, many at once, undo, split, merge, add, several files."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.test_journey import hand_in, open_card

pytestmark = pytest.mark.browser

TEXT = """ỦY BAN NHÂN DÂN
Số: {number}/KH-UBND
Ngày 2 tháng 5 năm 2024

KẾ HOẠCH

1. Giao Sở Y tế chủ trì rà soát các quy định về hồ nước, báo cáo trước ngày 2/6/2025.
2. Giao Sở Không Có chủ trì xây dựng kế hoạch đào tạo, hoàn thành trong quý IV năm 2024.
3. Giao Sở Không Có chủ trì lập dự toán, hoàn thành trước ngày 1/9/2024.
Danh sách người trông coi hồ kèm theo.
"""


def a_text() -> str:
    """Return a plan that nobody has handed in before."""
    return TEXT.format(number=uuid4().int % 80_000 + 10_000)


def desk(visit, **given):
    """Sign in and hand the plan in; return the visitor at its desk."""
    visitor = visit(**given)
    visitor.sign_in("van-phong")
    hand_in(visitor, a_text())
    return visitor


def decided(page):
    """Return what the desk says has been decided: "2/3"."""
    return re.search(r"\d+/\d+", page.inner_text("#desk-count")).group(0)


@pytest.mark.parametrize("language", ["vi", pytest.param("en", marks=pytest.mark.slow)])
def test_choosing_accepting_and_undoing_by_keyboard(visit, language):
    visitor = desk(visit)
    visitor.speak(language)
    page = visitor.page
    assert open_card(visitor).locator(".lt-ask").count() == 1
    page.locator("body").press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("[data-picked]")).to_have_text("2")

    page.locator("#several button[value=accept]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/several/**")
    rows = page.locator("input[name=row]")
    for place in range(rows.count()):
        rows.nth(place).focus()
        page.keyboard.press("Space")
    page.locator("button[name=whole]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/*")
    assert decided(page) == "2/3"
    assert visitor.axe() == []
    page.locator("body").press("u")
    expect(page.locator("#desk-count")).to_contain_text("0/3")
    visitor.check()


@pytest.mark.slow
def test_a_field_shows_its_words_and_what_is_typed_survives_a_reload(visit):
    visitor = desk(visit)
    page = visitor.page
    card = open_card(visitor)
    card.locator("[name=due]").focus()
    expect(page.locator(".lt-words--here")).to_have_text("quý IV năm 2024")
    with page.expect_response("**/keep/"):
        card.locator("[name=deliverable]").fill("Kế hoạch đã duyệt")

    page.reload()

    assert open_card(visitor).locator("[name=deliverable]").input_value() == "Kế hoạch đã duyệt"
    visitor.check()


def test_split_merge_and_add_by_keyboard_and_selection(visit):
    visitor = desk(visit)
    page = visitor.page
    page.locator("body").press("s")
    page.wait_for_url("**/split/**")
    assert visitor.axe() == []
    page.locator("input[name=word]").first.focus()
    for _ in range(7):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/*")
    assert decided(page) == "0/4"
    page.locator("body").press("m")
    expect(page.locator("#desk-count")).to_contain_text("0/3")

    page.evaluate(
        """() => {
          const clause = [...document.querySelectorAll("[data-passage]")]
            .find((one) => one.textContent.startsWith("Danh sách"));
          getSelection().selectAllChildren(clause);
        }"""
    )
    page.click("#picked button[value=task]")
    page.wait_for_url("**/desk/?at=*")
    assert decided(page) == "0/4"
    assert open_card(visitor).locator("[name=title]").input_value() == (
        "Danh sách người trông coi hồ kèm theo"
    )
    visitor.check()


def test_the_same_without_javascript(visit):
    visitor = desk(visit, scripts=False)
    page = visitor.page
    number = open_card(visitor).get_attribute("data-card")
    page.goto(page.url.partition("?")[0].rstrip("/") + f"/several/?act=reject&row={number}")
    page.click("main form button[type=submit]")
    page.wait_for_load_state()
    assert decided(page) == "1/3"

    page.click("#undo button")
    page.wait_for_load_state()
    assert decided(page) == "0/3"
    page.locator("[data-split]").first.evaluate("link => link.closest('details').open = true")
    page.locator("[data-card][open] [data-split]").click()
    page.locator("input[name=word]").nth(6).check(force=True)
    page.click("main form button[type=submit]")
    page.wait_for_load_state()
    assert decided(page) == "0/4"


def test_on_a_phone_a_mark_brings_its_card_and_the_way_back(visit):
    visitor = desk(visit, width=390)
    page = visitor.page
    mark = page.locator("a.lt-mark").last
    mark.click()

    card = page.locator(f"[data-card='{mark.get_attribute('data-mark')}']")
    expect(card).to_have_attribute("open", "")
    expect(card).to_be_in_viewport()
    page.click("#back")
    expect(mark).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert visitor.axe() == []


@pytest.mark.parametrize("scripts", [pytest.param(True, marks=pytest.mark.slow), False])
def test_three_files_have_three_verdicts(visit, scripts):
    visitor = visit(scripts=scripts)
    visitor.sign_in("van-phong")
    visitor.open("/documents/new/")
    page = visitor.page
    files = [
        {"name": f"{n}.txt", "mimeType": "text/plain", "buffer": a_text().encode()} for n in (1, 2)
    ]
    files.append({"name": "ảnh.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 x"})
    page.set_input_files("input[type=file]", files=files)

    page.click("main form.lt-form button[type=submit]")
    page.wait_for_url("**/documents/arrivals/**")

    assert page.locator(".lt-arrivals tbody tr").count() == 3
    assert page.locator(".lt-arrivals tbody a").count() == 2
    assert page.locator(".lt-arrivals .lt-status--late").count() == 1
    if scripts:
        assert visitor.axe() == []


@pytest.mark.slow
def test_a_phone_shows_a_proposal_and_its_passage_at_once(visit):
    visitor = desk(visit, width=390)
    page = visitor.page
    card, bar = open_card(visitor), page.locator(".lt-tabbar")
    here = page.locator(".lt-mark--here").first
    expect(here).to_be_in_viewport()
    expect(card.locator("textarea[name=title]")).to_be_in_viewport()
    assert card.bounding_box()["y"] + 160 <= bar.bounding_box()["y"]

    card.locator("[data-accept]").scroll_into_view_if_needed()
    expect(here).to_be_in_viewport()
    assert visitor.axe() == []
    visitor.check()


@pytest.mark.slow
def test_the_number_of_a_proposal_is_not_copied_with_the_text(visit):
    page = desk(visit).page
    copied = page.evaluate(
        "() => { getSelection().selectAllChildren(document.querySelector('.lt-sheet'));"
        " return getSelection().toString(); }"
    )
    assert "báo cáo trước ngày 2/6/2025." in copied
    assert re.findall(r"2025\d|hồ nước\d", copied) == []
    assert page.locator(".lt-mark").first.get_attribute("data-no") == "1"
