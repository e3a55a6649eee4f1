"""Two hands: how far they agree, and the draft that is left to settle."""

from pathlib import Path

import pytest

from tools.evaluation import agreement, papers
from tools.evaluation.agreement import Agreement

TEXT = "Sở Y tế báo cáo trước ngày 15/6/2025. Sở Nội vụ tổng hợp trong quý II/2025.\n"
A = """
{"kind": "unit", "quote": "Sở Y tế"}
{"kind": "unit", "quote": "Sở Nội vụ"}
{"kind": "task", "quote": "Sở Y tế báo", "to": "2025", "lead": ["Sở Y tế"], "due": "2025-06-15"}
{"kind": "date", "quote": "quý II/2025", "iso": "2025-Q2", "role": "deadline"}
"""
B = """
{"kind": "unit", "quote": "Sở Y tế"}
{"kind": "task", "quote": "báo cáo trước ngày 15/6/2025", "lead": ["Sở Y tế"], "due": "2025-06"}
{"kind": "date", "quote": "quý II/2025", "iso": "2025-Q2", "role": "deadline"}
{"kind": "event", "quote": "tổng hợp", "optional": true}
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "cv.vi.txt"
    path.write_text(TEXT)
    for hand, labels in (("a", A), ("b", B)):
        draft = papers.draft_path(path, hand)
        draft.parent.mkdir()
        draft.write_text(labels)
    return path


def test_agreement_is_counted_kind_by_kind(document):
    counts = agreement.agreements(list(agreement.labelled_twice([document])))

    assert counts["unit"] == Agreement(both=1, only_a=1, same_fields=1)
    assert counts["unit"].rate == pytest.approx(2 / 3)
    assert counts["task"] == Agreement(both=1, same_fields=0)
    assert counts["date"] == Agreement(both=1, same_fields=1)
    assert counts["event"] == Agreement()


def test_the_merged_draft_holds_what_both_say_and_shows_the_rest(document):
    (twice,) = agreement.labelled_twice([document])

    assert agreement.merged(twice).splitlines() == [
        '{"kind": "unit", "quote": "Sở Y tế"}',
        "# due differ",
        '# a: {"kind": "task", "quote": "Sở Y tế báo cáo trước ngày 15/6/2025", '
        '"lead": ["Sở Y tế"], "due": "2025-06-15"}',
        '# b: {"kind": "task", "quote": "báo cáo trước ngày 15/6/2025", '
        '"lead": ["Sở Y tế"], "due": "2025-06"}',
        "# only a",
        '# a: {"kind": "unit", "quote": "Sở Nội vụ"}',
        '{"kind": "event", "quote": "tổng hợp", "optional": true}',
        '{"kind": "date", "quote": "quý II/2025", "iso": "2025-Q2", "role": "deadline"}',
    ]


def test_a_document_with_one_hand_is_not_labelled_twice(document):
    papers.draft_path(document, "b").unlink()

    assert list(agreement.labelled_twice([document])) == []
