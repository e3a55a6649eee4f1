"""Reviews in rows and pieces: the text as it reads, the list of numbers, editions, one number."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from lotrinh.apps.journal import selectors as journal
from lotrinh.apps.reporting import selectors as reporting
from lotrinh.apps.reviews import selectors as reviews
from lotrinh.apps.reviews.services import Addresses
from lotrinh.rules.comparing import Attainment, Outcome
from lotrinh.rules.official.text import Run
from lotrinh.rules.outcome_words import outcome_word
from lotrinh.rules.period_words import period_name
from lotrinh.rules.reviewing.numbers import total_in
from lotrinh.rules.reviewing.quoting import Source, mark_of
from lotrinh.rules.reviewing.table_words import class_words
from lotrinh.rules.reviewing.wording import level_words
from lotrinh.web.answers import address
from lotrinh.web.formatting import named
from lotrinh.web.presenters.target_series import behind_url, language
from lotrinh.web.wording import word
from lotrinh.web.wording_of_reviews import ASPECT_WORDS, FRAME_WORDS

if TYPE_CHECKING:
    from lotrinh.apps.reviews.models import Comment, Edition, Review, Section, SectionText
    from lotrinh.apps.reviews.selectors import Held, Live

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A review in the list; ``edition`` is the last one, None before the first."""

    title: str
    url: str
    unit_name: str
    period_text: str
    edition: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """A section as it reads, with the doors to write it; ``open_comments`` wait to be settled."""

    uid: UUID
    level: int
    heading: str
    paragraphs: tuple[tuple[Run, ...], ...]
    url: str
    open_comments: int


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A quoted number in the list."""

    number: int
    mark: str
    name: str
    aspect: str
    text: str
    url: str
    before_text: str
    coverage: str
    is_missing: bool
    is_estimated: bool
    is_used: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A comment, with who said and who settled it."""

    uid: UUID
    text: str
    who: str
    at: datetime
    settled_by: str
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Version:
    """A text that a part had, with who wrote it."""

    number: int
    text: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What an edition says otherwise than the one before."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TermTable:
    """A period of a frozen number, and the figures that made it."""

    period: str
    unit_name: str
    total: str
    rows: tuple["FigureRow", ...]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure that made a number; ``files`` are name and address of what was handed in for it."""

    unit_name: str
    text: str
    url: str
    files: tuple[tuple[str, str], ...]


def review_rows(found: "Iterable[Review]", last: Mapping[int, int]) -> list[ReviewRow]:
    """Return reviews as rows; ``last`` is the newest edition by review."""
    return [
        ReviewRow(
            one.about,
            reverse("review", kwargs={"uid": one.uid}),
            named(one.unit),
            period_name(one.period.rule, language=language()),
            last.get(one.pk),
        )
        for one in found
    ]


def addresses() -> Addresses:
    """Return where editions can be reached from outside, as print needs it."""
    site = settings.LOTRINH_ADDRESS + "/"

    def edition(uid: UUID) -> str:
        return urljoin(site, reverse("verify", kwargs={"uid": uid}))

    def number(uid: UUID, place: int) -> str:
        return urljoin(site, reverse("edition-number", kwargs={"uid": uid, "number": place}))

    return Addresses(edition, number)


def door_of(held: "Held", live: "Live") -> str | None:
    """Return where a number leads while the review is written: to what it is made of."""
    source, review = live.quote.source, held.review
    first = next(iter(held.documents), None)
    if source == Source.TARGETS:
        return address(
            reverse("target-board"),
            document=first.uid if first and len(held.documents) == 1 else None,
            period=review.period.uid,
        )
    if source == Source.DUTIES:
        return reverse("document", kwargs={"uid": first.uid}) if first else None
    found = held.reached.get(live.quote.target_id or 0)
    if found is None:
        return None
    if found.point is None:
        return reverse("target", kwargs={"uid": found.target.uid})
    return behind_url(found.target, found.point)


def parts_of(
    sections: "Iterable[tuple[Section, int]]",
    live: "Mapping[int, Live]",
    doors: "reviews.Doors",
    review: "Review",
    changed: Iterable[int],
) -> list[Part]:
    """Return the sections as they read; with each come the comments that wait."""
    differs = frozenset(changed)
    return [
        Part(
            one.uid,
            one.level + 1,
            f"{one.mark} {one.heading}",
            tuple(
                found.runs
                for found in reviews.paragraphs_of(one.text, live, doors, differs, review.language)
            ),
            reverse("section", kwargs={"uid": one.uid}),
            waits,
        )
        for one, waits in sections
    ]


def number_rows(held: "Held", live: "Mapping[int, Live]", used: Iterable[int]) -> list[NumberRow]:
    """Return the list of numbers."""
    quoted = frozenset(used)
    return [
        NumberRow(
            number,
            mark_of(number),
            one.name,
            word(ASPECT_WORDS, one.quote.aspect),
            one.text,
            door_of(held, one) or "",
            one.before_text,
            one.coverage,
            one.is_missing,
            one.is_estimated,
            number in quoted,
        )
        for number, one in live.items()
    ]


def said_rows(found: "Iterable[Comment]") -> list[Said]:
    """Return comments with the names of those who made and settled them."""
    held = list(found)
    people = [one.by.uid for one in held]
    people += [one.settled_by.uid for one in held if one.settled_by]
    names = journal.names_of(people)
    return [
        Said(
            one.uid,
            one.text,
            names.get(one.by.uid, "?"),
            one.at,
            names.get(one.settled_by.uid, "?") if one.settled_by else "",
            one.settled_at,
        )
        for one in held
    ]


def version_rows(found: "Iterable[SectionText]") -> list[Version]:
    """Return the texts that a part had with the names of their writers."""
    held = list(found)
    names = journal.names_of([one.by.uid for one in held])
    return [Version(one.version, one.text, names.get(one.by.uid, "?"), one.at) for one in held]


def change_rows(edition: "Edition") -> list[ChangeRow]:
    """Return what an edition says otherwise than the one before it."""
    return [_change(one) for one in reviews.listed_changes(edition)]


def _change(one: Json) -> ChangeRow:
    if "part" in one:
        name = str(FRAME_WORDS.get(one["part"], one["part"]))
        return ChangeRow(name, one.get("before", ""), one.get("after", _("words changed")))
    return ChangeRow(one["name"], one["before"] or _("not quoted"), one["after"] or _("not quoted"))


def frozen_number(edition: "Edition", number: int) -> Json | None:
    """Return a number of an edition as it was frozen."""
    return next((one for one in reviews.frozen_numbers(edition) if one["n"] == number), None)


def planned_text(one: Json) -> str:
    """Return the planned level of a frozen number; empty where it has none."""
    if one.get("planned") is None:
        return ""
    return _level(Fraction(one["planned"]), one["measure"])


def term_tables(one: Json) -> Iterator[TermTable]:
    """Yield the periods of a frozen number, those of the year before last."""
    measure = one.get("measure")
    if measure is None:
        return
    terms = [*one["terms"], *one["terms_before"]]
    periods = reporting.periods_by_code({term["period"] for term in terms})
    for term in terms:
        total = total_in(term)
        rows = tuple(_figure(row, measure) for row in term["rows"])
        period = periods.get(term["period"])
        name = period_name(period.rule, language=language()) if period else term["period"]
        yield TermTable(
            capfirst(name), term["unit_name"], "" if total is None else _level(total, measure), rows
        )


def _figure(row: Json, measure: Json) -> FigureRow:
    files = tuple(
        (file["name"], reverse("report-evidence", kwargs={"uid": file["uid"]}))
        for file in row["evidence"]
    )
    return FigureRow(
        row["unit_name"],
        _said(row, measure),
        reverse("figure", kwargs={"uid": row["figure"]}),
        files,
    )


def _said(row: Json, measure: Json) -> str:
    if row["numerator"] is not None:
        parts = (Fraction(row["numerator"]), Fraction(row["denominator"]))
        shown = (level_words(one, "", decimals=None, language=language()) for one in parts)
        return "/".join(shown)
    return _level(Fraction(row["value"]), measure)


def _level(value: Fraction, measure: Json) -> str:
    return level_words(value, measure["unit"], decimals=measure["decimals"], language=language())


def counted_rows(one: Json) -> list[tuple[str, str, str]]:
    """Return what a count was made of: name, what became of it, and its page."""
    if one["source"] == Source.DUTIES:
        return [
            (
                row["name"],
                class_words(row["class"], language=language()) if row["class"] else _("a draft"),
                reverse("duty", kwargs={"uid": row["duty"]}),
            )
            for row in one["rows"]
        ]
    if one["source"] == Source.TARGETS:
        return [
            (row["name"], _attained(row), reverse("target", kwargs={"uid": row["target"]}))
            for row in one["rows"]
        ]
    return []


def _attained(row: Json) -> str:
    outcome = Outcome(Attainment(row["attainment"]), is_estimated=row["is_estimated"])
    return outcome_word(outcome, language=language())
