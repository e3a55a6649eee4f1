"""Duties from a sheet at a browser: accessible, and pasted rows are looked at without a script."""

import pytest

from tests.browser.eyes import ALL_LATER

pytestmark = pytest.mark.browser

PATH = "/duties/import/"
ROWS = "TT\tNhiệm vụ\tCơ quan chủ trì\tThời hạn\n1\tRà soát\tSở Không Có\tQuý III/2024"


@pytest.mark.parametrize(("width", "language"), ALL_LATER)
def test_the_page_is_accessible(visit, language, width):
    visitor = visit(width=width)
    visitor.sign_in("van-phong")
    visitor.speak(language)

    assert visitor.faults_of([PATH]) == {}


def test_pasted_rows_are_looked_at_without_a_script(visit):
    visitor = visit(scripts=False)
    visitor.sign_in("van-phong")
    visitor.speak("en")

    visitor.open(PATH)
    visitor.page.get_by_label("Rows").fill(ROWS)
    visitor.page.get_by_role("button", name="Look at the sheet").click()

    assert visitor.page.get_by_text("no unit is called “Sở Không Có”").count() == 1
