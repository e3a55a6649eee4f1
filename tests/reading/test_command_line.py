"""``lotrinh read`` and ``lotrinh compare`` as a user or a script meets them."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from lotrinh.cli import reading

app = typer.Typer()
app.command("read")(reading.read)
app.command("compare")(reading.compare)
RUN = CliRunner()
TEXT = "Kế hoạch số 47-KH/DU, ngày 14/2/2023.\r\nĐến nay, 15/20 nhiệm vụ đã hoàn thành.\r\n"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_bytes(TEXT.encode())
    return path


def test_one_object_per_fact(plan: Path) -> None:
    result = RUN.invoke(app, ["read", str(plan), "--format", "jsonl"])
    facts = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert facts[0] == {
        "doc": str(plan),
        "kind": "citation",
        "start": 0,
        "end": 20,
        "text": "Kế hoạch số 47-KH/DU",
        "rule": "citation.full",
        "confidence": 0.98,
        "number": "47-KH/ĐU",
        "type": "KH",
        "issuer": None,
        "date": "2023-02-14",
    }
    assert [f["done"] for f in facts if f["kind"] == "result"] == [15]


def test_the_text_comes_back_as_it_is(plan: Path) -> None:
    assert RUN.invoke(app, ["read", str(plan), "--format", "text"]).stdout_bytes == TEXT.encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_offsets_count_from_behind_the_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "encoded.txt"
    path.write_bytes(TEXT.encode(encoding))
    result = RUN.invoke(app, ["read", str(path), "--format", "jsonl"])
    first = json.loads(result.stdout.splitlines()[0])
    assert (first["start"], first["number"]) == (0, "47-KH/ĐU")


def test_the_page_marks_every_passage_and_runs_nothing(plan: Path) -> None:
    page = RUN.invoke(app, ["read", str(plan), "--format", "html"]).stdout
    assert '<mark class="citation"' in page
    assert "<script" not in page and "http" not in page


def test_the_table_names_kinds_and_numbers(plan: Path) -> None:
    result = RUN.invoke(app, ["read", str(plan)], env={"LOTRINH_LANG": "vi"})
    assert "Văn bản viện dẫn (1)" in result.stdout


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("missing.txt", None, "there is no such file"),
        ("letter.docx", b"PK\x03\x04", "cannot be read yet"),
        ("legacy.txt", b"K\xc3 ho\xb9ch s\xe8 5", "Save the file again as UTF-8"),
        ("picture.txt", bytes(range(256)) * 4, "not text"),
        ("empty.txt", b" \n", "empty"),
    ],
)
def test_a_path_that_cannot_be_read_is_named_and_the_others_are_read(
    tmp_path: Path, plan: Path, name: str, content: bytes | None, words: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    arguments = ["read", str(path), str(plan), "--format", "jsonl"]
    result = RUN.invoke(app, arguments, env={"LOTRINH_LANG": "en"})
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert str(path) in line
    assert "47-KH/ĐU" in result.stdout
    assert words in line


def test_a_folder_is_named(tmp_path: Path) -> None:
    result = RUN.invoke(app, ["read", str(tmp_path)], env={"LOTRINH_LANG": "vi"})
    assert (result.exit_code, result.stderr) == (
        2,
        f"{tmp_path}: đây là thư mục. Nêu từng tệp trong thư mục.\n",
    )


def test_vocabularies() -> None:
    words = json.loads(RUN.invoke(app, ["read", "--vocabulary"]).stdout)
    assert words["target.comparator"] == [">=", "<=", "=", "<", ">", "range"]
    assert words["date.role"] == ["issued", "event", "deadline", "period"]
    assert "implements" in words["relation"] and "NQ" in words["citation.type"]


def test_comparing_in_json(plan: Path) -> None:
    result = RUN.invoke(app, ["compare", str(plan), str(plan), "--json"])
    assert json.loads(result.stdout) == {
        "verdict": "same",
        "score": 1.0,
        "shared": 3,
        "differences": [],
    }


def test_comparing_with_a_missing_text(plan: Path, tmp_path: Path) -> None:
    result = RUN.invoke(app, ["compare", str(plan), str(tmp_path / "none.txt")])
    assert result.exit_code == 2
