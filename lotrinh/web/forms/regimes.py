"""The forms of reporting regimes: what is asked, by which stages; opening a period; the end.

Measures are ticked in a list; a number beside one says where it stands in the form. The stages are
rows of one form, so that it works without a script; a row without a step is no stage.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.apps.reporting.services import RegimeSaid, StageSaid
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.figures import Basis
from lotrinh.rules.report_states import PASSING, ReportStep, Stage, WrongChain, require_chain
from lotrinh.web.formatting import named
from lotrinh.web.forms.appointing import DayField
from lotrinh.web.forms.proposals import KeyedForm
from lotrinh.web.forms.unit_fields import NamesUnits
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.presenters.refusals import who_may
from lotrinh.web.wording import measure_word, word
from lotrinh.web.wording_of_regimes import BASES, CHAIN_FAULTS, STAGES

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.reporting.models import PeriodKind
    from lotrinh.apps.targets.models import Measure
    from lotrinh.apps.units.models import Group, Unit

_ONE_DAY = timedelta(days=1)
MOST_STAGES = 6
"""So many stages a regime may have."""
_NEEDED = gettext_lazy("This has to be said.")
_A_DAY = gettext_lazy("Type a day of the month from 1 to 31.")
_MONTHS = gettext_lazy("Type a number of months from 0 to 24.")
_HEIGHT = gettext_lazy("Type a number of levels from 0 to 9.")
_WORKING = gettext_lazy("Type a number of working days from 1 to 60.")
_NUMBER = {"inputmode": "numeric", "autocomplete": "off", "size": 4}


@dataclass(frozen=True, slots=True)
class MeasureField:
    """A measure that may be asked for, whether it is ticked, and where it was put."""

    uid: str
    name: str
    unit_text: str
    is_chosen: bool
    place: str


@dataclass(frozen=True, slots=True)
class StageFields:
    """The fields of one stage; the first is the unit that hands in."""

    number: int
    step: Any
    height: Any
    day: Any
    months: Any
    errors: tuple[str, ...]


def _number(least: int, most: int, fault: Any, *, required: bool = False) -> forms.IntegerField:
    faults = dict.fromkeys(("invalid", "min_value", "max_value", "required"), fault)
    widget = forms.TextInput(_NUMBER)
    return forms.IntegerField(
        required=required, min_value=least, max_value=most, error_messages=faults, widget=widget
    )


class RegimeForm(NamesUnits, KeyedForm):
    """What units report of each period, to whom, by when and by which stages."""

    name = forms.CharField(
        max_length=300,
        error_messages={"required": gettext_lazy("Name the report as its units know it.")},
    )
    legal_basis = forms.CharField(
        max_length=500,
        error_messages={
            "required": gettext_lazy(
                "Name the document that asks for it: without it no unit's duty to report binds."
            )
        },
        help_text=gettext_lazy("Number, issuer and date of the document that asks for it."),
    )
    content = forms.CharField(required=False, max_length=4000, widget=forms.Textarea({"rows": 3}))
    method = forms.CharField(required=False, max_length=300)
    kind = forms.ChoiceField(error_messages={"required": _NEEDED})
    basis = forms.ChoiceField(error_messages={"required": _NEEDED})
    owed_to = forms.CharField(
        max_length=600,
        widget=forms.TextInput({"list": "units", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Name the unit to which it is reported.")},
    )
    group = forms.ChoiceField(error_messages={"required": gettext_lazy("Choose the group.")})
    measures = forms.CharField(required=False)  # ticked one by one, see ``measure_rows``
    since = DayField(
        help_text=gettext_lazy("Periods whose data close on this day or later are asked for.")
    )
    last = DayField(required=False, help_text=gettext_lazy("Empty: until somebody ends it."))

    def __init__(
        self,
        data: Any,
        *,
        names: UnitNames,
        kinds: "Iterable[PeriodKind]",
        groups: "Iterable[Group]",
        measures: "Sequence[Measure]",
        user: "User",
        on: date,
        **given: Any,
    ) -> None:
        super().__init__(data, **given)
        self.names, self.offered_measures = names, measures
        self.user, self.on = user, on
        self._choose("kind", [(one.code, named(one)) for one in kinds])
        self._choose("group", [(one.code, named(one)) for one in groups])
        self._choose("basis", [(one.value, word(BASES, one.value)) for one in Basis])
        self.fields["working_days"] = _number(1, 60, _WORKING, required=True)
        for number in range(1, MOST_STAGES + 1):
            self._add_stage(number)

    @property
    def said(self) -> str:
        """What the form says, as one mark: what is confirmed has to be what was shown."""
        words = sorted(f"{name}={_mark(value)}" for name, value in self.cleaned_data.items())
        return sha256("\n".join(words).encode()).hexdigest()

    @property
    def measure_rows(self) -> tuple[MeasureField, ...]:
        """The measures that may be asked for."""
        chosen = set(self._sent("measure"))
        return tuple(
            MeasureField(
                uid=str(one.uid),
                name=one.name,
                unit_text=measure_word(one.unit_of_measure),
                is_chosen=str(one.uid) in chosen,
                place=str(self.data.get(f"place-{one.uid}", "") if self.is_bound else ""),
            )
            for one in self.offered_measures
        )

    @property
    def stage_rows(self) -> tuple[StageFields, ...]:
        """The rows of the stages."""
        return tuple(self._stage_row(number) for number in range(1, MOST_STAGES + 1))

    @property
    def measure_faults(self) -> Sequence[str]:
        """What is wrong with the choice of measures."""
        return [str(one) for one in self.errors.get("measures", ())]

    def clean_owed_to(self) -> "Unit":
        """Find the unit to which it is reported, where the reader may ask for reports."""
        typed = str(self.cleaned_data["owed_to"])
        unit = units.unit_by_code(typed) or self.find_unit("owed_to")
        reach = units.reach(user_id=self.user.pk, action=Action.ASSIGN_DUTY, on=self.on)
        if unit.pk not in reach:
            words = {"unit": named(unit)}
            who = who_may(Action.ASSIGN_DUTY, unit_id=unit.pk, on=self.on)
            raise forms.ValidationError(
                _("You may not ask for reports to “%(unit)s”.") % words + " " + who
            )
        return unit

    def clean(self) -> dict[str, Any]:
        """Put measures and stages in their order, and the last day into the first without it."""
        given: dict[str, Any] = super().clean() or {}
        since, last = given.get("since"), given.get("last")
        if since and last and last < since:
            self.add_error("last", _("The last day lies before the first."))
        given["until"] = last + _ONE_DAY if last else None
        given["measures"] = self._measures()
        given["stages"] = self._stages(given)
        return given

    def regime(self, *, language: str) -> RegimeSaid:
        """Return the regime as it is said."""
        said = self.cleaned_data
        return RegimeSaid(
            name=said["name"],
            language=language,
            kind=said["kind"],
            basis=Basis(said["basis"]),
            owed_to=said["owed_to"],
            group=said["group"],
            measures=said["measures"],
            stages=said["stages"],
            since=said["since"],
            until=said["until"],
            legal_basis=said["legal_basis"],
            content=said["content"],
            method=said["method"],
            working_days=said["working_days"],
        )

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        held = self.fields[name]
        self.fields[name] = forms.ChoiceField(
            choices=[("", "–"), *choices], error_messages=held.error_messages
        )

    def _sent(self, name: str) -> list[str]:
        sent: Any = self.data
        return list(sent.getlist(name)) if self.is_bound and hasattr(sent, "getlist") else []

    def _measures(self) -> "tuple[Measure, ...]":
        """Return the measures that are ticked: numbered ones first, then as they are listed."""
        chosen, placed, faults = set(self._sent("measure")), [], []
        for rank, one in enumerate(self.offered_measures):
            if str(one.uid) not in chosen:
                continue
            typed = str(self.data.get(f"place-{one.uid}", "")).strip()
            is_number = typed.isascii() and typed.isdigit() and len(typed) < 5
            if typed and not is_number:
                words = _("“%(typed)s” beside “%(measure)s” is no number: type 1, 2, 3.")
                faults.append(words % {"typed": typed[:40], "measure": one.name})
            placed.append((0, int(typed), rank) if typed and is_number else (1, 0, rank))
        if not placed:
            faults.append(_("Tick at least one measure."))
        for fault in faults:
            self.add_error("measures", fault)
        return tuple(self.offered_measures[rank] for _a, _b, rank in sorted(placed))

    def _add_stage(self, number: int) -> None:
        label = {"n": number}
        if number > 1:
            choices = [("", "–"), *((one.value, word(STAGES, one.value)) for one in PASSING)]
            self.fields[f"step_{number}"] = forms.ChoiceField(required=False, choices=choices)
            self.fields[f"height_{number}"] = _number(0, 9, _HEIGHT)
        self.fields[f"day_{number}"] = _number(1, 31, _A_DAY, required=number == 1)
        self.fields[f"months_{number}"] = _number(0, 24, _MONTHS)
        said = {
            "step": _("stage %(n)d, what is done"),
            "height": _("stage %(n)d, levels above the unit"),
            "day": _("stage %(n)d, day of the month"),
            "months": _("stage %(n)d, months after the last month of the period"),
        }
        for name, words in said.items():
            if f"{name}_{number}" in self.fields:
                self.fields[f"{name}_{number}"].widget.attrs["aria-label"] = words % label

    def _stage_row(self, number: int) -> StageFields:
        names = ("step", "height", "day", "months")
        fields = [f"{name}_{number}" for name in names]
        step, height, day, months = (self[one] if one in self.fields else None for one in fields)
        held = [one for one in (step, height, day, months) if one is not None]
        faults = tuple(str(error) for field in held for error in field.errors)
        return StageFields(number, step, height, day, months, faults)

    def _stages(self, given: dict[str, Any]) -> tuple[StageSaid, ...]:
        """Return the stages in their order; say why they make no way to a figure that counts."""
        found = []
        for number in range(1, MOST_STAGES + 1):
            step = ReportStep.HAND_IN if number == 1 else given.get(f"step_{number}")
            if not step:
                continue
            day = given.get(f"day_{number}")
            if day is None and f"day_{number}" not in self.errors:
                self.add_error(f"day_{number}", _A_DAY)
            height = given.get(f"height_{number}") or 0
            stage = Stage(ReportStep(step), height)
            found.append(StageSaid(stage, day or 1, given.get(f"months_{number}") or 0))
        try:
            require_chain([one.stage for one in found])
        except WrongChain as wrong:
            self.add_error(f"step_{max(2, len(found))}", word(CHAIN_FAULTS, wrong.why))
        return tuple(found)


class EndRegimeForm(KeyedForm):
    """The last day of a regime, as of the version that the page showed."""

    last = DayField(help_text=gettext_lazy("Periods whose data close later are not asked for."))
    version = forms.IntegerField(min_value=1, max_value=10**6, widget=forms.HiddenInput)

    def until(self) -> date:
        """Return the first day on which it is not in force."""
        last: date = self.cleaned_data["last"]
        return last + _ONE_DAY


class DaysForm(forms.Form):
    """The first and the last day of a period, as an address holds them."""

    first = DayField()
    last = DayField()

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day lies before the first."))
        return given

    def days(self) -> tuple[date, date]:
        """Return the first day and the first day after the last."""
        return self.cleaned_data["first"], self.cleaned_data["last"] + _ONE_DAY


class ReopenForm(KeyedForm):
    """Why a collection takes reports in again."""

    note = forms.CharField(
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": gettext_lazy("Say why, in your own words.")},
        help_text=gettext_lazy("It is kept with the collection and seen by all who look into it."),
    )


def _mark(value: Any) -> str:
    if isinstance(value, tuple):
        return ",".join(map(_mark, value))
    return str(getattr(value, "pk", value))
