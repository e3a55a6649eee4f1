"""The page of one target: its plan with the days on the way, its parts, what the number is."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lotrinh.apps.journal import selectors as journal
from lotrinh.apps.targets import selectors as targets
from lotrinh.rules.target_terms import Comparator, Reckoning
from lotrinh.web.formatting import amount, day, named
from lotrinh.web.presenters.allocations import against_words
from lotrinh.web.presenters.parts import allocation_rows, part_rows
from lotrinh.web.wording import ROLLUPS, word
from lotrinh.web.wording_of_targets import COMPARATORS, RECKONINGS, WAYS

if TYPE_CHECKING:
    from lotrinh.apps.targets.models import Target


@dataclass(frozen=True, slots=True)
class PlanRow:
    """What a target is to stand at on a day; ``kind`` tells from where it starts and where it ends.

    ``width`` is a bar's, of 100.
    """

    day: date | None
    kind: str
    value_text: str
    width: int


@dataclass(frozen=True, slots=True)
class Revision:
    """That a day on the way was changed."""

    words_text: str
    at: Any
    actor_name: str | None


@dataclass(frozen=True, slots=True)
class SaidRow:
    """One thing that is said of a number."""

    name: str
    words: str


def plan_rows(target: "Target", way: targets.Milestones) -> tuple[PlanRow, ...]:
    """Return baseline, days on the way and planned value, in the order of their days."""
    unit = target.measure.unit_of_measure
    rows: list[tuple[str, date | None, Decimal | None]] = [
        ("baseline", None, target.baseline),
        *(("interim", at, value) for at, value in way.holding),
        ("planned", target.due, target.value),
    ]
    most = max((abs(value) for _kind, _at, value in rows if value is not None), default=None)
    return tuple(
        PlanRow(
            day=at,
            kind=kind,
            value_text=amount(value, unit),
            width=int(abs(value) * 100 / most) if most else 0,
        )
        for kind, at, value in rows
        if value is not None
    )


def revision_rows(
    target: "Target", way: targets.Milestones, *, named_too: bool = False
) -> tuple[Revision, ...]:
    """Return how days on the way were changed, the latest first; by whom, where that is asked."""
    found = way.revisions
    names = journal.names_of([row.by.uid for row in found]) if found and named_too else {}
    unit = target.measure.unit_of_measure
    told = []
    for row in found:
        if row.value is None:
            words = _("%(day)s: taken back") % {"day": day(row.day)}
        else:
            words = f"{day(row.day)}: {amount(row.value, unit)}"
        told.append(Revision(words, row.at, names.get(row.by.uid)))
    return tuple(told)


def divided(target: "Target", *, seen_by: int, on: date) -> dict[str, Any]:
    """Return how a target is divided: its parts, its allocations, what it is part of."""
    who: dict[str, Any] = {"seen_by": seen_by, "on": on}
    allocations = targets.allocations_of(target=target, **who)
    decided = next((one for one in allocations if one.state == "decided"), None)
    shares = targets.shares_of(decided, **who) if decided else ()
    parts, others = targets.serving(target, shares, **who)
    above = target.superior
    return {
        "held": parts,
        "parts": part_rows(parts, {share.unit_id: share.base for share in shares}),
        "against": against_words(decided, shares)
        if decided and targets.sees_whole(decided, **who)
        else {},
        "base_words": decided.base_words if decided else "",
        "denominator": target.measure.denominator,
        "allocations": allocation_rows(allocations),
        "sub_targets": [
            (part.measure.name, reverse("target", kwargs={"uid": part.uid})) for part in others
        ],
        "superior_title": target.superior.measure.name if target.superior else "",
        "superior_url": reverse("target", kwargs={"uid": above.uid})
        if above and targets.reads(above, **who)
        else None,
        "given_by_url": reverse("allocation", kwargs={"uid": target.allocation.uid})
        if target.allocation
        else None,
    }


def said_of(target: "Target") -> tuple[SaidRow, ...]:
    """Return what is said of the number, in the order in which one asks, and nothing else."""
    measure = target.measure
    unit = measure.unit_of_measure
    told = [
        (_("Success means"), word(COMPARATORS, target.comparator)),
        (_("Kind of promise"), _("an aspiration, it does not bind") if target.soft else ""),
        (_("Reckoned as"), _reckoned(target)),
        (_("Base"), _base(target)),
        (_("Tolerance"), "" if target.tolerance is None else amount(target.tolerance, unit)),
        (_("Judged by"), _judge(target)),
        (_("Better"), word(WAYS, measure.direction) if measure.direction else ""),
        (_("Adds up"), word(ROLLUPS, measure.rollup) if measure.rollup else ""),
        (_("Divided by"), measure.denominator),
        (_("How it is counted"), measure.definition),
        (_("Source of data"), measure.data_source),
        (_("Counts persons"), _persons(measure.counts_persons)),
        (_("Collected by"), named(measure.collected_by) if measure.collected_by else ""),
        (_("Through the year"), _accumulates(measure.accumulates)),
        (_("Decimals"), "" if measure.decimals is None else str(measure.decimals)),
    ]
    return tuple(SaidRow(name, words) for name, words in told if words)


def _reckoned(target: "Target") -> str:
    if target.reckoning == Reckoning.LEVEL:
        return ""
    words = word(RECKONINGS, target.reckoning)
    return words if target.years is None else f"{words} ({target.years})"


def _base(target: "Target") -> str:
    figure = "" if target.base is None else amount(target.base, target.measure.unit_of_measure)
    return ": ".join(part for part in (target.base_words, figure) if part)


def _judge(target: "Target") -> str:
    if target.comparator != Comparator.JUDGED:
        return ""
    who = named(target.judged_by) if target.judged_by else ""
    return ": ".join(part for part in (who, target.rubric) if part)


def _persons(said: bool | None) -> str:
    if said is None:
        return ""
    return _("yes: counts of fewer than 5 are not published") if said else _("no")


def _accumulates(said: bool | None) -> str:
    if said is None:
        return ""
    return _("what is reported grows through the year") if said else _("each period by itself")
