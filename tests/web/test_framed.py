"""The bars around a page are filled into moulds: they say what their templates say alone."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from lotrinh.web.frame import Frame
from lotrinh.web.framed import Entries, Top
from lotrinh.web.moulded import _mould, moulded
from tests.factories import TODAY

TOP = Top(
    person_name="Phan <Thu> Hà & %s",
    post_text='Trưởng phòng "Một", Quận Hồ Sen',
    unit_name="Quận Hồ Sen \ue0000\ue001",
    notices="99+",
    token="abc",
    here="/duties/?q=a&b=<i>",
    is_signed_in=True,
    is_demo=True,
    today=TODAY,
)
ENTRIES = Entries(
    unit_url="/units/1/",
    mine="0",
    documents="1.234",
    duties="5",
    targets="7",
    section="duties",
    is_first=True,
    is_mine=False,
)
FRAME = Frame(
    account_uid=UUID(int=1),
    person_name="Phan Thu Hà",
    post_text="",
    unit_uid=UUID(int=2),
    unit_name="Quận Hồ Sen",
    today=TODAY,
    mine=0,
    documents=1234,
    duties=5,
    targets=7,
    notices=99,
    has_more_notices=True,
    is_demo=False,
)


def rows() -> list[tuple[str, Any]]:
    """Return rows of each shape, as far as one thing about them is another."""
    tops = [replace(TOP, **{name: ""}) for name in Top.PRINTED]
    tops += [TOP, replace(TOP, is_demo=False), replace(TOP, today=date(2025, 1, 2))]
    tops.append(Top("", "", "", "", "abc", "/", is_signed_in=False, is_demo=False, today=None))
    entries = [replace(ENTRIES, **{name: ""}) for name in Entries.PRINTED]
    sections = ("documents", "duties", "targets", "reports", "organisation", "")
    entries += [
        replace(ENTRIES, section=section, is_first=is_first, is_mine=is_mine)
        for section in sections
        for is_first, is_mine in ((True, False), (False, True), (False, False))
    ]
    drawn: list[tuple[str, Any]] = [("frame/top.html", row) for row in tops]
    for template in ("frame/rail.html", "frame/tabbar.html"):
        drawn += [(template, row) for row in entries]
    return drawn


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_bar_that_is_filled_in_says_what_its_template_says(language: str) -> None:
    with translation.override(language):
        for template, row in rows():
            assert moulded([row], template) == render_to_string(template, {"line": row})


def drawn(part: str, path: str = "/duties/", **given: Any) -> str:
    """Return a part of the frame as a page draws it."""
    request = RequestFactory().get(path)
    page = Engine.get_default().from_string(f'{{% framed "{part}" %}}')
    return page.render(
        Context(
            {"request": request, "frame": FRAME, "section": "duties", "csrf_token": "t"} | given
        )
    )


def test_counts_are_written_as_the_language_writes_them() -> None:
    for language, written in (("vi", "1.234"), ("en", "1,234")):
        with translation.override(language):
            assert f" <span>{written}</span>" in drawn("rail")
            assert " <span>0</span>" in drawn("rail")
            assert ">(99+)</span>" in drawn("top")
            nobody = replace(FRAME, mine=None, unit_uid=None)
            assert " <span>0</span>" not in drawn("rail", frame=nobody)


def test_what_a_reader_may_come_back_to_is_not_taken_for_a_tag() -> None:
    assert 'name="next" value="/a/?q=%22%3E&amp;b=1"' in drawn("top", '/a/?q="%3E&b=1')
    assert 'name="next" value="/b/&quot;&gt;"' in drawn("top", return_url='/b/">')


def test_what_is_kept_of_a_bar_holds_nobody() -> None:
    drawn("top")
    before = _mould.cache_info()
    other = replace(FRAME, person_name="Lê Minh Khê", unit_name="Huyện Đồng Gạo")
    page = drawn("top", "/targets/", frame=other, csrf_token="other")
    after = _mould.cache_info()

    assert (after.hits - before.hits, after.misses - before.misses) == (1, 0)
    assert "Lê Minh Khê" in page and "Huyện Đồng Gạo" in page and 'value="other"' in page
    assert "Phan Thu Hà" not in page and 'value="t"' not in page


def test_strangers_and_broken_pages_have_a_top_and_no_entries() -> None:
    bare = drawn("top", frame=None)
    assert "usa-sidenav" not in drawn("rail", frame=None)
    assert 'name="language"' in bare and "lt-menu" not in bare and "lt-demo" not in bare
    assert 'name="language"' in Engine.get_default().from_string('{% framed "top" %}').render(
        Context({})
    )
