"""One file as the evidence of several things: of other units, of other periods, of many lines.

A file is known by its bytes. A paper that many units hand in, such as the decision on which all of
them rest, is no sign; nor is one that supports a report as a whole.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from lotrinh.rules.integrity.facts import IntegrityRule, Limits, Numbers, Question, Shown


def reused_files(shown: Sequence[Shown], limits: Limits) -> Iterator[Question]:
    """Yield a question to each unit whose files of this period support something else too."""
    by_file: dict[str, list[Shown]] = defaultdict(list)
    for one in shown:
        by_file[one.file].append(one)
    rows: dict[int, list[Shown]] = defaultdict(list)
    files: dict[int, int] = defaultdict(int)
    for held in by_file.values():
        units = {one.unit for one in held}
        if len(units) > limits.holders:
            continue
        for unit in units:
            if _is_reused(unit, held, limits):
                rows[unit] += held
                files[unit] += 1
    for unit, held in sorted(rows.items()):
        others = tuple(sorted({one.unit for one in held} - {unit}))
        own = [one for one in held if one.unit == unit]
        data: Numbers = {
            "files": files[unit],
            "units": len(others),
            "periods": len({one.back for one in own}),
            "lines": len({one.line for one in own if one.line is not None}),
        }
        keys = tuple(sorted(one.key for one in held))
        yield Question(IntegrityRule.REUSED_FILES, unit, keys, data, others)


def _is_reused(unit: int, held: Sequence[Shown], limits: Limits) -> bool:
    """Say whether a file of this period supports more than one file should."""
    own = [one for one in held if one.unit == unit]
    now = [one for one in own if one.back == 0]
    if not now:
        return False
    of_lines = {one.line for one in now if one.line is not None}
    earlier = {one.line for one in own if one.back and one.line is not None}
    elsewhere = any(one.unit != unit for one in held)
    return elsewhere or bool(of_lines & earlier) or len(of_lines) > limits.lines
