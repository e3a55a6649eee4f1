"""From an empty composer to a frozen edition whose numbers open their evidence, at a browser."""

import re

import pytest

from tests.browser.conftest import Visitor
from tests.browser.eyes import ALL_LATER

pytestmark = pytest.mark.browser

WORDS = {
    "vi": ("Thiếu người làm.", "Nêu rõ đơn vị.", "Bản chốt số 1"),
    "en": ("There are too few people.", "Name the unit.", "Edition 1"),
}


def begun(visitor: Visitor, subject: str, language: str) -> str:
    """Begin a review of July for the plan of the cultural titles; return its address."""
    page = visitor.page
    visitor.open("/reviews/new/")
    page.fill("[name=about]", subject)
    page.fill("[name=counted_on]", "31/7/2024")
    options = page.locator("[name=period] option").all()
    july = next(
        one
        for one in options
        if re.fullmatch(r"(tháng 7/2024|tháng 7 năm 2024|July 2024)", one.inner_text().strip())
    )
    page.select_option("[name=period]", july.get_attribute("value"))
    page.locator("label.lt-tick", has_text="1015/KH-UBND").locator("input").check()
    page.select_option("[name=system]", "state")
    page.select_option("form.lt-form [name=language]", language)
    page.click("main form.lt-form .lt-form__acts button[type=submit]")
    page.wait_for_load_state()
    visitor.check()
    return page.url.removeprefix(visitor.site.address)


def written(visitor: Visitor, here: str, text: str) -> None:
    """Write the part on causes, with a number put in where the cursor stands."""
    page = visitor.page
    visitor.open(here)
    page.locator(".lt-review__part .lt-acts a[href*='/sections/']").nth(5).click()
    page.wait_for_load_state()
    page.fill("[name=text]", text)
    if visitor.scripts:
        page.fill("#numbers-words", "[#4]")
        page.locator("[data-numbers] button:visible").first.click()
        assert page.input_value("textarea[data-quoting]") == f"{text}[#4]"
    page.click("form:has([name=version]) button[type=submit]")
    page.wait_for_load_state()
    visitor.check()


@pytest.mark.parametrize(
    ("language", "scripts"), [("vi", True), pytest.param("en", False, marks=pytest.mark.slow)]
)
def test_a_review_is_begun_written_frozen_and_opened(visit, language, scripts):
    cause, comment, first = WORDS[language]
    office = visit(scripts=scripts)
    office.sign_in("van-phong-ubnd")
    office.speak(language)
    page = office.page

    here = begun(office, f"Thử {language}", language)
    written(office, here, cause)
    assert page.locator(f".lt-review__part p:has-text('{cause}')").count() == 1

    leader = visit(width=390, scripts=scripts)
    leader.sign_in("lanh-dao")
    leader.speak(language)
    leader.open(here)
    leader.page.locator(".lt-review__part .lt-acts a").nth(5).click()
    leader.page.wait_for_load_state()
    leader.page.fill("[name=text]", comment)
    leader.page.locator("form[action$='/comment/'] button[type=submit]").click()
    leader.page.wait_for_load_state()
    said = leader.page.locator(f"section:has(#comments) li:has-text('{comment}')")
    assert said.count() == 1

    leader.open(f"{here}freeze/")
    leader.page.click("main form.lt-form button[type=submit]")
    leader.page.wait_for_load_state()
    leader.check()
    assert leader.page.locator("h1").inner_text() == first
    assert leader.page.locator(".lt-answer--yes").count() == 1

    number = leader.page.locator("a.lt-number:not(.lt-number--missing)[href*='/numbers/']")
    number.nth(3).click()
    leader.page.wait_for_load_state()
    leader.page.locator("main table a[href*='/figures/']").first.click()
    leader.page.wait_for_load_state()
    assert "/figures/" in leader.page.url
    leader.check()


@pytest.mark.parametrize(("width", "language"), ALL_LATER)
def test_pages_of_reviews_are_accessible(visit, width, language):
    visitor = visit(width=width)
    visitor.sign_in("lanh-dao")
    visitor.speak(language)
    page = visitor.page
    visitor.open("/reviews/")
    frozen = page.locator("main tbody th a").last.get_attribute("href")
    visitor.open(frozen)
    section = page.locator(".lt-review__part .lt-acts a").first.get_attribute("href")
    edition = page.locator("aside a[href*='/editions/']").first.get_attribute("href")
    visitor.open(edition)
    number = page.locator("a.lt-number[href*='/numbers/']").first.get_attribute("href")
    verify = page.locator("a[href*='/verify/']").first.get_attribute("href")

    faults = visitor.faults_of(
        ["/reviews/", frozen, f"{frozen}freeze/", section, edition, number, verify]
    )

    assert faults == {}


@pytest.mark.parametrize(("width", "language"), ALL_LATER)
def test_pages_on_which_reviews_are_prepared_are_accessible(visit, width, language):
    visitor = visit(width=width)
    visitor.sign_in("van-phong-ubnd")
    visitor.speak(language)
    page = visitor.page
    visitor.open("/reviews/")
    review = page.locator("main tbody th a").last.get_attribute("href")
    visitor.open(review)
    section = page.locator(".lt-review__part .lt-acts a").first.get_attribute("href")
    visitor.open("/duties/morning/")
    strip = page.locator(".lt-acts a[href*='/strip/']").first.get_attribute("href")

    faults = visitor.faults_of(
        [
            *("/reviews/new/", section, f"{review}frame/", f"{review}number/", strip),
            *("/targets/pace/", "/duties/morning/", "/integrity/", "/publications/"),
        ]
    )

    assert faults == {}
