"""``lotrinh import duties``: looked at by default, written with --yes, by somebody's rights."""

import pytest
from typer.testing import CliRunner

from lotrinh.apps.duties.models import Duty
from lotrinh.apps.files.sheets import read_grid
from lotrinh.cli import sheets
from lotrinh.cli.main import app
from tests.cli.test_sheets import ready
from tests.factories import make_document, make_rendition
from tests.unchanged import nothing_changes

GIVEN = "Task,Lead agency,Deadline\nLập danh mục,Quận Hồ Sen,30/9/2024\nViệc hai,Sở Không Có,\n"


@pytest.fixture
def given(cast, tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "_installation", ready)
    monkeypatch.setenv("LOTRINH_LANG", "en")
    document = make_document(keeper=cast.city, user=cast.chi)
    make_rendition(document)
    path = tmp_path / "nhiem-vu.csv"
    path.write_bytes(GIVEN.encode())
    return path, document.number


def run(path, *more):
    return CliRunner().invoke(app, ["import", "duties", str(path), *more])


def test_it_is_looked_at_first_and_written_once_on_yes(given, tmp_path):
    path, number = given
    named = ("--as", "van-phong", "--document", number)
    back = tmp_path / "con-loi.csv"

    with nothing_changes():
        looked = run(path, *named, "--marked", str(back))
    written = [run(path, *named, "--yes").exit_code for _twice in range(2)]

    assert looked.exit_code == 1
    assert "Looked at, nothing written: 1 new, 0 changed, 0 there already, 1 refused" in (
        looked.output
    )
    rows = read_grid(back.read_bytes(), "a.csv")
    assert [row[0] for row in rows] == ["Task", "Lập danh mục", "Việc hai"]
    assert "Sở Không Có" in rows[2][-1]
    assert written == [1, 1]
    assert [duty.title for duty in Duty.objects.all()] == ["Lập danh mục"]


@pytest.mark.parametrize(
    ("more", "code"),
    [((), 2), (("--as", "khong-ai"), 2), (("--as", "doc-dong-gao"), 1)],
)
def test_it_needs_somebody_who_may(given, more, code):
    path, number = given

    with nothing_changes():
        assert run(path, *more, "--document", number, "--yes").exit_code == code
