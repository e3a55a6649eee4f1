"""The form by which something is published: what was shown, and by what decision."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from lotrinh.web.forms.appointing import DayField
from lotrinh.web.forms.proposals import STALE, KeyedForm

CHOSEN = "target"
"""The name of the boxes by which targets are chosen."""


class PublishForm(KeyedForm):
    """``content`` is the digest of what the page showed."""

    content = forms.RegexField(
        r"^[0-9a-f]{64}$",
        widget=forms.HiddenInput,
        error_messages={"required": STALE, "invalid": STALE},
    )
    number = forms.CharField(
        max_length=200,
        error_messages={"required": gettext_lazy("Write the number of the decision.")},
        help_text=gettext_lazy("As the decision to publish bears it; everybody reads it."),
    )
    decided_on = DayField(help_text=gettext_lazy("Day/month/year, such as 30/9/2024."))
    reason = forms.CharField(
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Needed where something that is public would not be any more."),
    )

    def __init__(self, data: Any = None, *, today: date, **given: Any) -> None:
        super().__init__(data, **given)
        self.fields["client_key"].widget = forms.HiddenInput()
        self.today = today

    def clean_decided_on(self) -> date:
        """Refuse a day that has not come."""
        found: date = self.cleaned_data["decided_on"]
        if found > self.today:
            raise forms.ValidationError(
                gettext_lazy("A decision is made before it is carried out: this day has not come.")
            )
        return found
