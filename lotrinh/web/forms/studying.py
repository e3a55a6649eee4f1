"""The forms of study: by when reflections are due, and how many were handed in."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.rules.conferences.studying import Reflected
from lotrinh.web.forms.appointing import DayField
from lotrinh.web.forms.proposals import KeyedForm

_WHOLE = gettext_lazy("Write a whole number from 0 to 20,000.")
_WRONG = dict.fromkeys(("required", "invalid", "min_value", "max_value"), _WHOLE)


class StudyCallForm(KeyedForm):
    """By which day reflections are due."""

    until = DayField()


class ReflectionsForm(KeyedForm):
    """How many reflections are due in a unit and how many were handed in."""

    due = forms.IntegerField(min_value=0, max_value=20_000, error_messages=_WRONG)
    handed_in = forms.IntegerField(min_value=0, max_value=20_000, error_messages=_WRONG)
    is_confirmed = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse more than are due."""
        held = super().clean() or {}
        if not self.errors and held["handed_in"] > held["due"]:
            self.add_error("handed_in", _("More were handed in than are due: look again."))
        return held

    def told(self) -> Reflected:
        """Return what a valid form says."""
        held = self.cleaned_data
        return Reflected(held["due"], held["handed_in"], held["is_confirmed"])
