"""A family of documents as an indented list: who carries out, details, changes whom.

Documents form no tree: one may carry out two, and what is written about them may even go in a
circle. A list has to end all the same. Each document is set out once, below the first parent that
leads to it; wherever else it belongs it is only named again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FAMILY = frozenset(
    {
        "implements",
        "specifies",
        "guides",
        "disseminates",
        "amends",
        "supplements",
        "replaces",
        "repeals",
        "corrects",
        "continues",
        "reviews_midterm",
        "reviews_final",
        "approves",
        "encloses",
    }
)
"""The relations that make a family; a mere basis, answer or report makes none."""


@dataclass(frozen=True, slots=True)
class Edge:
    """That ``child`` stands in the relation ``kind`` to ``parent``."""

    child: int
    parent: int
    kind: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list. ``kinds`` tie it to the line above it of less depth; none at a root.

    ``is_again``: the document is set out elsewhere in the list, with all that follows from it.
    """

    node: int
    depth: int
    kinds: tuple[str, ...]
    is_again: bool


def indented(edges: Iterable[Edge], order: Sequence[int]) -> tuple[Line, ...]:
    """Return every node of the family; ``order`` holds them all and ranks those of one parent.

    Roots are the nodes without a parent. What hangs in a circle begins at its first node in the
    order.
    """
    rank = {node: place for place, node in enumerate(order)}
    kinds: dict[tuple[int, int], list[str]] = {}
    for edge in edges:
        if edge.child in rank and edge.parent in rank and edge.child != edge.parent:
            kinds.setdefault((edge.parent, edge.child), []).append(edge.kind)
    children: dict[int, list[int]] = {}
    for parent, child in kinds:
        children.setdefault(parent, []).append(child)
    below = {child for _parent, child in kinds}
    lines: list[Line] = []
    done: set[int] = set()
    for root in [node for node in order if node not in below] + list(order):
        if root not in done:
            _set_out(root, children, kinds, rank, lines, done)
    return tuple(lines)


def _set_out(
    root: int,
    children: dict[int, list[int]],
    kinds: dict[tuple[int, int], list[str]],
    rank: dict[int, int],
    lines: list[Line],
    done: set[int],
) -> None:
    waiting: list[tuple[int, int, tuple[str, ...]]] = [(root, 0, ())]
    while waiting:
        node, depth, tie = waiting.pop()
        again = node in done
        lines.append(Line(node, depth, tie, again))
        if again:
            continue
        done.add(node)
        ordered = sorted(children.get(node, ()), key=lambda child: rank[child], reverse=True)
        waiting += [(child, depth + 1, tuple(sorted(set(kinds[node, child])))) for child in ordered]
