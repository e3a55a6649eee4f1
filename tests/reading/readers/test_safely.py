"""Foreign files are read by others, who may fail without harm."""

import io
import json
import os
import socket
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest
import xlsxwriter
from docx import Document

from lotrinh.reading.paper import Cell, Note, Paper, Table
from lotrinh.reading.readers import Crew, Unreadable, ocr, open_document, open_safely, safely
from lotrinh.reading.readers.cells import Cells
from lotrinh.reading.readers.grids import Grids
from lotrinh.reading.readers.worker import as_paper, as_plain
from tests.reading.readers.samples import pdf, saved, zipped


@pytest.fixture
def plan() -> bytes:
    document = Document()
    document.add_paragraph("Kế hoạch")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "1", "Trồng cây"
    return saved(document)


def test_a_paper_comes_back_as_it_was(plan: bytes) -> None:
    assert open_safely(plan, "a.docx") == open_document(plan, "a.docx")


@pytest.mark.parametrize("kind", ["html", "xlsx", "pdf"])
def test_every_reader_works_without_the_grammar(kind: str) -> None:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as made:
        made.add_worksheet().write_row("A1", ["Nhiệm vụ", "Đơn vị"])
    html = "<!doctype html><html><body><article><p>Kế hoạch trồng cây.</p></article></body></html>"
    files = {"html": html.encode(), "xlsx": held.getvalue(), "pdf": pdf("Kế hoạch trồng cây")}

    found = open_safely(files[kind], f"a.{kind}")

    assert found == open_document(files[kind], f"a.{kind}")
    assert found.text.strip()


def test_the_process_that_reads_has_not_loaded_the_grammar() -> None:
    program = (
        "import runpy, sys; sys.stdin.close(); sys.stdin = open('/dev/null'); "
        "runpy.run_path(sys.argv[1], run_name='__main__'); "
        "sys.stderr.write('grammar' if 'lotrinh.reading.reader' in sys.modules else 'bare')"
    )
    told = "import os; os.dup2 = lambda *_: None; " + program  # so that something can be said
    done = subprocess.run(
        [sys.executable, "-P", "-c", told, str(safely._START)],
        env=safely._environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == "bare"


def test_plain_data_holds_all_of_a_paper() -> None:
    paper = Paper(
        "a\n",
        (Table((Cell(0, 0, 0, 1, 2, 3),), "Một", 4),),
        (Note("converted", {"encoding": "x"}),),
    )
    assert as_paper(json.loads(json.dumps(as_plain(paper)))) == paper


def test_a_refusal_comes_back_with_its_data() -> None:
    with pytest.raises(Unreadable) as caught:
        open_safely(zipped({"word/document.xml": b"0" * 20_000_000}), "a.docx")
    assert (caught.value.code, caught.value.data["what"]) == ("bomb", "ratio")


def test_many_files_come_back_in_their_order(tmp_path: Path, plan: bytes) -> None:
    paths = [tmp_path / f"{place:02}.docx" for place in range(12)]
    for path in paths:
        path.write_bytes(b"" if path.stem == "05" else plan)
    paths.insert(3, tmp_path / "missing.pdf")
    with Crew(2) as crew:
        found = list(crew.open_all(paths))
    assert [path for path, _ in found] == paths
    refusals = {path.name: got.code for path, got in found if isinstance(got, Unreadable)}
    assert refusals == {"missing.pdf": "missing", "05.docx": "empty"}


def test_a_worker_that_dies_is_replaced(plan: bytes) -> None:
    with Crew(1) as crew:
        crew.open(plan, "a.docx")
        worker = crew._idle.get()
        assert worker is not None
        worker._process.kill()
        worker._process.wait()
        crew._idle.put(worker)
        with pytest.raises(Unreadable) as caught:
            crew.open(plan, "a.docx")
        assert caught.value.code == "too_heavy"
        assert crew.open(plan, "a.docx").tables[0].end > 0


def test_a_file_that_takes_too_long_is_given_up(
    plan: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safely, "_PATIENCE", 0)
    with pytest.raises(Unreadable) as caught:
        open_safely(plan, "a.docx")
    assert (caught.value.code, caught.value.data) == ("slow", {"seconds": 20})


def test_a_file_beyond_all_measure_is_not_even_sent(
    plan: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safely, "LARGEST", 100)
    with pytest.raises(Unreadable) as caught:
        open_safely(plan, "a.docx")
    assert caught.value.data == {"what": "bytes", "found": len(plan), "limit": 100}


_PROBE = """
import resource, socket, sys
from lotrinh.reading.readers.limits import confine
confine(programs=False)
for name in ("RLIMIT_FSIZE", "RLIMIT_CORE", "RLIMIT_NPROC"):
    assert resource.getrlimit(getattr(resource, name)) == (0, 0), name
try:
    hoard = bytearray(2_000_000_000)
except MemoryError:
    pass
else:
    sys.exit("memory")
try:
    with open(sys.argv[1], "wb") as file:
        file.write(b"x")
except OSError:
    pass
else:
    sys.exit("file")
with socket.socket() as probe:
    probe.settimeout(5)
    try:
        probe.connect(("127.0.0.1", int(sys.argv[2])))
    except OSError:
        print("confined")
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="another user may not leave the network everywhere")
def test_a_worker_can_reach_nothing(tmp_path: Path) -> None:
    script = tmp_path / "probe.py"
    script.write_text(_PROBE)
    with socket.create_server(("127.0.0.1", 0)) as server:
        done = subprocess.run(
            [sys.executable, script, tmp_path / "written", str(server.getsockname()[1])],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            capture_output=True,
            text=True,
            check=False,
        )
        server.setblocking(False)
        with pytest.raises(BlockingIOError):  # nobody has called
            server.accept()
    assert (done.returncode, done.stdout, done.stderr) == (0, "confined\n", "")


def test_a_worker_gets_no_secrets_from_the_environment(
    plan: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOTRINH_SECRET_KEY", "hidden")
    monkeypatch.setenv("DATABASE_URL", "postgres://hidden")
    with Crew(1) as crew:
        crew.open(plan, "a.docx")
        worker = crew._idle.get()
        assert worker is not None
        environment = Path(f"/proc/{worker._process.pid}/environ").read_bytes()
        crew._idle.put(worker)
    names = {entry.split(b"=")[0] for entry in environment.split(b"\0") if entry}
    assert names <= {*map(os.fsencode, safely._KEPT), b"PYTHONPATH", b"LC_CTYPE"}
    assert b"hidden" not in environment


@pytest.mark.parametrize("name", ["a.docx", "a.txt"])
def test_a_text_beyond_all_measure_does_not_come_back(plan: bytes, name: str) -> None:
    data = plan if name == "a.docx" else b"Trong cay\n" * 3
    length = len(open_document(data, name).text)
    with Crew(1, longest=length) as crew:
        assert len(crew.open(data, name).text) == length
    with Crew(1, longest=length - 1) as crew, pytest.raises(Unreadable) as caught:
        crew.open(data, name)
    assert caught.value.code == "too_large"
    assert caught.value.data == {"what": "characters", "found": length, "limit": length - 1}


def test_no_more_than_two_files_are_read_at_once_for_all_callers(plan: bytes) -> None:
    with ThreadPoolExecutor(1) as threads:
        with safely._AT_ONCE, safely._AT_ONCE:
            third = threads.submit(open_safely, plan, "a.docx")
            assert not wait([third], timeout=2).done
        assert third.result() == open_document(plan, "a.docx")


def test_an_answer_that_does_not_end_is_cut_off(
    plan: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safely, "_BYTES_PER_CHARACTER", 0)
    monkeypatch.setattr(safely, "_OTHER_BYTES", 50)
    with Crew(1) as crew:
        with pytest.raises(Unreadable) as caught:
            crew.open(plan, "a.docx")
        assert caught.value.code == "too_heavy"
        monkeypatch.undo()
        assert crew.open(plan, "a.docx").tables[0].end > 0


@pytest.mark.parametrize(
    "line", [b"{}", b"[]", b"x", b'{"refused": "no such", "data": {}}', b'{"paper": {"text": 1}}']
)
def test_an_answer_that_is_none_breaks_nothing(line: bytes) -> None:
    program = f"import sys; sys.stdin.readline(); print({line.decode()!r}, flush=True)"
    worker = safely._Worker(ocr=False)
    worker.end()
    worker._process = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with pytest.raises(Unreadable) as caught:
        worker.ask(b"", "a.docx", 10, shape="paper", understood=as_paper)
    worker.end()
    assert (caught.value.code, worker.is_spent()) == ("too_heavy", True)


@pytest.mark.parametrize(
    "line", [b'{"paper": {}}', b'{"grids": {"sheets": 1}}', b'{"grids": {"sheets": [["a", [1]]]}}']
)
def test_grids_that_are_none_break_nothing(line: bytes) -> None:
    program = f"import sys; sys.stdin.readline(); print({line.decode()!r}, flush=True)"
    worker = safely._Worker(ocr=False)
    worker.end()
    worker._process = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with pytest.raises(Unreadable) as caught:
        worker.ask(b"", "a.xlsx", 10, shape="grids", understood=Grids.from_record)
    worker.end()
    assert (caught.value.code, worker.is_spent()) == ("too_heavy", True)


@pytest.mark.parametrize(
    "line",
    [
        b'{"cells": {}}',
        b'{"cells": {"sheets": [["a", false, 1, [1], [], []]]}}',
        b'{"cells": {"sheets": [["a", false, 2000000000, "x", [], []]]}}',
        b'{"cells": {"sheets": [["a", false, 1, "x", [], [[0, 0, "no such"]]]]}}',
        b'{"grids": {"sheets": [], "hidden": [], "encoding": null}}',
    ],
)
def test_cells_that_are_none_break_nothing(line: bytes) -> None:
    program = f"import sys; sys.stdin.readline(); print({line.decode()!r}, flush=True)"
    worker = safely._Worker(ocr=False)
    worker.end()
    worker._process = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with pytest.raises(Unreadable) as caught:
        worker.ask(b"", "a.xlsx", 10, shape="cells", understood=Cells.from_record)
    worker.end()
    assert (caught.value.code, worker.is_spent()) == ("too_heavy", True)


def test_cells_beyond_all_measure_do_not_come_back() -> None:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as made:
        made.add_worksheet().write_row("A1", ["abc", 1.5, "de"])
    with Crew(1, longest=5) as crew:
        assert crew.open_cells(held.getvalue(), "a.xlsx").sheets[0].rows == (("abc", 1.5, "de"),)
    with Crew(1, longest=4) as crew, pytest.raises(Unreadable) as caught:
        crew.open_cells(held.getvalue(), "a.xlsx")
    assert caught.value.data == {"what": "characters", "found": 5, "limit": 4}


def test_everything_that_is_given_to_a_crew_comes_back_in_order() -> None:
    with Crew(2) as crew:
        assert list(crew.each(range(20), lambda number: number * number)) == [
            (number, number * number) for number in range(20)
        ]


@pytest.mark.parametrize(
    ("kind", "code"), [("pipe", "special"), ("device", "special"), ("folder", "folder")]
)
def test_what_is_no_regular_file_is_refused_at_once(tmp_path: Path, kind: str, code: str) -> None:
    path = tmp_path if kind == "folder" else Path("/dev/zero")
    if kind == "pipe":
        path = tmp_path / "pipe.txt"
        os.mkfifo(path)
    with pytest.raises(Unreadable) as caught:
        safely.load(path)
    assert caught.value.code == code


def test_tesseract_runs_on_one_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "tesseract"
    program.write_text('#!/bin/sh\necho "threads $OMP_THREAD_LIMIT"\n')
    program.chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ocr.read_picture(b"") == "threads 1\n"


def test_a_long_plan_is_read_within_its_limits() -> None:
    source = """
    #table(columns: 4, ..range(0, 3000).map(i => ([#i], [Trồng cây], [Phòng Kinh tế], [2025]))
      .flatten())
    """
    assert len(open_safely(pdf(source), "a.pdf").tables[0].cells) == 12_000
