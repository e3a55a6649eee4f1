"""No file tells where it was made: no host of a registry, no folder of a machine."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.inspecting import CHECKOUT

REGISTRIES = re.compile(
    r"files\.pythonhosted\.org|pypi\.org/(?:simple|pypi)|registry\.npmjs\.org|registry\.yarnpkg\.com"
    r"|--(?:extra-)?index-url|--trusted-host|\"resolved\"\s*:",
    re.I,
)
ADDRESS = re.compile(r"\b(?:https?|git\+https|ssh)://", re.I)
TEXT = {
    ".py",
    ".toml",
    ".txt",
    ".md",
    ".json",
    ".yaml",
    ".yml",
    ".html",
    ".css",
    ".scss",
    ".js",
    ".po",
    ".cfg",
    ".ini",
    ".sh",
    "",
}


def kept_files():
    """Return the text files of the checkout that are, or would be, committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("the checkout has no list of its files")
    paths = [CHECKOUT / name for name in listed.stdout.split("\0") if name]
    return {
        str(path.relative_to(CHECKOUT)): path.read_text(errors="replace")
        for path in paths
        if path.is_file() and path.suffix in TEXT
    }


def folders_of_this_machine():
    """Return the folders that betray a machine: where the checkout lies, and the user's home."""
    places = [CHECKOUT, Path.home()]
    if len(CHECKOUT.parents) > 1:
        places.append(CHECKOUT.parent)
    return [str(place) for place in places if len(place.parts) > 1]


def told(files, pattern):
    return [
        f"{name}:{text.count(chr(10), 0, found.start()) + 1} {found.group()}"
        for name, text in files.items()
        for found in pattern.finditer(text)
    ]


def folder_pattern(folders):
    return re.compile("|".join(rf"(?<![\w.~*]){re.escape(place)}(?=/)" for place in folders))


def test_no_file_names_the_host_of_a_registry():
    files = {name: text for name, text in kept_files().items() if name != _own_name()}

    assert told(files, REGISTRIES) == []


def test_no_file_names_a_folder_of_this_machine():
    assert told(kept_files(), folder_pattern(folders_of_this_machine())) == []


def test_lock_files_hold_no_address():
    locks = {
        name: text
        for name, text in kept_files().items()
        if name.startswith("requirements/") or Path(name).name == "package-lock.json"
    }

    assert len(locks) >= 2
    assert told(locks, ADDRESS) == []


def _own_name():
    return str(Path(__file__).relative_to(CHECKOUT))


def test_a_trace_is_found():
    planted = {
        "a.txt": "x\n--index-url https://" + "py" + "pi.org/simple\n",
        "b.json": '{"resolved": "https://example.org/a.tgz"}',
        "c.py": 'ROOT = "/srv/builder/lotrinh/x"\nfine = "/srv/builderx/y"\n',
    }

    assert [place.split()[0] for place in told(planted, REGISTRIES)] == [
        "a.txt:2",
        "a.txt:2",
        "b.json:1",
    ]
    assert told(planted, folder_pattern(["/srv/builder"])) == ["c.py:1 /srv/builder"]
    assert told(planted, ADDRESS) == ["a.txt:2 https://", "b.json:1 https://"]
