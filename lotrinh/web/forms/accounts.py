"""The forms about accounts: one is opened, closed, given a password, and a password is changed."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from lotrinh.rules.closing import Closing
from lotrinh.web.forms.proposals import KeyedForm
from lotrinh.web.wording import CLOSINGS

_REASON = {
    "required": gettext_lazy("Choose why it is closed."),
    "invalid_choice": gettext_lazy("Choose why it is closed."),
}
_LANGUAGE = {
    "required": gettext_lazy("Choose the language."),
    "invalid_choice": gettext_lazy("Choose the language."),
}
_SHAPE = gettext_lazy(
    "At least three small letters or digits without marks; between them dots, dashes or @."
)
_MOST = 200


class OpenForm(KeyedForm):
    """Under which name somebody will sign in, and in which language he reads."""

    sign_in_name = forms.RegexField(
        r"^[a-z0-9][a-z0-9._@-]+[a-z0-9]\Z",
        max_length=150,
        error_messages={"required": gettext_lazy("Say the sign-in name."), "invalid": _SHAPE},
        help_text=_SHAPE,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"}),
    )
    language = forms.ChoiceField(choices=settings.LANGUAGES, error_messages=_LANGUAGE)


class CloseForm(KeyedForm):
    """Why an account is closed."""

    reason = forms.ChoiceField(
        choices=[("", "---"), *((code.value, CLOSINGS[code.value]) for code in Closing)],
        error_messages=_REASON,
    )


class GiveForm(KeyedForm):
    """That a password is given; ``read`` is the form that gave the last one."""

    read = forms.UUIDField(required=False)


class OwnPasswordForm(forms.Form):
    """A password of one's own, typed twice, in place of the present one."""

    current = forms.CharField(
        max_length=_MOST,
        strip=False,
        error_messages={"required": gettext_lazy("Type your present password.")},
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        max_length=_MOST,
        strip=False,
        error_messages={"required": gettext_lazy("Type a new password.")},
        help_text=gettext_lazy("At least eight signs; several words are easy to keep in mind."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        max_length=_MOST,
        strip=False,
        error_messages={"required": gettext_lazy("Type the new password once more.")},
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse two new passwords that differ: one of them was mistyped."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("new") and said.get("again") and said["new"] != said["again"]:
            self.add_error("again", gettext_lazy("The two new passwords differ. Type both again."))
        return said
