"""Every code that reading can give has its word on the pages."""

from lotrinh.apps.intake import refusal_words
from lotrinh.reading.paper import NOTE_CODES
from lotrinh.reading.quantities import UNIT_CODES
from lotrinh.reading.readers import REFUSALS, Unreadable
from lotrinh.rules.measure_words import MEASURE_WORDS
from lotrinh.web.presenters import unreadable

SIGNS = {"%", "USD", "EUR", "km", "m2", "m3", "cm", "MW"}
"""Units that are written alike in both languages."""


def test_every_unit_that_is_read_has_a_word() -> None:
    assert {code for code in UNIT_CODES if code not in MEASURE_WORDS} <= SIGNS


def test_every_refusal_and_note_of_the_readers_has_its_sentence() -> None:
    assert set(REFUSALS) - {"no_ocr"} == set(refusal_words._REFUSALS)  # nobody asks for OCR here
    assert set(NOTE_CODES) == set(unreadable._NOTES)
    assert "?" in unreadable.sentence(Unreadable("legacy_encoding"))
