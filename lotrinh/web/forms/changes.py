"""The forms of the wizard: what a change of the organisation needs to be said."""

import re
from datetime import date
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.apps.units import selectors as units
from lotrinh.web.formatting import typed_day
from lotrinh.web.forms.proposals import KeyedForm
from lotrinh.web.forms.unit_fields import NamesUnits
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.wording import UNIT_KINDS

_NAME = 200
_BASIS = 300
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class ChangeForm(NamesUnits, KeyedForm):
    """What every change needs: the day on which it takes effect and the document that orders it."""

    field_order = ("name_vi", "name_en", "kind", "code", "parent", "receiver", "day", "legal_basis")

    day = forms.CharField(
        error_messages={"required": gettext_lazy("Type the day: day/month/year.")},
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text=gettext_lazy("The first day on which it holds: day/month/year."),
    )
    legal_basis = forms.CharField(
        max_length=_BASIS,
        error_messages={"required": gettext_lazy("Name the document that orders the change.")},
        help_text=gettext_lazy("Number, issuer and date of the document that orders it."),
    )

    def __init__(self, data: Any, *, names: UnitNames, **given: Any) -> None:
        super().__init__(data, **given)
        self.names = names

    @property
    def said(self) -> str:
        """What the form says, as one mark: what is confirmed has to be what was shown."""
        words = sorted(
            f"{name}={getattr(value, 'pk', value)}" for name, value in self.cleaned_data.items()
        )
        return sha256("\n".join(words).encode()).hexdigest()

    def clean_day(self) -> date:
        """Return the day."""
        typed = str(self.cleaned_data["day"])
        found = typed_day(typed)
        if found is None:
            raise forms.ValidationError(
                _("“%(day)s” is no day. Type day/month/year, such as 30/9/2024.") % {"day": typed}
            )
        return found


class RenameForm(ChangeForm):
    """The new official names."""

    name_vi = forms.CharField(
        max_length=_NAME,
        error_messages={"required": gettext_lazy("Type the name in Vietnamese.")},
    )
    name_en = forms.CharField(
        max_length=_NAME,
        error_messages={"required": gettext_lazy("Type the name in English.")},
    )


class MoveForm(ChangeForm):
    """The new superior."""

    parent = forms.CharField(
        error_messages={"required": gettext_lazy("Name the unit under which it is to stand.")},
        widget=forms.TextInput({"list": "units"}),
    )

    def clean_parent(self) -> Any:
        """Find the superior."""
        return self.find_unit("parent")


class AbolishForm(ChangeForm):
    """The unit that takes over."""

    receiver = forms.CharField(
        error_messages={"required": gettext_lazy("Somebody has to answer for what is still owed.")},
        widget=forms.TextInput({"list": "units"}),
        help_text=gettext_lazy("The unit that answers for everything that is still owed."),
    )

    def clean_receiver(self) -> Any:
        """Find the receiver."""
        return self.find_unit("receiver")


class EstablishForm(RenameForm):
    """A new unit below another."""

    kind = forms.ChoiceField(choices=list(UNIT_KINDS.items()))
    code = forms.CharField(
        max_length=80,
        error_messages={"required": gettext_lazy("Type a code.")},
        help_text=gettext_lazy("Small letters, digits and hyphens: phuong-sen-dong."),
    )

    def clean_code(self) -> str:
        """Return the code, which no other unit may bear."""
        code = str(self.cleaned_data["code"]).strip()
        if not _CODE.fullmatch(code):
            raise forms.ValidationError(
                _("“%(code)s” is no code: small letters, digits and single hyphens only.")
                % {"code": code}
            )
        if units.unit_by_code(code) is not None:
            raise forms.ValidationError(
                _("Another unit bears the code “%(code)s”.") % {"code": code}
            )
        return code


FORMS: dict[str, type[ChangeForm]] = {
    "rename": RenameForm,
    "move": MoveForm,
    "abolish": AbolishForm,
    "establish": EstablishForm,
}
"""The form of each kind of change, by the word of its address."""
