"""Foreign files are read by others, who may fail without harm."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document

from lotrinh.reading.paper import Cell, Note, Paper, Table
from lotrinh.reading.readers import Crew, Unreadable, open_document, open_safely, safely
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
    try:
        probe.connect(("127.0.0.1", int(sys.argv[2])))
    except OSError:
        print("confined")
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="another user may not leave the network everywhere")
def test_a_worker_can_reach_nothing(tmp_path: Path) -> None:
    script = tmp_path / "probe.py"
    script.write_text(_PROBE)
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "written"), "9"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "confined\n", "")


def test_a_long_plan_is_read_within_its_limits() -> None:
    source = """
    #table(columns: 4, ..range(0, 3000).map(i => ([#i], [Trồng cây], [Phòng Kinh tế], [2025]))
      .flatten())
    """
    assert len(open_safely(pdf(source), "a.pdf").tables[0].cells) == 12_000
