"""The form by which a unit gets a code of a public numbering."""

from django import forms
from django.utils.translation import gettext_lazy

from lotrinh.web.forms.appointing import DayField
from lotrinh.web.forms.proposals import KeyedForm
from lotrinh.web.wording import CODE_SYSTEMS


class UnitCodeForm(KeyedForm):
    """Which code of which numbering, from which day."""

    system = forms.ChoiceField(choices=list(CODE_SYSTEMS.items()))
    code = forms.CharField(
        max_length=80, error_messages={"required": gettext_lazy("This has to be said.")}
    )
    since = DayField(help_text=gettext_lazy("The first day on which it bears this code."))
