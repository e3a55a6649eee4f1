"""The form by which an account gets a key for a program."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy

from lotrinh.rules.scopes import LONGEST_DAYS, Scope
from lotrinh.web.forms.appointing import DayField
from lotrinh.web.forms.proposals import KeyedForm
from lotrinh.web.wording_of_keys import SCOPES

LONGEST = timedelta(days=LONGEST_DAYS)


class KeyForm(KeyedForm):
    """For which program the key is, what it opens, and until when."""

    name = forms.CharField(
        max_length=100,
        error_messages={"required": gettext_lazy("Say which program the key is for.")},
        help_text=gettext_lazy("The program and who runs it, so that you know it again."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        choices=[(one.value, SCOPES[one.value]) for one in Scope],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one thing that it opens.")},
    )
    last_day = DayField(
        help_text=gettext_lazy("Day/month/year; after a year at the latest a new key is made.")
    )
