"""The addresses of targets: their list, one of them, what it is, how it is divided."""

from tests.web.matrix.entries import Entries
from tests.web.world import DECIDES

_AS_IT_IS = {
    "shown": "x",
    "comparator": "<",
    "value": "3",
    "baseline": "3,4",
    "reckoning": "level",
    "rollup": "ratio_of_sums",
}
"""What every target of the story says already, so that nothing has to be compared."""

TARGETS = Entries(
    shown=dict.fromkeys(("target", "target-history", "target-figures"), "target")
    | {"allocation": "allocation"},
    filled_in={"target-describe": ("target", DECIDES)},
    listed={"targets": "target", "target-board": "target"},
    told_apart=frozenset({"target-divide", "target-file", "figure"}),
    kinds={"target-divide": "target", "target-file": "target", "figure": "target"},
    forms={"target-describe": lambda: dict(_AS_IT_IS)},
)
