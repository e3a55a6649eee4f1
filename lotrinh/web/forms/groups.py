"""The forms of saved groups: which units a group means from a day on, and its last day."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.services import Choice
from lotrinh.web.formatting import named
from lotrinh.web.forms.appointing import DayField
from lotrinh.web.forms.proposals import KeyedForm
from lotrinh.web.forms.unit_fields import NamesUnits, one_unit
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.wording import UNIT_KINDS, word

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Unit

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RESERVED = {"new"}
_REQUIRED = gettext_lazy("This has to be said.")
_ONE_DAY = timedelta(days=1)
_ROOM = 60_000
MOST_NAMED = 500
"""So many units may be named one by one; of more the form is refused, none is left out."""


class GroupForm(NamesUnits, KeyedForm):
    """What a group is called and which units it means from a day; ``read`` is the meaning that the
    form was drawn from."""

    name_vi = forms.CharField(max_length=200, error_messages={"required": _REQUIRED})
    name_en = forms.CharField(max_length=200, error_messages={"required": _REQUIRED})
    tree = forms.ChoiceField()
    kinds = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    below = forms.CharField(
        required=False,
        max_length=600,
        widget=forms.TextInput({"list": "units", "autocomplete": "off"}),
        help_text=gettext_lazy("Only units at or below this one; empty: in the whole tree."),
    )
    added = forms.CharField(
        required=False,
        max_length=_ROOM,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Units that belong to it besides: one name or code a line."),
    )
    left_out = forms.CharField(
        required=False,
        max_length=_ROOM,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Units that do not belong to it: one name or code a line."),
    )
    since = DayField(help_text=gettext_lazy("The first day on which it means these units."))
    read = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, names: UnitNames, kinds: Iterable[str], **given: Any) -> None:
        super().__init__(data, **given)
        self.names = names
        choices = [(code, word(UNIT_KINDS, code)) for code in kinds]
        self.fields["kinds"] = forms.MultipleChoiceField(
            required=False, choices=choices, widget=forms.CheckboxSelectMultiple
        )
        self.fields["tree"] = forms.ChoiceField(choices=tree_choices())

    @property
    def said(self) -> str:
        """What the form says, as one mark: what is confirmed has to be what was shown."""
        words = sorted(f"{name}={_mark(value)}" for name, value in self.cleaned_data.items())
        return sha256("\n".join(words).encode()).hexdigest()

    def clean_below(self) -> "Unit | None":
        """Find the unit above, by name or code; none means the whole tree."""
        typed = str(self.cleaned_data["below"])
        return (units.unit_by_code(typed) or self.find_unit("below")) if typed else None

    def clean_added(self) -> "tuple[Unit, ...]":
        """Find the units that are added."""
        return self._named("added")

    def clean_left_out(self) -> "tuple[Unit, ...]":
        """Find the units that are left out."""
        return self._named("left_out")

    def clean(self) -> dict[str, Any]:
        """Refuse a group that would choose nothing."""
        given: dict[str, Any] = super().clean() or {}
        chosen = any(given.get(name) for name in ("kinds", "below", "added"))
        if not chosen and not {"kinds", "below", "added"} & set(self.errors):
            self.add_error("kinds", _("Choose a kind, a unit above, or units one by one."))
        return given

    def choice(self) -> Choice:
        """Return what is to be saved."""
        said = self.cleaned_data
        tree = units.tree_by_code(said["tree"])
        return Choice(
            name_vi=said["name_vi"],
            name_en=said["name_en"],
            tree=tree or units.main_tree(),
            kinds=said["kinds"],
            below=said["below"],
            added=said["added"],
            left_out=said["left_out"],
        )

    def meant(self, *, on: date) -> tuple[units.PlacedUnit, ...]:
        """Return the units that the choice means on that day."""
        said = self.cleaned_data
        return units.chosen_by(
            tree=said["tree"],
            kinds=said["kinds"],
            below=said["below"].pk if said["below"] else None,
            added={unit.pk for unit in said["added"]},
            left_out={unit.pk for unit in said["left_out"]},
            on=on,
        )

    def _named(self, field: str) -> "tuple[Unit, ...]":
        """Return the units of the lines of a field, once each; say of all that mean none."""
        typed = str(self.cleaned_data[field]).splitlines()
        lines = [line.strip() for line in typed if line.strip()]
        if len(lines) > MOST_NAMED:
            raise forms.ValidationError(
                _(
                    "%(count)d lines; at most %(most)d units are named one by one. "
                    "Choose them by kind or by the unit above, or make two groups."
                )
                % {"count": len(lines), "most": MOST_NAMED}
            )
        found: dict[int, Unit] = {}
        faults: list[str] = []
        for line in lines:
            try:
                unit = units.unit_by_code(line) or one_unit(line, self.names)
            except forms.ValidationError as unknown:
                faults += unknown.messages
            else:
                found[unit.pk] = unit
        if faults:
            raise forms.ValidationError(faults)
        return tuple(found.values())


class NewGroupForm(GroupForm):
    """A group that is not there yet."""

    code = forms.CharField(
        max_length=80,
        error_messages={"required": _REQUIRED},
        help_text=gettext_lazy("Small letters, digits and hyphens: tat-ca-xa-phuong."),
    )

    def clean_code(self) -> str:
        """Return the code, which no other group may bear."""
        code = str(self.cleaned_data["code"]).strip()
        if not _CODE.fullmatch(code) or code in _RESERVED:
            raise forms.ValidationError(
                _("“%(code)s” is no code: small letters, digits and single hyphens only.")
                % {"code": code}
            )
        return code


class EndGroupForm(KeyedForm):
    """The last day on which a group means something."""

    last = DayField(help_text=gettext_lazy("The last day on which it means these units."))
    read = forms.CharField(max_length=60, widget=forms.HiddenInput)

    def until(self) -> date:
        """Return the first day on which it means nothing."""
        last: date = self.cleaned_data["last"]
        return last + _ONE_DAY


def tree_choices() -> list[tuple[str, str]]:
    """Return the trees to choose from."""
    return [(tree.code, named(tree)) for tree in units.trees()]


def _mark(value: Any) -> str:
    if isinstance(value, tuple):
        return ",".join(map(_mark, value))
    return str(getattr(value, "pk", value))
