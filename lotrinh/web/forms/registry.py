"""The forms of the registry: what a document is, how two stand to each other, which text counts."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.apps.documents.services import Description
from lotrinh.apps.units import selectors as units
from lotrinh.reading.citations import canonical_number
from lotrinh.rules.pinpoints import PART, slug_of
from lotrinh.web.formatting import typed_day
from lotrinh.web.forms.proposals import KeyedForm
from lotrinh.web.wording import RELATIONS_OUT

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Document
    from lotrinh.apps.units.models import Unit

REASON = gettext_lazy("Say in a few words why.")
_DAY_HINT = gettext_lazy("Day/month/year, such as 30/9/2024.")


class DayField(forms.CharField):
    """A day as people type it; empty is no day."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**{"required": False, "max_length": 60, "help_text": _DAY_HINT, **given})

    def clean(self, value: Any) -> Any:
        """Return the day, or None. Raises ValidationError where the words are no day."""
        typed = str(super().clean(value))
        if not typed:
            return None
        found = typed_day(typed)
        if found is None:
            raise forms.ValidationError(
                _("“%(day)s” is no day. Type day/month/year, such as 30/9/2024.") % {"day": typed}
            )
        return found


class DescribeForm(forms.Form):
    """What a document is called, who issued it, when."""

    was = forms.CharField(widget=forms.HiddenInput)
    title = forms.CharField(max_length=1000, required=False, widget=forms.Textarea({"rows": 3}))
    issuer = forms.CharField(
        max_length=200,
        required=False,
        widget=forms.TextInput({"list": "issuers"}),
        help_text=gettext_lazy("A unit of the register, or the name as it is printed."),
    )
    issued_on = DayField()
    effective_from = DayField(
        help_text=gettext_lazy("Only where it is another day than that of issue.")
    )
    term = forms.CharField(
        max_length=10,
        required=False,
        help_text=gettext_lazy("Of a Party document: XIII, XIV. Empty where the day settles it."),
    )

    def description(self, *, on: date) -> Description:
        """Return what was said; a name that one unit bears is that unit."""
        said = self.cleaned_data
        unit: Unit | None = units.unit_named(said["issuer"], on=said["issued_on"] or on)
        return Description(
            title=said["title"].strip(),
            issued_on=said["issued_on"],
            effective_from=said["effective_from"],
            issuer=unit,
            issuer_text="" if unit else said["issuer"].strip(),
            term=said["term"].strip().upper(),
        )


class RelationForm(KeyedForm):
    """How this document and another stand to each other.

    ``candidates`` are the documents of which one has to be chosen, where several bear the number.
    """

    candidates: "tuple[Document, ...]" = ()
    direction = forms.ChoiceField(
        choices=[
            ("out", gettext_lazy("this document does it to the other")),
            ("in", gettext_lazy("the other does it to this document")),
        ],
        widget=forms.RadioSelect,
        initial="out",
    )
    kind = forms.ChoiceField(choices=list(RELATIONS_OUT.items()), initial="implements")
    number = forms.CharField(
        max_length=60,
        required=False,
        help_text=gettext_lazy(
            "The number of the other document, such as 45-NQ/TW; empty where its effect is known "
            "and it is not."
        ),
    )
    other = forms.UUIDField(required=False)
    effective_from = DayField(
        help_text=gettext_lazy("Empty: from the day on which the acting document takes effect.")
    )
    source_pinpoint = forms.CharField(max_length=80, required=False)
    target_pinpoint = forms.CharField(
        max_length=80,
        required=False,
        help_text=gettext_lazy("Such as Điều 5, khoản 2, điểm a. Empty: the whole document."),
    )
    verb = forms.CharField(max_length=60, required=False)
    reason = forms.CharField(max_length=300, error_messages={"required": REASON})

    def clean_number(self) -> str:
        """Return the number as it is printed officially."""
        typed = str(self.cleaned_data["number"]).strip()
        if not typed:
            return ""
        found = canonical_number(typed)
        if found is None:
            raise forms.ValidationError(
                _("“%(number)s” is no number of a document.") % {"number": typed}
            )
        return found

    def clean_source_pinpoint(self) -> str:
        """Return the address of the piece that says so."""
        return _address(self.cleaned_data["source_pinpoint"])

    def clean_target_pinpoint(self) -> str:
        """Return the address of the piece that is touched."""
        return _address(self.cleaned_data["target_pinpoint"])


class ReasonForm(forms.Form):
    """A reason for what a button does."""

    reason = forms.CharField(max_length=300, error_messages={"required": REASON})


class TextForm(KeyedForm):
    """That a text counts, or was held against the signed copy; ``seen`` is the one that counted."""

    seen = forms.UUIDField(required=False)
    remark = forms.CharField(max_length=300, required=False)


class TermForm(forms.Form):
    """The days of a term, and those that were shown."""

    was_begins = DayField(widget=forms.HiddenInput)
    was_ends = DayField(widget=forms.HiddenInput)
    begins_on = DayField()
    ends_on = DayField()
    legal_basis = forms.CharField(max_length=300, required=False)


def _address(typed: str) -> str:
    bare = typed.strip()
    if not bare:
        return ""
    slug = slug_of(bare)
    if not slug and bare.casefold() in {"một phần", "a part"}:
        return PART
    if not slug:
        raise forms.ValidationError(
            _("“%(place)s” names no clause. Type it like Điều 5, khoản 2, điểm a.")
            % {"place": bare}
        )
    return slug
