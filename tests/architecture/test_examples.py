"""Every example in a docstring is run, wherever in the product it stands."""

import doctest
import importlib
import importlib.util
import pkgutil
from pathlib import Path
from types import ModuleType

import pytest

import lotrinh

ENTRIES = {"lotrinh.config.asgi", "lotrinh.cli.__main__"}
"""Modules that begin something when they are imported."""


def modules():
    """Return the names of the modules that hold an example, migrations apart."""
    found = []
    for module in pkgutil.walk_packages(lotrinh.__path__, "lotrinh."):
        if ".migrations" in module.name or module.name in ENTRIES:
            continue
        spec = importlib.util.find_spec(module.name)
        source = Path(spec.origin).read_text() if spec and spec.origin else ""
        if ">>> " in source:
            found.append(module.name)
    return sorted(found)


def examples(module):
    """Return how many examples of a module failed and how many there are."""
    result = doctest.testmod(module, report=False)
    return result.failed, result.attempted


@pytest.mark.parametrize("name", modules())
def test_the_examples_of_a_module_hold(name):
    failed, _ = examples(importlib.import_module(name))

    assert failed == 0


def test_there_are_examples():
    assert len(modules()) >= 15
    assert examples(importlib.import_module("lotrinh.rules.secrecy")) == (0, 2)


def test_a_wrong_example_is_found():
    planted = ModuleType("planted", ">>> 1 + 1\n3\n")

    assert examples(planted) == (1, 1)
