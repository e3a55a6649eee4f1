"""The form of what a number is: how it is counted, which way is better, and the way to it."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.apps.targets.services import Description, MeasureFacts
from lotrinh.apps.units import selectors as units
from lotrinh.rules.target_terms import Comparator, Direction, Reckoning, Rollup
from lotrinh.web.formatting import day_and_month, typed_day
from lotrinh.web.forms.figures import shown_figure, typed_figure
from lotrinh.web.forms.proposals import STALE
from lotrinh.web.forms.unit_fields import one_unit
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.wording import ROLLUPS, Words, word
from lotrinh.web.wording_of_targets import COMPARATORS, RECKONINGS, WAYS

if TYPE_CHECKING:
    from enum import StrEnum

    from lotrinh.apps.targets.models import Target
    from lotrinh.apps.units.models import Unit

_BETWEEN = re.compile(r" *[\t;|] *")
FIGURES = ("value", "high", "baseline", "tolerance", "base")
"""The fields that hold a figure of the target."""
_YES_NO = (
    ("", gettext_lazy("not said")),
    ("yes", gettext_lazy("yes")),
    ("no", gettext_lazy("no")),
)
_SAID = {"yes": True, "no": False}


def _choices(values: "type[StrEnum]", words: Words, *, empty: bool) -> list[tuple[str, str]]:
    found = [(one.value, word(words, one.value)) for one in values]
    return [("", _("not said")), *found] if empty else found


class DescribeForm(forms.Form):
    """What is said of a target and its measure; ``shown`` is a mark of what the page showed."""

    shown = forms.CharField(
        max_length=16, widget=forms.HiddenInput, error_messages={"required": STALE}
    )
    comparator = forms.ChoiceField()
    value = forms.CharField(required=False, max_length=60)
    high = forms.CharField(
        required=False, max_length=60, help_text=gettext_lazy("Only of a level between two values.")
    )
    reckoning = forms.ChoiceField()
    tolerance = forms.CharField(required=False, max_length=60)
    base = forms.CharField(required=False, max_length=60)
    base_words = forms.CharField(
        required=False,
        max_length=200,
        help_text=gettext_lazy("From what it is reckoned, such as: the estimate for 2024."),
    )
    years = forms.IntegerField(required=False, min_value=1, max_value=100)
    baseline = forms.CharField(required=False, max_length=60)
    soft = forms.BooleanField(required=False)
    judged_by = forms.CharField(
        required=False,
        max_length=600,
        widget=forms.TextInput({"list": "units", "autocomplete": "off"}),
    )
    rubric = forms.CharField(required=False, max_length=1000, widget=forms.Textarea({"rows": 2}))
    superior = forms.ChoiceField(required=False)
    interim = forms.CharField(
        required=False,
        max_length=10_000,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("One day a line: day; figure. Such as 30/6/2024; 45."),
    )
    rollup = forms.ChoiceField(required=False)
    direction = forms.ChoiceField(required=False)
    decimals = forms.IntegerField(required=False, min_value=0, max_value=6)
    accumulates = forms.ChoiceField(required=False, choices=_YES_NO)
    counts_persons = forms.ChoiceField(
        required=False,
        choices=_YES_NO,
        help_text=gettext_lazy(
            "Also of a share of persons. Counts of fewer than 5 persons are never published; where "
            "nothing is said here, the words of the unit of measure decide."
        ),
    )
    denominator = forms.CharField(
        required=False,
        max_length=500,
        help_text=gettext_lazy(
            "What it is divided by, such as: households registered at year end."
        ),
    )
    definition = forms.CharField(
        required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    data_source = forms.CharField(required=False, max_length=500)
    collected_by = forms.CharField(
        required=False,
        max_length=600,
        widget=forms.TextInput({"list": "units", "autocomplete": "off"}),
    )

    def __init__(
        self,
        data: Any,
        *,
        target: "Target",
        names: UnitNames,
        others: "Iterable[Target]",
        initial: Any = None,
    ):
        super().__init__(data, initial=initial)
        self.target, self.names = target, names
        self.others = {str(other.uid): other for other in others if other.pk != target.pk}
        served = [(uid, other.measure.name) for uid, other in self.others.items()]
        self.fields["superior"] = forms.ChoiceField(
            required=False, choices=[("", _("no other target")), *served]
        )
        for name, choices in (
            ("comparator", _choices(Comparator, COMPARATORS, empty=False)),
            ("reckoning", _choices(Reckoning, RECKONINGS, empty=False)),
            ("rollup", _choices(Rollup, ROLLUPS, empty=True)),
            ("direction", _choices(Direction, WAYS, empty=True)),
        ):
            self.fields[name] = forms.ChoiceField(
                choices=choices, required=self.fields[name].required
            )
        for name in FIGURES:
            self.fields[name].widget.attrs.update({"inputmode": "decimal", "autocomplete": "off"})

    def clean_judged_by(self) -> "Unit | None":
        """Find the body that judges in words."""
        return self._unit("judged_by")

    def clean_collected_by(self) -> "Unit | None":
        """Find who gathers the figures."""
        return self._unit("collected_by")

    def clean_interim(self) -> dict[date, Decimal]:
        """Read the days of the way, each once, before the last day."""
        found: dict[date, Decimal] = {}
        faults: list[str] = []
        for line in str(self.cleaned_data["interim"]).splitlines():
            if not line.strip():
                continue
            day, *rest = _BETWEEN.split(line.strip(), maxsplit=1)
            at = typed_day(day)
            try:
                value = typed_figure(rest[0] if rest else "", self.target.measure.unit_of_measure)
            except forms.ValidationError as wrong:
                faults += wrong.messages
                continue
            if at is None or value is None or at in found:
                faults.append(_("“%(line)s” is no day with a figure of its own.") % {"line": line})
            elif self.target.due is not None and at >= self.target.due:
                faults.append(_("“%(line)s” is not before the last day.") % {"line": line})
            else:
                found[at] = value
        if faults:
            raise forms.ValidationError(faults)
        return found

    def clean(self) -> dict[str, Any]:
        """Read the figures; a range has two ends, what is reckoned from a base says from which."""
        said: dict[str, Any] = super().clean() or {}
        for name in FIGURES:
            try:
                unit = self.target.measure.unit_of_measure
                said[name] = typed_figure(str(said.get(name) or ""), unit)
            except forms.ValidationError as wrong:
                self.add_error(name, wrong)
        if self.errors:
            return said
        ends = said["value"], said["high"]
        if said["comparator"] == Comparator.RANGE:
            if None in ends or ends[1] <= ends[0]:
                self.add_error("high", _("A range has two ends, the lower first."))
        elif said["high"] is not None:
            self.add_error("high", _("Only a range has two ends."))
        if said["tolerance"] is not None and said["tolerance"] < 0:
            self.add_error("tolerance", _("A tolerance is not below nought."))
        if said["comparator"] == Comparator.JUDGED and not said["judged_by"]:
            self.add_error("judged_by", _("Name who judges it."))
        return said

    def description(self) -> Description:
        """Return what is to be said."""
        said = self.cleaned_data
        return Description(
            facts=MeasureFacts(
                rollup=Rollup(said["rollup"]) if said["rollup"] else None,
                direction=Direction(said["direction"]) if said["direction"] else None,
                decimals=said["decimals"],
                definition=said["definition"],
                data_source=said["data_source"],
                denominator=said["denominator"],
                accumulates=_SAID.get(said["accumulates"]),
                counts_persons=_SAID.get(said["counts_persons"]),
                collected_by=said["collected_by"],
            ),
            comparator=Comparator(said["comparator"]),
            reckoning=Reckoning(said["reckoning"]),
            superior=self.others.get(said["superior"]),
            **{
                name: said[name]
                for name in (
                    *FIGURES,
                    *("base_words", "years", "soft", "judged_by", "rubric", "interim"),
                )
            },
        )

    def _unit(self, name: str) -> "Unit | None":
        typed = str(self.cleaned_data[name]).strip()
        return (units.unit_by_code(typed) or one_unit(typed, self.names)) if typed else None


def begun_with(
    target: "Target", way: tuple[tuple[date, Decimal], ...], names: UnitNames
) -> dict[str, Any]:
    """Return what the form begins with: what is said now."""
    measure = target.measure
    said: dict[str, Any] = {name: shown_figure(getattr(target, name)) for name in FIGURES}
    said |= {
        name: getattr(target, name)
        for name in ("comparator", "reckoning", "base_words", "years", "soft", "rubric")
    }
    said |= {
        name: getattr(measure, name)
        for name in (
            *("rollup", "direction", "decimals", "denominator", "definition", "data_source"),
        )
    }
    said["superior"] = str(target.superior.uid) if target.superior else ""
    said |= {
        name: {True: "yes", False: "no", None: ""}[getattr(measure, name)]
        for name in ("accumulates", "counts_persons")
    }
    said["interim"] = "\n".join(f"{day_and_month(at)}; {shown_figure(value)}" for at, value in way)
    for name, unit_id in (
        ("judged_by", target.judged_by_id),
        ("collected_by", measure.collected_by_id),
    ):
        said[name] = (names.label(unit_id) or "") if unit_id else ""
    return said
