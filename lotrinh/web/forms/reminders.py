"""The forms of reminders: where letters go, and the secret address of a calendar."""

from django import forms
from django.utils.translation import gettext_lazy

from lotrinh.web.forms.proposals import KeyedForm


class AddressForm(forms.Form):
    """To which address letters go; without one none do."""

    email = forms.EmailField(
        required=False,
        max_length=254,
        error_messages={
            "invalid": gettext_lazy("This is no e-mail address. Write it like an@city.example.")
        },
        help_text=gettext_lazy("Leave it empty to get no letters; notices stay on their page."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


class FeedForm(KeyedForm):
    """That the secret address of a calendar is opened anew."""
