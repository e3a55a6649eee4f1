"""Every example in a docstring is run, wherever in the product it stands."""

import doctest
import importlib
import pkgutil
from types import ModuleType

import pytest

import lotrinh

ENTRIES = {"lotrinh.config.asgi", "lotrinh.cli.__main__"}
"""Modules that begin something when they are imported."""


def modules():
    """Return the names of all modules of the product, migrations apart."""
    return sorted(
        found.name
        for found in pkgutil.walk_packages(lotrinh.__path__, "lotrinh.")
        if ".migrations" not in found.name and found.name not in ENTRIES
    )


def examples(module):
    """Return how many examples of a module failed and how many there are."""
    result = doctest.testmod(module, report=False)
    return result.failed, result.attempted


@pytest.mark.parametrize("name", modules())
def test_the_examples_of_a_module_hold(name):
    failed, _ = examples(importlib.import_module(name))

    assert failed == 0


def test_there_are_examples():
    found = {name: examples(importlib.import_module(name))[1] for name in modules()}

    assert sum(found.values()) >= 15
    assert found["lotrinh.rules.secrecy"] == 2


def test_a_wrong_example_is_found():
    planted = ModuleType("planted", ">>> 1 + 1\n3\n")

    assert examples(planted) == (1, 1)
