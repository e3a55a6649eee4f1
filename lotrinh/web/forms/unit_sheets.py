"""The forms by which a sheet of units comes in: the file, and the sheet that was looked at."""

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from lotrinh.apps.files.sheets import MOST_BYTES, Grid

ACCEPTED = ".xlsx,.xls,.ods,.csv"
_SALT = "units-import"
_A_DAY = 24 * 60 * 60
MOST_CARRIED = 3_500_000
"""Characters of a sheet, packed, that a form carries; Django takes no form beyond 4 MB."""


class SheetForm(forms.Form):
    """A file with a sheet of units."""

    file = forms.FileField(
        allow_empty_file=True,
        help_text=_("Excel (.xlsx) or CSV, at most 16 MB and 50,000 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        error_messages={
            "required": _("Choose a file."),
            "invalid": _("The file did not arrive. Choose it once more."),
        },
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too long to be read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(too_large())
        return file


def too_large() -> str:
    """Return the refusal of a sheet that is too large, with the cure."""
    return str(_("The sheet is too large to be taken over at once. Divide it and send the parts."))


def packed(grid: Grid, *, user_id: int) -> str:
    """Return a sheet as a form carries it from the look to the import; nobody can change it."""
    return signing.dumps({"user": user_id, "grid": grid}, salt=_SALT, compress=True)


def unpacked(carried: str, *, user_id: int) -> Grid | None:
    """Return the sheet that a form carried; None where it is not whole, too old or another's."""
    try:
        held = signing.loads(carried, salt=_SALT, max_age=_A_DAY)
    except signing.BadSignature:
        return None
    if held["user"] != user_id:
        return None
    return tuple(tuple(row) for row in held["grid"])
