"""The forms of codes in public numberings, by kind of unit and by the day on which they begin."""

import re
from datetime import date

import pytest

from lotrinh.rules.code_systems import code_systems, forms_missed

DECISION = "decision-20-2020"
NEW, BEFORE = date(2020, 9, 15), date(2020, 9, 14)


@pytest.mark.parametrize(
    ("code", "since", "until", "right"),
    [
        ("000.00.12.H56", None, None, True),  # nobody knows since when it is borne
        ("000.00.12.H56", BEFORE, None, True),  # and it goes on being borne
        ("000.00.12.H56", NEW, None, False),
        ("H26.12.3", NEW, None, True),
        ("H26", date(2025, 7, 1), None, True),
        ("H26.12.3", None, None, True),
        ("H26.12.3", BEFORE, None, False),
        ("H26.12.3", None, BEFORE, False),  # ended before there was such a form
        ("0100109106", NEW, None, True),
        ("0100109106-001", NEW, None, True),
        ("h26.12", NEW, None, False),
        ("H26.", NEW, None, False),
        ("12.H26", NEW, None, False),
        ("H26.12.3\n", NEW, None, False),
        ("Ｈ26", NEW, None, False),
        ("H٢٦", NEW, None, False),
        ("", NEW, None, False),
    ],
)
def test_an_identifier_has_the_form_of_the_day_on_which_it_begins(code, since, until, right):
    missed = forms_missed(code, system=DECISION, kind="department", since=since, until=until)

    assert (missed == ()) is right


@pytest.mark.parametrize(
    ("code", "kind", "right"),
    [
        ("00004", "commune", True),
        ("0004", "commune", False),
        ("001", "commune", False),
        ("001", "district", True),
        ("01", "city", True),
        ("01", "province", True),
        ("00004", "city", False),
        ("00004", "department", True),  # no form speaks of it: any of them
        ("0000", "department", False),
    ],
)
def test_a_code_of_the_statistics_office_has_as_many_digits_as_the_level_asks(code, kind, right):
    assert (forms_missed(code, system="gso", kind=kind) == ()) is right


def test_what_is_wrong_is_told_with_examples_of_what_is_right():
    assert forms_missed("4", system="gso", kind="commune") == ("00004",)
    assert forms_missed("4", system="gso", kind="x") == ("00004", "001", "01")
    assert forms_missed("x", system=DECISION, kind="x", since=BEFORE) == ("000.00.12.H56",)
    assert forms_missed("bất kỳ", system="cua-rieng-minh", kind="x") == ()


def test_every_example_has_its_own_form():
    forms = [form for forms in code_systems().values() for form in forms]

    assert [form.example for form in forms if not re.fullmatch(form.pattern, form.example)] == []
    assert len(forms) == 6
