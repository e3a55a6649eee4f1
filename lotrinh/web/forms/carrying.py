"""The forms by which a duty is carried to a group, broken down, and shared with other units.

What is said of single units is typed or pasted one unit a line, so that three thousand fit a form.
"""

import re
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.apps.duties.selectors import Own
from lotrinh.apps.duties.services import Carrying
from lotrinh.apps.units import selectors as units
from lotrinh.rules.parts import Part
from lotrinh.web.formatting import named, typed_day
from lotrinh.web.forms.appointing import DayField
from lotrinh.web.forms.proposals import MOST_HOLDERS, STALE, AmendForm, KeyedForm
from lotrinh.web.forms.unit_fields import NamesUnits, one_unit
from lotrinh.web.presenters.names import PeopleNames, UnitNames
from lotrinh.web.wording import PARTS, word

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Group, Person, Unit

MOST_LINES = 500
"""So many units may be spoken of one by one."""
_ROOM = 100_000
_BETWEEN = re.compile(r"\s*[\t;|]\s*")


class SpreadForm(KeyedForm):
    """A group, a day, who is left out and why, and what single units owe otherwise."""

    group = forms.ChoiceField(error_messages={"required": gettext_lazy("Choose the group.")})
    as_of = DayField(
        help_text=gettext_lazy("The units that the group means on this day: day/month/year.")
    )
    left_out = forms.CharField(
        required=False,
        max_length=_ROOM,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("One unit a line, then a semicolon and the reason."),
    )
    own = forms.CharField(
        required=False,
        max_length=_ROOM,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy(
            "One unit a line: unit; deadline; deliverable; person. Empty between two semicolons "
            "means: as the others. Rows pasted from a sheet are understood too."
        ),
    )
    version = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages={"required": STALE, "invalid": STALE, "min_value": STALE},
    )

    def __init__(
        self,
        data: Any,
        *,
        groups: "Iterable[Group]",
        names: UnitNames,
        seen_by: int,
        on: date,
        initial: Any = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.names, self.seen_by, self.on = names, seen_by, on
        self.known = {group.code: group for group in groups}
        choices = [("", "–"), *((code, named(group)) for code, group in self.known.items())]
        self.fields["group"] = forms.ChoiceField(
            choices=choices, error_messages=self.fields["group"].error_messages
        )

    @property
    def said(self) -> str:
        """What the form says, as one mark: what is confirmed has to be what was shown."""
        words = sorted(f"{name}={self.data.get(name, '')}" for name in self.fields)
        return sha256("\n".join(words).encode()).hexdigest()

    def clean_left_out(self) -> dict[int, str]:
        """Find the units that are left out, each with the reason."""
        found: dict[int, str] = {}
        faults: list[str] = []
        for line, unit, rest in self._lines("left_out", faults):
            reason = "; ".join(rest).strip()
            if not reason:
                faults.append(_("Say why “%(unit)s” is left out.") % {"unit": line})
            found[unit.pk] = reason
        if faults:
            raise forms.ValidationError(faults)
        return found

    def clean_own(self) -> dict[int, Own]:
        """Find what single units owe otherwise than the others."""
        found: dict[int, Own] = {}
        faults: list[str] = []
        for _line, unit, rest in self._lines("own", faults):
            due, deliverable, person = (*rest, "", "", "")[:3]
            found[unit.pk] = Own(
                due=self._day(due, faults),
                deliverable=deliverable[:500],
                person=self._person(person, unit, faults),
            )
        if faults:
            raise forms.ValidationError(faults)
        return found

    def carrying(self) -> Carrying:
        """Return to whom the duty is carried."""
        said = self.cleaned_data
        return Carrying(
            group=self.known[said["group"]],
            as_of=said["as_of"],
            left_out=said["left_out"],
            own=said["own"],
        )

    def _lines(self, field: str, faults: list[str]) -> "list[tuple[str, Unit, list[str]]]":
        """Return every line of a field as its first words, the unit they mean, and the rest."""
        lines = [line for line in str(self.cleaned_data[field]).splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            words = {"count": len(lines), "most": MOST_LINES}
            raise forms.ValidationError(
                _("%(count)d lines; at most %(most)d. Make a group of these units instead.") % words
            )
        found = []
        for line in lines:
            first, *rest = _BETWEEN.split(line.strip())
            try:
                unit = units.unit_by_code(first) or one_unit(first, self.names)
            except forms.ValidationError as unknown:
                faults += unknown.messages
            else:
                found.append((first, unit, rest))
        return found

    def _day(self, typed: str, faults: list[str]) -> date | None:
        found = typed_day(typed) if typed else None
        if typed and found is None:
            faults.append(
                _("“%(day)s” is no day. Type day/month/year, such as 30/9/2024.") % {"day": typed}
            )
        return found

    def _person(self, typed: str, unit: "Unit", faults: list[str]) -> "Person | None":
        if not typed:
            return None
        holders = units.holders(
            first=[unit.pk], seen_by=self.seen_by, on=self.on, most=MOST_HOLDERS
        )
        found = PeopleNames(holders, self.names).find(typed, unit_id=unit.pk)
        if len(found) == 1:
            return units.person_by_uid(next(iter(found)))
        faults.append(
            _("“%(name)s” is not one person with a post in %(unit)s.")
            % {"name": typed, "unit": named(unit)}
        )
        return None


class BreakDownForm(AmendForm):
    """What a unit gives to itself or to a unit below, under a duty that it owes."""

    version = None  # type: ignore[assignment]


class PartForm(NamesUnits, KeyedForm):
    """A unit and what it does in a duty that another one owes."""

    unit = forms.CharField(
        max_length=600,
        widget=forms.TextInput({"list": "units", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Name the unit.")},
    )
    part = forms.ChoiceField()

    def __init__(self, data: Any, *, names: UnitNames, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.names = names
        choices = [(part.value, word(PARTS, part.value)) for part in Part]
        self.fields["part"] = forms.ChoiceField(choices=choices)

    def clean_unit(self) -> "Unit":
        """Find the unit, by name or code."""
        return units.unit_by_code(str(self.cleaned_data["unit"])) or self.find_unit("unit")
