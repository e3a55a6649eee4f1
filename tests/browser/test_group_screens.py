"""Groups, mandates and codes at a browser: accessible, and a group is saved without JavaScript."""

import pytest

from tests.browser.eyes import ALL_LATER

pytestmark = pytest.mark.browser

PAGES = (
    "/groups/",
    "/groups/quan-huyen-thi-xa/?on=2025-06-30",
    "/groups/new/",
    "/groups/quan-huyen-thi-xa/change/",
    "/groups/quan-huyen-thi-xa/end/",
    "/mandates/",
    "/mandates/new/",
    "/changes/",
)


def addresses(visitor) -> list[str]:
    """Return the address of every page, with one mandate and one unit of the city."""
    visitor.open("/mandates/")
    mandate = visitor.page.locator("main table th a").first.get_attribute("href")
    visitor.open("/units/")
    unit = visitor.page.locator("main .lt-branches a").first.get_attribute("href").split("?")[0]
    return [*PAGES, mandate, f"{mandate}opened/", f"{mandate}end/", f"{unit}code/"]


@pytest.mark.parametrize(("width", "language"), ALL_LATER)
def test_pages_of_groups_and_mandates_are_accessible(visit, language, width):
    visitor = visit(width=width)
    visitor.sign_in("quan-tri")
    visitor.speak(language)

    assert visitor.faults_of(addresses(visitor)) == {}


@pytest.mark.parametrize("scripts", [pytest.param(True, marks=pytest.mark.slow), False])
def test_a_group_is_shown_and_saved(visit, scripts):
    visitor = visit(scripts=scripts)
    code = f"thu-{'js' if scripts else 'khong-js'}"
    visitor.sign_in("quan-tri")
    visitor.speak("en")

    visitor.open("/groups/new/")
    visitor.page.get_by_label("Name in Vietnamese").fill("Hồ Sen")
    visitor.page.get_by_label("Name in English").fill("Ho Sen")
    visitor.page.get_by_label("Code").fill(code)
    visitor.page.get_by_label("At or below").fill("quan ho sen (mau)")
    visitor.page.get_by_role("button", name="Show its units").click()
    visitor.page.get_by_role("button", name="Save the group").click()

    assert visitor.page.url.endswith(f"/groups/{code}/?on=2024-08-07")
    assert visitor.page.locator("main table tbody tr").count() >= 2
