"""The forms of reviews: beginning one, its frame, its parts, a number, a comment, freezing it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.apps.reviews.services import Frame, ReviewSaid
from lotrinh.rules.period_words import period_name
from lotrinh.rules.reviewing.quoting import ASPECTS, Aspect, Source
from lotrinh.web.forms.appointing import DayField
from lotrinh.web.forms.proposals import STALE, KeyedForm
from lotrinh.web.forms.unit_fields import NamesUnits
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.wording import word
from lotrinh.web.wording_of_reviews import ASPECT_WORDS, LANGUAGES, SYSTEMS

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Document
    from lotrinh.apps.reporting.models import Period
    from lotrinh.apps.reviews.models import Review
    from lotrinh.apps.targets.models import Target

_NEEDED = gettext_lazy("This has to be said.")
_LINES = gettext_lazy("One on each line.")
MOST_TEXT = 60_000


def _lines(rows: int, *, hint: Any = _LINES) -> forms.CharField:
    return forms.CharField(
        required=False, max_length=6000, help_text=hint, widget=forms.Textarea({"rows": rows})
    )


def _words(longest: int, *, required: bool = False, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        required=required,
        max_length=longest,
        help_text=hint,
        error_messages={"required": _NEEDED},
    )


class BeginForm(NamesUnits, KeyedForm):
    """Which unit reviews which period and which documents, in which form and language."""

    unit = forms.CharField(
        max_length=600,
        widget=forms.TextInput({"list": "units", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Name the unit whose review it is.")},
    )
    period = forms.ChoiceField(
        error_messages={"required": gettext_lazy("Choose the period.")},
        help_text=gettext_lazy("Figures are those that were told for this period."),
    )
    documents = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one document.")},
    )
    counted_on = DayField(
        help_text=gettext_lazy("Duties are counted as they stood at the end of this day.")
    )
    about = _words(500, required=True, hint=gettext_lazy("What stands under the word “Report”."))
    system = forms.ChoiceField(error_messages={"required": _NEEDED})
    language = forms.ChoiceField(error_messages={"required": _NEEDED})

    def __init__(
        self,
        data: Any,
        *,
        names: UnitNames,
        periods: "Sequence[Period]",
        documents: "Sequence[Document]",
        page_language: str,
        **given: Any,
    ) -> None:
        super().__init__(data, **given)
        self.names = names
        self._periods = {str(one.uid): one for one in periods}
        self._documents = {str(one.uid): one for one in documents}
        shown = [
            (uid, period_name(one.rule, language=page_language))
            for uid, one in self._periods.items()
        ]
        self._field("period").choices = [("", _("choose")), *shown]
        self._field("documents").choices = [
            (uid, " ".join(part for part in (one.number, one.title) if part))
            for uid, one in self._documents.items()
        ]
        self._field("system").choices = [(code, str(said)) for code, said in SYSTEMS.items()]
        self._field("language").choices = [(code, str(said)) for code, said in LANGUAGES.items()]

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def clean_unit(self) -> Any:
        """Return the unit that is named."""
        return self.find_unit("unit")

    def said(self) -> ReviewSaid:
        """Return what a valid form says."""
        held = self.cleaned_data
        return ReviewSaid(
            unit=held["unit"],
            period=self._periods[held["period"]],
            documents=[self._documents[uid] for uid in held["documents"]],
            system=held["system"],
            language=held["language"],
            counted_on=held["counted_on"],
            about=held["about"],
        )


class SectionForm(forms.Form):
    """A part of the text, over the version that the writer read."""

    version = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid"), STALE),
    )
    text = forms.CharField(
        required=False,
        max_length=MOST_TEXT,
        strip=False,
        widget=forms.Textarea({"rows": 16, "data-quoting": ""}),
        help_text=gettext_lazy("Each line is a paragraph. [#3] stands for number 3 of the list."),
    )


class NumberForm(forms.Form):
    """A number to put on the list: of what, and what is said of it."""

    of = forms.ChoiceField(error_messages={"required": _NEEDED})
    aspect = forms.ChoiceField(error_messages={"required": _NEEDED})

    def __init__(self, data: Any, *, targets: "Iterable[Target]", **given: Any) -> None:
        super().__init__(data, **given)
        self._targets = {str(one.uid): one for one in targets}
        of: Any = self.fields["of"]
        of.choices = [
            (str(Source.DUTIES), _("All duties of the documents")),
            (str(Source.TARGETS), _("All targets of the documents")),
            *((uid, one.measure.name) for uid, one in self._targets.items()),
        ]
        aspect: Any = self.fields["aspect"]
        aspect.choices = [(str(one), word(ASPECT_WORDS, one)) for one in Aspect]

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be said of the source."""
        held = super().clean() or {}
        if "of" in held and "aspect" in held and Aspect(held["aspect"]) not in ASPECTS[self.source]:
            can = ", ".join(word(ASPECT_WORDS, one) for one in ASPECTS[self.source])
            self.add_error("aspect", _("Of this one may say: %(can)s.") % {"can": can})
        return held

    @property
    def source(self) -> Source:
        """Where the number is kept."""
        of = self.cleaned_data["of"]
        return Source.TARGET if of in self._targets else Source(of)

    @property
    def target(self) -> "Target | None":
        """The target, where it is of one."""
        return self._targets.get(self.cleaned_data["of"])


class FrameForm(forms.Form):
    """What stands around the text."""

    version = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid"), STALE),
    )
    about = _words(500, required=True)
    superior = _words(300)
    issuer = _words(300, required=True)
    symbol = _words(60, hint=gettext_lazy("What follows the number, as BC-UBND or BC/TU."))
    number = _words(20, hint=gettext_lazy("Left open until the text is issued."))
    place = _words(100)
    day = DayField(required=False, help_text=gettext_lazy("Left open until the text is issued."))
    addressed_to = _lines(3)
    recipients = _lines(5)
    capacity = _lines(
        2, hint=gettext_lazy("On whose behalf, one on each line, as “TM. …”, “KT. …”.")
    )
    post = _words(200)
    signer = _words(200)
    counted_on = DayField(
        help_text=gettext_lazy("Duties are counted as they stood at the end of this day.")
    )

    def frame(self) -> Frame:
        """Return what a valid form says."""
        held = dict(self.cleaned_data)
        held.pop("version")
        return Frame(**held)


def framed_with(review: "Review", day_text: Any) -> dict[str, Any]:
    """Return what the form of a frame begins with."""
    names = [name for name in Frame.__dataclass_fields__ if name not in {"day", "counted_on"}]
    found: dict[str, Any] = {name: getattr(review, name) for name in names}
    shown: dict[str, date | None] = {"day": review.day, "counted_on": review.counted_on}
    days = {name: day_text(one) if one else "" for name, one in shown.items()}
    return {**found, **days, "version": review.version}


class UnixText(forms.CharField):
    """Text of several lines; a line break counts as one sign, as the browser counts it."""

    def to_python(self, value: Any) -> Any:
        """Return the text with plain line breaks."""
        return str(super().to_python(value) or "").replace("\r\n", "\n")


class CommentForm(KeyedForm):
    """Words on a part of the text."""

    text = UnixText(
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": gettext_lazy("Write what you want to say.")},
    )


class FreezeForm(KeyedForm):
    """Freezing; an edition after the first says why."""

    reason = forms.CharField(required=False, max_length=1000, widget=forms.Textarea({"rows": 2}))

    def __init__(self, data: Any, *, needs_reason: bool, **given: Any) -> None:
        super().__init__(data, **given)
        self.fields["reason"].required = needs_reason
        self.fields["reason"].error_messages["required"] = _("Say why another edition is made.")

    def clean(self) -> dict[str, Any]:
        """Refuse to print for good where nobody said to what its code and its numbers lead."""
        if not settings.LOTRINH_HAS_ADDRESS:
            raise forms.ValidationError(
                _(
                    "Nobody has said at which address these pages are reached, so that the print"
                    " would lead nowhere. The administrator sets LOTRINH_ADDRESS; then freeze it."
                )
            )
        return super().clean() or {}
