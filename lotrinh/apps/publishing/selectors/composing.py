"""What a choice of targets says when it is published: everything at once, guarded as it will be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from lotrinh.apps.documents.models import Document
from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.publishing.selectors.choosing import choices
from lotrinh.apps.publishing.selectors.figures import Levels, Line, lines_of
from lotrinh.apps.reporting.selectors import Point, Stated, outcome_of
from lotrinh.apps.targets.models import Target, TargetSource
from lotrinh.apps.units.models import Unit
from lotrinh.rules.comparing import Outcome, judge
from lotrinh.rules.exact import rounded
from lotrinh.rules.period_words import period_name
from lotrinh.rules.publication.content import Paper, Part, Promise, Step
from lotrinh.rules.publication.guarding import guarded
from lotrinh.rules.publication.small import Counted, counted, share_shown
from lotrinh.rules.publication.verdicts import verdict_of
from lotrinh.rules.standing import Standing
from lotrinh.rules.target_terms import Rollup

_PLACES, _PLACES_OF_SHARE, _MOST_PLACES = 2, 1, 6


@dataclass(frozen=True, slots=True)
class Chosen:
    """The targets that are to be public; their documents are public with them."""

    targets: frozenset[UUID]


def papers_of(*, chosen: Chosen, seen_by: int, on: date) -> tuple[Paper, ...]:
    """Return exactly what would be public, document by document, as of the end of ``on``.

    What the account may not see, or what is no target of its own any more, is left out.
    """
    held = [
        (one.document, [target for target in one.targets if target.uid in chosen.targets])
        for one in choices(seen_by=seen_by, on=on)
    ]
    held = [(paper, found) for paper, found in held if found]
    every = [target for _paper, found in held for target in found]
    lines = lines_of(every, seen_by=seen_by, on=on)
    sources = _sources(every)
    return tuple(
        _paper(
            paper,
            tuple(_promise(one, paper, lines.get(one.pk), sources) for one in found),
            seen_by=seen_by,
            on=on,
        )
        for paper, found in held
    )


def _paper(document: Document, promises: tuple[Promise, ...], *, seen_by: int, on: date) -> Paper:
    tally = duties.glance_at(seen_by=seen_by, on=on, document=document).tally
    issuer = document.issuer
    return Paper(
        uid=document.uid,
        number=document.number,
        title=document.title,
        language=document.language,
        issuer_vi=issuer.name_vi if issuer else document.issuer_text,
        issuer_en=issuer.name_en if issuer else document.issuer_text,
        issued_on=document.issued_on,
        promises=promises,
        **{str(one): tally[one] for one in Standing},
    )


def _promise(
    target: Target,
    document: Document,
    line: Line | None,
    sources: Mapping[int, Sequence[TargetSource]],
) -> Promise:
    measure, places = target.measure, _places(target)
    point = line.last if line else None
    said = point.said if point else None
    outcome = _outcome(target, line)
    source = next(
        (one for one in sources.get(target.pk, ()) if one.rendition.document_id == document.pk),
        None,
    )
    agency, counts = target.unit or target.owed_to, _counted(target)
    of_persons = counts is not Counted.THINGS
    numerator, denominator = _share(target, said)
    return guarded(
        Promise(
            uid=target.uid,
            title=measure.name,
            language=measure.language,
            comparator=str(target.comparator),
            planned=target.value,
            high=target.high,
            unit_of_measure=measure.unit_of_measure,
            decimals=places,
            due=target.due,
            is_soft=target.soft,
            agency_vi=agency.name_vi,
            agency_en=agency.name_en,
            definition=measure.definition,
            divided_by=measure.denominator,
            data_source=measure.data_source,
            clause=source.clause.label if source and source.clause else "",
            passage=_passage(source),
            verdict=str(verdict_of(outcome)),
            attainment=str(outcome.attainment),
            because=str(outcome.because or ""),
            basis=str(said.basis) if said and point and point.reached is not None else "",
            is_estimated=outcome.is_estimated,
            is_added_up=bool(line and (line.is_added_up or measure.accumulates)),
            actual=_level(point.reached if point else None, places),
            numerator=numerator,
            denominator=denominator,
            is_held_back=of_persons and not _may_be_shown(target, said),
            **_lines(target, line, places, of_persons),
        ),
        counts,
    )


def _counted(target: Target) -> Counted:
    """Return what a figure counts; of a measure without a unit its name has the words."""
    measure = target.measure
    return counted(
        measure.unit_of_measure or measure.name,
        measure.denominator,
        said=measure.counts_persons,
        is_share=measure.rollup == Rollup.RATIO_OF_SUMS,
    )


def _lines(target: Target, line: Line | None, places: int, of_persons: bool) -> dict[str, Any]:
    """Return what is said of a promise period by period and unit by unit."""
    if line is None:
        return {"period_vi": "", "period_en": "", "period_last": None}
    rule = line.last.period.rule
    return {
        "period_vi": period_name(rule, language="vi"),
        "period_en": period_name(rule, language="en"),
        "period_last": rule.last,
        "steps": tuple(_step(target, one, places, of_persons) for one in line.points),
        "parts": tuple(_part(target, *one, places, of_persons) for one in line.parts),
    }


def _outcome(target: Target, line: Line | None) -> Outcome:
    if line is None:
        return judge(target.yardstick, None, has_ended=False)
    point = line.last
    said = point.said
    return outcome_of(
        target,
        point.reached,
        period=point.period,
        basis=said.basis if said else None,
        grows=bool(target.measure.accumulates) or line.is_added_up,
    )


def _step(target: Target, point: Point, places: int, of_persons: bool) -> Step:
    rule, said = point.period.rule, point.said
    level = _level(point.reached, places)
    return Step(
        name_vi=period_name(rule, language="vi"),
        name_en=period_name(rule, language="en"),
        last=rule.last,
        basis=str(said.basis) if said and level is not None else "",
        level=level,
        is_held_back=of_persons and not _may_be_shown(target, said),
    )


def _part(target: Target, unit: Unit, reached: Levels, places: int, of_persons: bool) -> Part:
    level, said = reached
    return Part(
        uid=unit.uid,
        name_vi=unit.name_vi,
        name_en=unit.name_en,
        level=_level(level, places),
        is_held_back=of_persons and not _may_be_shown(target, said),
    )


def _may_be_shown(target: Target, said: Stated | None) -> bool:
    """Say whether the parts of a share are large enough; what is no share is judged by its level.

    Of a share of persons both parts are known, so it is judged here, before they are left out.
    """
    if said is None or target.measure.rollup != Rollup.RATIO_OF_SUMS:
        return True
    return share_shown(said.numerator, said.denominator)


def _share(target: Target, said: Stated | None) -> tuple[Decimal | None, Decimal | None]:
    if said is None or target.measure.rollup != Rollup.RATIO_OF_SUMS:
        return None, None
    return said.numerator, said.denominator


def _level(value: Fraction | None, places: int) -> Decimal | None:
    return None if value is None else rounded(value, places)


def _places(target: Target) -> int:
    if target.measure.decimals is not None:
        return min(target.measure.decimals, _MOST_PLACES)
    return _PLACES_OF_SHARE if target.measure.unit_of_measure == "%" else _PLACES


def _sources(targets: Iterable[Target]) -> dict[int, list[TargetSource]]:
    """Return by target the passages that set it, with their texts."""
    rows = TargetSource.objects.filter(target__in=[one.pk for one in targets])
    found: dict[int, list[TargetSource]] = {}
    for row in rows.select_related("rendition", "clause").order_by("pk"):
        found.setdefault(row.target_id, []).append(row)
    return found


def _passage(source: TargetSource | None) -> str:
    return source.rendition.text[source.start : source.end] if source else ""
