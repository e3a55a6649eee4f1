"""The working calendar and how a unit counts, at a browser: accessible, and a day is entered."""

import pytest

from tests.browser.eyes import ALL_LATER

pytestmark = pytest.mark.browser

PAGES = ("/calendar/?year=2025", "/calendar/new/", "/calendar/import/")


@pytest.mark.parametrize(("width", "language"), ALL_LATER)
def test_pages_of_the_calendar_are_accessible(visit, language, width):
    visitor = visit(width=width)
    visitor.sign_in("quan-tri")
    visitor.speak(language)
    visitor.open("/units/")
    unit = visitor.page.locator("main .lt-branches a").first.get_attribute("href").split("?")[0]

    assert visitor.faults_of([*PAGES, f"{unit}counting/"]) == {}


def test_a_day_is_entered_without_a_script(visit):
    visitor = visit(scripts=False)
    visitor.sign_in("quan-tri")
    visitor.speak("en")

    visitor.open("/calendar/new/")
    visitor.page.get_by_label("Day", exact=True).fill("31/12/2025")
    visitor.page.get_by_label("Name in Vietnamese").fill("Nghỉ bù")
    visitor.page.get_by_label("Name in English").fill("Day off in lieu")
    visitor.page.get_by_role("button", name="Save").click()

    assert visitor.page.url.endswith("/calendar/?year=2025")
    assert visitor.page.get_by_text("Day off in lieu").count() == 1
