"""Every sign of a pasted rectangle lands in a cell, or is given back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lotrinh.rules.pasted_blocks import LeftOver, cells_of, place


@pytest.mark.parametrize(
    ("pasted", "cells"),
    [
        ("", ()),
        ("\n", ()),
        ("5", (("5",),)),
        ("1\t2\n3\t4\n", (("1", "2"), ("3", "4"))),
        ("1\t2\r\n3", (("1", "2"), ("3", ""))),
        ("1\r3", (("1",), ("3",))),
        ("\t5\n\n7", (("", "5"), ("", ""), ("7", ""))),
        ('"Tổ 1\nTổ 2"\t5', (("Tổ 1\nTổ 2", "5"),)),
        ('"nói ""có"""\t5', (('nói "có"', "5"),)),
        ('Tổ "1"\t5', (('Tổ "1"', "5"),)),
        ('"Tổ" 1\t5\n6\t7', (('"Tổ" 1', "5"), ("6", "7"))),
        ('"Tổ 1\t5\n6\t7', (('"Tổ 1', "5"), ("6", "7"))),
        (" 1.270 \t…", ((" 1.270 ", "…"),)),
    ],
)
def test_rows_are_lines_and_columns_tabs(pasted, cells):
    assert cells_of(pasted) == cells


def test_a_block_is_laid_from_the_cell_on_which_it_is_pasted():
    found = place((("1", "2"), ("3", "")), row=1, column=1, shape=[3, 3, 3])

    assert found.cells == {(1, 1): "1", (1, 2): "2", (2, 1): "3", (2, 2): ""}
    assert found.left_over == ()


def test_what_finds_no_place_is_given_back():
    found = place((("1", "2", ""), ("3", "4", "5")), row=0, column=0, shape=[2])

    assert found.cells == {(0, 0): "1", (0, 1): "2"}
    assert found.left_over == (LeftOver(1, 0, "3"), LeftOver(1, 1, "4"), LeftOver(1, 2, "5"))


def test_rows_of_a_form_may_have_different_lengths():
    found = place((("1", "2"), ("3", "4")), row=0, column=0, shape=[1, 2])

    assert found.cells == {(0, 0): "1", (1, 0): "3", (1, 1): "4"}
    assert found.left_over == (LeftOver(0, 1, "2"),)


PLAIN = st.text(alphabet='ab"1,. ', max_size=5)


@settings(deadline=None)
@given(st.lists(st.lists(PLAIN, min_size=1, max_size=4), min_size=1, max_size=5))
def test_no_sign_but_quotes_is_lost(rows):
    pasted = "\n".join("\t".join(row) for row in rows)

    kept = "".join("".join(row) for row in cells_of(pasted))

    assert kept.replace('"', "").replace("\n", "").replace("\t", "") == (
        pasted.replace('"', "").replace("\n", "").replace("\t", "")
    )


ANY = st.text(alphabet='ab"\t\n ', max_size=6)


@settings(deadline=None)
@given(st.lists(st.lists(ANY, min_size=2, max_size=2), min_size=1, max_size=5))
def test_cells_that_stand_in_quotes_come_back(rows):
    pasted = "\n".join("\t".join(f'"{text.replace(chr(34), chr(34) * 2)}"' for text in row)
                       for row in rows)  # fmt: skip

    assert cells_of(pasted) == tuple(tuple(row) for row in rows)
