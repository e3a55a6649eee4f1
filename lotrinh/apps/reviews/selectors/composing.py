"""A review as an official text: its sections with their numbers, then the tables behind them."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from lotrinh.apps.duties.models import Duty
from lotrinh.apps.reviews.models import Review
from lotrinh.apps.reviews.selectors.live import Held, Live, live_numbers
from lotrinh.apps.targets.models import Target
from lotrinh.apps.units.models import Unit
from lotrinh.rules.official.text import (
    Block,
    Heading,
    OfficialText,
    Paragraph,
    Run,
    Seal,
    Signature,
    Table,
)
from lotrinh.rules.outcome_words import outcome_word
from lotrinh.rules.reviewing.quoting import Aspect, Source, mark_of, pieces_of
from lotrinh.rules.reviewing.table_words import Say, class_words, said
from lotrinh.rules.reviewing.wording import day_words

_NUMERIC_TARGETS = (True, False, False, True, True, True, True, False)
_NUMERIC_TASKS = (True, False, False, False, False)


@dataclass(frozen=True, slots=True)
class Doors:
    """Where the numbers and rows of a text lead; None: nowhere yet."""

    number: Callable[[int], str | None] = lambda _number: None
    duty: Callable[[Duty], str | None] = lambda _duty: None


def text_of(
    held: Held,
    *,
    doors: Doors,
    changed: Collection[int] = (),
    seal: Seal | None = None,
    numbers: Mapping[int, Live] | None = None,
) -> OfficialText:
    """Return the whole text as it stands; ``changed`` are numbers that differ from before."""
    review = held.review
    live = live_numbers(held) if numbers is None else numbers
    writer = _Writer(held, live, doors, frozenset(changed))
    return OfficialText(
        system=review.system,
        language=review.language,
        superior=review.superior,
        issuer=review.issuer,
        symbol=review.symbol,
        number=review.number,
        place=review.place,
        day=review.day,
        layout_day=review.day or review.begun_on,
        kind=said(Say.REPORT, language=review.language),
        about=review.about,
        addressed_to=lines_of(review.addressed_to),
        body=tuple(writer.body()),
        appendix=tuple(writer.appendix()),
        signature=Signature(lines_of(review.capacity), review.post, review.signer),
        recipients=lines_of(review.recipients),
        seal=seal,
    )


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def paragraphs_of(
    text: str, live: Mapping[int, Live], doors: Doors, changed: Collection[int], language: str
) -> Iterator[Paragraph]:
    """Yield the paragraphs of a section, one for each line; empty lines part nothing else."""
    for line in lines_of(text):
        runs: list[Run] = []
        covered: set[int | None] = set()
        for piece in pieces_of(line):
            if piece.number is None:
                runs.append(Run(piece.text, is_missing=piece.is_misread))
                continue
            runs.append(run_of(piece.number, live, doors, changed, language))
            found = live.get(piece.number)
            if found is not None and found.coverage and found.quote.target_id not in covered:
                covered.add(found.quote.target_id)  # said once of what one line tells of a target
                runs.append(Run(f" ({found.coverage})"))
        yield Paragraph(tuple(runs))


def run_of(
    number: int, live: Mapping[int, Live], doors: Doors, changed: Collection[int], language: str
) -> Run:
    """Return a quoted number as printed; one that is in no list keeps its mark and says so."""
    found = live.get(number)
    if found is None:
        unknown = said(Say.UNKNOWN, language=language)
        return Run(unknown.format(mark=mark_of(number)[1:-1]), is_missing=True)
    return Run(
        found.text,
        href=doors.number(number),
        number=number,
        is_missing=found.is_missing,
        is_changed=number in changed,
    )


class _Writer:
    """Writes the blocks of one review."""

    def __init__(
        self, held: Held, live: Mapping[int, Live], doors: Doors, changed: frozenset[int]
    ) -> None:
        self.held, self.live, self.doors, self.changed = held, live, doors, changed
        self.language = held.language
        self.by_target: dict[tuple[int, str], int] = {
            (one.quote.target_id, one.quote.aspect): number
            for number, one in live.items()
            if one.quote.target_id is not None
        }

    def say(self, what: Say) -> str:
        return said(what, language=self.language)

    def body(self) -> Iterator[Block]:
        review: Review = self.held.review
        for section in review.sections.order_by("place"):
            yield Heading(section.level, section.mark, section.heading)
            yield from paragraphs_of(
                section.text, self.live, self.doors, self.changed, self.language
            )

    def appendix(self) -> Iterator[Block]:
        found = [
            target for target in self.held.targets if (target.pk, Aspect.VALUE) in self.by_target
        ]
        if found:
            yield self._targets(found)
        if any(one.quote.source == Source.DUTIES for one in self.live.values()):
            yield self._tasks()

    def _targets(self, found: list[Target]) -> Table:
        heads = (
            *(Say.ORDINAL, Say.TARGET, Say.LEAD, Say.PLANNED, Say.ACTUAL),
            *(Say.OF_PLAN, Say.YEAR_BEFORE, Say.OUTCOME),
        )
        rows = tuple(self._target(place, one) for place, one in enumerate(found, start=1))
        return Table(
            self.say(Say.TARGETS),
            tuple(self.say(one) for one in heads),
            rows,
            _NUMERIC_TARGETS,
            notes=tuple(self._answered(found)),
        )

    def _target(self, place: int, target: Target) -> tuple[Paragraph, ...]:
        outcome = self.held.reached[target.pk].outcome
        value = self.live[self.by_target[target.pk, Aspect.VALUE]]
        return (
            _plain(str(place)),
            _plain(target.measure.name),
            _plain(self._unit(target.unit)),
            self._cell(target, Aspect.PLAN),
            self._cell(target, Aspect.VALUE),
            self._cell(target, Aspect.OF_PLAN),
            _plain(value.before_text or "–"),
            _plain(outcome_word(outcome, language=self.language)),
        )

    def _cell(self, target: Target, aspect: Aspect) -> Paragraph:
        number = self.by_target.get((target.pk, aspect))
        if number is None:
            return _plain("–")
        if self.live[number].is_missing:
            text = self.say(Say.NOT_TOLD) if aspect is Aspect.VALUE else "–"
            return Paragraph((Run(text, self.doors.number(number), number, is_missing=True),))
        run = run_of(number, self.live, self.doors, self.changed, self.language)
        return Paragraph((run,))

    def _answered(self, found: list[Target]) -> Iterator[str]:
        for target in found:
            share = self.held.answered.get(target.pk)
            if share is not None and share.part < share.whole:
                yield self.say(Say.ANSWERED).format(
                    name=target.measure.name, answered=share.part, owed=share.whole
                )

    def _tasks(self) -> Table:
        heads = (Say.ORDINAL, Say.TASK, Say.LEAD, Say.DEADLINE, Say.STANDING)
        shown = [one for one in self.held.duties if self.held.classes[one.pk] is not None]
        rows = tuple(self._task(place, one) for place, one in enumerate(shown, start=1))
        return Table(
            self.say(Say.TASKS), tuple(self.say(one) for one in heads), rows, _NUMERIC_TASKS
        )

    def _task(self, place: int, duty: Duty) -> tuple[Paragraph, ...]:
        due = self.held.courses[duty.pk].by(self.held.review.counted_on).deadline
        return (
            _plain(str(place)),
            Paragraph((Run(duty.title, self.doors.duty(duty)),)),
            _plain(self._unit(duty.unit)),
            _plain(day_words(due, language=self.language) if due else self.say(Say.NO_DEADLINE)),
            _plain(class_words(str(self.held.classes[duty.pk]), language=self.language)),
        )

    def _unit(self, unit: Unit | None) -> str:
        if unit is None:
            return self.say(Say.NO_LEAD)
        return unit.name_en if self.language == "en" else unit.name_vi


def _plain(text: str) -> Paragraph:
    return Paragraph((Run(text),))
