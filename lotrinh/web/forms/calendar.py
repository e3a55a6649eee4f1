"""The forms of the working calendar, and of how a unit counts deadlines."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.apps.duties.selectors import OwnCounting
from lotrinh.apps.duties.services import Said
from lotrinh.apps.files.csv_text import read_csv
from lotrinh.reading.readers import Unreadable
from lotrinh.rules.due_days import Before
from lotrinh.rules.working_days import DayKind
from lotrinh.web.formatting import typed_day
from lotrinh.web.forms.appointing import DayField
from lotrinh.web.forms.proposals import KeyedForm
from lotrinh.web.wording import BEFORES, DAY_KINDS, word

_NAME = {"required": gettext_lazy("Type the name.")}
_ROOM = 60_000
_COLUMNS = 5
MOST_ROWS = 400
"""So many days one sheet may hold."""
HEAD = ("day", "kind", "name_vi", "name_en", "basis")
"""The columns of the sheet, which is given and taken alike."""


class CalendarDayForm(KeyedForm):
    """One day that departs from the week."""

    day = DayField(help_text=gettext_lazy("Day/month/year, such as 28/1/2025."))
    kind = forms.ChoiceField(choices=list(DAY_KINDS.items()))
    name_vi = forms.CharField(max_length=200, error_messages=_NAME)
    name_en = forms.CharField(max_length=200, error_messages=_NAME)
    basis = forms.CharField(
        max_length=300,
        required=False,
        help_text=gettext_lazy("Number, issuer and date of the decision."),
    )

    def said(self) -> tuple[Said, ...]:
        """Return the day that was typed."""
        given = self.cleaned_data
        names = {name: given[name] for name in ("day", "name_vi", "name_en", "basis")}
        return (Said(kind=DayKind(given["kind"]), **names),)


class CalendarSheetForm(KeyedForm):
    """Many days at once, pasted as they stand in a sheet."""

    rows = forms.CharField(
        max_length=_ROOM,
        error_messages={"required": gettext_lazy("Paste the rows.")},
        widget=forms.Textarea({"rows": 12}),
        help_text=gettext_lazy(
            "One day a row: day; holiday or worked; name in Vietnamese; name in English; decision. "
            "The export has the same columns."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Read the rows; every fault is told with its row, and nothing is entered with one."""
        given = super().clean() or {}
        self.days: list[Said] = []
        for number, cells in enumerate(self._rows(str(given.get("rows") or "")), 1):
            if number == 1 and typed_day(cells[0]) is None and cells[1] not in set(DayKind):
                continue  # the head
            self._read(number, cells)
        if not self.days and not self.errors:
            self.add_error("rows", _("No row holds a day."))
        return given

    def said(self) -> tuple[Said, ...]:
        """Return the days that were pasted."""
        return tuple(self.days)

    def _rows(self, text: str) -> list[tuple[str, ...]]:
        if not text.strip():
            return []
        try:
            grid, _encoding = read_csv(text.encode())
        except Unreadable:
            self.add_error("rows", _("These are no rows of a sheet."))
            return []
        rows = [
            tuple(cell.strip() for cell in (*row, *("",) * _COLUMNS)[:_COLUMNS])
            for row in grid
            if any(cell.strip() for cell in row)
        ]
        if len(rows) > MOST_ROWS:
            self.add_error("rows", _("At most %(n)s rows at once.") % {"n": MOST_ROWS})
            return []
        return rows

    def _read(self, number: int, cells: tuple[str, ...]) -> None:
        day, kind, name_vi, name_en, basis = cells
        found, faults = typed_day(day), []
        if found is None:
            faults.append(_("Row %(row)s: “%(day)s” is no day.") % {"row": number, "day": day})
        if kind not in set(DayKind):
            words = {"row": number, "kind": kind}
            faults.append(_("Row %(row)s: “%(kind)s” is neither holiday nor worked.") % words)
        if not name_vi or not name_en:
            faults.append(_("Row %(row)s: a name is missing.") % {"row": number})
        for fault in faults:
            self.add_error("rows", fault)
        if found is not None and not faults:
            self.days.append(Said(found, DayKind(kind), name_vi[:200], name_en[:200], basis[:300]))


class CountingForm(KeyedForm):
    """How a unit counts from a day on; an empty field is inherited from above."""

    before = forms.ChoiceField(required=False)
    closes_at = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=23,
        help_text=gettext_lazy(
            "What is handed in after this hour of the last day counts for the next day."
        ),
    )
    default_days = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=365,
        help_text=gettext_lazy(
            "So many days where the text gives no deadline; moved to the next working day."
        ),
    )
    soon_days = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=90,
        help_text=gettext_lazy("So many days before its deadline a duty is marked as due soon."),
    )
    report_days = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=366,
        help_text=gettext_lazy("Every so many days a word is due on what is owed to this unit."),
    )
    silent_periods = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=24,
        help_text=gettext_lazy("After so many of these without a word a unit is silent."),
    )
    since = DayField(help_text=gettext_lazy("The first day on which it holds: day/month/year."))
    read = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, **given: Any) -> None:
        super().__init__(data, **given)
        choices = [("", _("as above")), *((code, word(BEFORES, code)) for code in BEFORES)]
        self.fields["before"] = forms.ChoiceField(required=False, choices=choices)

    def own(self) -> OwnCounting:
        """Return what the unit says itself."""
        given = self.cleaned_data
        return OwnCounting(
            before=Before(given["before"]) if given["before"] else None,
            closes_at=given["closes_at"],
            default_days=given["default_days"],
            soon_days=given["soon_days"],
            report_days=given["report_days"],
            silent_periods=given["silent_periods"],
        )

    def since_day(self) -> date:
        """Return the first day on which it holds."""
        found: date = self.cleaned_data["since"]
        return found
