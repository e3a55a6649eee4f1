"""The forms by which a target is divided among units.

Rows are typed or pasted one unit a line: unit; figure; base. Of each unit the sheet has a field of
its own besides; what was pasted counts before what stands there.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.apps.targets.services import Among, Division, Given
from lotrinh.apps.units import selectors as units
from lotrinh.rules.allocation_states import AllocationMethod
from lotrinh.web.formatting import named
from lotrinh.web.forms.allocation_steps import VersionedForm
from lotrinh.web.forms.appointing import DayField
from lotrinh.web.forms.figures import shown_figure, typed_figure
from lotrinh.web.forms.proposals import KeyedForm
from lotrinh.web.forms.unit_fields import one_unit
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.wording import word
from lotrinh.web.wording_of_targets import ALLOCATION_METHODS

if TYPE_CHECKING:
    from lotrinh.apps.targets.models import AllocationShare, Target
    from lotrinh.apps.units.models import Group, Unit

MOST_LINES = 500
"""So many units may be spoken of one by one."""
_ROOM = 100_000
_BETWEEN = re.compile(r" *[\t;|] *")
_ROWS_HELP = gettext_lazy(
    "One unit a line: unit; figure; base. Rows pasted from a sheet are understood too. Leave the "
    "figure empty where the method works it out."
)


class RowsForm(KeyedForm):
    """A form with rows that name units."""

    rows = forms.CharField(
        required=False,
        max_length=_ROOM,
        widget=forms.Textarea({"rows": 4, "spellcheck": "false"}),
        help_text=_ROWS_HELP,
    )
    base_words = forms.CharField(
        required=False,
        max_length=500,
        help_text=gettext_lazy(
            "What the bases are and where they come from, such as: households registered on "
            "31 Dec 2023, by the statistics office."
        ),
    )

    def __init__(self, data: Any, *, target: "Target", names: UnitNames, **given: Any) -> None:
        super().__init__(data, **given)
        self.target, self.names = target, names

    def clean_rows(self) -> dict[int, Given]:
        """Find the units of the rows with their figures and bases."""
        found: dict[int, Given] = {}
        faults: list[str] = []
        measure = self.target.measure
        for line, unit, rest in self._lines("rows", faults):
            value, base = (*rest, "", "")[:2]
            try:
                given = Given(typed_figure(value, measure.unit_of_measure), typed_figure(base, ""))
                if given.base is not None and given.base < 0:
                    raise forms.ValidationError(_("A base is not below nought."))
                if unit.pk in found:
                    raise forms.ValidationError(_("it stands in two rows."))
                found[unit.pk] = given
            except forms.ValidationError as wrong:
                faults += [f"{line}: {message}" for message in wrong.messages]
        if faults:
            raise forms.ValidationError(faults)
        return found

    def _lines(self, field: str, faults: list[str]) -> "list[tuple[str, Unit, list[str]]]":
        """Return every line of a field as its first words, the unit they mean, and the rest."""
        lines = [line for line in str(self.cleaned_data[field]).splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            words = {"count": len(lines), "most": MOST_LINES}
            raise forms.ValidationError(_("%(count)d lines; at most %(most)d.") % words)
        found = []
        for line in lines:
            first, *rest = _BETWEEN.split(line.strip())
            try:
                unit = units.unit_by_code(first) or one_unit(first, self.names)
            except forms.ValidationError as unknown:
                faults += unknown.messages
            else:
                found.append((first, unit, rest))
        return found


class DivideForm(RowsForm):
    """How a target is to be divided, and among whom; a draft comes of it."""

    group = forms.ChoiceField(error_messages={"required": gettext_lazy("Choose the group.")})
    as_of = DayField(
        help_text=gettext_lazy("The units that the group means on this day: day/month/year.")
    )
    method = forms.ChoiceField(
        error_messages={"required": gettext_lazy("Choose how it is divided.")}
    )
    left_out = forms.CharField(
        required=False,
        max_length=_ROOM,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("One unit a line, then a semicolon and the reason."),
    )

    def __init__(
        self,
        data: Any,
        *,
        groups: "Iterable[Group]",
        methods: Iterable[AllocationMethod],
        **given: Any,
    ) -> None:
        super().__init__(data, **given)
        self.known = {group.code: group for group in groups}
        self.fields["group"] = forms.ChoiceField(
            choices=[("", "–"), *((code, named(group)) for code, group in self.known.items())],
            error_messages=self.fields["group"].error_messages,
        )
        self.fields["method"] = forms.ChoiceField(
            choices=[(way.value, word(ALLOCATION_METHODS, way.value)) for way in methods],
            error_messages=self.fields["method"].error_messages,
        )

    def clean_left_out(self) -> dict[int, str]:
        """Find the units that are left out, each with the reason."""
        found: dict[int, str] = {}
        faults: list[str] = []
        for line, unit, rest in self._lines("left_out", faults):
            reason = "; ".join(rest).strip()
            if not reason:
                faults.append(_("Say why “%(unit)s” is left out.") % {"unit": line})
            found[unit.pk] = reason
        if faults:
            raise forms.ValidationError(faults)
        return found

    def among(self) -> Among:
        """Return among whom it is divided."""
        said = self.cleaned_data
        return Among(self.known[said["group"]], said["as_of"], said["left_out"])

    def division(self) -> Division:
        """Return how it is divided."""
        said = self.cleaned_data
        return Division(
            AllocationMethod(said["method"]), base_words=said["base_words"], given=said["rows"]
        )


class AmendForm(RowsForm, VersionedForm):
    """The figures of a sheet, a field for each unit; a method works them out anew on request."""

    difference_reason = forms.CharField(required=False, max_length=1000)
    work_out = forms.ChoiceField(required=False)

    def __init__(
        self,
        data: Any,
        *,
        shares: "Iterable[AllocationShare]",
        methods: Iterable[AllocationMethod],
        method: AllocationMethod,
        **given: Any,
    ) -> None:
        super().__init__(data, **given)
        self.shares, self.method = tuple(shares), method
        ways = [way for way in methods if way is not AllocationMethod.BY_HAND]
        self.fields["work_out"] = forms.ChoiceField(
            required=False,
            choices=[
                ("", _("as typed below")),
                *((way.value, word(ALLOCATION_METHODS, way.value)) for way in ways),
            ],
        )
        for share in self.shares:
            for name, value in ((f"v{share.rank}", share.value), (f"b{share.rank}", share.base)):
                self.fields[name] = forms.CharField(
                    required=False,
                    max_length=60,
                    initial=shown_figure(value),
                    widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
                )

    def clean(self) -> dict[str, Any]:
        """Read the field of every unit; what was pasted counts before it."""
        said: dict[str, Any] = super().clean() or {}
        pasted: dict[int, Given] = said.get("rows") or {}
        unit = self.target.measure.unit_of_measure
        given: dict[int, Given] = {}
        for share in self.shares:
            value = self._figure(said, f"v{share.rank}", unit)
            base = self._figure(said, f"b{share.rank}", "")
            if base is not None and base < 0:
                self.add_error(f"b{share.rank}", _("A base is not below nought."))
            row = pasted.pop(share.unit_id, Given())
            given[share.unit_id] = Given(
                value if row.value is None else row.value, base if row.base is None else row.base
            )
        for stranger in units.units_by_ids(pasted).values():
            words = _("“%(unit)s” has no share here.") % {"unit": named(stranger)}
            self.add_error("rows", words)
        said["given"] = given
        return said

    def _figure(self, said: dict[str, Any], name: str, unit: str) -> Decimal | None:
        try:
            return typed_figure(str(said.get(name) or ""), unit)
        except forms.ValidationError as wrong:
            self.add_error(name, wrong)
            return None

    def division(self) -> Division:
        """Return what the shares are to say."""
        said = self.cleaned_data
        wanted = said["work_out"]
        return Division(
            AllocationMethod(wanted) if wanted else self.method,
            base_words=said["base_words"],
            given=said["given"],
            works_out=bool(wanted),
            difference_reason=said["difference_reason"],
        )
