"""The forms of later sessions: planning one, and acknowledging that the absent have read."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from lotrinh.apps.dissemination.services import SessionSaid
from lotrinh.web.forms.appointing import DayField
from lotrinh.web.forms.proposals import KeyedForm


class SessionForm(KeyedForm):
    """When and where those who were absent are called again."""

    title = forms.CharField(
        max_length=500, error_messages={"required": gettext_lazy("This has to be said.")}
    )
    day = DayField()
    begins = forms.TimeField(
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
        input_formats=["%H:%M", "%Hh%M", "%H.%M"],
        help_text=gettext_lazy("Such as 14:00."),
        error_messages={"invalid": gettext_lazy("Write the hour like 14:00.")},
    )
    place = forms.CharField(required=False, max_length=300)

    def said(self) -> SessionSaid:
        """Return what a valid form says."""
        held = self.cleaned_data
        return SessionSaid(held["title"], held["day"], held["begins"], held["place"])


class AcknowledgeForm(KeyedForm):
    """How many absent of each class have read the documents."""

    def __init__(self, data: Any, *, classes: Mapping[str, str], **given: Any) -> None:
        super().__init__(data, **given)
        self.codes = tuple(classes)
        wrong = gettext_lazy("Write a whole number from 0 to 20,000.")
        for code, label in classes.items():
            self.fields[f"n-{code}"] = forms.IntegerField(
                required=False,
                min_value=0,
                max_value=20_000,
                label=label,
                widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
            )

    def read(self) -> dict[str, int]:
        """Return what was said, by code of class."""
        said = {code: self.cleaned_data.get(f"n-{code}") for code in self.codes}
        return {code: people for code, people in said.items() if people is not None}
