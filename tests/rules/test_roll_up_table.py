"""Every case of the truth table has its answer."""

import pytest

from tests.rules.roll_up_table import CASES


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_answer_is_the_one_of_the_table(case):
    assert case.worked() == case.answer


def test_the_table_has_twenty_cases_in_order():
    assert [case.number for case in CASES] == list(range(1, 21))
    assert len({case.name for case in CASES}) == 20
