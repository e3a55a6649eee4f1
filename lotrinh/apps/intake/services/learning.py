"""What a decision teaches: the unit that a name meant, and the fields that were read wrongly.

A name that the register settles teaches nothing. One that it does not know, or that several units
bear, is learned with the unit that a person chose, for documents of the same issuer. What was
learned fills a field in; it decides nothing, and whoever may decide there can end it.
"""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties.services import Assignment
from lotrinh.apps.intake import selectors
from lotrinh.apps.intake.models import (
    Candidate,
    Correction,
    Decision,
    LearnedName,
    LearnedNameEnd,
    LearnedNameUse,
)
from lotrinh.apps.intake.passages import plain_words
from lotrinh.apps.intake.rights import require_decider
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.targets.services import Promise
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.deadlines import last_day, stated_day
from lotrinh.rules.names import name_key

_ROOM = 500


class NameEnded(Exception):
    """Somebody has ended this learned name meanwhile."""

    def __init__(self, ending: LearnedNameEnd) -> None:
        super().__init__(str(ending.learned.uid))
        self.ending = ending


class NoReason(Exception):
    """What was learned is ended, applied or dismissed for a reason that can be read later."""


def learn_from(*, decision: Decision, words: Assignment | Promise, on: date) -> None:
    """Keep what a confirmation says of a name and of what reading had filled in."""
    candidate = decision.candidate
    named = next(iter(candidate.fields.get("lead") or ()), "")
    meant = _settled(named, on=on) if named else None
    if named and meant is None and words.unit is not None:
        _learn_name(named, words.unit, decision)
    Correction.objects.bulk_create(
        Correction(decision=decision, field=field, was=was[:_ROOM], became=became[:_ROOM])
        for field, was, became in _changed(candidate, words, meant)
    )


@transaction.atomic
def end_learned_name(
    *, learned_id: int, reason: str, user: User, client_key: UUID, on: date, at: datetime
) -> LearnedNameEnd:
    """Let a learned name fill in nothing any more; what was decided with it stays.

    The same key again returns the end that there is. Raises NotAllowed, NoReason, NameEnded.
    """
    learned = LearnedName.objects.select_related(
        "decision__candidate__run__rendition__document__keeper"
    ).get(pk=learned_id)
    document = selectors.document_of(learned)
    require_decider(document, user=user, on=on)
    take_turn("learned_name", learned_id)
    known = LearnedNameEnd.objects.filter(learned=learned).first()
    if known is not None:
        if known.by_id == user.pk and known.client_key == client_key:
            return known
        raise NameEnded(known)
    if not reason.strip():
        raise NoReason(str(learned.uid))
    ending = LearnedNameEnd.objects.create(
        learned=learned, reason=reason.strip()[:_ROOM], by=user, at=at, client_key=client_key
    )
    journal.record(
        "learned_name.ended", learned.named, actor=user.named, at=at, unit_uid=document.keeper.uid
    )
    return ending


def _settled(named: str, *, on: date) -> Unit | None:
    """Return the standing unit that the register knows by this name, or None."""
    unit = units.unit_named(named)
    if unit is None or units.place_of(unit_id=unit.pk, on=on) is None:
        return None
    return unit


def _learn_name(named: str, unit: Unit, decision: Decision) -> None:
    """Learn the name, or count one more use of what was learned before."""
    document = decision.candidate.run.rendition.document
    meaning = selectors.meanings_of([named], document=document).get(named)
    if meaning is not None:
        agreed = meaning.agreed
        own = next((row for row in meaning.said if row.by_id == decision.by_id), None)
        known = own if own is not None and own.unit_id == unit.pk else agreed
        if known is not None and known.unit_id == unit.pk:
            LearnedNameUse.objects.create(learned=known, decision=decision)
            return
    learned = LearnedName.objects.create(
        **selectors.scope_of(document),
        key=name_key(named)[:1000],
        text=named[:_ROOM],
        unit=unit,
        decision=decision,
        by=decision.by,
        at=decision.at,
    )
    journal.record(
        "learned_name.learned",
        learned.named,
        actor=decision.by.named,
        at=decision.at,
        unit_uid=document.keeper.uid,
        data={"unit": str(unit.uid), "candidate": str(decision.candidate.uid)},
    )


def _changed(
    candidate: Candidate, words: Assignment | Promise, meant: Unit | None
) -> Iterator[tuple[str, str, str]]:
    """Give the fields that reading had filled in and a person confirmed otherwise."""
    fields: dict[str, Any] = candidate.fields
    if meant is not None and words.unit != meant:
        yield "unit", meant.code, words.unit.code if words.unit else ""
    days = _days_read(candidate)
    if days and not (isinstance(words, Assignment) and words.recurrence) and words.due not in days:
        yield "due", str(fields["due"]), words.due.isoformat() if words.due else ""
    passage = candidate.run.rendition.text[candidate.start : candidate.end]
    if isinstance(words, Assignment):
        handed_over = fields.get("deliverable") or ""
        if handed_over and plain_words(handed_over) != plain_words(words.deliverable):
            yield "deliverable", handed_over, words.deliverable
        if not _is_cut_from(words.title, passage):
            yield "title", passage, words.title
        return
    metric = fields.get("metric") or ""
    if metric and not _is_cut_from(words.measure, metric):
        yield "title", metric, words.measure
    sign = fields.get("comparator") or ""
    if sign and words.comparator != sign:
        yield "comparator", sign, str(words.comparator)
    value = fields.get("value")
    if value is not None and _levels(value) != (words.value, words.high):
        yield "value", str(value), _written(words)


def _days_read(candidate: Candidate) -> set[date]:
    """Return the days that the deadline which was read may be filled in as."""
    iso = candidate.fields.get("due")
    if not iso:
        return set()
    told = {last_day(iso)} | {
        stated_day(fact["last_day"])
        for fact in candidate.run.facts
        if fact["kind"] == "date" and fact["iso"] == iso and fact["last_day"]
    }
    return {day for day in told if day is not None}


def _is_cut_from(title: str, words: str) -> bool:
    """Say whether a name is these words, or as many of them as fit."""
    return plain_words(words).startswith(plain_words(title).rstrip("…").rstrip())


def _levels(value: Any) -> tuple[Decimal | None, Decimal | None]:
    if isinstance(value, list):
        return Decimal(str(value[0])), Decimal(str(value[1]))
    return Decimal(str(value)), None


def _written(words: Promise) -> str:
    levels = (level for level in (words.value, words.high) if level is not None)
    return " – ".join(f"{level.normalize():f}" for level in levels)
