"""The forms by which a target is divided among units, and by which a unit answers.

Rows are typed or pasted one unit a line: unit; figure; base. Of each unit the sheet has a field of
its own besides; what was pasted counts before what stands there.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.targets.services import Among, Division, Given
from lotrinh.apps.units import selectors as units
from lotrinh.reading.citations import canonical_number
from lotrinh.rules.allocation_states import AllocationMethod, ShareAnswer
from lotrinh.web.formatting import named
from lotrinh.web.forms.appointing import DayField
from lotrinh.web.forms.figures import shown_figure, typed_figure
from lotrinh.web.forms.proposals import STALE, KeyedForm
from lotrinh.web.forms.unit_fields import one_unit
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.wording import ALLOCATION_METHODS, SHARE_ANSWERS, word

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Document
    from lotrinh.apps.targets.models import AllocationShare, Target
    from lotrinh.apps.units.models import Group, Unit

MOST_LINES = 500
"""So many units may be spoken of one by one."""
_ROOM = 100_000
_BETWEEN = re.compile(r"\s*[\t;|]\s*")
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
            "31/12/2023, by the statistics office."
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


class VersionedForm(KeyedForm):
    """A form about an allocation as the page showed it."""

    version = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages={"required": STALE, "invalid": STALE, "min_value": STALE},
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


class ConsultForm(VersionedForm):
    """That the draft is laid before the units, and by when they answer."""

    answers_due = DayField(
        required=False, help_text=gettext_lazy("Day/month/year, such as 30/9/2024.")
    )


class AnswerForm(VersionedForm):
    """What a unit says of its share, whose version the page showed."""

    share = forms.UUIDField(error_messages={"required": STALE, "invalid": STALE})
    answer = forms.ChoiceField(
        choices=[(said.value, said.value) for said in ShareAnswer],
        error_messages={"required": gettext_lazy("Say whether the unit agrees.")},
    )
    asked = forms.CharField(required=False, max_length=60)
    reason = forms.CharField(required=False, max_length=2000, widget=forms.Textarea({"rows": 2}))

    def __init__(self, data: Any, *, unit: str, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.unit = unit
        self.fields["answer"] = forms.ChoiceField(
            choices=[(said.value, word(SHARE_ANSWERS, said.value)) for said in ShareAnswer],
            error_messages=self.fields["answer"].error_messages,
            widget=forms.RadioSelect,
        )

    def clean(self) -> dict[str, Any]:
        """Read the figure that is asked for; a unit that asks says which and why."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("answer") != ShareAnswer.ASKS:
            return {**said, "asked": None, "reason": ""}
        try:
            said["asked"] = typed_figure(str(said.get("asked") or ""), self.unit)
        except forms.ValidationError as wrong:
            self.add_error("asked", wrong)
            return said
        if said["asked"] is None:
            self.add_error("asked", _("Say which figure the unit asks for."))
        if not str(said.get("reason") or "").strip():
            self.add_error("reason", _("Say why, in your own words."))
        return said


class DecideForm(VersionedForm):
    """By which document it is decided, and why the parts do not make the whole."""

    number = forms.CharField(
        max_length=80,
        help_text=gettext_lazy("The number of the document that decides, such as 45/QĐ-UBND."),
        error_messages={"required": gettext_lazy("An allocation is decided by a document.")},
    )
    difference_reason = forms.CharField(
        required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, data: Any, *, seen_by: int, on: date, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.seen_by, self.on = seen_by, on
        self.document_found: Document | None = None

    def clean_number(self) -> str:
        """Find the one document of this number that the reader may read."""
        typed = str(self.cleaned_data["number"]).strip()
        number = canonical_number(typed) or typed
        seen = documents.visible(seen_by=self.seen_by, on=self.on).filter(number=number)
        found = tuple(seen.order_by("is_stub", "-issued_on")[:2])
        if not found:
            raise forms.ValidationError(
                _("“%(number)s” is not among the documents that you may read. Register it first.")
                % {"number": typed}
            )
        if len(found) > 1 and found[0].is_stub == found[1].is_stub:
            raise forms.ValidationError(
                _("Several documents bear the number “%(number)s”.") % {"number": typed}
            )
        self.document_found = found[0]
        return typed


class WithdrawForm(VersionedForm):
    """That it is given up, and why once the units were asked."""

    reason = forms.CharField(required=False, max_length=2000, widget=forms.Textarea({"rows": 2}))
