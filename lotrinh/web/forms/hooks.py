"""The form by which an address is told of the steps of duties."""

from django import forms
from django.utils.translation import gettext_lazy

from lotrinh.web.forms.proposals import KeyedForm


class HookForm(KeyedForm):
    """Which system is told, and at which address."""

    name = forms.CharField(
        max_length=100,
        error_messages={"required": gettext_lazy("Say which system is told.")},
        help_text=gettext_lazy("The system and who runs it, so that you know it again."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    url = forms.CharField(
        max_length=500,
        error_messages={"required": gettext_lazy("Type the address that is told.")},
        help_text=gettext_lazy("Such as: https://system.example/lotrinh"),
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "url"}),
    )
