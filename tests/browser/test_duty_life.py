"""An officer reports from a phone with a photograph; somebody else verifies."""

import pytest

from tests.browser.eyes import ALL_LATER

pytestmark = pytest.mark.browser

PHOTO = {
    "name": "diem-kham.jpg",
    "mimeType": "image/jpeg",
    "buffer": b"\xff\xd8\xff\xe0" + b"anh chup diem kham" * 50,
}


def first_duty(visitor, state: str = "open_in_term") -> str:
    """Return the address of a duty in a class, as the visitor sees it."""
    visitor.open(f"/duties/?class={state}")
    return visitor.page.locator("main table th a").first.get_attribute("href")


@pytest.mark.parametrize(("width", "language"), ALL_LATER)
def test_pages_of_a_life_are_accessible(visit, language, width):
    visitor = visit(width=width)
    visitor.sign_in("van-phong-ubnd")
    visitor.speak(language)
    visitor.open("/duties/?class=open_in_term")
    rows = visitor.page.locator("main table th a")
    duties = [rows.nth(at).get_attribute("href") for at in range(rows.count())]
    path = duties[0]
    addresses = [*duties[:3], f"{path}step/transfer/", f"{path}step/cancel/", f"{path}explain/"]

    assert visitor.faults_of([*addresses, f"{path}report/"]) == {}


def test_a_report_with_a_photograph_from_a_phone_without_scripts(visit):
    officer = visit(width=390, scripts=False)
    officer.sign_in("can-bo-so-y-te")
    officer.speak("en")
    path = first_duty(officer)
    officer.open(f"{path}report/")
    page = officer.page
    page.get_by_label("Percent of the work").fill("60")
    page.get_by_label("What was done").fill("Đã thống nhất mẫu sổ")
    page.get_by_label("Photograph or files").set_input_files(PHOTO)
    page.get_by_role("button", name="Send the report").click()
    assert page.get_by_label("What was done").input_value() == "Đã thống nhất mẫu sổ"

    page.get_by_label("I have looked at the pictures").check()
    page.get_by_label("Photograph or files").set_input_files(PHOTO)
    page.get_by_role("button", name="Send the report").click()

    assert page.url.endswith(path)
    assert page.get_by_role("link", name="diem-kham.jpg").count() == 1
    page.goto(f"{officer.site.address}{path}report/")
    page.get_by_label("What was done").fill("Mẫu sổ số 5")
    page.get_by_label("It is done").check()
    page.get_by_role("button", name="Send the report").click()

    judge = visit(width=1440, scripts=False)
    judge.sign_in("van-phong")
    judge.speak("en")
    judge.open(path)
    judge.page.get_by_role("link", name="Verify as done").click()
    judge.page.get_by_role("button", name="Verify as done").click()
    assert judge.page.locator("main .lt-status--done").count() >= 1
