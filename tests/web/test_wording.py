"""Every code that reading can give has its word on the pages."""

from lotrinh.reading.quantities import UNIT_CODES
from lotrinh.web.wording import MEASURES

SIGNS = {"%", "USD", "EUR", "km", "m2", "m3", "cm", "MW"}
"""Units that are written alike in both languages."""


def test_every_unit_that_is_read_has_a_word() -> None:
    assert {code for code in UNIT_CODES if code not in MEASURES} <= SIGNS
