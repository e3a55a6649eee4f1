"""Numbers that are added as one are the numbers that were added one by one."""

from random import Random

import pytest

from lotrinh.rules import lanes


def test_rows_add_up_lane_by_lane_with_either_sign():
    drawn = Random(7)  # noqa: S311 - the same draws each time
    for width in (1, 4, 8, 16):
        half = lanes.room(width) // 2
        for _ in range(200):
            size = drawn.randint(1, 12)
            one = [drawn.randint(-half, half - 1) for _ in range(size)]
            other = [drawn.randint(-half, half - 1) for _ in range(size)]
            row = lanes.pack(one, width) + lanes.pack(other, width)
            stored = lanes.from_bytes(lanes.to_bytes(row))
            assert lanes.unpack(stored, size, width) == [
                a + b for a, b in zip(one, other, strict=True)
            ]


@pytest.mark.parametrize("numbers", [[0], [-1], [0, -1], [-128, 127], [127, -128, -128], []])
def test_the_ends_of_a_lane_are_read_rightly(numbers):
    row = lanes.from_bytes(lanes.to_bytes(lanes.pack(numbers, 1)))

    assert lanes.unpack(row, len(numbers) + 2, 1) == [*numbers, 0, 0]


@pytest.mark.parametrize("number", [128, -129])
def test_a_number_too_large_for_its_lane_is_refused(number):
    with pytest.raises(OverflowError):
        lanes.pack([0, number], 1)


def test_a_row_that_was_widened_holds_the_same():
    row = lanes.pack([5, -7, 0, 2], 8)

    assert lanes.unpack(lanes.widened(row, 4, 8, 16), 4, 16) == [5, -7, 0, 2]


def test_a_tree_folded_whole_is_what_its_rows_add_on_their_way_up():
    drawn = Random(11)  # noqa: S311 - the same draws each time
    for _ in range(100):
        size = drawn.randint(1, 30)
        names = drawn.sample(range(100), size)
        parents = {
            name: None if place == 0 else names[drawn.randint(0, place - 1)]
            for place, name in enumerate(names)
        }
        rows = {name: drawn.randint(-9, 9) for name in drawn.sample(names, drawn.randint(0, size))}
        order = lanes.downward(parents)

        whole = lanes.folded(parents, order, rows)

        climbed = lanes.climbed(parents, rows)
        assert whole == {name: climbed.get(name, 0) for name in order}
        assert all(
            order.index(above) < order.index(unit)
            for unit, above in parents.items()
            if above is not None
        )


def test_a_circle_is_refused_instead_of_walked_for_ever():
    with pytest.raises(ValueError, match="circle"):
        lanes.downward({1: 2, 2: 1})
