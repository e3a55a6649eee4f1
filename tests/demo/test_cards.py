"""The sentence on the card of a role counts nothing: what is owed changes as the city is used."""

import re

import pytest

from lotrinh.demo.cast import members, purpose

COUNTS = re.compile(
    r"\d|\b(?:một|hai|ba|bốn|năm|sáu) (?:việc|nhiệm vụ)|\b(?:one|two|three|four|five|six)\b", re.I
)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_card_says_how_many(language: str) -> None:
    said = [purpose(member.sign_in, language) for member in members()]

    assert sum(map(bool, said)) > 10
    assert [one for one in said if COUNTS.search(one)] == []
