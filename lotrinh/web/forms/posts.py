"""The form by which a unit gets a post."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from lotrinh.web.forms.appointing import DayField
from lotrinh.web.forms.proposals import KeyedForm
from lotrinh.web.forms.unit_fields import NamesUnits
from lotrinh.web.presenters.names import UnitNames

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Unit

_ROLE = {
    "required": gettext_lazy("Choose what the post may do."),
    "invalid_choice": gettext_lazy("Choose what the post may do."),
}


class PostForm(NamesUnits, KeyedForm):
    """What the post is called, what it may do, where, from when, and by which decision."""

    title_vi = forms.CharField(
        max_length=200,
        error_messages={"required": gettext_lazy("Say what the post is called.")},
        help_text=gettext_lazy("As in the decision, such as: Phó Chánh Văn phòng."),
    )
    title_en = forms.CharField(max_length=200, required=False)
    role = forms.ChoiceField(error_messages=_ROLE)
    scope = forms.CharField(
        max_length=600,
        required=False,
        widget=forms.TextInput({"list": "units", "autocomplete": "off"}),
        help_text=gettext_lazy("Only where it works for a larger or another unit than its own."),
    )
    since = DayField(help_text=gettext_lazy("The first day: day/month/year."))
    legal_basis = forms.CharField(
        max_length=300,
        error_messages={"required": gettext_lazy("Name the decision.")},
        help_text=gettext_lazy("Number, issuer and date of the decision."),
    )

    def __init__(
        self,
        data: Any,
        *,
        unit: "Unit",
        roles: Iterable[tuple[str, str]],
        names: UnitNames,
        **given: Any,
    ) -> None:
        super().__init__(data, **given)
        self.names = names
        self.scope_found: Unit = unit
        self.fields["role"] = forms.ChoiceField(choices=[("", "---"), *roles], error_messages=_ROLE)

    def clean_scope(self) -> str:
        """Find the unit that the post works for; an empty field is the unit itself."""
        typed = str(self.cleaned_data["scope"])
        if typed:
            self.scope_found = self.find_unit("scope")
        return typed
