"""Every sentence of the pages is said in both languages, and says the same things."""

import re
from functools import cache

import pytest
from babel.messages.catalog import Catalog

from tests.architecture.inspecting import sources, templates
from tests.architecture.messages import (
    Message,
    all_messages,
    catalogue,
    in_code,
    in_template,
    positional,
    untranslated,
    wrong_placeholders,
)

_FAMILIAR = re.compile(r"\b(các bạn|bạn|quý vị|anh/chị|ông/bà|ông bà|ông \(bà\))\b", re.IGNORECASE)
MODULES = sources("web", "demo", "apps", "cli")


@cache
def said() -> frozenset[Message]:
    """Return everything that the product says: read when first asked, and by one worker alone."""
    return frozenset(all_messages(templates(), MODULES))


def test_there_is_something_to_say():
    assert Message("", "Duties") in said()
    assert Message("", "%(days)s day late", "%(days)s days late") in said()


def test_vietnamese_says_everything():
    found = catalogue("vi")

    assert found is not None
    assert untranslated(said(), found) == []


def test_vietnamese_has_one_word_for_the_definition_of_roles():
    found = catalogue("vi")
    assert found is not None

    said = {message.id: str(message.string) for message in found if message.id}

    assert said["define roles"] == "quy định vai trò"
    assert [text for text in said.values() if "định nghĩa" in text.lower()] == []


def test_vietnamese_addresses_its_readers_as_an_official_letter_does():
    """It says "ông, bà" or nothing: "bạn" is for friends."""
    found = catalogue("vi")
    assert found is not None

    said = {
        str(message.id): " ".join(
            [message.string] if isinstance(message.string, str) else message.string
        )
        for message in found
        if message.id
    } | templates()

    assert [name for name, text in said.items() if _FAMILIAR.search(text)] == []
    assert any("ông, bà" in text for text in said.values())


@pytest.mark.parametrize(
    ("text", "is_familiar"),
    [
        ("Bạn được xem", True),
        ("của bạn.", True),
        ("Kính gửi quý vị", True),
        ("ông/bà", True),
        ("Ông, bà được xem", False),
        ("văn bản, ban hành", False),
    ],
)
def test_a_familiar_address_is_found(text, is_familiar):
    assert bool(_FAMILIAR.search(text)) is is_familiar


def test_english_is_the_original_or_says_everything():
    """Without a catalogue of its own English is what stands in the templates."""
    found = catalogue("en")

    assert found is None or untranslated(said(), found) == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_translation_names_what_the_original_names(language):
    found = catalogue(language)
    if found is not None:
        assert wrong_placeholders(said(), found) == []


def test_every_part_of_a_sentence_has_a_name():
    assert positional(said()) == []


def test_a_sentence_is_a_plain_string_and_never_pieced_together():
    unclear = [f"{name}:{line}" for name, text in MODULES.items() for line in in_code(text)[1]]

    assert unclear == []


def test_messages_of_templates_are_found_in_every_form():
    text = """{% load i18n %}{% translate "One" %}{% translate 'Until' context "interval" %}
    {% blocktranslate count n=total with name=u.name %}{{ name }} owes {{ n }}{% plural %}{{ name }}
    owes {{ n }} all{% endblocktranslate %}{{ day|date:_("j M Y") }}<c-x :title="_('Two')" />"""

    assert in_template(text) >= {
        Message("", "One"),
        Message("interval", "Until"),
        Message("", "j M Y"),
        Message("", "Two"),
    }
    assert {message.singular for message in in_template(text) if message.plural} == {
        "%(name)s owes %(n)s"
    }


def test_messages_of_code_are_found_and_pieced_ones_refused():
    found, unclear = in_code(
        '_("One")\nngettext("%(n)s duty", "%(n)s duties", n)\npgettext("c", "Two")\n_(f"no {x}")\n'
    )

    assert found == {
        Message("", "One"),
        Message("", "%(n)s duty", "%(n)s duties"),
        Message("c", "Two"),
    }
    assert unclear == [4]


def test_what_is_missing_or_wrong_in_a_catalogue_is_found():
    planted = Catalog(locale="vi")
    planted.add("Said", "Đã nói")
    planted.add("Empty", "")
    planted.add("%(n)s late", "%(m)s chậm")
    planted.add("doubtful", "ngờ", flags=["fuzzy"])
    said = [
        Message("", each) for each in ("Said", "Empty", "%(n)s late", "doubtful", "absent", "%s")
    ]

    assert untranslated(said, planted) == ["%s", "Empty", "absent", "doubtful"]
    assert wrong_placeholders(said, planted) == ["%(n)s late"]
    assert positional(said) == ["%s"]
