"""The six classes as they are drawn are told apart without colour, and stand out from the paper."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from lotrinh.web.presenters.duties import STANDINGS

CSS = (Path(__file__).parents[2] / "frontend" / "lotrinh.css").read_text("utf-8")
COLOURS = dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{3,6});", CSS))
LEAST = 3.0
"""The contrast of what is drawn to what is around it: WCAG 2.2, 1.4.11."""


def rules(kind: str, code: str) -> dict[str, str]:
    found = re.findall(rf"^\.lt-{kind}--{code} {{ (.*?) }}", CSS, re.M)
    return dict(one.split(": ") for rule in found for one in rule.rstrip("; ").split("; "))


def light(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG defines it."""
    digits = COLOURS[colour.removeprefix("var(").removesuffix(")")].lstrip("#")
    full = digits if len(digits) == 6 else "".join(2 * one for one in digits)
    parts = [int(full[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    low, high = sorted((light(first), light(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("code", STANDINGS)
def test_each_class_stands_out_from_the_paper(code: str) -> None:
    piece = rules("piece", code)
    drawn = [colour for name in ("fill", "stroke") if (colour := piece.get(name, ""))]

    assert max(contrast(colour, "var(--paper)") for colour in drawn) >= LEAST


def test_no_two_classes_have_the_same_pattern() -> None:
    patterns = {
        code: (
            rules("piece", code)["fill"] == "var(--paper)",
            rules("piece", code).get("stroke-dasharray"),
            {name: how for name, how in rules("stripe", code).items() if name != "stroke"},
        )
        for code in STANDINGS
    }

    assert len(patterns) == 6
    assert [
        pair for pair in combinations(patterns, 2) if patterns[pair[0]] == patterns[pair[1]]
    ] == []


def test_there_is_a_gap_between_neighbours_and_the_key_is_printed() -> None:
    (piece,) = re.findall(r"^\.lt-piece { (.*?) }", CSS, re.M)

    assert "width: max(2px, calc(100% - 3px)); x: 1.5px" in piece
    assert ".lt-whole, .lt-swatch" in CSS.partition("@media (forced-colors: active)")[2]
    assert (
        ".lt-classes .lt-filter { display: flex !important; }" in CSS.partition("@media print")[2]
    )
