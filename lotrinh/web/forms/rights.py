"""The forms about rights: what a role carries, and the question why somebody may."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.selectors import Meant
from lotrinh.rules.actions import Action
from lotrinh.web.formatting import named
from lotrinh.web.forms.appointing import DayField
from lotrinh.web.forms.unit_fields import MOST_ALIKE, Alike
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.wording import word
from lotrinh.web.wording_of_rights import ACTIONS

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Placement, Unit

_ACTIONS = [(action.value, ACTIONS[action.value]) for action in Action]


class RoleForm(forms.Form):
    """What a role is to carry; ``read`` is what it carried when the form was drawn."""

    actions = forms.MultipleChoiceField(
        required=False, choices=_ACTIONS, widget=forms.CheckboxSelectMultiple
    )
    read = forms.CharField(required=False, widget=forms.HiddenInput)

    def carried_before(self) -> list[str]:
        """Return what the page showed."""
        return [action for action in str(self.cleaned_data["read"]).split(",") if action]


class WhyForm(forms.Form):
    """Who, what, where, when. It is asked by address, so that an answer can be sent on."""

    who = forms.CharField(
        max_length=200,
        error_messages={"required": gettext_lazy("Say who: a sign-in name or a full name.")},
        help_text=gettext_lazy("Sign-in name or full name."),
    )
    action = forms.ChoiceField(choices=_ACTIONS)
    unit = forms.CharField(
        max_length=300,
        error_messages={"required": gettext_lazy("Say at which unit.")},
        widget=forms.TextInput({"list": "units", "autocomplete": "off"}),
    )
    on = DayField(required=False, help_text=gettext_lazy("Today, if nothing is typed."))

    def __init__(
        self, data: Any, *, names: UnitNames, seen_by: int, today: date, **given: Any
    ) -> None:
        super().__init__(data, **given)
        self.names, self.seen_by, self.today = names, seen_by, today
        self.meant: Meant | None = None
        self.several: tuple[Meant, ...] = ()
        self.unit_id: int | None = None
        self.unit_text = ""
        self.offered: list[Alike] = []

    def clean_who(self) -> str:
        """Find the account; whom one may not ask about looks like nobody."""
        typed = str(self.cleaned_data["who"])
        found = units.accounts_askable(typed, seen_by=self.seen_by, on=self.today)
        if not found:
            raise forms.ValidationError(
                _("There is no account “%(name)s” about which you may ask.") % {"name": typed}
            )
        if len(found) > 1:
            self.several = found
            raise forms.ValidationError(
                _("Several people are called “%(name)s”: type the sign-in name, one of %(names)s.")
                % {"name": typed, "names": ", ".join(one.sign_in_name for one in found)}
            )
        self.meant = found[0]
        return typed

    def clean(self) -> dict[str, Any]:
        """Find the unit, by a name of the day that is asked about; no day is today."""
        given = super().clean() or {}
        given["on"] = given.get("on") or self.today
        typed = str(given.get("unit") or "")
        if not typed:
            return given
        found = self._find(typed, given["on"])
        self.unit_id = found[0] if len(found) == 1 else None
        if len(found) > 1:
            self.add_error("unit", _("Several units are called “%(name)s”.") % {"name": typed})
        elif self.unit_id is None:
            self.add_error(
                "unit",
                _("No unit is called “%(name)s”. Choose one of the list.") % {"name": typed},
            )
        elif self.meant is not None and self.meant.user_id != self.seen_by:
            self._check_asks_here(self.unit_id)
        return given

    def _check_asks_here(self, unit_id: int) -> None:
        """About others one asks where one may explain rights, and nowhere else."""
        action, on = Action.EXPLAIN_RIGHTS, self.today
        if not units.may(user_id=self.seen_by, action=action, unit_id=unit_id, on=on):
            self.add_error("unit", _("About others you may ask only at units of your own field."))

    def _find(self, typed: str, on: date) -> tuple[int, ...]:
        """Return the units that the words may mean; the list of today decides first."""
        chosen = str(self.data.get("unit_meant", ""))
        offered = self.names.find_offered(typed)
        found = units.units_bearing(typed, on=on) if offered is None else (offered,)
        found = found or self.names.meant(typed)
        rows = units.units_by_ids(found)
        meant = tuple(pk for pk, unit in rows.items() if str(unit.uid) == chosen) or tuple(rows)
        if len(meant) > 1:
            places = units.nearest_places(unit_ids=meant, on=on)
            self.offered = [
                Alike(str(rows[pk].uid), _with_above(rows[pk], places.get(pk))) for pk in meant
            ][:MOST_ALIKE]
        elif meant:
            self.unit_text = self.names.label(meant[0]) or named(rows[meant[0]])
        return meant

    @property
    def action_text(self) -> str:
        """Return the action that is asked about in words."""
        return word(ACTIONS, str(self.cleaned_data["action"]))


def _with_above(unit: "Unit", place: "Placement | None") -> str:
    """Return the name of a unit with what stood above it."""
    above = place.parent if place is not None else None
    return named(unit) if above is None else f"{named(unit)}, {named(above)}"
