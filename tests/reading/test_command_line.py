"""``lotrinh read`` and ``lotrinh compare`` as a user or a script meets them."""

import json
import os
import zipfile
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

import pytest
import typer
from docx import Document
from typer.testing import CliRunner

from lotrinh.cli import comparing, reading, reading_words
from lotrinh.reading import Note, Paper, Reading, read_paper
from lotrinh.reading.paper import NOTE_CODES
from lotrinh.reading.readers import REFUSALS, Unreadable, has_ocr

app = typer.Typer()
app.command("read")(reading.read)
app.command("compare")(comparing.compare)
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
        ("letter.docx", b"PK\x03\x04", "broken or cut off"),
        ("letter.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Save it as .docx"),
        ("legacy.txt", b"K\xc3 ho\xb9ch s\xe8 5", "(byte 1). Save the file again as UTF-8"),
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


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("code", [*REFUSALS, "missing", "folder", "denied", "special", "fault"])
def test_every_refusal_has_its_sentence(
    code: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOTRINH_LANG", language)
    for what in _WHATS.get(code, ("",)):
        told = ("error",) if code == "fault" else REFUSALS.get(code, ())
        data = dict.fromkeys(told, 7) | ({"what": what} if what else {})
        line = reading_words.refusal(Unreadable(code, **data), Path("a.docx"))
        assert line.startswith("a.docx: ")
        assert "{" not in line


_WHATS = {
    "bomb": ("entries", "unpacked", "ratio"),
    "too_large": ("rows", "columns", "cells", "pages", "characters", "bytes"),
}


@pytest.mark.parametrize("code", NOTE_CODES)
def test_every_note_has_its_sentence(code: str) -> None:
    data = dict.fromkeys(("pages", "encoding", "sheets", "limit", "count"), "x")
    assert reading_words.notice(Note(code, data), Path("a.pdf")).startswith("a.pdf: ")


def _word_file(path: Path) -> Path:
    document = Document()
    document.add_paragraph("Kế hoạch số 47-KH/ĐU, ngày 14/2/2023")
    table = document.add_table(2, 2)
    for row, cells in enumerate((("TT", "Nhiệm vụ"), ("1", "Trồng cây"))):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    document.save(str(path))
    return path


def test_spans_refer_to_the_text_that_is_printed(tmp_path: Path) -> None:
    path = _word_file(tmp_path / "plan.docx")
    text = RUN.invoke(app, ["read", str(path), "-f", "text"]).stdout_bytes.decode()
    assert text == "Kế hoạch số 47-KH/ĐU, ngày 14/2/2023\n\nTT\nNhiệm vụ\n1\nTrồng cây\n"
    result = RUN.invoke(app, ["read", str(path), "-f", "jsonl"])
    for fact in map(json.loads, result.stdout.splitlines()):
        assert text[fact["start"] : fact["end"]] == fact["text"]
    assert "47-KH/ĐU" in result.stdout


def test_a_folder_is_read_and_what_is_broken_in_it_named(tmp_path: Path) -> None:
    for name in ("b.docx", "sub/a.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        _word_file(tmp_path / name)
    (tmp_path / "c.docx").write_bytes(b"")
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.7")
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 20_000_000)
    (tmp_path / "p.png").write_bytes(b"x")
    result = RUN.invoke(app, ["read", str(tmp_path), "-f", "jsonl"], env={"LOTRINH_LANG": "en"})
    assert result.exit_code == 2
    documents = [json.loads(line)["doc"] for line in result.stdout.splitlines()]
    assert list(dict.fromkeys(documents)) == [
        str(tmp_path / "b.docx"),
        str(tmp_path / "sub" / "a.docx"),
    ]
    assert [line.split(": ")[0] for line in result.stderr.splitlines()] == [
        "Files of these types were not read",
        str(tmp_path / "bomb.docx"),
        str(tmp_path / "c.docx"),
        str(tmp_path / "cut.pdf"),
    ]


@pytest.mark.parametrize("output", ["table", "jsonl", "html"])
def test_a_fault_in_reading_one_document_costs_only_that_one(
    tmp_path: Path, plan: Path, output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_or_fail(paper: Paper) -> Reading:
        if "Sự cố" in paper.text:
            raise IndexError
        return read_paper(paper)

    (tmp_path / "bad.txt").write_text("Sự cố\n", encoding="utf-8")
    monkeypatch.setattr(reading, "read_paper", read_or_fail)
    arguments = ["read", str(tmp_path), "-f", output]
    result = RUN.invoke(app, arguments, env={"LOTRINH_LANG": "en"})
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"{tmp_path / 'bad.txt'}: could not be read: a fault of the program")
    assert "(IndexError, test_command_line.py:" in line
    assert "47-KH/" in result.stdout


def test_a_fault_comes_back_from_another_process() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        fault = pool.submit(reading._attempt, int, "x").result()
    assert isinstance(fault, Unreadable)
    assert (fault.code, str(fault.data["error"])[:23]) == ("fault", "ValueError, reading.py:")


def test_a_process_that_died_is_a_fault_of_the_document_it_had(plan: Path) -> None:
    job: Future[bytes | Unreadable] = Future()
    job.set_exception(BrokenProcessPool())
    _, _, findings = reading._settled(plan, Paper(TEXT), job)
    assert isinstance(findings, Unreadable)
    assert str(findings.data["error"]).startswith("BrokenProcessPool, ")


@pytest.mark.parametrize("output", ["table", "jsonl", "html"])
def test_a_name_that_is_no_text_is_escaped(tmp_path: Path, output: str) -> None:
    (tmp_path / os.fsdecode(b"b\xff.txt")).write_bytes(TEXT.encode())
    result = RUN.invoke(app, ["read", str(tmp_path), "-f", output])
    assert result.exit_code == 0
    shown = result.stdout_bytes.decode()
    assert ("b\\\\xff.txt" if output == "jsonl" else "b\\xff.txt") in shown


def test_a_link_to_nothing_and_a_pipe_in_a_folder_are_named(tmp_path: Path, plan: Path) -> None:
    link, pipe = tmp_path / "link.docx", tmp_path / "pipe.pdf"
    link.symlink_to(tmp_path / "nowhere")
    os.mkfifo(pipe)
    result = RUN.invoke(app, ["read", str(tmp_path), "-f", "text"], env={"LOTRINH_LANG": "en"})
    assert result.exit_code == 2
    assert result.stdout_bytes == TEXT.encode()
    assert result.stderr.splitlines() == [
        f"{link}: there is no such file. Check the path.",
        f"{pipe}: this is no regular file but a pipe or a device. Name a file on the disk.",
    ]


def test_many_files_report_how_far_they_are(tmp_path: Path) -> None:
    for place in range(101):
        (tmp_path / f"{place:03}.txt").write_text(TEXT, encoding="utf-8")
    result = RUN.invoke(app, ["read", str(tmp_path), "-f", "jsonl"], env={"LOTRINH_LANG": "en"})
    assert result.exit_code == 0
    assert result.stderr == "100 of 101 files read\n101 files read, 0 refused.\n"


def test_a_folder_without_documents_is_named(tmp_path: Path) -> None:
    result = RUN.invoke(app, ["read", str(tmp_path)], env={"LOTRINH_LANG": "vi"})
    assert (result.exit_code, result.stderr) == (
        2,
        f"{tmp_path}: thư mục không có văn bản nào đọc được. Kiểm tra lại đường dẫn.\n",
    )


def test_ocr_that_is_not_there_is_said(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    has_ocr.cache_clear()
    result = RUN.invoke(app, ["read", "--ocr", str(plan)], env={"LOTRINH_LANG": "en"})
    has_ocr.cache_clear()
    assert result.exit_code == 2
    assert "Install the package tesseract-ocr-vie" in result.stderr


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


def test_how_much_of_a_plan_is_its_own(tmp_path: Path) -> None:
    common = "Sở Nội vụ rà soát, đơn giản hóa thủ tục hành chính nội bộ trước ngày {}/6/2025."
    one, other = tmp_path / "a.txt", tmp_path / "b.txt"
    mine = "Chợ Hồ Sen nhận thanh toán không dùng tiền mặt ở mọi quầy hàng từ tháng 9 năm 2025."
    one.write_text(common.format(30) + "\n" + mine + "\n")
    other.write_text(common.format(15) + "\n")
    shown = RUN.invoke(app, ["compare", str(one), str(other), "--own"]).stdout
    assert "1/2" in shown or "1 of 2" in shown
    record = json.loads(
        RUN.invoke(app, ["compare", str(one), str(other), "--own", "--json"]).stdout
    )
    assert (record["originality"]["own"], record["originality"]["counted"]) == (1, 2)
    assert "2025-06-30" in record["originality"]["own_deadlines"]


def test_a_mark_of_secrecy_is_said_aloud(tmp_path: Path) -> None:
    marked = tmp_path / "mat.txt"
    marked.write_text("ỦY BAN NHÂN DÂN\nTỐI MẬT\nSố: 05/BC-UBND\n")
    result = RUN.invoke(app, ["read", str(marked), "--format", "jsonl"])
    assert "TỐI MẬT" in result.stderr
    assert result.exit_code == 0
