"""The feed of publications can be read by every program, whatever somebody typed."""

from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotrinh.rules.publication.content import Heading
from lotrinh.rules.publication.feed import atom_of

AT = datetime(2024, 8, 7, tzinfo=UTC)
DAY = date(2024, 8, 7)
ATOM = "{http://www.w3.org/2005/Atom}"


def decision_told(number):
    """Return the number of the decision as a program reads it from the feed."""
    heading = Heading(1, DAY, number, DAY, "Thành phố", "City", AT)
    text = atom_of([heading], [number], title=number, address="http://localhost/?a&b", since=AT)
    feed = ElementTree.fromstring(text.encode())  # noqa: S314 - ours
    entry = feed.find(f"{ATOM}entry")
    return entry.findtext(f"{ATOM}summary")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("17-QĐ/TU\x0b", "17-QĐ/TU\ufffd"),
        ("\x00\x1f\ufffe\uffff\ud800", "\ufffd" * 5),
        ("]]></summary><!-- & \"'", "]]></summary><!-- & \"'"),
        ("a\tb\u0085\U0001f600", "a\tb\u0085\U0001f600"),
    ],
)
def test_letters_that_no_xml_can_hold_are_replaced_and_all_others_stay(typed, told):
    assert decision_told(typed) == told


@given(st.text(st.characters(), max_size=40))
def test_any_text_leaves_a_feed_that_can_be_read(typed):
    assert len(decision_told(typed) or "") == len(typed.replace("\r\n", "\n"))
