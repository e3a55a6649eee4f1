"""A morning's pile by keyboard alone: three files, an unknown unit, a decision, the ladder, a find.

Nothing is clicked: whatever is used is reached by the tabulator and pressed, or has a key of its
own.
"""

from itertools import pairwise
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from lotrinh.demo.cast import PASSWORD

pytestmark = pytest.mark.browser

TEXT = """ỦY BAN NHÂN DÂN
Số: {number}/KH-UBND
Ngày 2 tháng 5 năm 2024

KẾ HOẠCH
thực hiện Chương trình hành động số 97-CTr/TU của Thành ủy

1. Giao Sở Y tế chủ trì rà soát các quy định về hồ nước, báo cáo trước ngày 2/6/2025.
2. Giao {unit} chủ trì xây dựng kế hoạch đào tạo, hoàn thành trong quý IV năm 2024.
3. Giao {unit} chủ trì lập dự toán, hoàn thành trước ngày 1/9/2024.
"""
MOST_STEPS = 400
PATIENCE = 30_000  # milliseconds
SLOW_LINE = {
    "offline": False,
    "latency": 800,
    "downloadThroughput": 32_000,
    "uploadThroughput": 32_000,
}
"""A bad line in a commune: 32 kB a second, and 800 ms until anything comes."""


class Keys:
    """Somebody without a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go_to(self, wanted: Locator) -> None:
        """Press the tabulator until this stands in the focus."""
        place = wanted.first
        place.wait_for(state="attached")
        for _ in range(MOST_STEPS):
            if place.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the tabulator never comes to {wanted}")

    def press(self, wanted: Locator) -> None:
        """Go there and press it."""
        self.go_to(wanted)
        self.page.keyboard.press("Enter")

    def follow(self, wanted: Locator, address: str) -> None:
        """Press what leads to another page and wait for that page."""
        with self.page.expect_navigation(url=address):
            self.press(wanted)

    def type(self, wanted: Locator, words: str) -> None:
        """Type into a field in place of what stands there."""
        self.go_to(wanted)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)


def a_number() -> int:
    """Return a number of which no two neighbouring figures are the same."""
    while True:
        number = uuid4().int % 80_000 + 10_000
        figures = str(number)
        if all(one != other for one, other in pairwise(figures)):
            return number


def misspelt(number: int) -> str:
    """Return the number with two figures in each other's place."""
    *first, one, other = str(number)
    return "".join((*first, other, one))


def sign_in(visitor, keys: Keys, language: str) -> None:
    """Sign in and choose the language."""
    page = visitor.page
    visitor.open("/account/sign-in/")
    keys.type(page.locator("input[name=login]"), "van-phong")
    keys.type(page.locator("input[name=password]"), PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/account/" not in address)
    if page.get_attribute("html", "lang") != language:
        keys.press(page.locator(f"form button[name=language][value={language}]"))
        expect(page.locator("html")).to_have_attribute("lang", language)


def choose_files(keys: Keys, numbers: list[int], unit: str) -> None:
    """Open the chooser of files from the keyboard and take three.

    The chooser is awaited before the tabulator goes to the field: Chromium takes the order to hand
    it over and the key on two ways, and a key that comes first opens a window that nobody sees.
    """
    with keys.page.expect_file_chooser() as opened:
        keys.go_to(keys.page.locator("input[type=file]"))
        keys.page.keyboard.press("Space")
    opened.value.set_files(
        [
            {
                "name": f"kh-{number}.txt",
                "mimeType": "text/plain",
                "buffer": TEXT.format(number=number, unit=unit).encode(),
            }
            for number in numbers
        ]
    )


def await_reading(page: Page, count: int) -> None:
    """Wait until all files have been read; without scripts the page comes back by itself too."""
    expect(page.locator(".lt-arrivals tbody tr")).to_have_count(count)
    expect(page.locator("#arrivals[data-reading]")).to_have_count(0, timeout=2 * PATIENCE)


def accept_all(keys: Keys, *, scripts: bool, count: int) -> None:
    """Accept one proposal after the other: by its key, or by its button."""
    page = keys.page
    for left in range(count, 0, -1):
        expect(page.locator("[data-card]")).to_have_count(left, timeout=PATIENCE)
        if scripts:
            page.keyboard.press("a")
        else:
            keys.press(page.locator("[data-card][open] [data-accept]"))
    expect(page.locator("[data-card]")).to_have_count(0, timeout=PATIENCE)


SLOW = pytest.mark.slow
WAYS = [
    pytest.param("vi", 1440, True, False, "Sở Không Có", id="vi", marks=SLOW),
    pytest.param("en", 390, True, False, "Sở Không Tên", id="en-phone", marks=SLOW),
    pytest.param("vi", 390, False, False, "Sở Chưa Lập", id="vi-without-scripts", marks=SLOW),
    pytest.param("en", 1440, True, True, "Sở Chưa Có", id="en-slow-line", marks=SLOW),
]
"""Each with a unit of its own that nobody knows: what one journey teaches, the next would know."""


@pytest.mark.parametrize(("language", "width", "scripts", "is_slow", "unit"), WAYS)
def test_a_pile_is_worked_off_by_keyboard(visit, language, width, scripts, is_slow, unit):
    visitor = visit(width=width, scripts=scripts)
    page, keys = visitor.page, Keys(visitor.page)
    if is_slow:
        session = visitor.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW_LINE)
    numbers = [a_number() for _ in range(3)]
    faults = {}

    def look(name: str) -> None:
        visitor.check()
        if scripts and not is_slow:
            faults[name] = visitor.axe()

    sign_in(visitor, keys, language)
    visitor.open("/documents/")
    keys.follow(page.locator("main a[href='/documents/new/']"), "**/documents/new/")
    choose_files(keys, numbers, unit)
    look("new")
    keys.follow(page.locator("main form.lt-form button[type=submit]"), "**/documents/arrivals/**")
    await_reading(page, 3)
    look("arrivals")

    keys.follow(page.locator(".lt-arrivals tbody a").first, "**/desk/**")
    expect(page.locator("[data-card][open] .lt-ask")).to_have_count(1)
    look("desk")
    keys.follow(page.locator("[data-card][open] a[href*='act=unit']"), "**/several/**")
    look("unit")
    keys.type(page.locator("#id_unit"), "Sở Nội vụ" if language == "vi" else "so noi vu")
    keys.follow(page.locator("main form button[type=submit]"), "**/desk/**")
    expect(page.locator("[data-card] .lt-ask")).to_have_count(0)
    accept_all(keys, scripts=scripts, count=3)
    look("decided")

    document = page.url.partition("desk/")[0]
    keys.follow(page.locator(f"main nav a[href='{path_of(document)}']"), document)
    above = page.locator("section[aria-labelledby=up] li", has_text="97-CTr/TU")
    expect(above).to_have_count(1)
    look("document")
    keys.follow(above.locator("a").first, "**/documents/*/")
    below = page.locator("section[aria-labelledby=down]")
    expect(below).to_contain_text(f"{numbers[0]}/KH-UBND")
    look("ladder")

    keys.follow(page.locator("nav a[href='/documents/']:visible"), "**/documents/")
    if scripts:
        page.keyboard.press("/")
    keys.type(page.locator("main input[type=search]"), f"{misspelt(numbers[0])}/KH-UBND")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    look("found")
    meant = page.locator(".lt-near a", has_text=f"{numbers[0]}/KH-UBND")
    keys.follow(meant, document)
    assert {name: found for name, found in faults.items() if found} == {}


def path_of(address: str) -> str:
    """Return the path of an address."""
    return "/" + address.split("/", 3)[3]
