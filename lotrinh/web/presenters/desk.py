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

from lotrinh.apps.intake.selectors import decision_of
from lotrinh.apps.units import selectors as units
from lotrinh.rules.deadlines import last_day, states_a_day
from lotrinh.rules.duty_states import Terms
from lotrinh.web.formatting import day_and_month, number, planned, stated, typed_day
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.presenters.standing import missing_codes
from lotrinh.web.wording import REASONS, RECURRENCES, measure_word, word

if TYPE_CHECKING:
    from lotrinh.apps.intake.models import Candidate, ReadingRun

SURE, LOOK = 0.97, 0.85
"""The least confidence of the two upper bands."""

TITLE_ROOM = 160
MOST_OPEN = 50
"""How many proposals to decide one page prints with their forms."""


@dataclass(frozen=True, slots=True)
class Card:
    """One proposal. ``due`` is typed as d/m/yyyy; ``errors`` are sentences by field.

    ``columns`` are the cells of its row in a table that went into none of the fields.
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
    why_text: str | None
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


@dataclass(frozen=True, slots=True)
class Window:
    """The proposals to decide that one page prints.

    ``before`` and ``after`` count those that it leaves out; ``before_at`` and ``after_at`` are the
    numbers at which to go on, None where nothing is left out.
    """

    cards: tuple[Card, ...]
    before: int
    before_at: int | None
    after: int
    after_at: int | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as it was read: its words in the text, its form, and the last day in term."""

    words: str
    iso: str
    day: date | None


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
    leads: Mapping[str, int]
    deadlines: Sequence[Mapping[str, Any]]
    typed: Mapping[UUID, Typed]
    urls: Mapping[UUID, str]


def make_desk(
    run: "ReadingRun",
    candidates: "Iterable[Candidate]",
    *,
    names: UnitNames,
    typed: Mapping[UUID, Typed],
    urls: Mapping[UUID, str],
) -> Desk:
    """Return what the cards of a reading need, with one question for all unit names."""
    heads = {lead for row in candidates for lead in _leads(row)[:1]}
    matched = {name: unit.pk for name, unit in units.units_named(heads).items()}
    return Desk(
        text=run.rendition.text,
        language=run.rendition.language,
        names=names,
        leads={name: pk for name, pk in matched.items() if names.label(pk)},
        deadlines=[fact for fact in run.facts if fact["kind"] == "date"],
        typed=typed,
        urls=urls,
    )


def card_of(candidate: "Candidate", desk: Desk) -> Card:
    """Return the card of a proposal as it was read, or as somebody typed it last."""
    fields: dict[str, Any] = candidate.fields
    is_task = candidate.kind == "task"
    words = desk.text[candidate.start : candidate.end]
    deadline = deadline_of(candidate, desk.deadlines)
    lead = next(iter(_leads(candidate)), "")
    unit = desk.names.label(desk.leads[lead]) if lead in desk.leads else None
    decision = decision_of(candidate)
    suggested = {
        "title": _capital(shortened(words if is_task else fields.get("metric") or words)),
        "unit": unit or "",
        "due": day_and_month(deadline.day) if deadline and deadline.day else "",
        "deliverable": fields.get("deliverable") or "",
        "person": "",
        "responsibility": _responsibility(fields, desk.language) if is_task else "",
        "authority": "",
        "value": _value(fields.get("value")),
        "comparator": fields.get("comparator") or "",
        "client_key": str(uuid7()),
    }
    typed = desk.typed.get(candidate.uid)
    kept = typed.values if typed else {}
    shown = {name: kept.get(name, value) for name, value in suggested.items()}
    return Card(
        n=candidate.ordinal,
        uid=candidate.uid,
        kind=candidate.kind,
        state=_state(candidate),
        clause_number=candidate.clause.ordinal if candidate.clause else None,
        start=candidate.start,
        permille=candidate.start * 1000 // max(len(desk.text), 1),
        short_text=_short(candidate, deadline),
        certainty=certainty(candidate.confidence),
        why_text=" ".join(_reasons(candidate, deadline, matched=unit is not None)) or None,
        measure_text=measure_word(fields["unit"]) if fields.get("unit") else None,
        unit_as_read=lead if lead and not unit else None,
        due_text=_due_words(deadline, fields.get("recurrence") or ""),
        missing=_missing(candidate, shown),
        url=desk.urls.get(candidate.uid),
        reason_text=reason_text(decision.reason, decision.note)
        if decision and decision.reason
        else None,
        errors=typed.errors if typed else {},
        columns=tuple((fields.get("columns") or {}).items()),
        **shown,
    )


def window_of(cards: Sequence[Card], here: int | None) -> Window:
    """Return the proposals to decide from ``here`` on, as many as one page prints.

    Where fewer follow, the page is filled with those before; all are there when all fit.
    """
    still = [card for card in cards if card.state == "open"]
    place = next((place for place, card in enumerate(still) if card.n == here), 0)
    first = min(place, max(len(still) - MOST_OPEN, 0))
    last = first + MOST_OPEN
    return Window(
        cards=tuple(still[first:last]),
        before=first,
        before_at=still[max(first - MOST_OPEN, 0)].n if first else None,
        after=len(still[last:]),
        after_at=still[last].n if last < len(still) else None,
    )


def deadline_of(candidate: "Candidate", facts: Sequence[Mapping[str, Any]]) -> Deadline | None:
    """Return the deadline that was read for a proposal, with the words that state it.

    The words are those of the date inside the passage; where the deadline was taken from elsewhere
    (the head of a list: "by 2030:"), its form stands for them.
    """
    iso = candidate.fields.get("due")
    if not iso:
        return None
    for fact in facts:
        inside = candidate.start <= fact["start"] and fact["end"] <= candidate.end
        if inside and fact["iso"] == iso:
            last = typed_day(fact["last_day"] or "") or last_day(iso)
            return Deadline(words=fact["text"], iso=iso, day=last)
    return Deadline(words=stated(iso), iso=iso, day=last_day(iso))


def certainty(confidence: float) -> str:
    """Return the band in which a confidence lies."""
    return "sure" if confidence >= SURE else "look" if confidence >= LOOK else "unsure"


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


def _state(candidate: "Candidate") -> str:
    decision = decision_of(candidate)
    if decision is None:
        return "open"
    return "accepted" if decision.verdict == "confirmed" else "rejected"


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
    if candidate.kind != "target":
        return None
    fields = candidate.fields
    value = fields["value"]
    low, high = value if isinstance(value, list) else (value, None)
    level = planned(
        fields["comparator"],
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


def _due_words(deadline: Deadline | None, recurrence: str) -> str | None:
    if deadline is not None:
        return deadline.words
    return word(RECURRENCES, recurrence) if recurrence else None


def _names_the_day_after(deadline: Deadline) -> bool:
    """Say whether the text names a day on which it would be too late already."""
    named = last_day(deadline.iso)
    is_day = states_a_day(deadline.iso)
    return is_day and named is not None and deadline.day is not None and deadline.day < named


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
            recurrence=candidate.fields.get("recurrence") or "",
            responsibility=shown["responsibility"],
            deliverable=shown["deliverable"],
            authority=shown["authority"],
        )
    )


def _reasons(candidate: "Candidate", deadline: Deadline | None, *, matched: bool) -> list[str]:
    """Return in sentences what a person should look at before accepting."""
    fields, found = candidate.fields, []
    leads = _leads(candidate)
    if leads and not matched:
        found.append(_("The unit named in the text is not one that stands today under that name."))
    elif len(leads) > 1:
        found.append(
            _(
                "The text names several leading units: %(units)s. One answers; the first is "
                "filled in."
            )
            % {"units": "; ".join(leads)}
        )
    if candidate.kind == "task" and not leads:
        found.append(_("The passage names no unit."))
    if candidate.kind == "target" and not fields.get("metric"):
        found.append(_("What is measured is not named beside the number."))
    if deadline is not None and deadline.day is None:
        found.append(_("The text gives a day without a year."))
    elif deadline is not None and _names_the_day_after(deadline):
        found.append(_("The text says “before” that day; the day before it is the last in term."))
    elif deadline is not None and not states_a_day(deadline.iso):
        found.append(_("The text states no day; the last one in term is filled in."))
    return found
