"""The signed copy comes after the draft: it is looked at, taken, and its differences settled."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.test_journey import hand_in, open_card

pytestmark = pytest.mark.browser

TEXT = """ỦY BAN NHÂN DÂN
Số: {number}/KH-UBND
Ngày 2 tháng 5 năm 2024

KẾ HOẠCH

1. Đến năm 2030, tỷ lệ lao động qua đào tạo đạt {level}%.
2. Giao Sở Y tế chủ trì rà soát các quy định về hồ nước, báo cáo trước ngày 2/6/2025.
3. Giao Sở Nội vụ chủ trì lập dự toán, hoàn thành trước ngày 1/9/2024.
"""


@pytest.mark.parametrize(
    ("language", "width"), [("vi", 1440), pytest.param("en", 390, marks=pytest.mark.slow)]
)
def test_the_signed_copy_is_compared_taken_and_its_difference_settled(visit, language, width):
    number = uuid4().int % 80_000 + 10_000
    visitor = visit(width=width)
    visitor.sign_in("van-phong")
    visitor.speak(language)
    page = visitor.page
    hand_in(visitor, TEXT.format(number=number, level="41,7"))
    desk = page.url.partition("?")[0]
    open_card(visitor).locator("button[type=submit]:not([disabled])").first.click()
    page.wait_for_load_state()

    hand_in(visitor, TEXT.format(number=number, level="42"))
    assert page.url.partition("?")[0] == desk  # the first text counts still
    for _ in range(60):
        if page.locator(".lt-told a").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    page.locator(".lt-told a").first.click()
    page.wait_for_load_state()
    likeness = page.url.removeprefix(visitor.site.address)
    expect(page.locator(".lt-beside")).to_contain_text("41,7")
    expect(page.locator(".lt-beside")).to_contain_text("42")
    assert visitor.faults_of([likeness]) == {}

    page.fill("input[name=remark]", "bản ký")
    page.locator("section[aria-labelledby=takes] button[type=submit]").click()
    page.wait_for_url("**/differences/?of=texts")
    assert visitor.faults_of([page.url.removeprefix(visitor.site.address)]) == {}
    difference = page.locator(".lt-settle")
    expect(difference).to_have_count(1)
    difference.locator("input[name=take]").first.check()
    difference.locator("button[value=take]").click()
    page.wait_for_load_state()

    expect(page.locator(".lt-settle")).to_have_count(0)
    visitor.check()
