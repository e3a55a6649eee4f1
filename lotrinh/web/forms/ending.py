"""The form by which what serves a cancelled duty is cancelled with it."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from lotrinh.web.forms.proposals import KeyedForm
from lotrinh.web.forms.steps import note_field


class CancelPartsForm(KeyedForm):
    """Why, in own words, and the versions of the parts that the page showed."""

    note = note_field(rows=3)

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["note"].required = True
        self.fields["note"].help_text = _("The same words go to every unit.")

    @property
    def shown(self) -> dict[UUID, int]:
        """The version of each part as the page showed it; what is no uid or number is left out."""
        sent: Any = self.data
        found: dict[UUID, int] = {}
        for typed in sent.getlist("part"):
            uid, _between, version = typed.partition(":")
            is_version = version.isascii() and version.isdigit() and len(version) < 10
            try:
                found[UUID(uid)] = int(version) if is_version else 0
            except ValueError:
                continue
        return found
