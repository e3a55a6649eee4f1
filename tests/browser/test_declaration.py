"""A scanned page is declared free of State secrets, on a screen of any width, without a script."""

from uuid import uuid4

import pytest

from tests.gate.handmade import plain_pdf, with_scanned_page

pytestmark = pytest.mark.browser


def scan() -> dict[str, object]:
    """Return a PDF that nobody has handed in before."""
    content = with_scanned_page().replace(b"nam 2025", f"so {uuid4().int % 99999:05}".encode())
    return {"name": "quet.pdf", "mimeType": "application/pdf", "buffer": content}


@pytest.mark.parametrize(
    ("width", "scripts"), [pytest.param(1440, True, marks=pytest.mark.slow), (390, False)]
)
def test_a_scanned_page_is_taken_once_somebody_has_declared(visit, width, scripts):
    visitor = visit(width=width, scripts=scripts)
    visitor.sign_in("van-phong-ubnd")
    visitor.speak("vi")
    page, file = visitor.page, scan()
    visitor.open("/documents/new/")
    assert page.locator("input[name=declared]").count() == 0
    page.set_input_files("input[name=file]", file)
    page.click("main form.lt-form button[type=submit]")
    page.wait_for_load_state()

    page.get_by_label("Tôi cam đoan tệp không chứa bí mật nhà nước.").check()
    if scripts:
        assert visitor.axe() == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_input_files("input[name=file]", file)
    page.click("main form.lt-form button[type=submit]")
    page.wait_for_load_state()

    visitor.check()
    assert "/documents/" in page.url
    assert "/new/" not in page.url


def test_a_plain_page_is_never_asked_about(visit):
    visitor = visit(width=390)
    visitor.sign_in("van-phong-ubnd")
    visitor.open("/documents/new/")
    file = scan() | {"buffer": plain_pdf().replace(b"nam 2025", b"so 77777")}
    visitor.page.set_input_files("input[name=file]", file)
    visitor.page.click("main form.lt-form button[type=submit]")
    visitor.page.wait_for_load_state()

    assert "/new/" not in visitor.page.url
