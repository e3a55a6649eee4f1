"""A sentence goes down to a ward and comes back as a photograph that the leader reaches.

The planning office confirms it and carries it to every district; a district breaks it down to a
ward; the ward's officer reports from a phone and says that it is done; the district's leader
verifies; and the city's leader sees that in the numbers of his board.
"""

import re
from uuid import uuid4

import pytest

from tests.browser.test_duty_life import PHOTO
from tests.browser.test_journey import hand_in, open_card

pytestmark = pytest.mark.browser
GROUP = "quan-huyen-thi-xa"
DISTRICT = re.compile("Quận Hồ Sen|Ho Sen District")
WORK = "Trồng cây quanh các hồ nước"
WARD = "Phường Bến Sen (mẫu)"
TEXT = """ỦY BAN NHÂN DÂN
Số: {number}/KH-UBND
Ngày 2 tháng 8 năm 2024

KẾ HOẠCH

1. Ủy ban nhân dân các quận, huyện, thị xã trồng cây quanh các hồ nước, báo cáo trước ngày \
1/12/2025.
"""


def sent(page) -> None:
    """Send the form of the page."""
    page.click("main form.lt-form button[type=submit]")
    page.wait_for_load_state()


def fill(page, words: dict[str, str]) -> None:
    for name, text in words.items():
        page.fill(f"main form.lt-form [name={name}]", text)


def confirmed_and_carried(visitor) -> str:
    """Confirm the one sentence of a new plan at the desk, carry it; return the draft's address."""
    visitor.sign_in("van-phong")
    hand_in(visitor, TEXT.format(number=uuid4().int % 80_000 + 10_000))
    page, card = visitor.page, open_card(visitor)
    card.locator("[name=unit]").fill("")
    card.locator("[name=deliverable]").fill("Cây đã trồng, có ảnh")
    card.locator("[name=responsibility]").fill("Chủ trì, chịu trách nhiệm trước Thành phố")
    card.locator("[name=authority]").fill("Chủ tịch Ủy ban nhân dân quận")
    card.locator("[data-accept]").click()
    page.wait_for_load_state()
    page.locator("ul.lt-done a.lt-done__to").first.click()
    page.wait_for_load_state()
    path = page.url.removeprefix(visitor.site.address)
    page.click(f"a[href='{path}carry/']")
    page.select_option("[name=group]", GROUP)
    sent(page)
    page.click("[name=confirm]")
    page.wait_for_load_state()
    visitor.check()
    return path


def broken_down(visitor) -> str:
    """Let the district give its ward a part of what it owes; return that duty's address."""
    visitor.sign_in("can-bo-ho-sen")
    page = visitor.page
    page.locator(".usa-sidenav a[href^='/units/']").first.click()
    page.wait_for_load_state()
    page.locator("main .lt-band a.lt-title", has_text=WORK).first.click()
    page.wait_for_load_state()
    page.click("a[href$='/break-down/']")
    words = {
        "title": f"{WORK} của phường",
        "unit": WARD,
        "person": "Vũ Khắc Thuyền",
        "due": "1/11/2025",
        "responsibility": "Chịu trách nhiệm trước Chủ tịch phường",
        "deliverable": "Ảnh cây đã trồng",
    }
    for name, text in words.items():
        page.fill(f"main form.lt-form [name={name}]", text)
    sent(page)
    page.click("form[action$='/issue/'] button")
    page.wait_for_load_state()
    visitor.check()
    return page.url.removeprefix(visitor.site.address)


def handed_in(visitor, path: str) -> None:
    """Report with a photograph from a phone, and then say that it is done."""
    visitor.sign_in("can-bo-ben-sen")
    page = visitor.page
    for last in (False, True):
        page.click(f"main a[href='{path}report/']")
        if last:
            page.fill("[name=note]", "Đã trồng đủ 60 cây")
            page.check("[name=done]")
        else:
            page.fill("[name=percent]", "90")
            page.check("[name=declared]")
            page.set_input_files("[name=file]", PHOTO)
        sent(page)
        assert page.url.endswith(path)
        assert page.evaluate("document.documentElement.scrollWidth") == 390
    visitor.check()


def verified(visitor, path: str) -> None:
    """Let the district's leader find on her morning page what waits for her, and verify it."""
    visitor.sign_in("lanh-dao-ho-sen")
    visitor.open("/duties/morning/")
    page = visitor.page
    page.locator(f"main a[href='{path}']").first.click()
    page.wait_for_load_state()
    page.click(f"a[href='{path}step/verify/']")
    page.wait_for_load_state()
    assert page.get_by_role("link", name=PHOTO["name"]).count() == 1
    sent(page)
    assert page.locator("main .lt-status--done").count() >= 1
    visitor.check()


def on_the_board(visitor) -> tuple[int, int, int]:
    """Return what the leader's board says of the district: its duties, done on time, done late."""
    visitor.open("/duties/board/")
    cells = visitor.page.locator("tr", has=visitor.page.get_by_role("link", name=DISTRICT))
    counts = cells.locator("td").all_inner_texts()
    return int(counts[0]), int(counts[1]), int(counts[2])


@pytest.mark.slow
@pytest.mark.parametrize("language", ["vi", "en"])
def test_from_a_sentence_to_a_photograph_in_three_clicks(visit, language):
    leader = visit()
    leader.sign_in("lanh-dao")
    leader.speak(language)
    total, on_time, late = on_the_board(leader)

    confirmed_and_carried(visit())
    path = broken_down(visit())
    handed_in(visit(width=390), path)
    verified(visit(), path)

    assert on_the_board(leader) == (total + 2, on_time + 1, late)
    page = leader.page
    row = page.locator("tr", has=page.get_by_role("link", name=DISTRICT))
    row.locator("td a[href*='done_on_time']").click()
    page.wait_for_load_state()
    page.locator(f"main a[href='{path}']").first.click()
    page.wait_for_load_state()
    with page.expect_download() as given:
        page.get_by_role("link", name=PHOTO["name"]).first.click()
    assert given.value.path().read_bytes() == PHOTO["buffer"]
    leader.check()
