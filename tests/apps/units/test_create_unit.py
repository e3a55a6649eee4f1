"""A unit is found by any of its names in any spelling, and never by a name that two units bear."""

import pytest

from lotrinh.apps.journal.models import Entry
from lotrinh.apps.units import selectors
from tests.factories import TODAY, make_tree, make_unit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name",
    [
        "Sở Lao động - Thương binh và Xã hội",
        "SỞ LAO ĐỘNG, THƯƠNG BINH VÀ XÃ HỘI",
        "Sở LĐTBXH",
        "department of labour, invalids and social affairs",
    ],
)
def test_a_unit_answers_to_its_names_and_aliases_in_any_spelling(name):
    unit = make_unit(
        name_vi="Sở Lao động - Thương binh và Xã hội",
        name_en="Department of Labour, Invalids and Social Affairs",
        aliases=["Sở LĐTBXH"],
    )

    assert selectors.unit_named(name) == unit


def test_a_name_that_two_units_bear_means_neither():
    make_unit(name_vi="Phường Hòa Bình")
    make_unit(name_vi="Phường Hoà Bình")

    assert selectors.unit_named("Phường Hòa Bình") is None


@pytest.mark.parametrize("name", ["", "  ", "Sở Không Có"])
def test_no_name_and_an_unknown_name_mean_nobody(name):
    make_unit()

    assert selectors.unit_named(name) is None


def test_a_unit_is_found_by_code_and_uid_and_stands_nowhere_until_placed():
    unit = make_unit("so-y-te", since=None)

    assert selectors.unit_by_code("so-y-te") == unit
    assert selectors.unit_by_uid(unit.uid) == unit
    assert selectors.tree_on(on=TODAY) == ()


def test_units_and_trees_are_recorded():
    unit = make_unit("so-y-te", since=None)
    make_tree("elections")

    assert Entry.objects.get(verb="unit.created").object_uid == unit.uid
    assert '"code":"elections"' in Entry.objects.get(verb="tree.created").payload
