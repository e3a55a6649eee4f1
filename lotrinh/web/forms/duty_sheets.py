"""The form by which duties come in from a sheet: a file or pasted rows, and their document."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.files.sheets import MOST_BYTES
from lotrinh.reading.citations import canonical_number
from lotrinh.web.forms.unit_sheets import ACCEPTED, too_large

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Document, Rendition

_ROOM = 1_000_000
_TOO_LONG = gettext_lazy("At most 80 characters.")


class DutySheetForm(forms.Form):
    """A file or pasted rows; the document that asks for the new ones."""

    number = forms.CharField(
        required=False,
        max_length=80,
        error_messages={"max_length": _TOO_LONG},
        help_text=gettext_lazy(
            "Its number, such as 97-CTr/TU. New rows need it; exported rows do not."
        ),
    )
    rows = forms.CharField(
        required=False,
        max_length=_ROOM,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
        help_text=gettext_lazy("Copy the table with its head in Excel or Word and paste it here."),
    )
    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("Excel (.xlsx) or CSV, at most 16 MB and 50,000 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        error_messages={"invalid": gettext_lazy("The file did not arrive. Choose it once more.")},
    )

    def __init__(self, *given: Any, seen_by: int, on: date, **more: Any) -> None:
        super().__init__(*given, **more)
        self.seen_by, self.on = seen_by, on
        self.rendition: Rendition | None = None

    def clean_number(self) -> str:
        """Find the one document of this number that the reader may read, and its text."""
        typed = str(self.cleaned_data["number"]).strip()
        if typed:
            self.rendition = self._text_of(self._found(typed), typed)
        return typed

    def clean_file(self) -> Any:
        """Refuse a file that is too long to be read."""
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(too_large())
        return file

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two, not for both."""
        given = super().clean() or {}
        has_file, has_rows = bool(given.get("file")), bool(str(given.get("rows") or "").strip())
        if not has_file and not has_rows and not {"file", "rows"} & set(self.errors):
            self.add_error("rows", _("Paste the rows or choose a file."))
        if has_file and has_rows:
            self.add_error("file", _("Paste the rows or choose a file, not both."))
        return given

    def content(self) -> tuple[bytes, str]:
        """Return what was sent, and under which name."""
        file = self.cleaned_data["file"]
        if file:
            return file.read(), str(file.name)
        return str(self.cleaned_data["rows"]).encode(), "rows.csv"

    def _found(self, typed: str) -> "Document":
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
        return found[0]

    def _text_of(self, document: "Document", typed: str) -> "Rendition":
        found = documents.text_that_counts(document)
        if found is None:
            raise forms.ValidationError(
                _("No text of “%(number)s” is held yet. Add its file first.") % {"number": typed}
            )
        return found
