"""A report of figures from the officer's grid to an approval, and two officers at one cell."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.eyes import ALL_LATER

pytestmark = pytest.mark.browser

MINUTES = {
    "name": "bien-ban.txt",
    "mimeType": "text/plain",
    "buffer": "Biên bản họp xét danh hiệu".encode(),
}
WORDS = {
    "vi": {
        "hand_in": "Gửi báo cáo",
        "return": "Trả lại báo cáo",
        "approve": "Phê duyệt báo cáo",
        "file": "Lưu tệp",
        "choose": "Ảnh chụp hoặc tệp",
        "reason": "Lý do",
        "share": "1.711/2.650",
        "saved": re.compile(r"^Đã lưu \d\d:\d\d$"),
    },
    "en": {
        "hand_in": "Hand in the report",
        "return": "Return the report",
        "approve": "Approve the report",
        "file": "Keep the files",
        "choose": "Photograph or files",
        "reason": "Reason",
        "share": "1,711/2,650",
        "saved": re.compile(r"^Saved \d\d:\d\d$"),
    },
}


def report_of(visitor: Any, title: str = "tháng 7/2024") -> str:
    """Return the address of the report of the officer's own unit, by way of its duty."""
    visitor.open("/duties/")
    duties = visitor.page.locator("main table th a", has_text=title)
    for address in [duties.nth(at).get_attribute("href") for at in range(duties.count())]:
        visitor.open(address)
        door = visitor.page.locator('main a.usa-button[href^="/reports/"]')
        if door.count():
            return str(door.first.get_attribute("href"))
    raise AssertionError("no duty leads to a report")


def cell(page: Any, place: int) -> Any:
    return page.locator("input[data-cell]").nth(place)


def paste(page: Any, place: int, text: str) -> None:
    """Paste a text into a cell as a sheet puts it on the clipboard."""
    cell(page, place).evaluate(
        """(field, text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const given = {clipboardData: data, bubbles: true, cancelable: true};
            field.dispatchEvent(new ClipboardEvent("paste", given));
        }""",
        text,
    )


def step(visitor: Any, name: str) -> None:
    """Take a step: its link on the report, its button on the page that follows."""
    visitor.page.get_by_role("link", name=name, exact=True).click()
    visitor.page.wait_for_load_state()
    visitor.page.locator("main form button[type=submit]").last.click()
    visitor.page.wait_for_load_state()
    visitor.check()


@pytest.mark.parametrize(
    ("language", "officer", "judge", "begins_returned"),
    [
        ("vi", "can-bo-lua-vang", "can-bo-dong-gao", True),
        pytest.param("en", "can-bo-dinh-ho", "can-bo-ho-sen", False, marks=pytest.mark.slow),
    ],
)
def test_from_the_grid_to_the_approval(visit, language, officer, judge, begins_returned) -> None:
    words = WORDS[language]
    mai = visit()
    mai.sign_in(officer)
    mai.speak(language)
    path = report_of(mai)
    tam = visit()
    tam.sign_in(judge)
    tam.speak(language)
    if not begins_returned:
        tam.open(path)
        tam.page.get_by_role("link", name=words["return"], exact=True).click()
        tam.page.get_by_label(words["reason"]).fill("Rà soát lại")
        tam.page.locator("main form button[type=submit]").last.click()

    mai.open(path)
    page = mai.page
    said = page.locator("#grid-said")
    cell(page, 0).fill("698")
    cell(page, 0).press("Enter")
    expect(cell(page, 1)).to_be_focused()
    expect(said).to_have_text(words["saved"])
    paste(page, 1, f"{words['share']}\tđã rà soát\n9\tđã rà soát\n")
    expect(page.locator("[data-line]").nth(2).locator("textarea")).to_have_value("đã rà soát")
    expect(said).to_have_text(words["saved"])
    page.locator("[data-line]").first.locator("textarea").fill("theo biên bản ngày 12/7")
    page.locator("[data-line]").first.locator("textarea").press("Tab")
    expect(page.locator("#open-lines .lt-empty")).to_have_count(1)
    assert mai.axe() == []

    page.locator("[data-line]").first.locator('a[href*="/files/?line="]').click()
    page.get_by_label(words["choose"]).set_input_files(MINUTES)
    page.get_by_role("button", name=words["file"]).click()
    expect(page.get_by_role("link", name="bien-ban.txt")).to_have_count(1)
    step(mai, words["hand_in"])

    tam.open(path)
    tam.page.get_by_role("link", name=words["return"], exact=True).click()
    tam.page.locator("main table textarea").first.fill("Biên bản ghi 697 hộ")
    tam.page.get_by_label(words["reason"]).fill("Chưa khớp biên bản")
    tam.page.locator("main form button[type=submit]").last.click()
    tam.page.wait_for_load_state()
    tam.check()

    mai.open(path)
    expect(page.locator("[data-line]").first).to_contain_text("Biên bản ghi 697 hộ")
    cell(page, 0).fill("697")
    cell(page, 0).press("Tab")
    expect(page.locator("#open-lines .lt-empty")).to_have_count(1)
    step(mai, words["hand_in"])

    tam.open(path)
    tam.page.get_by_role("link", name=words["approve"], exact=True).click()
    expect(tam.page.locator("main table tbody tr").first).to_contain_text("697")
    assert tam.axe() == []
    tam.page.locator("main form button[type=submit]").last.click()
    tam.page.wait_for_load_state()
    expect(tam.page.locator("main .lt-fill__stages li")).to_have_count(2)
    assert tam.page.locator("main .lt-fill__stages li[aria-current]").count() == 0


@pytest.mark.slow
def test_two_officers_at_one_cell_see_both_figures(visit) -> None:
    """What the second one typed is neither dropped nor put over the first one's unseen."""
    first, second = visit(), visit(width=390)
    first.sign_in("can-bo-dong-gao")
    first.speak("vi")
    path = report_of(first)
    second.sign_in("van-phong-ubnd")
    second.speak("vi")
    first.open(path)
    second.open(path)

    cell(first.page, 2).fill("3")
    cell(first.page, 2).press("Tab")
    expect(first.page.locator("#grid-said")).to_have_text(WORDS["vi"]["saved"])
    cell(second.page, 2).fill("4")
    cell(second.page, 2).press("Tab")

    both = second.page.locator(".lt-fill__both")
    expect(both).to_contain_text("3")
    expect(both).to_contain_text("4")
    assert cell(second.page, 2).input_value() == "4"
    assert second.axe() == []
    first.open(path)
    assert cell(first.page, 2).input_value() == "3"

    second.page.locator("[data-put]").click()
    expect(second.page.locator(".lt-fill__both")).to_have_count(0)
    first.open(path)
    assert cell(first.page, 2).input_value() == "4"


def test_what_the_network_did_not_take_is_sent_later_and_once(visit) -> None:
    officer = visit()
    officer.sign_in("can-bo-dong-gao")
    officer.speak("vi")
    path = report_of(officer)
    officer.open(path)
    page = officer.page
    officer.context.set_offline(True)
    cell(page, 0).fill("41")
    cell(page, 0).press("Tab")
    expect(page.locator("#grid-said")).to_contain_text("mất mạng")

    officer.context.set_offline(False)

    expect(page.locator("#grid-said")).to_have_text(WORDS["vi"]["saved"], timeout=20_000)
    officer.open(path)
    assert cell(page, 0).input_value() == "41"


@pytest.mark.parametrize(("width", "language"), ALL_LATER)
def test_pages_of_a_report_are_accessible(visit, language, width) -> None:
    visitor = visit(width=width)
    visitor.sign_in("can-bo-dong-gao")
    visitor.speak(language)
    path = report_of(visitor)
    addresses = [path, f"{path}step/hand_in/", f"{path}files/", f"{path}history/"]

    assert visitor.faults_of(addresses) == {}


def test_a_phone_without_scripts_saves_the_whole_form(visit) -> None:
    visitor = visit(width=390, scripts=False)
    visitor.sign_in("can-bo-dong-gao")
    visitor.speak("vi")
    path = report_of(visitor)
    visitor.open(path)
    cell(visitor.page, 1).fill("khoảng 20")
    visitor.page.get_by_role("button", name="Lưu", exact=True).click()

    assert visitor.page.url.endswith(path)
    expect(visitor.page.locator("#open-lines")).to_contain_text("chưa đọc được thành số")
    assert cell(visitor.page, 1).input_value() == "khoảng 20"
