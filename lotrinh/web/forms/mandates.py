"""The forms of those who give mandates: who inspects what for which days, and the early end."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.web.forms.appointing import DatedForm, DayField
from lotrinh.web.forms.proposals import KeyedForm
from lotrinh.web.forms.unit_fields import NamesUnits
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.presenters.people import people_typed, person_label

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Person, Unit

_ONE_DAY = timedelta(days=1)
PLACES = 6
"""So many people one form takes; a larger team gets a second mandate."""


class MandateForm(NamesUnits, DatedForm):
    """A decision to inspect: over which unit, by whom, with which role, for which days."""

    subject = forms.CharField(
        max_length=300,
        error_messages={"required": gettext_lazy("Say what is inspected.")},
        help_text=gettext_lazy("What is inspected, as the decision says it."),
    )
    scope = forms.CharField(
        max_length=600,
        error_messages={"required": gettext_lazy("Say which unit is inspected.")},
        widget=forms.TextInput({"list": "units", "autocomplete": "off"}),
        help_text=gettext_lazy("The unit that is inspected, with everything below it."),
    )
    role = forms.ChoiceField()
    last = DayField(help_text=gettext_lazy("A mandate has a last day: day/month/year."))

    def __init__(
        self,
        data: Any,
        *,
        names: UnitNames,
        roles: Iterable[tuple[str, str]],
        seen_by: int,
        on: date,
        **given: Any,
    ) -> None:
        super().__init__(data, **given)
        self.names, self.seen_by, self.on = names, seen_by, on
        self.people_found: dict[str, Person] = {}
        self.fields["role"] = forms.ChoiceField(
            choices=list(roles),
            error_messages={
                "required": _("Choose the role."),
                "invalid_choice": _("Choose the role."),
            },
        )
        for place in range(1, PLACES + 1):
            self.fields[f"person_{place}"] = forms.CharField(
                required=False,
                max_length=600,
                widget=forms.TextInput({"list": "people", "autocomplete": "off"}),
            )

    @property
    def person_fields(self) -> list[forms.BoundField]:
        """The fields in which people are named."""
        return [self[f"person_{place}"] for place in range(1, PLACES + 1)]

    def clean_scope(self) -> "Unit":
        """Find the unit that is inspected."""
        return self.find_unit("scope")

    def clean(self) -> dict[str, Any]:
        """Find the people, each among those whom the reader may see."""
        given = super().clean() or {}
        for place in range(1, PLACES + 1):
            field = f"person_{place}"
            typed = str(given.get(field) or "")
            if typed:
                self._find(field, typed)
        if not self.people_found and not any(name.startswith("person_") for name in self.errors):
            self.add_error("person_1", _("Name at least one inspector."))
        return given

    def people(self) -> "list[Person]":
        """Return the people who were named, once each."""
        return list({person.pk: person for person in self.people_found.values()}.values())

    def _find(self, field: str, typed: str) -> None:
        found = people_typed(typed, seen_by=self.seen_by, on=self.on)
        if len(found) == 1:
            self.people_found[field] = found[0]
        elif found:
            labels = "; ".join(person_label(person) for person in found)
            self.add_error(
                field,
                _("Several people are called “%(name)s”: %(people)s. Choose one of the list.")
                % {"name": typed, "people": labels},
            )
        else:
            self.add_error(
                field,
                _("Nobody whom you may see is called “%(name)s”. Choose one of the list.")
                % {"name": typed},
            )


class EndMandateForm(KeyedForm):
    """The last day of a mandate, and the decision that ends it."""

    last = DayField(help_text=gettext_lazy("The last day on which the mandate holds."))
    legal_basis = forms.CharField(
        max_length=300,
        error_messages={"required": gettext_lazy("Name the decision.")},
        help_text=gettext_lazy("Number, issuer and date of the decision that ends it."),
    )

    def until(self) -> date:
        """Return the first day on which it gives nothing."""
        last: date = self.cleaned_data["last"]
        return last + _ONE_DAY
