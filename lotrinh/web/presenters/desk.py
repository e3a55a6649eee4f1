"""The cards of the reading desk: what reading proposes, put so that a person can decide at once.

A card never hides a guess. What the text says goes into the fields where it can be matched; what
cannot be matched is quoted beside the empty field, and the reason to look twice is said in words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from lotrinh.apps.intake.dues import Office, recurrence_in
from lotrinh.apps.intake.selectors import decision_of, measured_shares, turn_of
from lotrinh.apps.units import selectors as units
from lotrinh.reading import confidence_of
from lotrinh.rules.certainty import Share, band
from lotrinh.rules.clarities import Terms
from lotrinh.rules.names import name_key
from lotrinh.web.formatting import day_and_month, number, planned, stated, typed_day
from lotrinh.web.presenters import titles
from lotrinh.web.presenters.field_words import Span, Tables, words_of
from lotrinh.web.presenters.learned import taught_leads
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.presenters.questions import (
    Deadline,
    Known,
    Lead,
    Look,
    asked_of,
    deadline_of,
    looks,
)
from lotrinh.web.presenters.standing import missing_codes, recurrence_text
from lotrinh.web.wording import REASONS, measure_word, word

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.intake.models import Candidate, Decision, ReadingRun

TITLE_ROOM = 160
TYPED_FIELDS = (
    "title",
    "unit",
    "person",
    "due",
    "responsibility",
    "deliverable",
    "authority",
    "comparator",
    "value",
)
"""What somebody can put right before he accepts."""
STATES = {
    "confirmed": "accepted",
    "rejected": "rejected",
    "replaced": "gone",
    "withdrawn": "gone",
}
"""How a proposal stands after each verdict; without one it is open."""


@dataclass(frozen=True, slots=True)
class Card:
    """One proposal. ``due`` is typed as d/m/yyyy; ``errors`` are sentences by field.

    ``columns`` are the cells of its row in a table that went into none of the fields, ``group`` is
    the heading above that row. ``words`` says where in the text each field comes from. ``turn`` is
    the last turn there was; ``is_kept`` says that the fields hold what the reader typed before.
    ``known`` tells where the unit was learned, ``measured`` how often proposals of the rule were
    right, where enough have been decided.
    """

    n: int
    uid: UUID
    kind: str
    state: str
    title: str
    clause_number: int | None
    start: int
    permille: int
    short_text: str | None
    certainty: str
    looks: tuple[Look, ...]
    value: str
    comparator: str
    measure_text: str | None
    unit: str
    unit_as_read: str | None
    due: str
    due_text: str | None
    deliverable: str
    person: str
    responsibility: str
    authority: str
    missing: tuple[str, ...]
    client_key: str
    url: str | None = None
    reason_text: str | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[tuple[str, str], ...] = ()
    group: str = ""
    table: int | None = None
    turn: int = 0
    questions: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    words: Mapping[str, Span] = field(default_factory=dict)
    rule: str = ""
    origin: str = "read"
    made_from: tuple[int, ...] = ()
    is_kept: bool = False
    typed: tuple[str, ...] = ()
    person_as_read: str = ""
    known: Known | None = None
    measured: Share | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody sent for one proposal, and what was wrong with it."""

    values: Mapping[str, str]
    errors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Desk:
    """What all cards of one reading are made from."""

    text: str
    language: str
    names: UnitNames
    leads: Mapping[str, Lead]
    facts: Sequence[Mapping[str, Any]]
    deadlines: Sequence[Mapping[str, Any]]
    tables: Tables
    typed: Mapping[UUID, Typed]
    kept: Mapping[int, Mapping[str, str]]
    urls: Mapping[UUID, str]
    made_from: Mapping[int, tuple[int, ...]]
    shares: Mapping[str, Share]
    office: Office


def make_desk(
    run: "ReadingRun",
    candidates: "Iterable[Candidate]",
    *,
    names: UnitNames,
    typed: Mapping[UUID, Typed],
    kept: Mapping[int, Mapping[str, str]],
    urls: Mapping[UUID, str],
    made_from: Mapping[int, tuple[int, ...]],
    decider: "User | None",
    on: date,
) -> Desk:
    """Return what the cards of a reading need, with one question for all unit names.

    What was learned and measured helps a decider; others are shown what was read.
    """
    rows = tuple(candidates)
    heads = {lead for row in rows for lead in _leads(row)[:1]}
    matched = {name: unit.pk for name, unit in units.units_named(heads).items()}
    leads = {name: _lead(name, matched.get(name), names) for name in heads}
    return Desk(
        text=run.rendition.text,
        language=run.rendition.language,
        names=names,
        leads=taught_leads(leads, document=run.rendition.document, names=names, user=decider, on=on)
        if decider
        else leads,
        facts=run.facts,
        deadlines=[fact for fact in run.facts if fact["kind"] == "date"],
        tables=Tables(run.rendition),
        typed=typed,
        kept=kept,
        urls=urls,
        made_from=made_from,
        shares=measured_shares({row.rule for row in rows}, on=on) if decider else {},
        office=Office(run.rendition.document, on, is_usual=not getattr(run, "is_counted", True)),
    )


def card_of(candidate: "Candidate", desk: Desk) -> Card:
    """Return the card of a proposal as it was read, or as somebody typed it last."""
    fields: dict[str, Any] = candidate.fields
    deadline = deadline_of(candidate, desk.deadlines, desk.office)
    lead = desk.leads.get(next(iter(_leads(candidate)), ""), Lead("", None))
    decision, row = decision_of(candidate), desk.tables.row_of(candidate.start)
    suggested = _suggested(candidate, lead, deadline, desk)
    typed = desk.typed.get(candidate.uid)
    kept = typed.values if typed else desk.kept.get(candidate.pk, {})
    shown = {name: kept.get(name, value) for name, value in suggested.items()}
    meant = lead if shown["unit"] == suggested["unit"] else Lead(lead.name, shown["unit"])
    questions = asked_of(candidate, meant, deadline, desk.facts)
    sureness = _sureness(candidate, desk)
    return Card(
        n=candidate.ordinal,
        uid=candidate.uid,
        kind=candidate.kind,
        state=STATES[decision.verdict] if decision else "open",
        clause_number=candidate.clause.ordinal if candidate.clause else None,
        start=candidate.start,
        permille=candidate.start * 1000 // max(len(desk.text), 1),
        short_text=_short(candidate, deadline),
        certainty=certainty(sureness, asked=bool(questions)),
        looks=looks(candidate, meant, deadline, desk.facts, sureness=sureness),
        measured=desk.shares.get(candidate.rule) if candidate.origin == "read" else None,
        known=lead.known if shown["unit"] == lead.unit else None,
        measure_text=measure_word(fields["unit"]) if fields.get("unit") else None,
        unit_as_read=lead.name if lead.name and not lead.unit else None,
        due_text=_due_words(candidate, deadline),
        missing=_missing(candidate, shown),
        url=desk.urls.get(candidate.uid),
        reason_text=_why_dropped(decision),
        errors=typed.errors if typed else {},
        columns=tuple((fields.get("columns") or {}).items()),
        group=row.group if row else "",
        table=row.table if row else None,
        turn=turn_of(candidate),
        questions=questions,
        choices=lead.may_be,
        words=words_of(candidate, desk.deadlines, desk.text, row),
        rule=candidate.rule,
        origin=candidate.origin,
        made_from=desk.made_from.get(candidate.pk, ()),
        is_kept=not typed
        and any(shown[name] != suggested[name] for name in kept if name in TYPED_FIELDS),
        typed=tuple(value for name, value in kept.items() if name in TYPED_FIELDS and value),
        **shown,
    )


def _why_dropped(decision: "Decision | None") -> str | None:
    dropped = decision is not None and decision.reason
    return reason_text(decision.reason, decision.note) if decision and dropped else None


def _suggested(
    candidate: "Candidate", lead: Lead, deadline: Deadline | None, desk: Desk
) -> dict[str, str]:
    """Return what was read as the fields of the form hold it."""
    fields: dict[str, Any] = candidate.fields
    words = desk.text[candidate.start : candidate.end]
    is_task = candidate.kind == "task"
    if is_task:
        others, due = fields.get("coordinate") or (), deadline.words if deadline else ""
        name = titles.name_of(words, lead=_leads(candidate), others=others, due=due)
    else:
        name = fields.get("metric") or words
    return {
        "title": _capital(shortened(name)),
        "unit": lead.unit or "",
        "due": day_and_month(deadline.day) if deadline and deadline.day else "",
        "deliverable": fields.get("deliverable") or "",
        "person": "",
        "responsibility": _responsibility(fields, desk.language) if is_task else "",
        "authority": "",
        "value": _value(fields.get("value")),
        "comparator": fields.get("comparator") or "",
        "client_key": str(uuid7()),
    }


def _lead(name: str, unit_id: int | None, names: UnitNames) -> Lead:
    """Return the unit that is meant by a name, or those that bear it and stand apart by more."""
    unit = names.label(unit_id) if unit_id is not None else None
    if unit is not None:
        return Lead(name, unit)
    key = name_key(name)
    alike = tuple(label for label in names.labels if name_key(label.partition(", ")[0]) == key)
    return Lead(name, None, alike if len(alike) > 1 else ())


def _sureness(candidate: "Candidate", desk: Desk) -> float:
    """Return how often the rule was right where enough were decided, else how sure it says it is.

    A reading that is less sure of this passage than of the rule stays so.
    """
    share = desk.shares.get(candidate.rule) if candidate.origin == "read" else None
    if share is None or share.value is None:
        return candidate.confidence
    is_doubted = candidate.confidence < confidence_of(candidate.rule)
    return min(candidate.confidence, share.value) if is_doubted else share.value


def certainty(confidence: float, *, asked: bool = False) -> str:
    """Return the band in which a confidence lies; where a question is open nothing is sure."""
    found = band(confidence)
    if found == "high" and not asked:
        return "sure"
    return "unsure" if found == "low" else "look"


def shortened(text: str, room: int = TITLE_ROOM) -> str:
    """Return the text on one line, cut after a word where it is longer than ``room``.

    >>> shortened("Sở Y tế   báo cáo kết quả", room=16)
    'Sở Y tế báo cáo…'
    """
    line = " ".join(text.split())
    if len(line) <= room:
        return line
    return line[:room].rsplit(" ", 1)[0].rstrip(" ,;:-–") + "…"


def reason_text(code: str, note: str) -> str:
    """Return why a proposal was dropped, in words, with the note of whoever dropped it."""
    return f"{word(REASONS, code)}: {note}" if note else word(REASONS, code)


def _leads(candidate: "Candidate") -> list[str]:
    return list(candidate.fields.get("lead") or ())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _value(value: object) -> str:
    """Return a planned value as the field of the form holds it; a range has two ends."""
    if value is None:
        return ""
    if isinstance(value, list):
        return " – ".join(_value(end) for end in value)
    return number(Decimal(str(value)))


def _short(candidate: "Candidate", deadline: Deadline | None) -> str | None:
    """Return level and time of a target in a few characters: "< 3% · 2030"."""
    fields = candidate.fields
    if candidate.kind != "target" or fields.get("value") is None:
        return None
    value = fields["value"]
    low, high = value if isinstance(value, list) else (value, None)
    level = planned(
        fields.get("comparator") or "=",
        Decimal(str(low)),
        Decimal(str(high)) if high is not None else None,
        fields.get("unit") or "",
    )
    return f"{level} · {stated(deadline.iso)}" if deadline else level


def _responsibility(fields: Mapping[str, Any], language: str) -> str:
    """Return who does what, in the language of the document, since it becomes part of the duty."""
    if not fields.get("lead"):
        return ""
    with translation.override(language):
        others = ", ".join(fields.get("coordinate") or ())
        if not others:
            return _("Leads")
        return _("Leads, co-ordinates with %(units)s") % {"units": others}


def _due_words(candidate: "Candidate", deadline: Deadline | None) -> str | None:
    if deadline is not None and deadline.words:
        return deadline.words
    recurrence = recurrence_in(candidate) if candidate.kind == "task" else ""
    return recurrence_text(recurrence) if recurrence else None


def _missing(candidate: "Candidate", shown: Mapping[str, str]) -> tuple[str, ...]:
    """Return what the draft would still lack if it were accepted as it is shown."""
    if candidate.kind == "target":
        return () if shown["due"] else ("deadline",)
    return missing_codes(
        Terms(
            lead=bool(shown["unit"]),
            person=bool(shown["person"]),
            work=shown["title"],
            due=typed_day(shown["due"]),
            recurrence=recurrence_in(candidate),
            responsibility=shown["responsibility"],
            deliverable=shown["deliverable"],
            authority=shown["authority"],
        )
    )
