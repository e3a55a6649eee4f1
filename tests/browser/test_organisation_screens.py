"""The organisation at a browser: found first, moved through by arrow keys, whole at every width."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PAGES = ("/units/", "/units/?q=ho+sen", "/people/", "/rights/", "/changes/", "/units/import/")


def test_the_slider_goes_by_arrow_keys_and_keeps_the_focus(visit):
    visitor = visit()
    visitor.sign_in("to-chuc")
    visitor.open("/units/?on=2024-01-01")
    page = visitor.page

    page.locator("#at").focus()
    with page.expect_navigation():
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")  # while the first is still waiting: today, then 1/1/2025
    expect(page.locator("h1 + p")).to_contain_text("1/1/2025")
    expect(page.locator("#at")).to_be_focused()
    assert page.get_attribute("#at", "aria-valuetext") == "1/1/2025"

    with page.expect_navigation():
        page.keyboard.press("ArrowRight")
    expect(page.locator("h1 + p")).to_contain_text("1/7/2025")
    visitor.check()


@pytest.mark.slow
def test_only_keys_that_act_here_are_listed(visit):
    visitor = visit()
    visitor.sign_in("to-chuc")
    page = visitor.page

    def listed(path: str) -> list[str]:
        visitor.open(path)
        page.keyboard.press("?")
        shown = page.locator("#keys dl > div:visible dt").all_inner_texts()
        assert visitor.axe() == []
        page.keyboard.press("Escape")
        return [" ".join(keys.split()) for keys in shown]

    assert listed("/units/") == ["/", "Ctrl+K", "← →", "Tab", "?"]
    assert listed("/people/") == ["/", "Ctrl+K", "Tab", "?"]
    assert listed("/rights/") == ["/", "Ctrl+K", "Tab", "?"]

    visitor.open("/units/")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("go/mit")
    expect(page.locator("#q")).to_have_value("go/mit")


def test_on_a_phone_one_finds_a_unit_before_one_chooses_a_day(visit):
    visitor = visit(width=390)
    visitor.sign_in("to-chuc")
    visitor.open("/units/")

    search, slider = (visitor.page.locator(one).bounding_box() for one in ("#q", "#at"))

    assert search and slider and search["y"] < slider["y"] < 900


@pytest.mark.parametrize("width", [pytest.param(720, marks=pytest.mark.slow), 1024])
def test_nothing_scrolls_sideways_where_the_letters_are_twice_as_large(visit, width):
    """A window of 1440 pixels at 200 % is 720 wide; 1024 is a small screen."""
    visitor = visit(width=width)
    visitor.sign_in("to-chuc")
    visitor.open("/units/?q=ho+sen")
    unit = visitor.page.locator("main .lt-found a").first.get_attribute("href")

    for path in (*PAGES, unit):
        visitor.open(path)
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not visitor.page.evaluate(wide), path


@pytest.mark.slow
def test_the_days_stand_under_their_places_on_the_slider(visit):
    visitor = visit()
    visitor.sign_in("to-chuc")
    visitor.open("/units/")

    bar = visitor.page.locator("#at").bounding_box()
    places = [stop.bounding_box() for stop in visitor.page.locator("[data-stop]").all()]

    assert bar is not None
    run = bar["width"] - 16  # the knob is 16 pixels wide and stays inside
    for index, place in enumerate(places):
        assert place is not None
        wanted = bar["x"] + 8 + run * index / (len(places) - 1)
        assert abs(place["x"] + place["width"] / 2 - wanted) < 2


def test_every_step_by_tab_is_seen(visit):
    visitor = visit()
    visitor.sign_in("to-chuc")
    visitor.open("/units/")
    page = visitor.page

    page.keyboard.press("Tab")
    expect(page.locator(".usa-skipnav")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    for _step in range(12):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement);"
            " return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; }"
        )
        assert seen, page.evaluate("document.activeElement.outerHTML")
