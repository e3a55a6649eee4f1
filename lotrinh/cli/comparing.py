"""``lotrinh compare``: are two texts one document, and is a plan its unit's own work?"""

import json
from pathlib import Path
from typing import Annotated

import typer

from lotrinh.cli.printing import complain, print_exactly, tell_notes
from lotrinh.cli.reading_words import refusal, sentence
from lotrinh.reading import Comparison, Reading, read_paper
from lotrinh.reading import compare as compare_readings
from lotrinh.reading.near_copy import NearCopy, find_copied
from lotrinh.reading.readers import Crew, Unreadable

_BAD_INPUT = 2
_SHOWN = 160  # characters of a copied passage


def compare(
    a: Annotated[Path, typer.Argument(help="Văn bản thứ nhất / The first text")],
    b: Annotated[Path, typer.Argument(help="Văn bản thứ hai / The second text")],
    own: Annotated[
        bool,
        typer.Option(
            "--own",
            help="Bao nhiêu câu là của riêng văn bản thứ nhất / What of the first is its own",
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON / Print JSON")] = False,
) -> None:
    """So hai văn bản / Compare two texts: same document, a part, or different; what differs."""
    readings: list[Reading] = []
    with Crew() as crew:
        for path, paper in crew.open_all((a, b)):
            if isinstance(paper, Unreadable):
                complain(refusal(paper, path))
            else:
                tell_notes(path, paper)
                readings.append(read_paper(paper))
    if len(readings) < len((a, b)):
        raise typer.Exit(_BAD_INPUT)
    comparison = compare_readings(readings[0], readings[1])
    copied = find_copied(readings[0], readings[1:]) if own else None
    if as_json:
        record = comparison.record() | ({"originality": copied.record()} if copied else {})
        print_exactly(json.dumps(record, ensure_ascii=False))
        return
    _show_comparison(comparison)
    if copied is not None:
        _show_copies(copied, readings[0].text, readings[1].text)


def _show_comparison(comparison: Comparison) -> None:
    verdict = sentence("verdict." + comparison.verdict)
    shared = sentence("shared", count=comparison.shared)
    print_exactly(f"{verdict} ({comparison.score:.3f}; {shared})")
    for difference in comparison.differences:
        print_exactly(f"- {sentence('difference.' + difference.kind)}: {difference.about}")
        for side, said in (("A", difference.a), ("B", difference.b)):
            if said is not None:
                print_exactly(f"    {side}: {said}")


def _show_copies(copied: NearCopy, text: str, source: str) -> None:
    found = copied.originality
    print_exactly(sentence("own", own=found.own, counted=found.counted, framed=found.framed))
    for stretch in found.copied:
        print_exactly(f"- {sentence('copied', percent=round(100 * stretch.share))}")
        print_exactly(f"    A: {_shortened(text[stretch.start : stretch.end])}")
        print_exactly(f"    B: {_shortened(source[stretch.source_start : stretch.source_end])}")
    for code, said in (
        ("own.deadlines", copied.own_deadlines),
        ("own.bodies", copied.own_bodies),
        ("own.numbers", copied.own_numbers),
    ):
        print_exactly(f"{sentence(code)}: {'; '.join(said) or sentence('none')}")


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "\u2026"
