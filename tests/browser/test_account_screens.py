"""Accounts and posts at a browser: accessible, and somebody is let in without JavaScript too."""

import pytest
from playwright.sync_api import expect

from tests.browser.eyes import ALL_LATER

pytestmark = pytest.mark.browser

SEND = "main form button[type=submit]"


def addresses(visitor) -> list[str]:
    """Return the address of every page about accounts and posts, with one of each."""
    visitor.open("/accounts/?q=can-bo-ho-sen")
    acts = visitor.page.locator("main table td.lt-act a")
    kept = acts.evaluate_all("links => links.map(link => link.getAttribute('href'))")
    visitor.page.locator("main table td a").first.click()
    visitor.page.locator("main .lt-say a").first.click()
    unit = visitor.page.url.partition("?")[0]
    post = visitor.page.locator("aside a[href^='/posts/']").first.get_attribute("href")
    return [
        "/accounts/",
        "/accounts/?state=nobody",
        "/account/password/",
        *kept,
        f"{unit[unit.index('/units/') :]}posts/new/",
        post,
        f"{post}end/",
    ]


@pytest.mark.parametrize(("width", "language"), ALL_LATER)
def test_pages_of_accounts_and_posts_are_accessible(visit, language, width):
    visitor = visit(width=width)
    visitor.sign_in("quan-tri")
    visitor.speak(language)

    assert visitor.faults_of(addresses(visitor)) == {}


@pytest.mark.parametrize("scripts", [pytest.param(True, marks=pytest.mark.slow), False])
def test_somebody_is_let_in_and_shut_out(visit, scripts):
    name, sign_in = ("Tô Thị Lụa", "to-thi-lua") if scripts else ("Tô Thị Gấm", "to-thi-gam")
    visitor, guest = visit(scripts=scripts), visit(scripts=scripts)
    visitor.sign_in("quan-tri")
    visitor.speak("en")
    visitor.open("/people/new/?unit=van phong thanh uy")
    visitor.page.get_by_label("Full name").fill(name)
    visitor.page.get_by_label("From", exact=True).fill("1/8/2024")
    visitor.page.get_by_label("Decision").fill("Quyết định số 1-QĐ/TU")
    visitor.page.locator(SEND).click()

    visitor.page.get_by_role("link", name="Open an account").click()
    expect(visitor.page.get_by_label("Sign-in name")).to_have_value(sign_in)
    visitor.page.locator(SEND).click()
    password = visitor.page.locator("main code").inner_text()

    guest.open("/account/sign-in/")
    guest.page.locator("#id_login").fill(sign_in)
    guest.page.locator("#id_password").fill(password)
    guest.page.locator(SEND).click()
    guest.page.wait_for_url("**/account/password/")
    guest.page.locator("#id_current").fill(password)
    for field in ("#id_new", "#id_again"):
        guest.page.locator(field).fill("bốn chữ của riêng tôi")
    guest.page.locator(SEND).click()
    expect(guest.page.locator(".usa-alert--success")).to_be_visible()

    visitor.page.locator("main dd a").click()
    visitor.page.get_by_role("link", name="Close").click()
    visitor.page.get_by_label("Why").select_option("left")
    visitor.page.locator(SEND).click()
    expect(visitor.page.locator("main")).to_contain_text("closed since 7 Aug 2024")
    guest.open("/people/")
    expect(guest.page.locator("h1")).to_have_text("Đăng nhập")
    visitor.check()
    guest.check()
