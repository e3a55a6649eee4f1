"""Fields that name a unit: what was typed is looked up, and where it means several, one is chosen.

Beside the field ``parent`` a form may send ``parent_meant``, the uid of the unit that was chosen
among those of one name. It counts only while the name that was typed means that unit too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from lotrinh.apps.units import selectors as units
from lotrinh.web.presenters.names import UnitNames

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Unit

MOST_ALIKE = 12
"""So many units of one name a form offers to choose from."""


@dataclass(frozen=True, slots=True)
class Alike:
    """One of several units that a typed name may mean."""

    value: str
    text: str


def one_unit(typed: str, names: UnitNames) -> "Unit":
    """Return the unit that typed words mean. Raises ValidationError, which says what they may."""
    found = names.meant(typed)
    unit = units.unit_by_id(found[0]) if len(found) == 1 else None
    if unit is None:
        raise forms.ValidationError(which_unit(typed, names))
    return unit


def which_unit(typed: str, names: UnitNames) -> str:
    """Return why typed words mean no unit, or that they mean several, and which."""
    found = alike(typed, names)
    if not found:
        return _("No unit that stands today is called “%(name)s”. Choose one of the list.") % {
            "name": typed
        }
    return _("Several units are called “%(name)s”: %(units)s. Choose one of them.") % {
        "name": typed,
        "units": "; ".join(one.text for one in found),
    }


def alike(typed: str, names: UnitNames) -> tuple[Alike, ...]:
    """Return the units that typed words may mean, each with what stands above it."""
    found = names.meant(typed)[:MOST_ALIKE]
    return tuple(Alike(str(names.uid(pk)), names.full_label(pk)) for pk in found)


class NamesUnits(forms.Form):
    """A form with fields in which a unit is named."""

    names: UnitNames
    offered: Mapping[str, tuple[Alike, ...]] = {}
    """By field, the units among which to choose."""

    def find_unit(self, name: str) -> "Unit":
        """Return the unit that a field names, and let the field show how it is offered."""
        typed = str(self.cleaned_data[name])
        chosen = str(self.data.get(f"{name}_meant", ""))
        meant = [pk for pk in self.names.meant(typed) if str(self.names.uid(pk)) == chosen]
        if not meant:
            self._offer(name, typed)
            meant = [one_unit(typed, self.names).pk]
        unit = units.unit_by_id(meant[0])
        if unit is None:
            raise forms.ValidationError(which_unit(typed, self.names))
        self._show(name, self.names.label(unit.pk) or typed)
        return unit

    def _offer(self, name: str, typed: str) -> None:
        """Let the page offer the units among which to choose."""
        found = alike(typed, self.names)
        self.offered = {**self.offered, name: found if len(found) > 1 else ()}

    def _show(self, name: str, label: str) -> None:
        """Let what is sent on mean the same unit again."""
        sent: Any = self.data
        said = sent.copy()
        said[name] = label
        self.data = said
