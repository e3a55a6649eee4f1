"""People and rights at a browser: accessible, within the policy, usable without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.eyes import ALL_LATER

pytestmark = pytest.mark.browser

WHY = "/rights/why/?who=van-phong&action=duty.issue&unit=Thành ủy Hà Nội&on="


def addresses(visitor) -> list[str]:
    """Return the address of every page about people and rights, with one person of the city."""
    visitor.open("/people/?q=ha")
    person = visitor.page.locator("main table th a").first.get_attribute("href")
    visitor.open(person)
    acts = visitor.page.locator("main table td.lt-act a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    return [
        "/people/",
        person,
        f"{person}appoint/",
        f"{person}appoint/?unit=Thành ủy Hà Nội",
        "/people/new/?unit=Thành ủy Hà Nội",
        *acts[:2],
        "/rights/",
        WHY,
    ]


@pytest.mark.parametrize(("width", "language"), ALL_LATER)
def test_pages_of_people_and_rights_are_accessible(visit, language, width):
    visitor = visit(width=width)
    visitor.sign_in("to-chuc")
    visitor.speak(language)

    assert visitor.faults_of(addresses(visitor)) == {}


@pytest.mark.parametrize("scripts", [pytest.param(True, marks=pytest.mark.slow), False])
def test_somebody_new_is_registered_lent_to_and_explained(visit, scripts):
    visitor = visit(scripts=scripts)
    name = f"Lý Thị {'Sương' if scripts else 'Mưa'}"
    visitor.sign_in("to-chuc")
    visitor.speak("en")

    visitor.open("/people/new/")
    visitor.page.get_by_label("Unit", exact=True).fill("van phong thanh uy")
    visitor.page.locator("main form button[type=submit]").click()
    visitor.page.get_by_label("Full name").fill(name)
    visitor.page.get_by_label("From", exact=True).fill("1/8/2024")
    visitor.page.get_by_label("Decision").fill("Quyết định số 1-QĐ/TU")
    visitor.page.locator("main form button[type=submit]").click()
    expect(visitor.page.locator("h1")).to_have_text(name)
    expect(visitor.page.locator("main")).to_contain_text("Quyết định số 1-QĐ/TU")

    visitor.page.get_by_role("link", name=re.compile("^End")).click()
    visitor.page.get_by_label("Last day").fill("31/8/2024")
    visitor.page.locator("main form button[type=submit]").click()
    expect(visitor.page.locator("main table")).to_contain_text("31 Aug 2024")

    visitor.open(WHY)
    expect(visitor.page.locator("main .lt-say")).to_contain_text("Allowed: holds the post")
    visitor.check()
