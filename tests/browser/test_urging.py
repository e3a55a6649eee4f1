"""The button that urges says of how many units something is ticked, as long as scripts run."""

import pytest

pytestmark = pytest.mark.browser
SILENT = "/duties/silent/"


def test_the_number_on_the_button_follows_the_ticks(visit):
    officer = visit()
    officer.sign_in("van-phong")
    officer.speak("en")
    officer.open(SILENT)
    button = officer.page.locator("main [data-urges]")
    boxes = officer.page.locator("main input[name=duty]")
    units = {boxes.nth(at).get_attribute("data-unit") for at in range(boxes.count())}
    assert len(units) > 1

    for at in range(boxes.count()):
        boxes.nth(at).check()
    assert button.inner_text() == f"Urge {len(units)} units"
    for at in range(1, boxes.count()):
        boxes.nth(at).uncheck()
    assert button.inner_text() == "Urge 1 unit"
    boxes.first.uncheck()
    assert button.inner_text() == "Urge those ticked"

    boxes.first.check()
    button.click()
    assert officer.page.locator("main [data-urges]").inner_text() == "Urge 1 unit"
    officer.page.go_back()
    assert button.inner_text() == "Urge 1 unit"
    officer.check()


def test_without_scripts_those_that_nobody_urged_are_ticked_and_the_button_is_plain(visit):
    officer = visit(width=390, scripts=False)
    officer.sign_in("van-phong")
    officer.speak("en")

    officer.open(SILENT)

    boxes = officer.page.locator("main input[name=duty]")
    ticked = officer.page.locator("main input[name=duty][checked]")
    assert boxes.count() == ticked.count() > 1
    assert officer.page.locator("main [data-urges]").inner_text() == "Urge those ticked"
