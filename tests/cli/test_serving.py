"""``lotrinh serve``: how many processes may make the pages."""

import sys

import pytest
from typer.testing import CliRunner

from lotrinh.cli import serving
from lotrinh.cli.main import app
from lotrinh.engine.children import ChildSpec


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[ChildSpec]:
    """Return what would be started, with the database of somebody else and no assets collected."""
    found: list[ChildSpec] = []

    class Noted:
        def __init__(self, engine: object, children: list[ChildSpec]) -> None:
            found.extend(children)

        def run_forever(self, ready: object) -> int:
            return 0

    monkeypatch.setattr(serving, "Supervisor", Noted)
    monkeypatch.setattr(serving, "call_command", lambda *_, **__: None)
    monkeypatch.setattr(serving.installation, "embedded_engine", lambda: None)
    monkeypatch.setattr(serving.installation, "ensure_installation", lambda engine: None)
    return found


@pytest.mark.parametrize(("asked", "processes"), [([], "1"), (["--processes", "3"], "3")])
def test_pages_are_made_by_one_process_or_by_as_many_as_are_asked_for(
    started: list[ChildSpec], asked: list[str], processes: str
) -> None:
    done = CliRunner().invoke(app, ["serve", *asked])

    assert done.exit_code == 0
    web, worker = (list(map(str, child.program)) for child in started)
    assert web[web.index("--workers") + 1] == processes
    assert worker == [sys.executable, "-m", "lotrinh.cli", "worker"]


@pytest.mark.parametrize("asked", ["0", "7", "two"])
def test_a_number_that_the_database_could_not_serve_is_refused(
    started: list[ChildSpec], asked: str
) -> None:
    assert CliRunner().invoke(app, ["serve", "--processes", asked]).exit_code == 2
    assert started == []
