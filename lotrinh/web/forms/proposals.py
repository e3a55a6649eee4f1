"""The forms of the reading desk: a proposal is accepted as it was put right, or dropped."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.apps.duties.services import Assignment
from lotrinh.apps.targets.services import Promise
from lotrinh.apps.units import selectors as units
from lotrinh.rules.rejections import Rejection
from lotrinh.rules.target_terms import Comparator
from lotrinh.web.formatting import day, typed_day, typed_number
from lotrinh.web.forms.unit_fields import one_unit
from lotrinh.web.presenters.names import PeopleNames, UnitNames

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Person, Unit

ROOM = 500
SHORT_ROOM = 60
MOST_HOLDERS = 400
STALE = gettext_lazy("This form is no longer whole. Send it once more.")
_NO_NAME = gettext_lazy("Say in a few words what is owed.")
_TOO_LONG_A_DAY = gettext_lazy("At most 60 characters: type day/month/year, such as 30/9/2024.")
_TOO_LONG_A_LEVEL = gettext_lazy("At most 60 characters: type one number, or two for a range.")
_ENDS = re.compile(r"^(.+?)\s*(?:–|—|\.\.|đến|to|-)\s*(.+)$")


class KeyedForm(forms.Form):
    """A form that may be sent twice."""

    client_key = forms.UUIDField(error_messages={"required": STALE, "invalid": STALE})

    @property
    def faults(self) -> dict[str, str]:
        """Return the first fault of each field as a sentence; ``form`` is the form as a whole."""
        return {
            "form" if name == "__all__" else name: str(found[0])
            for name, found in self.errors.items()
        }


class TurnForm(KeyedForm):
    """A form about a proposal: it says which turn the page showed as the last."""

    turn = forms.IntegerField(required=False, min_value=0, error_messages={"invalid": STALE})

    @property
    def last_turn(self) -> int:
        """The last turn that the page showed, 0 where nobody had decided."""
        return int(self.cleaned_data.get("turn") or 0)


class AcceptForm(TurnForm):
    """What tasks and targets share: a name, a unit, a day."""

    title = forms.CharField(
        max_length=ROOM,
        error_messages={
            "required": _NO_NAME,
            "max_length": gettext_lazy("At most 500 characters: leave out what the passage says."),
        },
    )
    unit = forms.CharField(required=False)
    person = forms.CharField(required=False)
    due = forms.CharField(
        required=False, max_length=SHORT_ROOM, error_messages={"max_length": _TOO_LONG_A_DAY}
    )

    def __init__(self, data: Any, *, names: UnitNames, seen_by: int, on: date) -> None:
        super().__init__(data)
        self.names, self.seen_by, self.on = names, seen_by, on
        self.unit_found: Unit | None = None
        self.person_found: Person | None = None

    def clean_title(self) -> str:
        """Return the name on one line."""
        return " ".join(str(self.cleaned_data["title"]).split())

    def clean_unit(self) -> str:
        """Find the unit that is meant; an empty field means that nobody is named yet."""
        typed = str(self.cleaned_data["unit"])
        if not typed:
            return typed
        self.unit_found = one_unit(typed, self.names)
        return typed

    def clean_due(self) -> date | None:
        """Return the day, or None where none is given."""
        typed = str(self.cleaned_data["due"])
        if not typed:
            return None
        found = typed_day(typed)
        if found is None:
            raise forms.ValidationError(
                _("“%(day)s” is no day. Type day/month/year, such as 30/9/2024.") % {"day": typed}
            )
        return found


class TaskForm(AcceptForm):
    """A task that becomes a draft duty."""

    deliverable = forms.CharField(required=False, max_length=ROOM)
    responsibility = forms.CharField(required=False, max_length=ROOM)
    authority = forms.CharField(required=False, max_length=ROOM)

    def clean_person(self) -> str:
        """Find the person among those who hold a post of the unit."""
        typed = str(self.cleaned_data["person"])
        if not typed or "unit" in self.errors:
            return typed
        if self.unit_found is None:
            raise forms.ValidationError(_("Name the unit before the person: a person acts for it."))
        holders = units.holders(
            first=[self.unit_found.pk], seen_by=self.seen_by, on=self.on, most=MOST_HOLDERS
        )
        found = PeopleNames(holders, self.names).find(typed, unit_id=self.unit_found.pk)
        words = {"name": typed, "unit": self.names.label(self.unit_found.pk)}
        if not found:
            raise forms.ValidationError(
                _("“%(name)s” holds no post in %(unit)s today. Choose one of the list.") % words
            )
        if len(found) > 1:
            raise forms.ValidationError(
                _("Several people of %(unit)s are called “%(name)s”. Choose one with the title.")
                % words
            )
        self.person_found = units.person_by_uid(next(iter(found)))
        return typed

    def assignment(self, *, language: str, recurrence: str) -> Assignment:
        """Return the words of the duty; how often it recurs stays as it was read."""
        given = self.cleaned_data
        return Assignment(
            title=given["title"],
            language=language,
            unit=self.unit_found,
            person=self.person_found,
            due=given["due"],
            recurrence=recurrence,
            responsibility=given["responsibility"],
            deliverable=given["deliverable"],
            authority=given["authority"],
        )


def leaders_offered(
    places: Iterable[int | None], *, names: UnitNames, seen_by: int, on: date
) -> PeopleNames:
    """Return the names of who leads any of these units, as far as the account may see them."""
    known = [place for place in places if place is not None]
    return PeopleNames(units.leading_holders(unit_ids=known, seen_by=seen_by, on=on), names)


class AmendForm(TaskForm):
    """A draft whose words are put right; ``version`` is the one that the page showed.

    ``overrun`` is the deadline of what it serves, once a later one was typed: then the box for
    ``later`` is shown, by which the reader says that it is meant so.
    """

    version = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages={"required": STALE, "invalid": STALE, "min_value": STALE},
    )

    leader = forms.CharField(required=False)
    later = forms.BooleanField(required=False)
    overrun: date | None = None

    def __init__(self, data: Any, *, owed_to_id: int, initial: Any = None, **names: Any) -> None:
        super().__init__(data, **names)
        self.initial = initial or {}
        self.owed_to_id = owed_to_id
        self.leader_found: Person | None = None
        self.fields["client_key"].widget = forms.HiddenInput()
        self.fields["title"].widget = forms.Textarea(attrs={"rows": 2})
        for name, choices in (("unit", "units"), ("person", "people"), ("leader", "leaders")):
            self.fields[name].widget.attrs.update({"list": choices, "autocomplete": "off"})
        self.fields["leader"].help_text = _(
            "Who leads that unit, or the one to which it is owed, and answers for it."
        )
        self.fields["due"].widget.attrs["inputmode"] = "numeric"
        self.fields["due"].help_text = _("Day/month/year, such as 30/9/2024.")
        self.fields["person"].help_text = _("Somebody who holds a post in that unit.")
        self.fields["responsibility"].help_text = _("Who answers for it, and before whom.")
        self.fields["deliverable"].help_text = _("What will be handed over when it is done.")
        self.fields["authority"].help_text = _("What the unit may decide itself, and what not.")

    @property
    def leaders(self) -> PeopleNames:
        """The names of those who can answer for it."""
        return leaders_offered(
            (self.unit_found.pk if self.unit_found else None, self.owed_to_id),
            names=self.names,
            seen_by=self.seen_by,
            on=self.on,
        )

    def clean_leader(self) -> str:
        """Find the leader among those who lead the unit or the one to which it is owed."""
        typed = str(self.cleaned_data["leader"])
        if not typed or "unit" in self.errors:
            return typed
        places = {self.owed_to_id, self.unit_found.pk if self.unit_found else self.owed_to_id}
        offered = self.leaders
        found = {uid for place in places for uid in offered.find(typed, unit_id=place)}
        if len(found) != 1:
            raise forms.ValidationError(
                _("“%(name)s” is not one leader of that unit or of the one to which it is owed.")
                % {"name": typed}
            )
        self.leader_found = units.person_by_uid(next(iter(found)))
        return typed

    def assignment(self, *, language: str, recurrence: str) -> Assignment:
        """Return the words of the duty with the leader who answers for it."""
        words = super().assignment(language=language, recurrence=recurrence)
        return replace(words, leader=self.leader_found, may_overrun=self.cleaned_data["later"])

    def tell_overrun(self, limit: date) -> None:
        """Say that it is due after what it serves, and ask whether that is meant."""
        self.overrun = limit
        self.add_error(
            "due",
            _("What it serves is due by %(day)s. Tick the box if this one may be due later.")
            % {"day": day(limit)},
        )


class TargetForm(AcceptForm):
    """A target that becomes a draft target."""

    comparator = forms.ChoiceField(
        required=False, choices=[(sign.value, sign.value) for sign in Comparator]
    )
    value = forms.CharField(
        required=False, max_length=SHORT_ROOM, error_messages={"max_length": _TOO_LONG_A_LEVEL}
    )

    def clean_person(self) -> str:
        """Refuse a person: a unit answers for a target, persons for the duties that serve it."""
        typed = str(self.cleaned_data["person"])
        if typed:
            raise forms.ValidationError(
                _("A unit answers for a target. Name the person on a duty, and empty this field.")
            )
        return typed

    def clean(self) -> dict[str, Any]:
        """Read the level as the comparison wants it: one number, or two for a range."""
        given = super().clean() or {}
        sign = Comparator(given.get("comparator") or Comparator.EXACTLY)
        given["comparator"] = sign
        if "value" not in self.errors:
            given["low"], given["high"] = self._level(sign, str(given.get("value") or ""))
        return given

    def promise(self, *, language: str, unit_of_measure: str) -> Promise:
        """Return what the target says; the unit of measure stays as it was read."""
        given = self.cleaned_data
        return Promise(
            measure=given["title"],
            language=language,
            comparator=given["comparator"],
            value=given["low"],
            high=given["high"],
            unit_of_measure=unit_of_measure,
            due=given["due"],
            unit=self.unit_found,
        )

    def _level(self, sign: Comparator, typed: str) -> tuple[Decimal | None, Decimal | None]:
        if sign is Comparator.RANGE:
            ends = _ENDS.match(typed.strip())
            low, high = (typed_number(ends[1]), typed_number(ends[2])) if ends else (None, None)
            if low is None or high is None or high <= low:
                self.add_error("value", _("A range needs two numbers, the lower first: 20 – 25."))
            return low, high
        value = typed_number(typed) if typed else None
        if typed and value is None:
            self.add_error("value", _("“%(typed)s” is no number.") % {"typed": typed})
        return value, None


class RejectForm(TurnForm):
    """Why a proposal is dropped."""

    reason = forms.ChoiceField(
        choices=[(reason.value, reason.value) for reason in Rejection],
        error_messages={
            "required": gettext_lazy("Choose why it is dropped."),
            "invalid_choice": gettext_lazy("Choose why it is dropped."),
        },
    )
    note = forms.CharField(required=False, max_length=ROOM)

    def clean_note(self) -> str:
        """Return the note on one line."""
        return " ".join(str(self.cleaned_data["note"]).split())
