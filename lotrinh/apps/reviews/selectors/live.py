"""The numbers that a review quotes, read where they are kept; nothing of them is kept here.

However many numbers there are, targets are asked once for the period, duties once for the day at
whose end they are counted.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from lotrinh.apps.documents.models import Document
from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.reporting import selectors as reporting
from lotrinh.apps.reporting.models import Period
from lotrinh.apps.reporting.selectors import Reached
from lotrinh.apps.reviews.models import Quote, Review
from lotrinh.apps.targets import selectors as targets
from lotrinh.apps.targets.models import Target
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.figure_words import Base, done_words
from lotrinh.rules.figures import Basis
from lotrinh.rules.outcome_words import score_words
from lotrinh.rules.progress import Comparison
from lotrinh.rules.reviewing.numbers import (
    fraction_text,
    growth_of,
    of_plan,
    score_counts,
    tally_counts,
)
from lotrinh.rules.reviewing.quoting import Aspect, Source
from lotrinh.rules.reviewing.table_words import Say, said
from lotrinh.rules.reviewing.wording import (
    compared_words,
    covered_words,
    estimated_words,
    level_words,
    missing_words,
    plan_base,
    share_words,
)
from lotrinh.rules.standing import Standing
from lotrinh.rules.tally import Aside, Course, Share, Tally, class_of, tally
from lotrinh.rules.target_terms import Comparator, Reckoning

Exact = str | None | Mapping[str, int]
"""A number without rounding: a fraction as text, or counts by name."""


@dataclass(frozen=True, slots=True)
class Live:
    """A quoted number as it is now: what is printed, and without rounding.

    ``name`` is of what it is said. ``before_text`` is the same number a year before, empty where
    that says nothing; ``coverage`` is said behind a total of fewer units than owe it. One that
    ``is_hidden`` is of a target that the reader may not see.
    """

    quote: Quote
    name: str
    text: str
    exact: Exact
    is_missing: bool = False
    is_hidden: bool = False
    is_estimated: bool = False
    before_text: str = ""
    coverage: str = ""


_NEEDED = {Source.TARGETS: Action.READ_TARGET, Source.DUTIES: Action.READ_DUTY}
"""What one has to be allowed throughout the unit, so that a count is the same for every reader."""


class Held:
    """What the numbers of a review are made of, each asked for when it is needed first."""

    def __init__(self, review: Review, *, seen_by: int, on: date) -> None:
        self.review, self._seen_by, self._on = review, seen_by, on
        self.language = review.language

    @cached_property
    def period(self) -> Period:
        """The period of the review."""
        return self.review.period

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The documents that the review is of."""
        return tuple(self.review.documents.order_by("pk"))

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """The list of quoted numbers."""
        rows = self.review.quotes.select_related("target__measure", "target__unit")
        return tuple(rows.select_related("target__owed_to").order_by("number"))

    @cached_property
    def set_by_documents(self) -> tuple[Target, ...]:
        """The targets of the documents that are the unit's, as far as they may be seen."""
        return targets.set_by(
            self.documents, within=self._within, seen_by=self._seen_by, on=self._on
        )

    @cached_property
    def _within(self) -> tuple[int, ...]:
        """The unit of the review and all below it, with the ended ones that they answer for."""
        unit = self.review.unit_id
        return (unit, *duties.owed_below(unit, on=self.review.counted_on))

    def hides(self, action: Action) -> bool:
        """Say whether something of the unit, or of a unit below it, may not be seen."""
        return not set(self._within) <= units.reach(
            user_id=self._seen_by, action=action, on=self._on
        )

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """The targets of the documents, then others that are quoted."""
        found = self.set_by_documents
        named = {one.target_id for one in self.quotes if one.target_id}
        named -= {one.pk for one in found}
        if not named:
            return found
        return (*found, *targets.by_ids(named, seen_by=self._seen_by, on=self._on).values())

    @cached_property
    def reached(self) -> Mapping[int, Reached]:
        """What became of each target in the period.

        A figure is asked once: what was told month by month since 1 January, and adds up or grows
        through the year, is the figure of the months together where these have none of their own.
        """
        found = {one.target.pk: one for one in self._reached_in(self.targets, self.period)}
        for other in reporting.periods_within(self.period):
            untold = [one for one in self.targets if found[one.pk].point is None]
            for one in self._reached_in(untold, other) if untold else ():
                if one.point is not None and (one.is_added_up or one.target.measure.accumulates):
                    found[one.target.pk] = one
        return found

    def _reached_in(self, asked: Sequence[Target], period: Period) -> tuple[Reached, ...]:
        return reporting.reached_by(
            targets=asked, seen_by=self._seen_by, on=self._on, period=period
        )

    @cached_property
    def own_targets(self) -> tuple[Reached, ...]:
        """What became of the targets of the documents alone."""
        return tuple(self.reached[one.pk] for one in self.set_by_documents)

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """The duties of the documents that are the unit's, as far as they may be seen."""
        return tuple(
            duties.counted_from(
                self.documents, within=self._within, seen_by=self._seen_by, on=self._on
            )
        )

    @cached_property
    def courses(self) -> Mapping[int, Course]:
        """What was done with each duty."""
        return duties.courses(self.duties)

    @cached_property
    def classes(self) -> Mapping[int, Standing | Aside | None]:
        """How each duty stood at the end of the day on which they are counted."""
        day = self.review.counted_on
        return {pk: class_of(one.by(day), day) for pk, one in self.courses.items()}

    @cached_property
    def answered(self) -> Mapping[int, Share]:
        """Of each target how many of the units that owed a figure gave one.

        Asked of the period at which its level stands: of what is added up, the last of them.
        """
        groups: dict[tuple[int, Basis, int], list[Reached]] = defaultdict(list)
        periods: dict[int, Period] = {}
        for one in self.reached.values():
            if one.place is not None and one.basis is not None and one.point is not None:
                periods[one.point.period.pk] = one.point.period
                groups[one.place, one.basis, one.point.period.pk].append(one)
        found = {}
        for (place, basis, period), held in groups.items():
            shares = reporting.coverage_of(
                unit_id=place,
                measures=[one.target.measure for one in held],
                period=periods[period],
                basis=basis,
                seen_by=self._seen_by,
                on=self._on,
            )
            for one in held:
                if one.target.measure_id in shares:
                    found[one.target.pk] = shares[one.target.measure_id]
        return found

    @cached_property
    def tally(self) -> Tally:
        """How many stood how."""
        return tally(self.classes.values())


def held_by(review: Review, *, seen_by: int, on: date) -> Held:
    """Return what the numbers of a review are made of, for one reader and one answer."""
    return Held(review, seen_by=seen_by, on=on)


def live_numbers(held: Held) -> dict[int, Live]:
    """Return every quoted number by its place in the list."""
    return {quote.number: _live(quote, held) for quote in held.quotes}


def _live(quote: Quote, held: Held) -> Live:
    needed = _NEEDED.get(Source(quote.source))
    if needed is not None and held.hides(needed):
        return _hidden(quote, held.language)
    if quote.source == Source.TARGETS:
        return _of_targets(quote, held)
    if quote.source == Source.DUTIES:
        return _of_duties(quote, held)
    return _of_target(quote, held)


def _of_targets(quote: Quote, held: Held) -> Live:
    found = reporting.score_of(held.own_targets)
    name = "Targets" if held.language == "en" else "Chỉ tiêu"
    words = score_words(found, language=held.language)
    return Live(
        quote,
        name,
        words,
        score_counts(found),
        is_missing=not found.total,
        is_estimated=found.estimated > 0,
    )


def _of_duties(quote: Quote, held: Held) -> Live:
    found, language = held.tally, held.language
    thing = "tasks" if language == "en" else "nhiệm vụ"
    words = {
        Aspect.DONE: done_words(found.done, found.total, thing=thing, language=language),
        Aspect.ON_TIME: share_words(
            found[Standing.DONE_ON_TIME], found.done_of_due, language=language
        ),
        Aspect.OVERDUE: share_words(found.overdue, found.total, language=language),
    }
    text = words[Aspect(quote.aspect)]
    return Live(quote, thing.capitalize(), text, tally_counts(found))


def _of_target(quote: Quote, held: Held) -> Live:
    target, language = quote.target, held.language
    found = held.reached.get(target.pk) if target is not None else None
    if target is None or found is None:
        return _hidden(quote, language)
    name, unit = target.measure.name, target.measure.unit_of_measure
    if quote.aspect == Aspect.PLAN:
        return _planned(quote, target, language)
    level = found.actual
    if level is None:
        return Live(quote, name, missing_words(language=language), None, is_missing=True)
    share = held.answered.get(target.pk)
    coverage = covered_words(share.part, share.whole, language=language) if share else ""
    if quote.aspect == Aspect.VALUE:
        return _value(quote, found, level, coverage, language)
    comparison, base = _comparison(quote, found, level, unit, held.period)
    words = compared_words(comparison, base, language=language)
    return Live(
        quote,
        name,
        words,
        fraction_text(comparison.value),
        is_missing=comparison.value is None,
        is_estimated=found.basis is Basis.ESTIMATED,
        coverage=coverage if comparison.value is not None else "",
    )


def _hidden(quote: Quote, language: str) -> Live:
    words = said(Say.HIDDEN, language=language)
    return Live(quote, "", words, None, is_missing=True, is_hidden=True)


def _value(quote: Quote, found: Reached, level: Fraction, coverage: str, language: str) -> Live:
    measure = found.target.measure

    def shown(value: Fraction) -> str:
        return level_words(
            value, measure.unit_of_measure, decimals=measure.decimals, language=language
        )

    words = shown(level)
    is_estimated = found.basis is Basis.ESTIMATED
    if is_estimated:
        words = estimated_words(words, language=language)
    before = found.point.year_before if found.point else None
    before_text = shown(before) if before is not None else ""
    return Live(
        quote,
        measure.name,
        words,
        fraction_text(level),
        is_estimated=is_estimated,
        before_text=before_text,
        coverage=coverage,
    )


def _planned(quote: Quote, target: Target, language: str) -> Live:
    measure = target.measure
    planned = planned_of(target)
    if planned is None:
        words = missing_words(language=language)
        return Live(quote, measure.name, words, None, is_missing=True)
    words = level_words(
        planned, measure.unit_of_measure, decimals=measure.decimals, language=language
    )
    return Live(quote, measure.name, words, str(planned))


def _comparison(
    quote: Quote, found: Reached, level: Fraction, unit: str, period: Period
) -> tuple[Comparison, Base]:
    target = found.target
    if quote.aspect == Aspect.OF_PLAN:
        base = plan_base(Comparator(target.comparator), target.due, period.rule.last)
        return of_plan(level, planned_of(target), unit=unit), base
    before = found.point.year_before if found.point else None
    return growth_of(level, before, unit=unit), Base.SAME_PERIOD


def planned_of(target: Target) -> Decimal | None:
    """Return the level that a target promises; None where it promises a change, a range, words."""
    plain = target.reckoning == Reckoning.LEVEL and target.comparator not in {
        Comparator.JUDGED,
        Comparator.KEEP,
        Comparator.RANGE,
    }
    return target.value if plain else None
