"""The command line says the same things in both languages, from the same facts."""

import string

import pytest

from lotrinh.cli.engine_words import VIETNAMESE
from lotrinh.cli.words import WORDS
from lotrinh.engine import MESSAGES


def places(sentence: str) -> set[str]:
    """Return the names that a sentence fills in."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", sorted(WORDS))
def test_both_languages_fill_in_the_same_facts(code):
    vietnamese, english = WORDS[code]

    assert vietnamese != english
    assert places(vietnamese) == places(english)


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_every_error_of_the_engine_is_said_in_vietnamese(code):
    assert places(VIETNAMESE[code]) == places(MESSAGES[code])
