"""Every variable that is read from the environment is explained, and none that nobody reads."""

import re

from tests.architecture.inspecting import CHECKOUT, sources

READ = re.compile(
    r"(?:environ(?:\.get)?|values\.get|getenv)\s*[\[(]\s*\"([A-Z][A-Z_]+)\""
    r"|\"(LOTRINH_[A-Z_]+)\""
)
ROW = re.compile(r"^\| `([A-Z][A-Z_]+)` \|", re.M)
OF_THE_MACHINE = {"PATH", "DJANGO_SETTINGS_MODULE"}
"""Read, but not ours to explain."""


def variables(files):
    """Return the names of the environment that these files read or set."""
    found = {one or other for text in files.values() for one, other in READ.findall(text)}
    return found - OF_THE_MACHINE


def explained():
    return set(ROW.findall((CHECKOUT / "docs" / "settings.md").read_text()))


def code():
    tools = {path.name: path.read_text() for path in (CHECKOUT / "tools").glob("*.py")}
    conftest = (CHECKOUT / "tests" / "conftest.py").read_text()
    return sources(".") | tools | {"conftest.py": conftest}


def test_what_is_read_is_explained_and_what_is_explained_is_read():
    assert variables(code()) - {"PYTEST_XDIST_WORKER"} == explained()


def test_the_environment_of_the_settings_is_among_it():
    read = variables(sources("config"))

    assert len(read) == 22
    assert read <= explained()


def test_an_unexplained_variable_is_found():
    planted = {"planted.py": 'x = os.environ.get("LOTRINH_PLANTED")\ny = self.values["OTHER"]\n'}

    assert variables(planted) - explained() == {"LOTRINH_PLANTED"}
