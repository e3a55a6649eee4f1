"""No page is wider than a phone, and whatever is pressed is large enough for a finger."""

from uuid import UUID

import pytest

from tests.browser.walking import MEASURE, SMALLEST, faults_at, kind_of, walk

pytestmark = pytest.mark.browser

WIDTHS = (390, 320)
FIRST = ("/", "/roles/", "/notices/", "/account/reminders/", "/keys/", "/calendar/")
"""What the walk begins with: the first page, and what stands in closed menus."""
READERS = [
    pytest.param(name, language, marks=pytest.mark.slow)
    for name, language in (("van-phong", "vi"), ("lanh-dao", "en"), ("quan-tri", "en"))
]
"""Who walks, and in which language."""
MOST = 400
"""To so many kinds of pages one walks at most."""
FEWEST = 50
"""Whoever comes to fewer has not walked."""


@pytest.mark.parametrize(("name", "language"), READERS)
def test_every_kind_of_page_fits_a_phone(visit, name, language):
    visitor = visit(width=WIDTHS[0])
    visitor.sign_in(name)
    visitor.speak(language)

    faults, kinds = {}, 0
    for page in walk(visitor, first=FIRST, most=MOST):
        kinds += 1
        for width in WIDTHS:
            if found := faults_at(visitor, width):
                faults[f"{width} {page}"] = found

    assert faults == {}
    assert kinds >= FEWEST


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ('<div style="width: 500px; height: 9px">x</div>', ["wide: 500 div “x”"]),
        ('<div style="overflow: auto"><p style="width: 500px">x</p></div>', []),
        ('<button style="height: 20px; width: 40px">Go</button>', ["small: 40×20 button “Go”"]),
        ('<p>As <a href="/a/">this line</a> says</p>', []),
        ('<a href="/a/" style="display: block; width: 39px">alone</a>', ["small: 39×18 a “alone”"]),
        ('<label style="display: block; height: 30px"><input type="checkbox"> Yes</label>', []),
    ],
)
def test_what_is_too_wide_or_too_small_is_found(visit, body, faults):
    page = visit(width=390).page
    page.set_content(f"<!doctype html><body style='margin: 0; font: 16px/18px Arial'>{body}")

    assert page.evaluate(MEASURE, SMALLEST) == faults


def test_files_are_no_pages():
    assert kind_of("/calendar.csv?year=2024") is None
    assert kind_of(f"/reviews/{UUID(int=1)}/draft.pdf") is None
    assert kind_of(f"/evidence/{UUID(int=1)}/") is None
    assert kind_of(f"/reports/files/{UUID(int=1)}/") is None
    assert kind_of("/duties/?state=draft&class=x") == "duties?class,state"
    assert kind_of("/nowhere/at/all/") is None
