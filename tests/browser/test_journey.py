"""One journey: a text comes in, is read, a person confirms, a unit owes, back to the sentence."""

import re
import urllib.parse
from uuid import uuid4

import psycopg
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

TEXT = """THÀNH ỦY HÀ NỘI
*
Số 88-KH/TU

Hà Nội, ngày 10 tháng 6 năm 2024

KẾ HOẠCH
thực hiện Chỉ thị số 41-CT/TU về giữ gìn hồ nước trong thành phố

I. MỤC TIÊU
Phấn đấu đến năm 2025 đạt các mục tiêu sau:
- 100% hồ nước trong nội thành có người trông coi;
- tỷ lệ hồ bị ô nhiễm dưới {share}%.

II. NHIỆM VỤ
1. Giao Sở Y tế chủ trì, phối hợp với Sở Tài nguyên và Môi trường lấy mẫu nước tại các hồ, \
báo cáo Thành ủy trước ngày 15/9/2024.
2. Sở Tài nguyên và Môi trường xây dựng bản đồ các hồ, hoàn thành trong quý IV năm 2024.
"""


def fresh_text() -> str:
    """Return a text that nobody has handed in before."""
    return TEXT.format(share=uuid4().int % 90 + 5).replace("88-KH", f"{uuid4().int % 800 + 100}-KH")


def hand_in(visitor, text: str) -> None:
    """Paste a text, send it and wait on the desk until it is read."""
    visitor.open("/documents/new/")
    visitor.page.fill("textarea[name=text]", text)
    visitor.page.click("main form.lt-form button[type=submit]")
    visitor.page.wait_for_load_state()
    if "/desk/" not in visitor.page.url:
        uid = re.search(r"/documents/([0-9a-f-]{36})/", visitor.page.url).group(1)
        visitor.open(f"/documents/{uid}/desk/")
    for _ in range(60):
        if visitor.page.locator("[data-card]").count():
            return
        visitor.page.wait_for_timeout(500)
        visitor.page.reload()
    raise TimeoutError("the text was not read")


def open_card(visitor):
    """Return the proposal that stands open."""
    return visitor.page.locator("[data-card][open]").first


@pytest.mark.parametrize("language", [pytest.param("vi", marks=pytest.mark.slow), "en"])
def test_from_a_pasted_text_to_the_sentence_by_keyboard(visit, language):
    visitor = visit()
    visitor.sign_in("van-phong")
    visitor.speak(language)
    hand_in(visitor, fresh_text())
    page = visitor.page
    page.locator("body").press("j")
    cards = page.locator("[data-card]")
    before = cards.count()
    while open_card(visitor).locator("[name=deliverable]").count() == 0:
        page.keyboard.press("j")
    number = open_card(visitor).get_attribute("data-card")

    page.keyboard.press("a")
    expect(page.locator("[data-card]")).to_have_count(before - 1)
    done = page.locator("ul.lt-done li", has_text=f"{number}. ")
    done.locator("a.lt-done__to").click()
    page.wait_for_load_state()
    assert "/duties/" in page.url
    page.locator("figure.lt-source figcaption a").first.click()
    page.wait_for_load_state()
    anchor = urllib.parse.urlsplit(page.url).fragment

    assert re.fullmatch(r"p\d+", anchor)
    assert page.locator(f"[id='{anchor}']").count() == 1
    visitor.check()


def test_keys_rest_while_somebody_types(visit):
    visitor = visit()
    visitor.sign_in("van-phong")
    hand_in(visitor, fresh_text())
    before = visitor.page.locator("[data-card]").count()
    card = open_card(visitor)

    card.locator("textarea[name=title]").click()
    visitor.page.keyboard.type("a r j k")

    assert visitor.page.locator("[data-card]").count() == before
    assert "a r j k" in card.locator("textarea[name=title]").input_value()


@pytest.mark.slow
def test_the_same_journey_without_javascript(visit):
    visitor = visit(scripts=False)
    visitor.sign_in("van-phong")
    hand_in(visitor, fresh_text())
    page = visitor.page
    card = page.locator("[data-card]", has=page.locator("[name=deliverable]")).first
    if card.get_attribute("open") is None:
        card.locator("summary").first.click()
    number = card.get_attribute("data-card")

    card.locator("[data-accept]").click()
    page.wait_for_load_state()
    done = page.locator("ul.lt-done li", has_text=f"{number}. ")
    done.locator("a.lt-done__to").click()
    page.wait_for_load_state()

    assert "/duties/" in page.url
    assert page.locator("figure.lt-source mark").count() == 1


def test_a_rejection_says_why_and_stays(visit):
    visitor = visit(scripts=False)
    visitor.sign_in("van-phong")
    hand_in(visitor, fresh_text())
    page = visitor.page
    card = open_card(visitor)
    number = card.get_attribute("data-card")

    card.locator("details.lt-drop summary").click()
    card.locator("select[name=reason]").select_option("duplicate")
    card.locator("[data-reject]").click()
    page.wait_for_load_state()

    assert page.locator("ul.lt-done li.is-no", has_text=f"{number}. ").count() == 1


def test_a_text_marked_secret_is_refused_and_not_kept(visit, site):
    visitor = visit()
    visitor.sign_in("van-phong")
    secret = f"MẬT\nSố 01-BC/TU\nGiao Sở Y tế báo cáo trước ngày 1/9/2024. {uuid4()}"

    visitor.open("/documents/new/")
    visitor.page.fill("textarea[name=text]", secret)
    visitor.page.click("main form.lt-form button[type=submit]")
    visitor.page.wait_for_load_state()

    assert "/documents/new/" in visitor.page.url
    assert secret.rsplit(" ", 1)[1] not in visitor.page.content()
    with psycopg.connect(site.url()) as connection:
        kept = connection.execute(
            "SELECT count(*) FROM documents_rendition WHERE text LIKE %s",
            [f"%{secret.rsplit(' ', 1)[1]}%"],
        ).fetchone()
    assert kept == (0,)


@pytest.mark.slow
@pytest.mark.parametrize("scripts", [True, False])
def test_the_real_articles_go_through_the_browser(visit, corpus, site, scripts):
    """Each article is handed in as a file and read; one task of each is held where there is one."""
    visitor = visit(scripts=scripts)
    visitor.sign_in("van-phong" if scripts else "van-phong-ubnd")
    page = visitor.page
    for path in sorted(corpus.glob("*.txt")):
        visitor.open("/documents/new/")
        page.set_input_files(
            "input[type=file]",
            files=[
                {
                    "name": path.name,
                    "mimeType": "text/plain",
                    "buffer": path.read_bytes() + b"\n" * (1 + scripts),
                }
            ],
        )
        page.click("main form.lt-form button[type=submit]")
        page.wait_for_load_state()
        uid = re.search(r"/documents/([0-9a-f-]{36})/", page.url).group(1)
        visitor.open(f"/documents/{uid}/desk/")
        for _ in range(60):
            if page.locator("[data-card]").count():
                break
            page.wait_for_timeout(500)
            page.reload()
        cards = page.locator("[data-card]").count()
        assert cards >= 5, path.name
        card = page.locator("[data-card]").first
        if card.get_attribute("open") is None:
            card.locator("summary").first.click()
        card.locator("[name=unit]").fill("Sở Y tế")
        card.locator("[data-accept]").click()
        page.wait_for_load_state()
        expect(page.locator("[data-card]")).to_have_count(cards - 1)
        page.locator("ul.lt-done a.lt-done__to").first.click()
        page.wait_for_load_state()
        page.locator("figure.lt-source figcaption a").first.click()
        page.wait_for_load_state()
        anchor = urllib.parse.urlsplit(page.url).fragment
        assert page.locator(f"[id='{anchor}']").count() == 1, path.name
