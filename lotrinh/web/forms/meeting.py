"""The form by which a conclusion of a meeting is noted: what, who, by when, as far as was said."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lotrinh.web.forms.proposals import AcceptForm
from lotrinh.web.presenters.names import UnitNames


class ConclusionForm(AcceptForm):
    """A conclusion that becomes a draft; who and by when may stay open.

    The person is said later, where the draft is put right.
    """

    def __init__(
        self,
        data: Any,
        *,
        names: UnitNames,
        seen_by: int,
        on: date,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, names=names, seen_by=seen_by, on=on)
        self.initial = initial or {}
        del self.fields["person"]
        self.fields["client_key"].widget = forms.HiddenInput()
        self.fields["title"].widget = forms.Textarea(attrs={"rows": 2})
        self.fields["unit"].widget = forms.TextInput(attrs={"list": "units", "autocomplete": "off"})
        self.fields["due"].widget = forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off"}
        )
        self.fields["due"].help_text = _("day/month/year")
