"""Each system has the form in force on a day, within what its rule allows, and keeps its marks."""

from dataclasses import asdict
from datetime import date

import pytest

from lotrinh.rules.official.layouts import LayoutUnknown, layout_for, layouts


@pytest.mark.parametrize(
    ("system", "day", "code"),
    [
        ("state", date(2020, 3, 5), "state-2020"),
        ("state", date(2026, 11, 1), "state-2020"),
        ("party", date(2018, 4, 3), "party-2018"),
        ("party", date(2026, 5, 26), "party-2018"),
        ("party", date(2026, 5, 27), "party-2026"),
    ],
)
def test_the_form_is_that_in_force_on_the_day(system, day, code):
    assert layout_for(system, day).code == code


@pytest.mark.parametrize(
    ("system", "day"),
    [("state", date(2020, 3, 4)), ("party", date(2018, 4, 2)), ("press", date(2024, 1, 1))],
)
def test_no_form_is_invented_where_none_is_known(system, day):
    with pytest.raises(LayoutUnknown):
        layout_for(system, day)


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.code)
def test_edges_lie_within_what_the_rule_allows(layout):
    least, most, chosen = (
        asdict(edges) for edges in (layout.margins_least, layout.margins_most, layout.margins)
    )

    assert [side for side in chosen if not least[side] <= chosen[side] <= most[side]] == []


def test_the_party_ends_with_a_full_stop_since_the_newer_guideline():
    assert [(one.code, one.end_mark) for one in layouts()] == [
        ("party-2018", "./."),
        ("party-2026", "."),
        ("state-2020", "./."),
    ]
