"""Whoever reads a public name finds there what is true afterwards."""

from pathlib import Path

from tests.architecture.inspecting import is_services, positional_services, sources, undocumented

SPOKEN = sources("rules", "reading") | {
    name: text
    for name, text in sources("apps").items()
    if Path(name).name == "selectors.py" or is_services(Path(name))
}
SERVICES = {name: text for name, text in SPOKEN.items() if is_services(Path(name))}

PLANTED = '''"""A module."""

class Named:
    """A class."""

    def said(self):
        """A method."""

    def unsaid(self):
        return 1

    def _own(self):
        return 1


def silent(one):
    return one
'''


def test_every_public_name_of_rules_reading_services_and_selectors_is_documented():
    assert undocumented(SPOKEN) == []


def test_every_module_says_what_it_is_for():
    silent = [
        place
        for place in undocumented(sources("web", "api", "cli", "demo", "engine"))
        if place.endswith("the module")
    ]

    assert silent == []


def test_services_take_their_arguments_by_name():
    """Journal, enqueue and the pure functions take one subject before the names."""
    by_position = {"record", "leaf_hash", "reference", "enqueue"}

    assert positional_services(SERVICES, by_position) == []


def test_what_is_not_said_is_found():
    assert undocumented({"planted.py": PLANTED}) == ["planted.py:9 unsaid", "planted.py:16 silent"]
    assert undocumented({"bare.py": "x = 1\n"}) == ["bare.py: the module"]
    assert positional_services({"planted.py": PLANTED}) == ["planted.py:16 silent"]
