"""Regimes and the collection room at a browser: set up, opened, looked into, closed; accessible."""

import pytest

from tests.browser.eyes import ALL_LATER

pytestmark = pytest.mark.browser
GROUP = "don-vi-mau"


def said(visitor, name: str) -> None:
    """Fill in a whole regime of the first measure and ask what would come of it."""
    visitor.open("/regimes/new/")
    page = visitor.page
    for field, words in {
        "name": name,
        "legal_basis": "Kế hoạch số 15/KH-UBND (mẫu)",
        "since": "1/7/2024",
        "day_1": "17",
        "height_2": "1",
        "day_2": "21",
    }.items():
        page.fill(f"[name={field}]", words)
    page.select_option("[name=kind]", "month")
    page.select_option("[name=basis]", "self_reported")
    page.select_option("[name=group]", GROUP)
    page.select_option("[name=step_2]", "approve")
    page.locator("[name=measure]").first.check()
    page.click("main form.lt-form .lt-form__acts .usa-button:not([name])")
    page.wait_for_load_state()


@pytest.mark.parametrize(
    ("language", "scripts"),
    [("vi", False), pytest.param("en", True, marks=pytest.mark.slow)],
)
def test_a_regime_is_set_up_opened_looked_into_and_closed(visit, language, scripts):
    visitor = visit(scripts=scripts)
    visitor.sign_in("van-phong")
    visitor.speak(language)
    page = visitor.page

    said(visitor, f"Báo cáo thử {language}")
    page.click("[name=confirm]")
    page.wait_for_load_state()
    assert "/regimes/" in page.url

    page.locator("main a[href*='first=2024-07-01']").click()
    page.wait_for_load_state()
    asked = page.locator("main table tbody tr").count()
    assert asked == 6
    page.click("main form[method=post] button[type=submit]")
    page.wait_for_load_state()
    assert "/collections/" in page.url

    room = page.url.split(visitor.site.address)[1]
    page.locator("main .lt-say a[href*='show=late']").click()
    page.wait_for_load_state()
    ticked = page.locator("main [name=duty]")
    assert page.locator("main .lt-room tbody tr").count() == asked
    assert all(ticked.nth(place).is_checked() for place in range(ticked.count()))

    visitor.open(f"{room}close/")
    page.click("main form[method=post] button[type=submit]")
    page.wait_for_load_state()
    assert page.locator(f"main a[href='{room}reopen/']").count() == 1
    visitor.check()


@pytest.mark.parametrize(("width", "language"), ALL_LATER)
def test_pages_of_reporting_are_accessible(visit, language, width):
    visitor = visit(width=width)
    visitor.sign_in("van-phong")
    visitor.speak(language)
    visitor.open("/regimes/")
    regime = visitor.page.locator("main table th a").first.get_attribute("href")
    visitor.open("/reports/")
    room = visitor.page.locator("main a.lt-title[href*='/collections/']").first
    path = room.get_attribute("href")
    pages = [
        "/reports/",
        "/regimes/",
        "/regimes/new/",
        regime,
        f"{regime}open/",
        f"{regime}open/?first=2024-08-01&last=2024-08-31",
        f"{regime}end/",
        path,
        f"{path}?show=late",
        f"{path}outliers/",
        f"{path}close/",
        f"{path}reopen/",
    ]

    assert visitor.faults_of(pages) == {}
    said(visitor, "Báo cáo thử")
    assert visitor.axe() == []
