"""The two scripts from end to end, on a labelled set of their own."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.evaluation import papers

TEXT = """ỦY BAN NHÂN DÂN TỈNH LAM KHÊ
Số: 88/KH-UBND
Lam Khê, ngày 05 tháng 3 năm 2025

1. Sở Nội vụ chủ trì tổng hợp danh sách, hoàn thành trước ngày 15/6/2025.
2. Đến năm 2030, ít nhất 80% hộ dân dùng nước sạch.
"""
LABELS = """
{"kind": "citation", "quote": "Số: 88/KH-UBND", "number": "88/KH-UBND"}
{"kind": "target", "quote": "ít nhất", "to": "sạch", "comparator": "<=", "value": 80, "due": "2030"}
{"kind": "citation", "quote": "danh sách", "number": "1-KH/TU"}
"""
PAGE = """before
<!-- figures: seen -->
old
<!-- end of figures: seen -->
between
<!-- figures: held_out -->
old
<!-- end of figures: held_out -->
after
"""


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    for chosen in papers.SETS:
        document = tmp_path / chosen / "kh.vi.txt"
        document.parent.mkdir()
        document.write_text(TEXT)
        for hand in papers.HANDS:
            draft = papers.draft_path(document, hand)
            draft.parent.mkdir()
            draft.write_text(LABELS)
    (tmp_path / "page.md").write_text(PAGE)
    return tmp_path


def run(script: str, labelled: Path, *words: str) -> tuple[int, str]:
    program = [sys.executable, str(papers.CHECKOUT / "tools" / script), "--labelled", str(labelled)]
    done = subprocess.run([*program, *words], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def evaluate(labelled: Path, *words: str) -> tuple[int, str]:
    return run("evaluate.py", labelled, "--page", str(labelled / "page.md"), *words)


def row(printed: str, kind: str) -> str:
    return next(line for line in printed.splitlines() if line.startswith(f"| {kind} |"))


def test_the_seen_set_is_measured_and_its_figures_are_kept_on_the_page(labelled):
    code, printed = evaluate(labelled)

    page = (labelled / "page.md").read_text()
    assert code == 0
    assert row(printed, "citation").startswith("| citation | 2 | 1 | 0 | 1.000 | .500 | .667 |")
    assert "| target: comparator | 1 | 0 | .000 | 0 |" in printed
    assert row(printed, "citation") in page
    assert page.startswith("before\n<!-- figures: seen -->\n\n1 documents, 0 of them")
    assert page.endswith(PAGE[PAGE.index("<!-- end of figures: seen") :])


def test_misses_false_ones_and_wrong_fields_are_listed(labelled):
    code, printed = evaluate(labelled, "--show", "target")

    assert code == 0
    assert printed == (
        "kh.vi.txt: fields 'ít nhất 80% hộ dân dùng nước sạch' | comparator: '>=', not '<='\n"
    )
    assert "missed 'danh sách' number='1-KH/TU'" in evaluate(labelled, "--show", "citation")[1]
    assert (labelled / "page.md").read_text() == PAGE


def test_the_held_out_set_gives_figures_and_no_words(labelled):
    assert run("labels.py", labelled, "freeze")[0] == 0

    code, printed = evaluate(labelled, "--held-out")

    assert code == 0
    assert row(printed, "citation").startswith("| citation | 2 | 1 | 0 |")
    words = {"Lam", "Khê", "Sở", "Nội", "88/KH-UBND", "kh.vi.txt", "1-KH/TU", "nước"}
    page = (labelled / "page.md").read_text()
    assert not [word for word in words if word in printed or word in page]
    assert row(printed, "citation") in page[page.index("figures: held_out") :]
    assert evaluate(labelled, "--held-out", "--show", "target")[0] == 2


def test_a_held_out_set_that_is_not_as_frozen_is_not_measured(labelled):
    assert evaluate(labelled, "--held-out") == (
        1,
        "the held-out set is not frozen: tools/labels.py freeze\n",
    )
    run("labels.py", labelled, "freeze")
    (labelled / "held_out" / "resolved" / "kh.vi.txt.jsonl").write_text("")
    assert evaluate(labelled, "--held-out") == (
        1,
        "the held-out set is not as it was frozen: 1 files\n",
    )
    assert (labelled / "page.md").read_text() == PAGE


def test_gains_and_losses_are_told_since_the_last_release(labelled):
    assert evaluate(labelled, "--release")[0] == 0
    draft = labelled / "seen" / "resolved" / "kh.vi.txt.jsonl"
    draft.write_text(
        draft.read_text().replace('"1-KH/TU"', '"1-KH/TU", "optional": true').replace("80,", "81,")
    )

    code, printed = evaluate(labelled)

    assert code == 0
    assert row(printed.partition("| since engine")[2], "citation") == "| citation | 0 | 0 | +0 |"
    assert row(printed.partition("| since engine")[2], "target") == "| target | 0 | 1 | +1 |"
    assert printed.endswith("lost target: kh.vi.txt: ít nhất 80% hộ dân dùng nước sạch\n")


def test_labels_that_cannot_be_placed_stop_the_measuring_of_plain_text(labelled):
    (labelled / "seen" / "resolved" / "kh.vi.txt.jsonl").write_text(
        '{"kind": "unit", "quote": "Sở Tài chính"}\n'
    )

    assert evaluate(labelled) == (
        2,
        "kh.vi.txt: see tools/labels.py check resolved --set seen\n",
    )


def test_a_set_without_labels_is_said_so(labelled):
    shutil.rmtree(labelled / "seen" / "resolved")

    assert evaluate(labelled) == (2, "no document of seen has resolved labels\n")


def test_checking_tells_what_is_wrong_and_what_a_draft_holds(labelled):
    assert run("labels.py", labelled, "check", "a") == (
        0,
        "kh.vi.txt.jsonl: 0 problems; citation 2, target 1\n",
    )
    draft = labelled / "seen" / "a" / "kh.vi.txt.jsonl"
    draft.write_text('{"kind": "unit", "quote": "Sở Tài chính"}\n')
    assert run("labels.py", labelled, "check", "a", "kh.vi.txt") == (
        1,
        "kh.vi.txt.jsonl:1: not in the text: 'Sở >>> Tài ...'\n"
        "kh.vi.txt.jsonl: 1 problems; no facts\n",
    )
    draft.unlink()
    assert run("labels.py", labelled, "check", "a") == (0, "no draft in a/ for 1: kh.vi.txt\n")
    assert run("labels.py", labelled, "check", "a", "no.txt") == (
        2,
        "no.txt is no document of seen\n",
    )


def test_merging_leaves_alone_what_is_resolved_and_compiling_writes_offsets(labelled):
    assert "left alone" in run("labels.py", labelled, "merge")[1]
    shutil.rmtree(labelled / "seen" / "resolved")
    assert run("labels.py", labelled, "merge") == (
        0,
        "kh.vi.txt.jsonl: written, 0 lines to settle\n",
    )
    assert run("labels.py", labelled, "compile")[0] == 0
    first = (labelled / "seen" / "kh.vi.txt.labels.jsonl").read_text().splitlines()[0]
    assert first == (
        '{"kind": "citation", "start": 29, "end": 43, "text": "Số: 88/KH-UBND", '
        '"number": "88/KH-UBND"}'
    )


def test_agreement_is_printed(labelled):
    printed = run("labels.py", labelled, "agree")[1]

    assert printed.splitlines()[0] == "1 documents labelled by both"
    assert "citation       2       0       0  1.000        1.000" in printed.splitlines()


def test_a_document_that_cannot_be_read_is_missed_as_a_whole(labelled):
    (labelled / "seen" / "kh.vi.txt").write_bytes(b"PK\x03\x04 cut off")
    for path in ("kh.vi.txt", "resolved/kh.vi.txt.jsonl"):
        place = labelled / "seen" / path
        place.rename(place.with_name(place.name.replace(".txt", ".docx")))

    code, printed = evaluate(labelled)

    assert code == 0
    assert row(printed, "citation").startswith("| citation | 2 | 0 | 0 | - | .000 | .000 |")
    assert "3 labels quote words that no reader printed: missed." in printed
