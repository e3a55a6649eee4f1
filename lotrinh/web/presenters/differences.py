"""What a newer reading or another text says differently, field by field, with both passages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from uuid_utils.compat import uuid7

from lotrinh.apps.duties.services import Assignment
from lotrinh.apps.intake.selectors import (
    Difference,
    by_rules,
    decision_of,
    rules_of_today,
    turn_of,
)
from lotrinh.apps.targets import selectors as targets
from lotrinh.apps.targets.services import Promise
from lotrinh.apps.units import selectors as units
from lotrinh.rules.duty_states import LEFT_THE_DESK, DutyState
from lotrinh.rules.target_terms import Comparator
from lotrinh.web.formatting import day, named, planned, stated, typed_day
from lotrinh.web.presenters.desk import Card, card_of, make_desk, shortened
from lotrinh.web.presenters.doors import door
from lotrinh.web.presenters.field_words import Span, words_of
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.presenters.standing import recurrence_text
from lotrinh.web.wording import Words, word

if TYPE_CHECKING:
    from lotrinh.apps.duties.models import Duty
    from lotrinh.apps.intake.models import Candidate, ReadingRun
    from lotrinh.apps.targets.models import Target

LEVEL = ("comparator", "value", "unit")
FIELDS: Words = {
    "words": gettext_lazy("Work"),
    "lead": gettext_lazy("Unit"),
    "coordinate": gettext_lazy("Co-ordinates with"),
    "due": gettext_lazy("Due"),
    "recurrence": gettext_lazy("Recurs"),
    "deliverable": gettext_lazy("Deliverable"),
    "metric": gettext_lazy("Name"),
    "level": gettext_lazy("Level"),
}
"""What two readings may say differently of a commitment, in the order in which it is shown."""
_PLACES = {
    "words": "title",
    "metric": "title",
    "lead": "unit",
    "coordinate": "responsibility",
    "level": "value",
}
"""Under which field of the desk the words of a field are looked for."""
SAID_ROOM = 220

TEXTS = "texts"
"""The part of the page that compares two texts; the other compares two readings of one."""
OPEN, DRAFT, ISSUED, DROPPED, NEW, GONE = "open", "draft", "issued", "dropped", "new", "gone"


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field: what both readings say, what the draft says now, where it stands in each text.

    ``lack_text`` says why it cannot be taken as it is; None where it can.
    """

    name: str
    label: str
    older: str
    newer: str
    now: str | None
    older_url: str | None
    newer_url: str | None
    lack_text: str | None = None

    @property
    def is_said_already(self) -> bool:
        """Say whether the draft says what the newer reading says."""
        return self.now is not None and self.now == self.newer


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One difference to take or to leave; ``state`` says what became of the proposal so far."""

    older: UUID | None
    newer: UUID | None
    kind: str
    state: str
    title: str
    fields: tuple[FieldRow, ...]
    older_url: str | None
    newer_url: str | None
    made_url: str | None
    shown: str
    turn: int
    client_key: str

    @property
    def can_take(self) -> bool:
        """Say whether anything of it can be taken here."""
        if self.state == NEW:
            return True
        return self.state in {OPEN, DRAFT} and any(row.lack_text is None for row in self.fields)


@dataclass(frozen=True, slots=True)
class Sides:
    """Two readings that are compared, with what their rows are made from.

    Of two texts the newer one is on the desk; of two readings of one text the older.
    """

    older: "ReadingRun"
    newer: "ReadingRun"
    names: UnitNames
    cards: Mapping[UUID, Card]

    @property
    def is_text(self) -> bool:
        """Say whether two texts are compared, not two readings of one."""
        return self.older.rendition_id != self.newer.rendition_id


def sides_of(
    older: "ReadingRun",
    newer: "ReadingRun",
    found: Sequence[Difference],
    names: UnitNames,
    *,
    on: date,
) -> Sides:
    """Return two readings with the cards of what the newer one proposes differently."""
    rows = [row.newer for row in found if row.newer is not None]
    cards: dict[UUID, Card] = {}
    if rows:
        nothing: dict[str, Any] = {"typed": {}, "kept": {}, "urls": {}, "made_from": {}}
        made = make_desk(newer, rows, names=names, decider=None, on=on, **nothing)
        cards = {row.uid: card_of(row, made) for row in rows}
    return Sides(older, newer, names, cards)


def difference_row(row: Difference, sides: Sides) -> DifferenceRow:
    """Return a difference as the page shows it."""
    if row.older is not None and row.older.run_id != sides.older.pk:
        sides = replace(sides, older=row.older.run)  # it stood in a text that was left before
    standing = row.newer if sides.is_text and row.newer is not None else row.older or row.newer
    state, duty, target = _state(row, standing)
    either = row.newer or row.older
    run = sides.newer if row.newer is not None else sides.older
    words = run.rendition.text[either.start : either.end] if either else ""
    return DifferenceRow(
        older=row.older.uid if row.older else None,
        newer=row.newer.uid if row.newer else None,
        kind=either.kind if either else "",
        state=state,
        title=shortened(words),
        fields=_fields(row, sides, duty=duty, target=target),
        older_url=_passage(row.older, sides.older),
        newer_url=_passage(row.newer, sides.newer),
        made_url=_made_url(duty, target),
        shown=str(duty.version) if duty else targets.said(target) if target else "",
        turn=turn_of(standing) if standing else 0,
        client_key=str(uuid7()),
    )


def notices(run: "ReadingRun", document: UUID) -> tuple[tuple[str, str], ...]:
    """Return what a desk says of its reading: sentence and address.

    ``run`` comes from ``readings_of``. How many differences are left is said on their own page.
    """
    url = reverse("desk-differences", kwargs={"uid": document})
    said = []
    again = getattr(run, "again", None)
    if again is not None:
        said.append((_("This text has been read again by newer rules."), url))
    state, *rules = again or (run.state, *by_rules(run))
    if state == "done" and tuple(rules) != rules_of_today(getattr(run, "lines", None)):
        said.append((_("The rules of reading have changed since this text was read."), url))
    if getattr(run, "is_chosen", False):
        taken = _("Another text of this document was taken for the one that counts.")
        said.append((taken, f"{url}?of={TEXTS}"))
    return tuple(said)


def expanded(names: Sequence[str]) -> tuple[str, ...]:
    """Return the fields of a reading that are meant by those of the page: a level is three."""
    return tuple(each for name in names for each in (LEVEL if name == "level" else (name,)))


def words_taken(row: Difference, names: Sequence[str], sides: Sides) -> Assignment | Promise | None:
    """Return what the draft says once it has the fields that are taken; None without a draft."""
    standing = row.newer if sides.is_text and row.newer is not None else row.older
    decision = decision_of(standing) if standing else None
    if decision is None or row.newer is None:
        return None
    card, said = sides.cards[row.newer.uid], row.newer.fields
    if decision.duty is not None:
        return _assignment(decision.duty, card, said, names, sides.names)
    if decision.target is not None:
        return _promise(decision.target, card, said, names)
    return None


def _assignment(
    duty: "Duty", card: Card, said: Mapping[str, Any], names: Sequence[str], known: UnitNames
) -> Assignment:
    words = Assignment.of(duty)
    # what the document says counts; the page of the duty tells where it is due too late
    changed: dict[str, Any] = {"may_overrun": True}
    if "words" in names:
        changed["title"] = card.title
    if "due" in names:
        changed["due"] = typed_day(card.due)
    if "recurrence" in names:
        changed["recurrence"] = said.get("recurrence") or ""
    if "deliverable" in names:
        changed["deliverable"] = card.deliverable
    if "coordinate" in names:
        changed["responsibility"] = card.responsibility
    unit_id = known.find_offered(card.unit) if "lead" in names and card.unit else None
    if unit_id is not None and unit_id != duty.unit_id:
        # a person acts for a unit, and a leader answers for it
        changed |= {"unit": units.unit_by_id(unit_id), "person": None, "leader": None}
    return replace(words, **changed)


def _promise(
    target: "Target", card: Card, said: Mapping[str, Any], names: Sequence[str]
) -> Promise:
    words = Promise(
        measure=target.measure.name,
        language=target.measure.language,
        comparator=Comparator(target.comparator),
        value=target.value,
        high=target.high,
        unit_of_measure=target.measure.unit_of_measure,
        due=target.due,
        baseline=target.baseline,
        rollup=target.terms.rollup,
        unit=target.unit,
    )
    changed: dict[str, Any] = {}
    if "metric" in names:
        changed["measure"] = card.title
    if "due" in names:
        changed["due"] = typed_day(card.due)
    if "value" in names:
        low, high = _ends(said.get("value"))
        sign = Comparator(said.get("comparator") or Comparator.EXACTLY)
        changed |= {"value": low, "high": high, "comparator": sign}
        changed["unit_of_measure"] = said.get("unit") or ""
    return replace(words, **changed)


def _state(
    row: Difference, standing: "Candidate | None"
) -> "tuple[str, Duty | None, Target | None]":
    decision = decision_of(standing) if standing is not None else None
    duty, target = (decision.duty, decision.target) if decision else (None, None)
    if row.older is None:
        return NEW, duty, target
    if row.newer is None:
        return GONE, duty, target
    if decision is None:
        return OPEN, None, None
    if duty is not None:
        if duty.state in LEFT_THE_DESK:
            return ISSUED, duty, None
        return (DRAFT if duty.state == DutyState.DRAFT else DROPPED), duty, None
    return (DRAFT if target is not None else DROPPED), None, target


def _fields(
    row: Difference, sides: Sides, *, duty: "Duty | None", target: "Target | None"
) -> tuple[FieldRow, ...]:
    if row.older is None or row.newer is None:
        return ()
    older, newer = dict(row.older.fields), dict(row.newer.fields)
    for one, run, candidate in (
        (older, sides.older, row.older),
        (newer, sides.newer, row.newer),
    ):
        one["words"] = run.rendition.text[candidate.start : candidate.end]
    places = [_places(row.older, sides.older), _places(row.newer, sides.newer)]
    changed = {"level" if name in LEVEL else name for name in row.fields}
    now = _now_of_duty(duty) if duty else _now_of_target(target) if target else {}
    card = sides.cards[row.newer.uid]
    return tuple(
        FieldRow(
            name=name,
            label=word(FIELDS, name),
            older=_said(name, older),
            newer=_said(name, newer),
            now=now.get(name),
            older_url=_url(places[0], name, sides.older),
            newer_url=_url(places[1], name, sides.newer),
            lack_text=_lack(name, card) if duty or target else None,
        )
        for name in FIELDS
        if name in changed
    )


def _lack(name: str, card: Card) -> str | None:
    """Return why a draft cannot take a field as it was read."""
    if name == "lead" and not card.unit:
        return _("This unit is not one that stands today under that name; put the draft right.")
    if name == "due" and card.due_text and not card.due:
        return _("The text gives a day without a year.")
    return None


def _said(name: str, fields: Mapping[str, Any]) -> str:
    """Return what a reading says of a field; empty where it says nothing."""
    value = fields.get(name)
    if name == "level":
        low, high = _ends(fields.get("value"))
        return planned(fields.get("comparator") or "=", low, high, fields.get("unit") or "")
    if value in (None, "", []):
        return ""
    if name in {"lead", "coordinate"}:
        return "; ".join(value)
    if name == "due":
        return stated(value)
    if name == "recurrence":
        return recurrence_text(value)
    return shortened(str(value), SAID_ROOM)


def _now_of_duty(duty: "Duty") -> dict[str, str]:
    return {
        "words": duty.title,
        "lead": named(duty.unit) if duty.unit else "",
        "coordinate": duty.responsibility,
        "due": day(duty.due) if duty.due else "",
        "recurrence": recurrence_text(duty.recurrence) if duty.recurrence else "",
        "deliverable": duty.deliverable,
    }


def _now_of_target(target: "Target") -> dict[str, str]:
    measure = target.measure
    return {
        "metric": measure.name,
        "due": day(target.due) if target.due else "",
        "level": planned(target.comparator, target.value, target.high, measure.unit_of_measure),
    }


def _ends(value: Any) -> tuple[Decimal | None, Decimal | None]:
    if value is None:
        return None, None
    low, high = value if isinstance(value, list | tuple) else (value, None)
    return Decimal(str(low)), Decimal(str(high)) if high is not None else None


def _places(candidate: "Candidate", run: "ReadingRun") -> dict[str, Span]:
    days = [fact for fact in run.facts if fact["kind"] == "date"]
    return words_of(candidate, days, run.rendition.text, None)


def _url(places: Mapping[str, Span], name: str, run: "ReadingRun") -> str | None:
    span = places.get(_PLACES.get(name, name))
    return door(run.rendition, span[0]) if span else None


def _passage(candidate: "Candidate | None", run: "ReadingRun") -> str | None:
    return door(run.rendition, candidate.start) if candidate else None


def _made_url(duty: "Duty | None", target: "Target | None") -> str | None:
    if duty is not None:
        return reverse("duty", kwargs={"uid": duty.uid})
    return reverse("target", kwargs={"uid": target.uid}) if target is not None else None
