"""What is published: documents, what each promises, how far that has come, and who answers for it.

A publication holds everything that its pages and files say, so that nothing else has to be asked.
What is None was not told, which is never nought; what ``is_held_back`` was told and is not shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Step:
    """What was reached by the end of a period. ``last`` is its last day."""

    name_vi: str
    name_en: str
    last: date
    basis: str
    level: Decimal | None
    is_held_back: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What one unit has reached of a promise by the period of its newest figure."""

    uid: UUID
    name_vi: str
    name_en: str
    level: Decimal | None
    is_held_back: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """One target of a document with its plan, its newest approved figure and what became of it.

    ``planned`` and ``actual`` are in ``unit_of_measure``; of a share ``numerator`` and
    ``denominator`` are printed. ``basis`` says whose word the figure is. ``passage`` is the
    sentence that set it, in the language of its document. ``verdict``, ``attainment`` and
    ``because`` are codes of the rules.
    """

    uid: UUID
    title: str
    language: str
    comparator: str
    planned: Decimal | None
    high: Decimal | None
    unit_of_measure: str
    decimals: int
    due: date | None
    is_soft: bool
    agency_vi: str
    agency_en: str
    definition: str
    divided_by: str
    data_source: str
    clause: str
    passage: str
    verdict: str
    attainment: str
    because: str
    basis: str
    is_estimated: bool
    is_added_up: bool
    actual: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    period_vi: str
    period_en: str
    period_last: date | None
    is_held_back: bool
    steps: tuple[Step, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A document, what it promises, and its duties by class where anybody owes one."""

    uid: UUID
    number: str
    title: str
    language: str
    issuer_vi: str
    issuer_en: str
    issued_on: date | None
    done_on_time: int
    done_late: int
    open_in_term: int
    open_overdue: int
    done_without_deadline: int
    open_without_deadline: int
    promises: tuple[Promise, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """By what decision something was published, and as of which day its figures are.

    ``number`` counts the publications from 1. ``decision`` is the number of the decision as its
    document bears it, ``office_vi`` and ``office_en`` whose decision it is.
    """

    number: int
    as_of: date
    decision: str
    decided_on: date
    office_vi: str
    office_en: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication: its heading and its content."""

    heading: Heading
    papers: tuple[Paper, ...] = ()

    @property
    def promises(self) -> Iterator[tuple[Paper, Promise]]:
        """Every promise with the document that makes it, in the order of the documents."""
        return ((paper, promise) for paper in self.papers for promise in paper.promises)

    def paper(self, uid: UUID) -> Paper | None:
        """Return a document of this publication, or None."""
        return next((one for one in self.papers if one.uid == uid), None)

    def promise(self, uid: UUID) -> tuple[Paper, Promise] | None:
        """Return a promise of this publication with its document, or None."""
        return next((pair for pair in self.promises if pair[1].uid == uid), None)
