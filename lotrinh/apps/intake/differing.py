"""In which fields two proposals of one commitment differ: what the older says, what the newer."""

from collections.abc import Mapping, Sequence
from typing import Any

from lotrinh.apps.intake.models import Candidate

OF_TASKS = ("words", "lead", "coordinate", "due", "recurrence", "deliverable")
OF_TARGETS = ("metric", "comparator", "value", "unit", "due")

Said = Any
Changes = dict[str, tuple[Said, Said]]


def changes(
    kind: str,
    older: Mapping[str, Any],
    newer: Mapping[str, Any],
    words: tuple[str, str],
) -> Changes:
    """Return by field what both say, where they do not say the same.

    ``words`` are those of the two passages; they count for a task, whose name they are. Spacing
    is no difference, and nothing said is the same however it is written down.
    """
    if kind == Candidate.Kind.TASK:
        older, newer = {**older, "words": words[0]}, {**newer, "words": words[1]}
    names = OF_TASKS if kind == Candidate.Kind.TASK else OF_TARGETS
    pairs = {name: (_plain(older.get(name)), _plain(newer.get(name))) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def merged(
    kind: str, older: Mapping[str, Any], newer: Mapping[str, Any], taken: Sequence[str]
) -> dict[str, Any]:
    """Return the fields of the older proposal with those ``taken`` from the newer one."""
    names = OF_TASKS if kind == Candidate.Kind.TASK else OF_TARGETS
    changed = {name: newer.get(name) for name in names if name in taken and name != "words"}
    return {**older, **changed}


def _plain(value: Any) -> Said:
    if isinstance(value, str):
        return " ".join(value.split()) or None
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value] or None
    return value
