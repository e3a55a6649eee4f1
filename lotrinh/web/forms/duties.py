"""The form by which a draft is issued: it says which version of the draft was read."""

from uuid import UUID

from django import forms
from uuid_utils.compat import uuid7


class IssueForm(forms.Form):
    """A client key, and the version that the page showed."""

    client_key = forms.UUIDField()
    version = forms.IntegerField(required=False, min_value=1)

    def version_of(self, current: int) -> int:
        """Return the version that was read; a page that does not say shows the current one."""
        return int(self.cleaned_data["version"] or current)

    @staticmethod
    def fresh_key() -> UUID:
        """Return the key for the next sending."""
        return uuid7()
