"""One word per thing: every table and every word of the rules stands in the vocabulary."""

import ast
import re

from django.apps import apps

from tests.architecture.inspecting import CHECKOUT, sources


def code_words(text):
    """Return every word in the third column of the tables."""
    cells = [
        row.split("|")[3]
        for row in text.splitlines()
        if row.startswith("|") and row.count("|") >= 4 and not row.startswith("|---")
    ]
    return {word for cell in cells for word in re.findall(r"[\w.]+", cell)}


def vocabulary():
    return code_words((CHECKOUT / "docs" / "vocabulary.md").read_text())


def tables():
    return {
        model.__name__ for model in apps.get_models() if model.__module__.startswith("lotrinh.")
    }


def enumerations():
    """Return the names of the closed lists of words that the rules define."""
    bases = {"Enum", "StrEnum", "IntEnum"}
    return {
        node.name
        for text in sources("rules").values()
        for node in ast.parse(text).body
        if isinstance(node, ast.ClassDef) and bases & {ast.unparse(base) for base in node.bases}
    }


def missing(names, words):
    bare = {word.split(".")[0] for word in words} | words
    return sorted(names - bare)


def test_every_table_has_its_word():
    assert missing(tables(), vocabulary()) == []


def test_every_closed_list_of_the_rules_has_its_word():
    assert {"Clarity", "DutyState", "Secrecy"} <= enumerations()
    assert missing(enumerations(), vocabulary()) == []


def test_a_word_that_is_not_in_the_table_is_found():
    words = code_words("| văn bản | document | `Document`, `Document.number` | S |\n")

    assert missing({"Document", "Paper"}, words) == ["Paper"]
