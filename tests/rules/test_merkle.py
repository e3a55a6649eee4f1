"""The tree over a batch: its root is that of RFC 6962, and paths prove just what stands there."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotrinh.rules import merkle

LEAVES = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=70)

DATA = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
}
"""Roots that other implementations of RFC 6962 give for the first of these data."""


def defined(leaves):
    """The root as the RFC defines it: the left part is the largest power of two below all."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    left = 1
    while left * 2 < len(leaves):
        left *= 2
    halves = defined(leaves[:left]) + defined(leaves[left:])
    return hashlib.sha256(b"\x01" + halves).digest()


@pytest.mark.parametrize("size", ROOTS)
def test_the_root_is_that_of_others(size):
    leaves = [merkle.leaf(bytes.fromhex(data)) for data in DATA[:size]]

    assert merkle.root(leaves).hex() == ROOTS[size]


@given(LEAVES)
def test_the_root_is_the_defined_one(leaves):
    assert merkle.root(leaves) == defined(leaves)


@given(LEAVES, st.data())
def test_the_path_of_every_leaf_leads_to_the_root(leaves, data):
    place = data.draw(st.integers(0, len(leaves) - 1))

    beside = merkle.path(leaves, place)

    root = merkle.root(leaves)
    assert merkle.root_above(leaves[place], place, len(leaves), beside) == root
    assert len(beside) <= (len(leaves) - 1).bit_length()


@given(LEAVES, st.data())
def test_no_other_leaf_place_or_path_leads_there(leaves, data):
    place = data.draw(st.integers(0, len(leaves) - 1))
    beside, root = merkle.path(leaves, place), merkle.root(leaves)
    other = data.draw(st.binary(min_size=32, max_size=32).filter(lambda one: one != leaves[place]))
    elsewhere = data.draw(st.integers(-1, len(leaves)))

    assert merkle.root_above(other, place, len(leaves), beside) != root
    assert merkle.root_above(leaves[place], place, len(leaves), (*beside, other)) is None
    if beside:
        assert merkle.root_above(leaves[place], place, len(leaves), beside[1:]) is None
    if not 0 <= elsewhere < len(leaves):
        assert merkle.root_above(leaves[place], elsewhere, len(leaves), beside) is None
    elif leaves[elsewhere] != leaves[place]:
        assert merkle.root_above(leaves[place], elsewhere, len(leaves), beside) != root


@given(LEAVES, st.data())
def test_whatever_is_done_to_the_leaves_changes_the_root(leaves, data):
    root = merkle.root(leaves)
    place = data.draw(st.integers(0, len(leaves) - 1))
    other = data.draw(st.binary(min_size=32, max_size=32).filter(lambda one: one != leaves[place]))

    assert merkle.root([*leaves[:place], other, *leaves[place + 1 :]]) != root
    assert merkle.root([*leaves[:place], *leaves[place + 1 :]]) != root
    assert merkle.root([*leaves[:place], other, *leaves[place:]]) != root
    second = data.draw(st.integers(0, len(leaves) - 1))
    if leaves[second] != leaves[place]:
        swapped = list(leaves)
        swapped[place], swapped[second] = swapped[second], swapped[place]
        assert merkle.root(swapped) != root


def test_there_is_no_path_from_where_no_leaf_is():
    with pytest.raises(IndexError):
        merkle.path([b"a" * 32], 1)
    with pytest.raises(IndexError):
        merkle.path([b"a" * 32], -1)
