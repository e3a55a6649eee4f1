"""Commitments of two readings are matched one to one: the same words, or their place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotrinh.reading.matching import Found, Mention, OtherText, SameText, match, mention

TEXT = "1. Sở Y tế lập kế hoạch trong năm 2025.\n2. Sở Nội vụ báo cáo kết quả hằng quý.\n"


def of(start, end, words="", kind="task"):
    return Mention(kind, start, end, words or f"{start} {end}")


def test_the_words_of_a_mention_are_folded_and_stand_on_one_line():
    assert mention("task", "Sở  Y TẾ\nlập", 0, 14) == Mention("task", 0, 14, "so y te lap")


def test_what_stands_on_the_same_words_is_the_same():
    rows = [of(0, 10), of(20, 30), of(40, 50)]
    assert match(rows, rows, SameText()) == ((0, 0), (1, 1), (2, 2))


def test_another_kind_is_never_the_same():
    assert match([of(0, 10)], [of(0, 10, kind="target")], SameText()) == ()


def test_the_same_words_elsewhere_are_the_same_and_the_nearest_is_taken():
    older = [of(100, 110, "bao cao"), of(500, 510, "bao cao")]
    newer = [of(90, 99, "bao cao"), of(520, 530, "bao cao"), of(700, 710, "bao cao")]
    assert match(older, newer, SameText()) == ((0, 0), (1, 1))


def test_what_overlaps_most_is_the_same_and_the_rest_of_a_split_is_new():
    assert match([of(0, 100)], [of(0, 30), of(31, 100)], SameText()) == ((0, 1),)


@pytest.mark.parametrize(("start", "pairs"), [(60, ((0, 0),)), (61, ())])
def test_less_than_a_quarter_in_common_is_not_the_same(start, pairs):
    # 40 of 160 and 39 of 161
    assert match([of(0, 100)], [of(start, start + 100)], SameText()) == pairs


def test_a_passage_is_found_in_another_text_by_its_words():
    newer = "Số 12\n" + TEXT.replace("2025", "2026")
    start = TEXT.index("Sở Y tế")
    end = TEXT.index(".\n2.")
    found = OtherText(TEXT, newer).find(start, end)

    assert newer[found.start : found.end] == "Sở Y tế lập kế hoạch trong năm"
    assert found.share == 8 / 9


def test_a_passage_that_stands_unchanged_is_found_whole():
    newer = "Số 12\n" + TEXT
    start = TEXT.index("Sở Nội vụ")
    assert OtherText(TEXT, newer).find(start, len(TEXT) - 1) == Found(
        start + 6, len(newer) - 1, 1.0
    )


def test_a_passage_of_which_no_word_is_there_is_not_found():
    assert OtherText(TEXT, "Một điều khác hẳn.").find(0, 10) is None


MENTIONS = st.lists(
    st.builds(
        lambda start, length, kind, word: Mention(kind, start, start + length, word),
        st.integers(0, 60),
        st.integers(1, 30),
        st.sampled_from(["task", "target"]),
        st.sampled_from(["a", "b", "c"]),
    ),
    max_size=12,
)


@given(MENTIONS, MENTIONS)
def test_nothing_is_matched_twice_and_only_within_its_kind(older, newer):
    pairs = match(older, newer, SameText())

    assert len({one for one, _ in pairs}) == len({other for _, other in pairs}) == len(pairs)
    assert all(older[one].kind == newer[other].kind for one, other in pairs)


@given(MENTIONS)
def test_a_reading_matches_itself_with_nothing_over(rows):
    assert {(rows[one], rows[other]) for one, other in match(rows, rows, SameText())} == {
        (row, row) for row in rows
    }
    assert len(match(rows, rows, SameText())) == len(rows)


@given(st.text(alphabet="ab \n", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_every_passage_of_an_unchanged_text_is_where_it_was(text, one, other):
    start, end = min(one, other), max(one, other)
    found = OtherText(text, text).find(start, end)
    assert found is None or (start <= found.start and found.share == 1.0)
