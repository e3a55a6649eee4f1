"""The form by which a workbook of a report comes back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from lotrinh.apps.files.sheets import MOST_BYTES
from lotrinh.web.forms.unit_sheets import too_large


class ReportBookForm(forms.Form):
    """One workbook that was downloaded here."""

    client_key = forms.UUIDField(widget=forms.HiddenInput)
    file = forms.FileField(
        allow_empty_file=True,
        help_text=gettext_lazy("The Excel file (.xlsx) that was downloaded here and filled in."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": gettext_lazy("Choose the file that was filled in."),
            "invalid": gettext_lazy("The file did not arrive. Choose it once more."),
        },
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too long to be read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(too_large())
        return file

    def content(self) -> tuple[bytes, str]:
        """Return the bytes of the file and the name by which it came."""
        file = self.cleaned_data["file"]
        return file.read(), file.name
