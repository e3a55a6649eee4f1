"""The forms of the steps of an allocation: the units are asked and answer, it is decided."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.apps.documents import selectors as documents
from lotrinh.reading.citations import canonical_number
from lotrinh.rules.allocation_states import ShareAnswer
from lotrinh.web.forms.appointing import DayField
from lotrinh.web.forms.figures import typed_figure
from lotrinh.web.forms.proposals import STALE, KeyedForm
from lotrinh.web.wording import word
from lotrinh.web.wording_of_targets import SHARE_ANSWERS

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Document


class VersionedForm(KeyedForm):
    """A form about an allocation as the page showed it."""

    version = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages={"required": STALE, "invalid": STALE, "min_value": STALE},
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
