"""The order of the house, as import-linter sees it, and no import hidden inside a function."""

import subprocess
import sys

import pytest

from tests.architecture.inspecting import CHECKOUT, local_imports, sources

LINT = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"]


def lint(folder):
    return subprocess.run(
        [*LINT, "--no-cache"], cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )


def test_the_import_contracts_are_kept():
    done = lint(CHECKOUT)

    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


def test_no_import_stands_inside_a_function():
    assert local_imports(sources(".")) == []


def test_an_import_inside_a_function_is_found():
    planted = "def late():\n    from datetime import date\n    return date\n"

    assert local_imports({"planted.py": planted}) == ["planted.py:2 in late"]


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("lotrinh/rules/planted.py", "import django"),
        ("lotrinh/apps/units/planted.py", "from lotrinh.apps.duties import services"),
        ("lotrinh/web/planted.py", "from lotrinh.apps.units import models"),
        ("lotrinh/api/planted.py", "from lotrinh.web import clock"),
        ("lotrinh/apps/units/selectors.py", "from lotrinh.apps.units import services"),
    ],
)
def test_a_planted_violation_breaks_the_contracts(tmp_path, place, line):
    """The contract is tried on a house of empty rooms with one wrong door."""
    contract = (CHECKOUT / "pyproject.toml").read_text()
    (tmp_path / "pyproject.toml").write_text(contract[contract.index("[tool.importlinter]") :])
    for path in CHECKOUT.glob("lotrinh/**/*.py"):
        if "migrations" in path.parts:
            continue
        empty = tmp_path / path.relative_to(CHECKOUT)
        empty.parent.mkdir(parents=True, exist_ok=True)
        empty.write_text("")
    kept = lint(tmp_path)
    assert kept.returncode == 0, kept.stdout

    (tmp_path / place).write_text(line + "\n")

    broken = lint(tmp_path)
    assert broken.returncode == 1, broken.stdout
    assert "BROKEN" in broken.stdout
