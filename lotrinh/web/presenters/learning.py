"""What the reader has learned, put so that everybody can follow it: names, lines, rules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.units import selectors as units
from lotrinh.rules.certainty import Share, band
from lotrinh.web.formatting import named, number
from lotrinh.web.presenters.desk import shortened
from lotrinh.web.presenters.learned import document_name
from lotrinh.web.presenters.provenance import passage_url
from lotrinh.web.wording import REASONS, word

if TYPE_CHECKING:
    from lotrinh.apps.intake.models import LearnedName
    from lotrinh.apps.intake.selectors import RuleRecord
    from lotrinh.web.wording import Words

STATES: "Words" = {
    "used": gettext_lazy("filled in"),
    "disputed": gettext_lazy("not filled in: people have said different units"),
    "gone": gettext_lazy("not filled in: the unit does not stand today"),
    "ended": gettext_lazy("ended"),
    "undone": gettext_lazy("undone with its decision"),
}
"""How a learned name stands."""

VERDICTS: "Words" = {
    readings.PROPOSED: gettext_lazy("to decide"),
    "applied": gettext_lazy("applied"),
    "dismissed": gettext_lazy("dismissed"),
    "removed": gettext_lazy("taken back"),
}
"""How a line of the lexicon stands."""

LISTS: "Words" = {
    "verbs.imperative": gettext_lazy("verbs that open an instruction"),
    "verbs.never": gettext_lazy("openings that never order anything"),
    "measures.comparator.<": gettext_lazy("words that mean “below”"),
    "measures.comparator.<=": gettext_lazy("words that mean “at most”"),
    "measures.comparator.>=": gettext_lazy("words that mean “at least”"),
    "measures.comparator.>": gettext_lazy("words that mean “above”"),
}
"""The lists of the lexicon that lines join."""

CAUSES: "Words" = {
    "missed_verb": gettext_lazy("added by hand and accepted"),
    "dropped_opening": gettext_lazy("dropped as no commitment or as done already"),
    "changed_comparator": gettext_lazy("accepted with another comparison"),
}
"""What people did to the passages that speak for a line."""

BANDS: "Words" = {
    "high": gettext_lazy("high"),
    "medium": gettext_lazy("medium"),
    "low": gettext_lazy("low"),
}


@dataclass(frozen=True, slots=True)
class NameRow:
    """A learned name. ``passage_url`` leads to the passage where it was learned."""

    uid: UUID
    text: str
    scope_text: str
    unit_name: str
    document: str
    url: str
    passage_url: str
    at: Any
    who: str
    used: int
    state: str
    ended: Any
    ended_by: str

    @property
    def state_text(self) -> str:
        """How it stands, in words."""
        return word(STATES, self.state)


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of the lexicon with its support, and what it gains and loses where it was measured."""

    uid: UUID
    words: str
    list_text: str
    cause_text: str
    supported: int
    in_documents: int
    state: str
    turn: int
    measure: Any
    decided: tuple[tuple[str, Any], ...]

    @property
    def state_text(self) -> str:
        """How it stands, in a word."""
        return word(VERDICTS, self.state)


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that speaks for a line: its words and where they stand."""

    words: str
    document: str
    url: str
    language: str


@dataclass(frozen=True, slots=True)
class RuleRow:
    """What became of the proposals of one rule, and how sure it is by that."""

    rule: str
    kind: str
    total: int
    accepted: int
    changed: int
    reshaped: int
    dropped: int
    reasons_text: str
    share_text: str
    interval_text: str
    band: str
    is_measured: bool

    @property
    def band_text(self) -> str:
        """The band in a word."""
        return word(BANDS, self.band) if self.band else ""


def name_rows(rows: Sequence[Any], *, on: date) -> list[NameRow]:
    """Return learned names for a list. The rows are those of ``readings.learned_names``."""
    disputed = readings.conflicts_among(rows)
    standing = units.standing_among({row.unit_id for row in rows}, on=on)
    return [_name_row(row, row.pk in disputed, row.unit_id in standing) for row in rows]


def line_row(row: Any) -> LineRow:
    """Return a line of the lexicon; the row is one of ``readings.lines_listed``."""
    return LineRow(
        uid=row.uid,
        words=row.words,
        list_text=word(LISTS, row.place.rpartition(".")[0]),
        cause_text=word(CAUSES, row.cause),
        supported=row.supported,
        in_documents=row.in_documents,
        state=row.verdict,
        turn=row.last_turn,
        measure=row.measured[0] if row.measured else None,
        decided=tuple((word(VERDICTS, turn.verdict), turn) for turn in row.decided),
    )


def passages(rows: Iterable[Any]) -> list[Passage]:
    """Return proposals as passages with their words."""
    return [
        Passage(
            words=shortened(row.passage),
            document=document_name(row.run.rendition.document),
            url=passage_url(row.run.rendition, row.start),
            language=row.run.rendition.language,
        )
        for row in rows
    ]


def changes(measure: Any, *, seen_by: int, on: date) -> list[tuple[str, list[Passage], int]]:
    """Return what a line gains and loses: a heading, the passages that may be shown, how many more.

    Of own documents only those that the account may see are shown.
    """
    headings = (
        (_("Found that is missed now"), measure.gained),
        (_("Missed that is found now"), measure.lost),
        (_("No longer found wrongly"), measure.false_gone),
        (_("Newly found wrongly"), measure.false_new),
    )
    found = []
    for heading, records in headings:
        if measure.measured_on == "own":
            uids = [UUID(record["key"]) for record in records]
            shown = passages(readings.proposals_named(uids, seen_by=seen_by, on=on))
        else:
            shown = [
                Passage(shortened(record["words"]), record["document"], "", "")
                for record in records[: readings.MOST_PASSAGES]
            ]
        found.append((heading, shown, len(records) - len(shown)))
    return found


def rule_row(record: "RuleRecord") -> RuleRow:
    """Return how a rule fared."""
    share = record.share
    return RuleRow(
        rule=record.rule,
        kind=record.kind,
        total=share.total + record.reshaped,
        accepted=record.accepted,
        changed=record.changed,
        reshaped=record.reshaped,
        dropped=sum(record.dropped.values()),
        reasons_text="; ".join(
            f"{word(REASONS, reason)}: {n}" for reason, n in sorted(record.dropped.items())
        ),
        share_text=percent(share.value) if share.value is not None else "",
        interval_text=_between(share),
        band=band(share.value) if share.value is not None else "",
        is_measured=share.is_measured,
    )


def percent(share: float) -> str:
    """Return a share with one decimal: "96,7%"."""
    return f"{number(round(Decimal(share * 100), 1))}%"


def _between(share: Share) -> str:
    ends = share.interval
    return f"{percent(ends[0])} – {percent(ends[1])}" if ends is not None else ""


def _name_row(row: Any, is_disputed: bool, stands: bool) -> NameRow:
    document, ending = readings.document_of(row), getattr(row, "ending", None)
    candidate = row.decision.candidate
    return NameRow(
        uid=row.uid,
        text=row.text,
        scope_text=_scope_text(row),
        unit_name=named(row.unit),
        document=document_name(document),
        url=reverse("document", kwargs={"uid": document.uid}),
        passage_url=passage_url(candidate.run.rendition, candidate.start),
        at=row.at,
        who=row.by_name,
        used=row.used,
        state=_state(row, ending, is_disputed, stands),
        ended=ending,
        ended_by=row.ended_by_name,
    )


def _state(row: Any, ending: Any, is_disputed: bool, stands: bool) -> str:
    if ending is not None:
        return "ended"
    if row.is_undone:
        return "undone"
    if is_disputed:
        return "disputed"
    return "used" if stands else "gone"


def _scope_text(row: "LearnedName") -> str:
    if row.scope_unit is None:
        return readings.document_of(row).issuer_text
    if row.scope == "issuer":
        return named(row.scope_unit)
    return _("documents without a known issuer that %(unit)s keeps") % {
        "unit": named(row.scope_unit)
    }
