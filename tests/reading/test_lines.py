"""Lines that an installation adds to the lexicon change what is read, and its fingerprint."""

import tomllib
from importlib import resources
from pathlib import Path

import pytest

from lotrinh.reading import Paper, read_paper, read_text
from lotrinh.reading.elsewhere import ReaderFailed, read_elsewhere
from lotrinh.reading.grammar import lexicon_hash
from lotrinh.reading.lines import PLACES, with_lines
from lotrinh.reading.readers import open_document

VERB = ("verbs.imperative.vi", "bồi lắng")
TEXT = """KẾ HOẠCH
Thực hiện chương trình năm 2025

II. NHIỆM VỤ
1. Bồi lắng các hồ chứa trên địa bàn, hoàn thành trong quý IV năm 2025.
2. Rà soát các hồ chứa trên địa bàn, hoàn thành trong quý IV năm 2025.
"""


def tasks(reading):
    return [fact.text for fact in reading.facts if fact.kind == "task"]


def test_another_process_without_lines_reads_the_same():
    paper = Paper(TEXT)

    (elsewhere,) = read_elsewhere([paper], [])

    assert elsewhere == read_paper(paper)


def test_a_line_lets_a_verb_open_an_instruction():
    (plain, added) = (read_text(TEXT), read_elsewhere([Paper(TEXT)], [VERB])[0])

    assert [text.split()[0] for text in tasks(plain)] == ["Rà"]
    assert [text.split()[0] for text in tasks(added)] == ["Bồi", "Rà"]


def test_a_line_of_never_keeps_an_opening_from_being_read():
    line = ("verbs.never.vi", "rà soát các hồ chứa")

    assert tasks(read_elsewhere([Paper(TEXT)], [line])[0]) == []


def test_a_line_of_comparison_changes_the_sign():
    text = "I. MỤC TIÊU\n1. Đến năm 2030, tỷ lệ che phủ rừng phải non 42%.\n"

    def signs(reading):
        return [fact.comparator for fact in reading.facts if fact.kind == "target"]

    assert signs(read_text(text)) == ["="]
    assert signs(read_elsewhere([Paper(text)], [("measures.comparator.<.vi", "non")])[0]) == ["<"]


def test_the_fingerprint_names_the_lines_in_any_order():
    other = ("verbs.never.vi", "nhân dịp")
    (reading,) = read_elsewhere([Paper(TEXT)], [VERB, other])

    assert reading.lexicon_hash == lexicon_hash((other, VERB))
    assert reading.lexicon_hash != lexicon_hash() == lexicon_hash(())


def test_a_place_that_is_none_is_refused():
    with pytest.raises(ReaderFailed, match=r"no such list of the lexicon: verbs\.nothing\.vi"):
        read_elsewhere([Paper(TEXT)], [("verbs.nothing.vi", "x")])


@pytest.mark.parametrize("place", sorted(PLACES))
def test_every_place_is_a_list_of_the_lexicon(place):
    name = place.partition(".")[0]
    file = resources.files("lotrinh.reading") / "lexicon" / f"{name}.toml"
    before = file.read_text(encoding="utf-8")

    content = with_lines(name, tomllib.loads(before), [(place, "một dòng mới")])

    assert str(content).count("một dòng mới") == 1
    assert with_lines(name, tomllib.loads(before), [("guards.x.vi", "y")]) == tomllib.loads(before)


def test_texts_of_every_kind_are_the_same_readings_elsewhere():
    texts = sorted((Path(__file__).parent / "texts").glob("*.txt"))
    papers = [open_document(path.read_bytes(), path.name) for path in texts]

    assert len(papers) > 3
    for reading, paper in zip(read_elsewhere(papers, []), papers, strict=True):
        assert reading.facts == read_paper(paper).facts
        assert (reading.clauses, reading.header) == (
            read_paper(paper).clauses,
            read_paper(paper).header,
        )
