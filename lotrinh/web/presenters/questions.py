"""What a person should look at before he accepts a proposal: questions first, then remarks.

A question is something that reading could not settle, and has a code by which the desk sorts and
filters. A remark is a step that reading took and that the text bears out.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.apps.intake.dues import Office, due_in
from lotrinh.apps.intake.passages import deadlines_in
from lotrinh.rules.certainty import HIGH
from lotrinh.rules.deadlines import last_day, states_a_day
from lotrinh.rules.due_days import Due, Precision
from lotrinh.web.formatting import day, stated, typed_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lotrinh.apps.intake.models import Candidate
    from lotrinh.web.wording import Words

CONTRADICTED = "contradicted"
UNIT_UNKNOWN, UNITS, YEAR, DEADLINES, VALUE = "unit", "units", "year", "deadlines", "value"
_UNKNOWN = "XXXX"
IN_DOUBT = 0.6
"""The confidence of a number that can be read in two ways."""

ANY = "any"
"""The filter for every proposal with a question."""

QUESTIONS: "Words" = {
    CONTRADICTED: gettext_lazy("contradicted"),
    UNIT_UNKNOWN: gettext_lazy("unknown unit"),
    UNITS: gettext_lazy("two units"),
    YEAR: gettext_lazy("year not stated"),
    DEADLINES: gettext_lazy("two deadlines"),
    VALUE: gettext_lazy("level not clear"),
}
"""The questions in the order in which they are asked."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as it was read: its words in the text, its form, and the last day in term.

    ``due`` says by which rule; None of a target, whose time is only named.
    """

    words: str
    iso: str
    day: date | None
    due: Due | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """Since when, by whom and in which document it is known what a name means.

    Only the day is told to those who may not see that document.
    """

    since: datetime
    who: str = ""
    document: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Lead:
    """Who is to lead as the text names it, the unit that is meant, or those that may be.

    ``note`` says why nothing that was learned is filled in; ``known`` where it was, from where.
    """

    name: str
    unit: str | None
    may_be: tuple[str, ...] = ()
    note: str = ""
    known: Known | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """Something to look at before accepting: the field it concerns, and why in a sentence."""

    field: str
    why: str


def deadline_of(
    candidate: "Candidate", facts: Sequence[Mapping[str, Any]], office: Office
) -> Deadline | None:
    """Return the deadline that was read for a proposal, with the words that state it.

    The words are those of the date inside the passage; part of a passage that was split may have
    it from the rest of its clause. Where the deadline was taken from elsewhere (the head of a list:
    "by 2030:"), its form stands for them. A task may have one without a date: days that are
    counted, or those that its office gives.
    """
    iso = candidate.fields.get("due") or ""
    due = due_in(candidate, office) if candidate.kind == "task" else None
    if not iso:
        is_counted = due is not None and (due.is_default or due.precision == Precision.RELATIVE)
        return Deadline("", "", due.day, due) if due and is_counted else None
    day = due.day if due else last_day(iso)
    if due is not None and due.precision == Precision.OPEN_RANGE:
        day = None  # it recurs, and has no last day
    first, last_place = candidate.start, candidate.end
    if candidate.origin == "split" and candidate.clause is not None:
        first, last_place = candidate.clause.start, candidate.clause.end
    for fact in facts:
        inside = first <= fact["start"] and fact["end"] <= last_place
        if inside and fact["iso"] == iso:
            told = None if due else typed_day(fact["last_day"] or "")
            return Deadline(fact["text"], iso, told or day, due)
    return Deadline(stated(iso), iso, day, due)


def asked_of(
    candidate: "Candidate",
    lead: Lead,
    deadline: Deadline | None,
    facts: Sequence[Mapping[str, Any]],
) -> tuple[str, ...]:
    """Return the codes of the questions that a proposal leaves open."""
    fields, found = candidate.fields, set()
    if len(lead.may_be) > 1 or len(fields.get("lead") or ()) > 1:
        found.add(UNITS)
    elif lead.name and lead.unit is None:
        found.add(UNIT_UNKNOWN)
    if deadline is not None and _UNKNOWN in deadline.iso:
        found.add(YEAR)
    if len(deadlines_in(facts, candidate.start, candidate.end)) > 1:
        found.add(DEADLINES)
    if candidate.kind == "target" and (fields.get("value") is None or not fields.get("metric")):
        found.add(VALUE)
    return tuple(code for code in QUESTIONS if code in found)


def looks(
    candidate: "Candidate",
    lead: Lead,
    deadline: Deadline | None,
    facts: Sequence[Mapping[str, Any]],
    *,
    sureness: float,
) -> tuple[Look, ...]:
    """Return what a person should look at before accepting: which field, and why.

    Where nothing else is to be asked, it is what the rule that found the proposal cannot settle:
    a proposal that is not plain always says where to look.
    """
    fields = candidate.fields
    found = [Look("unit", why) for why in _of_units(candidate, lead)]
    found += [Look("due", why) for why in _of_days(candidate, deadline, facts)]
    if candidate.kind == "target" and fields.get("value") is None:
        found.append(Look("value", _("No level was read in these words; say it in the field.")))
    elif candidate.kind == "target" and not fields.get("metric"):
        found.append(Look("title", _("What is measured is not named beside the number.")))
    if not found and sureness < HIGH:
        found.append(_of_rule(candidate))
    return tuple(found)


def counts(asked: "Iterable[tuple[str, ...]]") -> dict[str, int]:
    """Return how many proposals ask each question, and how many ask any."""
    rows = tuple(asked)
    found = Counter(code for codes in rows for code in codes)
    return {ANY: sum(bool(codes) for codes in rows), **{code: found[code] for code in QUESTIONS}}


def _of_rule(candidate: "Candidate") -> Look:
    """Return what the way in which a proposal was found leaves open."""
    is_target, in_table = candidate.kind == "target", candidate.rule.startswith("table.")
    if in_table and not is_target:
        return Look("due", _("The cell with the deadline can be read in more than one way."))
    if in_table:
        return Look("value", _("See that row and column of the table meet at this level."))
    if is_target and candidate.confidence <= IN_DOUBT:
        return Look(
            "value",
            _("The text writes numbers in two ways: see that point and comma are meant so."),
        )
    if is_target:
        return Look(
            "value", _("See that this level is to be reached, and was not reached already.")
        )
    if candidate.rule == "task.modal":
        return Look(
            "title", _("See that “must” or “should” orders a task here and nothing general.")
        )
    return Look("title", _("See that these words are one task, and the whole of it."))


def _of_units(candidate: "Candidate", lead: Lead) -> list[str]:
    names = list(candidate.fields.get("lead") or ())
    if lead.note and lead.unit is None:
        return [lead.note]
    if lead.may_be:
        return [
            _("Several units bear the name in the text: %(units)s. Choose which is meant.")
            % {"units": "; ".join(lead.may_be)}
        ]
    if names and lead.unit is None:
        return [_("The unit named in the text is not one that stands today under that name.")]
    if len(names) > 1:
        return [
            _(
                "The text names several leading units: %(units)s. One answers; the first is "
                "filled in."
            )
            % {"units": "; ".join(names)}
        ]
    if candidate.kind == "task" and not names:
        return [_("The passage names no unit.")]
    return []


def _of_days(
    candidate: "Candidate", deadline: Deadline | None, facts: Sequence[Mapping[str, Any]]
) -> list[str]:
    several = deadlines_in(facts, candidate.start, candidate.end)
    if len(several) > 1:
        return [
            _("The passage states several deadlines: %(days)s. The first is filled in.")
            % {"days": "; ".join(stated(iso) for iso in several)}
        ]
    if deadline is None:
        return []
    if deadline.due is not None and not deadline.iso:
        return [_of_counted(deadline.due)]
    if _UNKNOWN in deadline.iso:
        return [_of_inferred(deadline)]
    if deadline.due is not None and deadline.due.precision == Precision.OPEN_RANGE:
        return [_("The text goes on in the years that follow: it is owed anew every year.")]
    if _names_the_day_after(deadline):
        return [_("The text says “before” that day; the day before it is the last in term.")]
    if not states_a_day(deadline.iso):
        return [_("The text states no day; the last one in term is filled in.")]
    return []


def _of_counted(due: Due) -> str:
    """Return why a deadline stands there that the text does not name."""
    if due.is_default:
        return _("The text gives no deadline; the one that this office gives then is filled in.")
    if due.day is None or due.since is None:
        return _("The text counts days from an event whose day it does not give.")
    return _("The text counts days from an event; they are counted from %(day)s.") % {
        "day": day(due.since)
    }


def _of_inferred(deadline: Deadline) -> str:
    if deadline.day is None:
        return _("The text gives a day without a year.")
    return _("The text gives a day without a year; the next one after the document is filled in.")


def _names_the_day_after(deadline: Deadline) -> bool:
    """Say whether the text names a day on which it would be too late already."""
    named = last_day(deadline.iso)
    is_day = states_a_day(deadline.iso)
    return is_day and named is not None and deadline.day is not None and deadline.day < named
