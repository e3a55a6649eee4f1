"""A family is a list that ends, holds everybody, and sets everybody out once."""

from hypothesis import given
from hypothesis import strategies as st

from lotrinh.rules.families import Edge, Line, indented


def test_children_stand_below_their_parent_in_their_order():
    edges = [Edge(30, 45, "implements"), Edge(45, 27, "continues"), Edge(47, 30, "specifies")]

    assert indented(edges, [27, 45, 30, 47]) == (
        Line(27, 0, (), False),
        Line(45, 1, ("continues",), False),
        Line(30, 2, ("implements",), False),
        Line(47, 3, ("specifies",), False),
    )


def test_who_has_two_parents_is_set_out_once_and_named_again():
    edges = [Edge(3, 1, "implements"), Edge(3, 2, "implements"), Edge(4, 3, "guides")]

    assert [(line.node, line.depth, line.is_again) for line in indented(edges, [1, 2, 3, 4])] == [
        (1, 0, False),
        (3, 1, False),
        (4, 2, False),
        (2, 0, False),
        (3, 1, True),
    ]


def test_a_circle_begins_at_its_first_and_ends():
    edges = [Edge(1, 2, "amends"), Edge(2, 1, "amends"), Edge(1, 1, "amends")]

    assert [(line.node, line.is_again) for line in indented(edges, [1, 2])] == [
        (1, False),
        (2, False),
        (1, True),
    ]


nodes = st.integers(0, 8)
edges = st.lists(st.builds(Edge, nodes, nodes, st.sampled_from(["implements", "amends"])))


@given(edges)
def test_law_every_document_is_set_out_once(found):
    lines = indented(found, range(9))

    assert sorted(line.node for line in lines if not line.is_again) == list(range(9))
    assert len(lines) <= 9 + len({(edge.child, edge.parent) for edge in found})
