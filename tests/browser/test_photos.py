"""A photograph of a phone is made smaller before it is sent; what cannot be read goes as it is."""

import io
import random

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.test_duty_life import PHOTO, first_duty

pytestmark = pytest.mark.browser

WIDE, HIGH = 3000, 2000


def photograph() -> bytes:
    """Return a JPEG as large as a phone takes it, lying on its side, with where it was taken."""
    grain = random.Random("anh").randbytes(WIDE * HIGH // 16 * 3)  # noqa: S311 - the same each time
    picture = Image.frombytes("RGB", (WIDE // 4, HIGH // 4), grain).resize((WIDE, HIGH))
    told = Image.Exif()
    told[0x0112] = 6  # the camera was held upright
    told.get_ifd(0x8825)[1] = "N"
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=97, exif=told)
    return file.getvalue()


@pytest.fixture
def page(visit):
    officer = visit(width=390)
    officer.sign_in("can-bo-so-y-te")
    officer.speak("en")
    officer.open(f"{first_duty(officer)}report/")
    yield officer.page
    officer.check()


def chosen(page) -> list[list[object]]:
    """Return name, size and first bytes of the files that the field holds."""
    return page.evaluate(
        "Promise.all([...document.querySelector('input[type=file]').files].map(async (one) =>"
        " [one.name, one.size, [...new Uint8Array(await one.slice(0, 200000).arrayBuffer())]]))"
    )


def test_a_large_photograph_is_sent_smaller_upright_and_without_its_place(page):
    taken = photograph()
    assert len(taken) > 2_000_000 and b"Exif" in taken
    page.get_by_label("What was done").fill("Đã lắp biển")
    page.get_by_label("I have looked at the pictures").check()
    field = page.get_by_label("Photograph or files")
    field.set_input_files(
        [{"name": "bien.so.png", "mimeType": "image/jpeg", "buffer": taken}, PHOTO]
    )
    expect(page.locator("[data-told]")).to_contain_text("made smaller before sending")

    (name, size, head), other = chosen(page)
    assert (name, other[0]) == ("bien.so.jpg", PHOTO["name"])
    assert size < len(taken) / 2
    assert b"Exif" not in bytes(head)
    assert other[1] == len(PHOTO["buffer"])

    page.get_by_role("button", name="Send the report").click()
    link = page.get_by_role("link", name="bien.so.jpg")
    expect(link).to_have_count(1)
    kept = page.request.get(page.url.split("/duties/")[0] + link.get_attribute("href")).body()
    assert len(kept) == size
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.size == (round(2048 * HIGH / WIDE), 2048)


@pytest.mark.slow
def test_who_sends_at_once_waits_for_his_picture(page):
    page.get_by_label("What was done").fill("Đã lắp biển")
    page.get_by_label("I have looked at the pictures").check()
    taken = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    with page.expect_request(lambda request: request.method == "POST") as asked:
        page.get_by_label("Photograph or files").set_input_files(taken)
        page.get_by_role("button", name="Send the report").click()

    assert int(asked.value.all_headers()["content-length"]) < len(taken["buffer"]) / 2
    expect(page.get_by_role("link", name="a.jpg")).to_have_count(1)


@pytest.mark.slow
def test_what_is_small_or_no_picture_goes_as_it_is(page):
    field = page.get_by_label("Photograph or files")
    broken = {"name": "hong.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff" * 300_000}
    field.set_input_files([PHOTO, broken])
    page.wait_for_timeout(500)

    assert [one[:2] for one in chosen(page)] == [
        [PHOTO["name"], len(PHOTO["buffer"])],
        ["hong.jpg", len(broken["buffer"])],
    ]
    expect(page.locator("[data-told]")).to_have_text("")
