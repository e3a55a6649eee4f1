"""A whole conference in the browser: planned, checked in without a network, counted live, concluded
into duties, and followed up by a ward's own programme held against another's."""

import io
import re
from collections.abc import Mapping
from uuid import uuid4

import docx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor
from tests.browser.test_cascade_journey import sent

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WARD, NEIGHBOUR = "Phường Bến Sen", "Phường Cầu Sen"
OFFICE, OFFICER, NEIGHBOUR_OFFICER = "van-phong", "can-bo-ben-sen", "can-bo-cau-sen"
PARENT, THEIRS = "97-CTr/TU", "27/KH-UBND"
PATIENCE = 30_000
SEND = "main form.lt-form .lt-form__acts button[type=submit]"
WORDS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "ward": WARD,
        "welcome": "Kính chào: đã điểm danh.",
        "again": "Thẻ này đã điểm danh tại đây rồi.",
        "unsent": "chưa gửi",
        "owed": "1/2 đơn vị đã ban hành; 1 đơn vị chưa có gì.",
        "issued": "2/2 đơn vị đã ban hành.",
        "own": "1/4 câu là của riêng đơn vị (25%).",
    },
    "en": {
        "ward": "Ben Sen Ward",
        "welcome": "Welcome: checked in.",
        "again": "This pass was checked in here already.",
        "unsent": "not sent yet",
        "owed": "1/2 units have issued theirs; 1 has nothing yet.",
        "issued": "2/2 units have issued theirs.",
        "own": "1/4 sentences are its own (25%).",
    },
}
CONCLUDED = "Lập danh sách người cao tuổi sống một mình"
PLAN = """ỦY BAN NHÂN DÂN
PHƯỜNG BẾN SEN (MẪU)
Số: {number}/KH-UBND
Bến Sen, ngày 06 tháng 8 năm 2024
KẾ HOẠCH
Chăm sóc sức khỏe người dân phường Bến Sen
I. NHIỆM VỤ
1. Hội Người cao tuổi phường cử 18 tình nguyện viên, mỗi người thăm hai cụ sống một mình tại nhà \
vào thứ Sáu hằng tuần.
2. Công an phường gỡ 9 chỗ chắn xe bằng cột bê tông, thay bằng cột rút được, hoàn thành trong \
tháng 11/2024.
3. Trạm Y tế phường mở cửa thêm chiều thứ Bảy để người đi làm ca đến khám, bắt đầu từ ngày \
07/9/2024.
4. Ban quản lý bến thuyền treo {number} phao cứu sinh dọc bờ kè trước mùa lũ năm sau."""


@pytest.mark.parametrize("language", ["vi", "en"])
def test_from_the_plan_of_a_conference_to_passages_side_by_side(visit, language):
    words = WORDS[language]
    office, ward, neighbour = visit(), visit(width=390), visit()
    visitors = {office: OFFICE, ward: OFFICER, neighbour: NEIGHBOUR_OFFICER}
    for visitor, account in visitors.items():
        visitor.sign_in(account)
        visitor.speak(language)
    here = planned(office, f"Hội nghị thử {language}")
    door, passes = called(ward, here)
    office.open(here)
    press(office, office.page.locator(f"form[action='{here}open/'] button"))
    checked_in_without_a_network(ward, door, passes, words, office.page)
    press(office, office.page.locator(f"form[action='{here}close/'] button"))
    concluded(office, here)

    call = owed(office, here)
    linked(neighbour, call, THEIRS)
    office.open(call)
    expect(office.page.locator(".lt-say")).to_have_text(words["owed"])
    number = uploaded(ward)
    linked(ward, call, number)

    office.open(call)
    expect(office.page.locator(".lt-say")).to_have_text(words["issued"])
    compared(office, call, number, words)


def planned(office: Visitor, title: str) -> str:
    """Plan a conference of today that lets people in by name, and call two wards; its address."""
    page = office.page
    office.open("/conferences/new/")
    for field, words in {"title": title, "day": "7/8/2024", "begins": "14:00"}.items():
        page.fill(f"[name={field}]", words)
    page.select_option("[name=counting]", "person")
    papers = page.locator("label.lt-tick", has_text=re.compile(rf"^\s*{PARENT}"))
    papers.locator("input").check()
    press(office, page.locator(SEND))
    here = path_of(office)
    office.open(f"{here}call/")
    page.fill("[name=also]", f"{WARD}\n{NEIGHBOUR}")
    page.fill("[name=n-delegates]", "3")
    press(office, page.locator(SEND))
    return here


def called(ward: Visitor, here: str) -> tuple[str, list[str]]:
    """Call three people by name; return the address of the door and their passes."""
    page = ward.page
    ward.open(here)
    press(ward, page.locator("#dots ~ ul a, .lt-dots a").first)
    press(ward, page.locator("main a[href$='/delegates/']"))
    page.fill("[name=names]", "Lê An\nVũ Bình\nĐỗ Cúc")
    press(ward, page.locator("main form.lt-form button[type=submit]"))
    door = page.locator("main a[href*='/doors/']").get_attribute("href") or ""
    press(ward, page.locator("main a[href$='/passes/']"))
    passes = [one for one in page.locator(".lt-passes .lt-digest").all_inner_texts() if one]
    assert len(passes) == 3
    return door.removeprefix(ward.site.address), passes


def checked_in_without_a_network(
    ward: Visitor, door: str, passes: list[str], words: Mapping[str, str], live: Page
) -> None:
    """Let two in while the network is cut and one later; ``live`` counts them afterwards."""
    page, present = ward.page, live.locator("[data-now=present]")
    ward.open(door)
    ward.context.set_offline(True)
    said = page.locator("[data-came]")
    for written in passes[:2]:
        page.fill("#pass", written.lower())
        page.press("#pass", "Enter")
        expect(said).to_have_text(words["welcome"])
        page.wait_for_timeout(100)
    expect(page.locator("[data-unsent]")).to_have_text(re.compile(f"{words['unsent']}.*2"))
    page.fill("#pass", passes[0])
    page.press("#pass", "Enter")
    expect(said).to_have_text(words["again"])
    expect(present).to_have_text("0")
    ward.context.set_offline(False)

    expect(page.locator("[data-unsent]")).to_be_hidden(timeout=PATIENCE)
    expect(present).to_have_text("2", timeout=PATIENCE)
    page.fill("#pass", passes[2])
    page.press("#pass", "Enter")
    expect(present).to_have_text("3", timeout=PATIENCE)
    page.reload()
    expect(page.locator("[data-present]")).to_have_text("3")
    ward.check()


def concluded(office: Visitor, here: str) -> None:
    """Write a conclusion and a remark in one pass, and let the duty that came of it bind."""
    page = office.page
    office.open(f"{here}conclude/")
    page.fill(
        "[name=remarks]", f"{CONCLUDED} | {WARD} | 30/9/2024 | Danh sách\nHội nghị thống nhất cao"
    )
    press(office, page.locator("button[value=lines]"))
    page.fill("[name=line1-person]", "Vũ Khắc Thuyền")
    page.check("[name=line2-is_remark]")
    press(office, page.locator("button[value=preview]"))
    press(office, page.locator("button[value=keep]"))
    assert path_of(office) == f"{here}conclusions/"
    assert page.locator("main ol.lt-news > li").count() == 2
    press(office, page.get_by_role("link", name=CONCLUDED))
    press(office, page.locator("main a[href$='/amend/']").first)
    page.fill("[name=responsibility]", "Chủ tịch UBND phường chịu trách nhiệm")
    sent(page)
    press(office, page.locator("form[action$='/issue/'] button"))
    office.open(f"{here}conclusions/")
    expect(page.locator("main ol.lt-news .lt-status--draft")).to_have_count(0)


def owed(office: Visitor, here: str) -> str:
    """Let both wards owe programmes of their own; return the address of the call."""
    page = office.page
    office.open(f"{here}programmes/owe/")
    page.select_option("[name=document]", index=0)
    page.fill("[name=due]", "30/9/2024")
    press(office, page.locator("button[name=look]"))
    expect(page.locator("#owing span")).to_have_text("2")
    press(office, page.locator("main form.lt-form button:not([name])"))
    press(office, page.locator("main a.lt-title"))
    return path_of(office)


def uploaded(ward: Visitor) -> str:
    """Hand in the ward's own plan as a Word file from the phone; return its number once read."""
    page, number = ward.page, str(uuid4().int % 800 + 100)
    file = io.BytesIO()
    written = docx.Document()
    for line in PLAN.format(number=number).splitlines():
        written.add_paragraph(line)
    written.save(file)
    ward.open("/documents/new/")
    page.set_input_files(
        "input[name=file]",
        {
            "name": f"ke-hoach-{number}.docx",
            "mimeType": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "buffer": file.getvalue(),
        },
    )
    page.click("main form.lt-form button[type=submit]")
    page.wait_for_url("**/desk/**")
    again_until(ward, page.locator("[data-card]"))
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    return f"{number}/KH-UBND"


def linked(visitor: Visitor, call: str, number: str) -> None:
    """Let a ward link the document of this number as its programme."""
    page = visitor.page
    visitor.open(call)
    press(visitor, page.locator("main tbody a.lt-title"))
    option = page.locator("[name=document] option", has_text=number)
    page.select_option("[name=document]", value=option.get_attribute("value"))
    press(visitor, page.locator("form[action$='/link/'] button"))
    expect(page.locator("dl.lt-defs").first).to_contain_text(number)


def compared(office: Visitor, call: str, number: str, words: Mapping[str, str]) -> None:
    """See which commitments both answer, and what the ward's plan has from its neighbour's."""
    page = office.page
    office.open(f"{call}coverage/")
    again_until(office, page.locator(".lt-prog__matrix tbody tr"), 2)
    assert page.locator(".lt-prog__matrix [title]").count() > 2
    press(office, page.locator(".lt-prog__matrix a", has_text=words["ward"]))
    expect(page.locator("section[aria-labelledby=own]")).to_contain_text(words["own"])
    rows = page.locator("section[aria-labelledby=alike] tbody tr")
    assert rows.count() == 3
    expect(rows.first).to_contain_text("cử 18 tình nguyện viên")
    expect(rows.first).to_contain_text("cử 46 tình nguyện viên")
    expect(rows.first).to_contain_text(THEIRS)
    page.fill("section[aria-labelledby=alike] textarea", f"{number}: những việc này đã bàn với ai?")
    press(office, page.locator("form[action$='/ask/'] button"))
    expect(page.locator("article.lt-prog__question details summary")).to_be_visible()
    office.check()


def press(visitor: Visitor, button: Locator) -> None:
    """Press what leads to another page, and look whether all is well there."""
    button.click()
    visitor.page.wait_for_load_state()
    visitor.check()


def path_of(visitor: Visitor) -> str:
    """Return the path of the page that somebody looks at."""
    return visitor.page.url.removeprefix(visitor.site.address).partition("#")[0]


def again_until(visitor: Visitor, wanted: Locator, count: int = 1) -> None:
    """Load the page anew until the worker has done its part."""
    for _ in range(60):
        if wanted.count() >= count:
            return
        visitor.page.wait_for_timeout(500)
        visitor.page.reload()
    raise TimeoutError(visitor.page.url)
