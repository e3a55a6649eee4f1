"""The form of the ladder of reminders: a row a rung, so many days from the deadline, who is told.

A row without days is no rung. The rows are of one form, so that it works without a script.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.apps.duties.services import RungSaid
from lotrinh.rules.reminders import MOST_DAYS, Informed, Rung
from lotrinh.web.forms.appointing import DayField
from lotrinh.web.forms.proposals import KeyedForm
from lotrinh.web.presenters.notices import told_word

MOST_RUNGS = 10
"""So many rungs a ladder may have."""
_WHOLE = gettext_lazy("Type a whole number of days from -366 to 366.")


@dataclass(frozen=True, slots=True)
class RungFields:
    """The fields of one row."""

    number: int
    code: Any
    days: Any
    name_vi: Any
    name_en: Any
    told: tuple[Any, ...]
    errors: tuple[str, ...]


class LadderForm(KeyedForm):
    """The rungs of a ladder and the day from which it holds."""

    since = DayField(help_text=gettext_lazy("A day to come: day/month/year."))
    read = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, **given: Any) -> None:
        super().__init__(data, **given)
        for number in range(1, MOST_RUNGS + 1):
            self._add_row(number)

    @property
    def rows(self) -> Sequence[RungFields]:
        """The rows of the form."""
        return tuple(self._row(number) for number in range(1, MOST_RUNGS + 1))

    def clean(self) -> dict[str, Any]:
        """Refuse a rung without names or without anybody who is told."""
        given = super().clean() or {}
        for number in range(1, MOST_RUNGS + 1):
            if given.get(f"days_{number}") is None:
                continue
            if not given.get(f"name_vi_{number}") or not given.get(f"name_en_{number}"):
                self.add_error(f"days_{number}", _("Name the rung in both languages."))
            if not any(given.get(f"{one}_{number}") for one in Informed):
                self.add_error(f"days_{number}", _("Say who is told."))
        return given

    def rungs(self) -> tuple[RungSaid, ...]:
        """Return the rungs as they were typed, the first day first; a new one gets a code."""
        given = self.cleaned_data
        numbers = [n for n in range(1, MOST_RUNGS + 1) if given.get(f"days_{n}") is not None]
        taken = {given[f"code_{n}"] for n in numbers}
        free = (code for n in range(1, 2 * MOST_RUNGS) if (code := f"rung_{n}") not in taken)
        found, used = [], set()
        for number in sorted(numbers, key=lambda n: given[f"days_{n}"]):
            code = given[f"code_{number}"]
            if not code or code in used:
                code = next(free)
            used.add(code)
            told = tuple(one for one in Informed if given[f"{one}_{number}"])
            rung = Rung(code, given[f"days_{number}"], told)
            found.append(RungSaid(rung, given[f"name_vi_{number}"], given[f"name_en_{number}"]))
        return tuple(found)

    def _add_row(self, number: int) -> None:
        label = {"n": number}
        self.fields[f"code_{number}"] = forms.SlugField(
            required=False, max_length=30, widget=forms.HiddenInput
        )
        self.fields[f"days_{number}"] = forms.IntegerField(
            required=False,
            min_value=-MOST_DAYS,
            max_value=MOST_DAYS,
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _WHOLE),
            widget=forms.TextInput(
                attrs={
                    "inputmode": "text",
                    "autocomplete": "off",
                    "size": 5,
                    "aria-label": _("rung %(n)d, days from the deadline") % label,
                }
            ),
        )
        for name, said in (
            ("name_vi", _("rung %(n)d, name in Vietnamese")),
            ("name_en", _("rung %(n)d, name in English")),
        ):
            self.fields[f"{name}_{number}"] = forms.CharField(
                required=False,
                max_length=100,
                widget=forms.TextInput(attrs={"aria-label": said % label}),
            )
        for one in Informed:
            self.fields[f"{one}_{number}"] = forms.BooleanField(
                required=False, label=told_word(one)
            )

    def _row(self, number: int) -> RungFields:
        names = [f"{name}_{number}" for name in ("days", "name_vi", "name_en", "code")]
        return RungFields(
            number=number,
            code=self[f"code_{number}"],
            days=self[f"days_{number}"],
            name_vi=self[f"name_vi_{number}"],
            name_en=self[f"name_en_{number}"],
            told=tuple(self[f"{one}_{number}"] for one in Informed),
            errors=tuple(str(one) for name in names for one in self[name].errors),
        )
