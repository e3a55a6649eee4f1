"""The forms and codes of labels are those of the contract of facts."""

import pytest

from lotrinh.reading import (
    Citation,
    DateFact,
    Event,
    PersonMention,
    Relation,
    Result,
    Target,
    Task,
    UnitMention,
    vocabulary,
)
from tools.evaluation import schema


def test_the_codes_are_those_that_reading_prints():
    printed = vocabulary()

    assert {name: list(codes) for name, codes in schema.CODES.items()} == {
        name: printed[name] for name in schema.CODES
    }


def test_every_kind_has_the_fields_of_its_facts():
    facts = (Citation, DateFact, Target, Result, Task, UnitMention, PersonMention, Event, Relation)
    derived = {"precision", "columns"}  # follows from the iso form; is not labelled

    assert {fact.kind: set(fact.own) - derived for fact in facts} == {
        kind: set(fields) for kind, fields in schema.FIELDS.items()
    }


@pytest.mark.parametrize(
    ("iso", "last"),
    [
        ("2025-06-15", "2025-06-15"),
        ("2024-02", "2024-02-29"),
        ("2025-Q3", "2025-09-30"),
        ("2030", "2030-12-31"),
        ("2024-01/2024-09", "2024-09-30"),
        ("XXXX-06", None),
    ],
)
def test_the_last_day_of_a_date(iso, last):
    assert schema.last_day(iso) == last


@pytest.mark.parametrize(
    "iso", ["2025-02-29", "2025-13", "2025-Q5", "25-06-01", "2021/2025/2030", "XXXX", "2025-6", ""]
)
def test_what_is_no_date_is_refused(iso):
    assert schema.problems("date", {"iso": iso, "role": "period"}, {}) != []


@pytest.mark.parametrize("iso", ["XXXX-02-29", "XXXX-Q1", "2025-03-01/2025-04-15", "2026/2030"])
def test_every_form_of_a_date_is_taken(iso):
    assert schema.problems("date", {"iso": iso, "role": "period"}, {}) == []
