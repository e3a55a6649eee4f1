"""The forms by which a duty goes on: a step with its reason, a report, a request to explain."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from uuid_utils.compat import uuid7

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.intake.services import Submission
from lotrinh.apps.intake.text import MOST_BYTES
from lotrinh.reading.citations import canonical_number
from lotrinh.rules.duty_states import BY_DOCUMENT, WITH_REASON, Step
from lotrinh.web.formatting import typed_day
from lotrinh.web.forms.documents import ACCEPTED, ManyFilesInput, too_long
from lotrinh.web.forms.proposals import STALE, KeyedForm, TaskForm
from lotrinh.web.presenters.names import UnitNames

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Document
    from lotrinh.apps.duties.models import Duty

ROOM = 4000
SHORT = 2000
MOST_FILES = 8
EVIDENCE = f"{ACCEPTED},image/jpeg,image/png"
_NO_REASON = gettext_lazy("Say why, in your own words.")
_TOO_LONG = gettext_lazy("This is too long: hand in a file, and say here what it is.")
_MADE_SMALLER = gettext_lazy(
    "Photographs were made smaller before sending: {after} MB instead of {before} MB. Where and "
    "when they were taken is not sent with them."
)
_FIELDS = {
    Step.ASK: ("due",),
    Step.EXTEND: ("due",),
    Step.TRANSFER: ("unit", "person"),
    Step.HAND: ("person",),
    **dict.fromkeys(BY_DOCUMENT, ("number",)),
}
"""What a step needs besides words."""


def note_field(*, rows: int = 4) -> forms.CharField:
    """Return the field for own words."""
    return forms.CharField(
        required=False,
        max_length=ROOM,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": _TOO_LONG, "required": _NO_REASON},
    )


class LifeForm(KeyedForm):
    """A form of a step: ``version`` is the one that the page showed."""

    version = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages={"required": STALE, "invalid": STALE, "min_value": STALE},
    )

    def renew(self, version: int) -> None:
        """Let what was typed be sent once more, about the duty as it stands now."""
        sent: Any = self.data
        said = sent.copy()
        said["version"], said["client_key"] = str(version), str(uuid7())
        self.data = said


class StepForm(TaskForm, LifeForm):
    """One step of a duty, with what this step needs and nothing else."""

    number = forms.CharField(
        required=False, max_length=80, error_messages={"max_length": _TOO_LONG}
    )
    note = note_field()

    def __init__(self, data: Any, *, step: Step, duty: "Duty", seen_by: int, on: date) -> None:
        super().__init__(data, names=UnitNames.standing(on=on), seen_by=seen_by, on=on)
        self.step = step
        self.document_found: Document | None = None
        if step is Step.HAND:
            self.unit_found = duty.unit
        wanted = _FIELDS.get(step, ())
        for name in set(self.fields) - {"client_key", "version", "note", *wanted}:
            del self.fields[name]
        for name in wanted:
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = _("This step needs it.")
        self.fields["note"].required = step in WITH_REASON
        self.fields["client_key"].widget = forms.HiddenInput()
        self.initial = {"version": duty.version, "client_key": uuid7(), "due": ""}
        self._dress()

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

    def _dress(self) -> None:
        for name, choices in (("unit", "units"), ("person", "people")):
            if name in self.fields:
                self.fields[name].widget.attrs.update({"list": choices, "autocomplete": "off"})
        if "due" in self.fields:
            self.fields["due"].widget.attrs["inputmode"] = "numeric"
            self.fields["due"].help_text = _("Day/month/year, such as 30/9/2024.")
        if "number" in self.fields:
            self.fields["number"].help_text = _(
                "The number of the document that orders it, such as 45-NQ/TW."
            )


class FilesField(forms.FileField):
    """One or several files; what became of each is said by its name."""

    widget = ManyFilesInput(
        attrs={"accept": EVIDENCE, "multiple": True, "data-photos": _MADE_SMALLER}
    )


class HandsInFiles(KeyedForm):
    """A form that hands in files.

    ``asks_declaration`` is true once the gate met a picture; only then is the box shown.
    """

    asks_declaration = False

    file = FilesField(
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(
            "A photograph (JPEG or PNG), Word, PDF, Excel or text; each at most 16 MB."
        ),
        error_messages={"invalid": gettext_lazy("The file did not arrive. Choose it once more.")},
    )
    declared = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse too many files, and too large ones."""
        given = super().clean() or {}
        files = self.handed_in()
        if len(files) > MOST_FILES:
            self.add_error("file", _("At most %(most)s files at once.") % {"most": MOST_FILES})
        if any(file.size > MOST_BYTES for file in files):
            self.add_error("file", too_long())
        return given

    def handed_in(self) -> list[Any]:
        """Return the files that were chosen."""
        files: Any = self.files
        return list(files.getlist("file")) if hasattr(files, "getlist") else []

    def submissions(self) -> list[Submission]:
        """Return the files as the gate takes them."""
        declared = bool(self.cleaned_data["declared"])
        found = []
        for file in self.handed_in():
            file.seek(0)
            found.append(
                Submission(
                    content=file.read(), source_name=str(file.name or ""), is_declared=declared
                )
            )
        return found


class ReportForm(HandsInFiles, LifeForm):
    """How far a duty is, or that it is done: a number, words, files."""

    done = forms.BooleanField(required=False)
    percent = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=100,
        error_messages={
            name: gettext_lazy("Type a whole number from 0 to 100.")
            for name in ("invalid", "min_value", "max_value")
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    note = note_field(rows=2)
    obstacle = forms.CharField(
        required=False,
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _TOO_LONG},
    )
    proposal = forms.CharField(
        required=False,
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _TOO_LONG},
    )

    field_order = ("client_key", "version", "percent", "note", "file", "obstacle", "proposal")

    def __init__(self, data: Any = None, files: Any = None, *, duty: "Duty") -> None:
        super().__init__(data, files)
        self.fields["client_key"].widget = forms.HiddenInput()
        self.initial = {"version": duty.version, "client_key": uuid7(), "percent": duty.percent}

    def clean(self) -> dict[str, Any]:
        """Refuse a report that says nothing, and a claim without a deliverable."""
        given = super().clean()
        if self.errors:
            return given
        files = self.handed_in()
        said = any(str(given.get(name) or "") for name in ("note", "obstacle", "proposal"))
        if given.get("done") and not (files or given.get("note")):
            self.add_error("note", _("Hand in the deliverable, or say here where it can be found."))
        elif not (said or files or given.get("percent") is not None or given.get("done")):
            self.add_error("note", _("Say how far it is: a number, a few words or a photograph."))
        return given


class ExplainForm(KeyedForm):
    """What is to be explained, and until when."""

    note = note_field()
    due = forms.CharField(
        max_length=60,
        help_text=gettext_lazy("Day/month/year, such as 30/9/2024."),
        error_messages={"required": gettext_lazy("Say until when.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, on: date) -> None:
        super().__init__(data)
        self.on = on
        self.fields["note"].required = True
        self.fields["client_key"].widget = forms.HiddenInput()
        self.initial = {"client_key": uuid7()}

    def clean_due(self) -> date:
        """Return the day, which is not over yet."""
        typed = str(self.cleaned_data["due"])
        found = typed_day(typed)
        if found is None:
            raise forms.ValidationError(
                _("“%(day)s” is no day. Type day/month/year, such as 30/9/2024.") % {"day": typed}
            )
        if found < self.on:
            raise forms.ValidationError(_("This day is over. Give time to answer."))
        return found
