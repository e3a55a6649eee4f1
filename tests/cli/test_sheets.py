"""What the command line tells of a sheet, and the exit codes of files that are none."""

import json
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import call_command
from typer.testing import CliRunner

from lotrinh.apps.files.sheets import read_grid
from lotrinh.apps.units import selectors
from lotrinh.apps.units.models import Unit
from lotrinh.cli import sheets
from lotrinh.cli.main import app
from tests.factories import make_tree
from tests.stage import cast
from tests.unchanged import state_of_tables

__all__ = ["cast"]

GRID = (
    ("Unit code", "Kind", "Name", "Parent", "From"),
    ("moi", "Phường", "Phường Mới", "quan-ho-sen", "1/1/2024"),
    ("loi", "Phường", "Phường Lỗi", "khong-co", "1/1/2024"),
)


def told(**options):
    given = {"what": "units", "grid": GRID, "open_trees": False, "progress": None}
    return json.loads(call_command("import_sheet", stdout=StringIO(), **given | options))


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(cast, monkeypatch):
    monkeypatch.setenv("LOTRINH_LANG", "en")
    before = state_of_tables()

    said = told(dry_run=True)

    assert said["counts"] == {"new": 1, "unchanged": 0, "refused": 1}
    assert said["rows"][1]["faults"][0].startswith("Superior code: no unit “khong-co” is there")
    assert said["rows"][1]["flaws"] == [
        {"column": "parent", "flaw": "unknown_unit", "given": "khong-co"}
    ]
    assert state_of_tables() == before


def test_an_import_writes_the_good_rows_and_gives_the_bad_ones_back(cast, monkeypatch):
    monkeypatch.setenv("LOTRINH_LANG", "en")
    said = told(dry_run=False)

    assert Unit.objects.filter(code__in=["moi", "loi"]).count() == 1
    assert [(row[0], row[-1][:8]) for row in said["marked"]] == [
        ("Unit code", "What bec"),
        ("moi", "taken in"),
        ("loi", "WRONG: S"),
    ]
    assert told(dry_run=False)["counts"] == {"new": 0, "unchanged": 1, "refused": 1}


def test_a_sheet_without_columns_says_which(cast):
    assert told(dry_run=True, grid=(("a", "b"),))["missing"] == ["code", "kind", "name_vi"]


def test_an_export_gives_head_and_rows(cast):
    rows = []
    call_command("export_sheet", what="people", language="vi", take=rows.append)

    assert rows[0][:2] == ["Mã đơn vị", "Chức vụ"]
    assert "Trần Mộc Chi" in {row[6] for row in rows}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", None, 2),
        ("a.xlsx", b"%PDF-1.4", 2),
        ("a.csv", b"Unit code,Kind,Name\n", 0),
        ("a.csv", b"a,b\n", 2),
        ("a.csv", b"Unit code,Kind,Name,From\nx,Ward,,\n", 1),
        ("a.csv", "Unit code,Kind,Name\nx,Ward,Phường X\n".encode(), 0),
    ],
)
def test_exit_codes_mean_something(db, tmp_path, monkeypatch, name, content, code):
    monkeypatch.setattr(sheets, "_installation", ready)
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)

    assert CliRunner().invoke(app, ["import", "units", str(path)]).exit_code == code


def test_refused_rows_are_written_to_a_file_with_the_right_ending(db, tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "_installation", ready)
    monkeypatch.setenv("LOTRINH_LANG", "en")
    given, marked = tmp_path / "a.csv", tmp_path / "con-loi.csv"
    given.write_bytes("Unit code,Kind,Name\nx,Ward,\ny,Ward,Phường Y\n".encode())

    def run(path):
        return CliRunner().invoke(app, ["import", "units", str(given), "--marked", str(path)])

    assert run(tmp_path / "a.txt").exit_code == 2
    assert run(marked).exit_code == 1
    assert read_grid(marked.read_bytes(), "a.csv") == (
        ("Unit code", "Kind", "Name", "What became of it"),
        ("x", "Ward", "", "WRONG: Name in Vietnamese: this cell is empty; fill it in"),
        ("y", "Ward", "Phường Y", "taken in"),
    )
    given.write_bytes(marked.read_bytes().replace(b"x,Ward,,", "x,Ward,Phường X,".encode()))
    assert run(marked).exit_code == 0
    assert selectors.unit_by_code("x").name_vi == "Phường X"


def test_an_installation_that_was_never_set_up_takes_nothing_in(db, tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "_installation", standing_in)
    given = tmp_path / "a.csv"
    given.write_bytes("Unit code,Kind,Name\nx,Ward,Phường X\n".encode())

    assert CliRunner().invoke(app, ["import", "units", str(given)]).exit_code == 3
    assert selectors.unit_by_code("x") is None


@contextmanager
def ready():
    """The tests' database stands in for the installation's, which was set up."""
    make_tree()
    yield


@contextmanager
def standing_in():
    """The tests' database stands in for an empty one."""
    yield
