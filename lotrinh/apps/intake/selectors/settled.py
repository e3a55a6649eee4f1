"""What people made of differences: a difference is asked once, unless what took it was undone.

What was left of one newer reading is not asked again by the next that says the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from lotrinh.apps.intake.differing import Changes
from lotrinh.apps.intake.models import Candidate, SettledDifference


@dataclass(frozen=True, slots=True)
class Difference:
    """A commitment of which two readings say different things; ``fields``: name, both values.

    Only one of the two is there where the commitment is new, or no longer found.
    """

    older: Candidate | None
    newer: Candidate | None
    fields: Changes = field(default_factory=dict)


def settlement_of(*, older: Candidate | None, newer: Candidate | None) -> SettledDifference | None:
    """Return what somebody made of this very difference last, or None."""
    return _last(SettledDifference.objects.filter(older=older, newer=newer)).first()


def settled_under(
    *, older: Candidate | None, newer: Candidate | None, client_key: UUID, user_id: int
) -> SettledDifference | None:
    """Return what the account made of this very difference under this key, or None."""
    rows = SettledDifference.objects.filter(older=older, newer=newer, is_reopened=False)
    return rows.filter(client_key=client_key, by_id=user_id).first()


def taken_into(candidate: Candidate) -> tuple[SettledDifference, ...]:
    """Return the settlements that hold and took anything of a difference of this proposal."""
    rows = SettledDifference.objects.filter(Q(older=candidate) | Q(newer=candidate))
    return tuple(row for row in _last(rows) if row.taken)


@dataclass(frozen=True, slots=True)
class Settlements:
    """What people took or left of differences, to be asked of one difference after another."""

    of_newer: frozenset[int]
    of_gone: frozenset[int]
    left: Mapping[int, Sequence[Mapping[str, Any]]]
    spans: frozenset[tuple[int, str, int, int]]

    def holds(self, row: Difference) -> bool:
        """Say whether somebody looked at this difference, or at one that says the same."""
        if row.newer is None:
            return row.older is not None and row.older.pk in self.of_gone
        if row.newer.pk in self.of_newer:
            return True
        if row.older is None:
            one = row.newer
            return (one.run.rendition_id, one.kind, one.start, one.end) in self.spans
        said = {name: pair[1] for name, pair in row.fields.items()}
        known: dict[str, list[Any]] = {}
        for fields in self.left.get(row.older.pk, ()):
            for name, pair in fields.items():
                known.setdefault(name, []).append(pair[1])
        return all(value in known.get(name, ()) for name, value in said.items())


def settlements(rows: Iterable[Difference]) -> Settlements:
    """Return in one query what was settled of these commitments, and of their text before."""
    rows = tuple(rows)
    texts = {row.newer.run.rendition_id for row in rows if row.newer is not None}
    older = {row.older.pk for row in rows if row.older is not None}
    named = SettledDifference.objects.filter(
        Q(newer__run__rendition__in=texts) | Q(older__in=older)
    )
    found = _last(named).filter(is_reopened=False)
    said = found.values_list(
        "older", "newer", "fields", "newer__run__rendition", "newer__kind", "newer__start",
        "newer__end",
    )  # fmt: skip
    left: dict[int, list[Mapping[str, Any]]] = {}
    of_newer: set[int] = set()
    of_gone: set[int] = set()
    spans: set[tuple[int, str, int, int]] = set()
    for older_id, newer_id, fields, *span in said:
        if newer_id is None:
            of_gone.add(older_id)
        elif span[0] in texts:
            of_newer.add(newer_id)
        if older_id is None:
            spans.add((span[0], span[1], span[2], span[3]))
        else:
            left.setdefault(older_id, []).append(fields)
    return Settlements(frozenset(of_newer), frozenset(of_gone), left, frozenset(spans))


def _last(rows: QuerySet[SettledDifference]) -> QuerySet[SettledDifference]:
    """Return those of the settlements that hold: the last turn of each difference."""
    last = rows.order_by("older", "newer", "-turn").distinct("older", "newer")
    return SettledDifference.objects.filter(pk__in=last.values("pk")).select_related("by")
