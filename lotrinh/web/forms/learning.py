"""Forms about what was learned: a name is ended, a line of the lexicon is decided."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.apps.intake.selectors import LINE_VERDICTS
from lotrinh.web.formatting import typed_day
from lotrinh.web.forms.proposals import ROOM, STALE, KeyedForm, TurnForm

_WHY = gettext_lazy("Say in a few words why: it is read later.")


class EndNameForm(KeyedForm):
    """Why a learned name fills in nothing any more."""

    reason = forms.CharField(
        max_length=ROOM, error_messages={"required": _WHY}, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client_key"].widget = forms.HiddenInput()


class LineForm(TurnForm):
    """What is decided about a line, and why; the button that was pressed says what."""

    verdict = forms.ChoiceField(
        choices=[(verdict, verdict) for verdict in LINE_VERDICTS],
        error_messages={"required": STALE, "invalid_choice": STALE},
    )
    reason = forms.CharField(
        max_length=ROOM, error_messages={"required": _WHY}, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("client_key", "turn"):
            self.fields[name].widget = forms.HiddenInput()


class PeriodForm(forms.Form):
    """From which day to which; both days count, and either may be left open."""

    since = forms.CharField(required=False, max_length=20)
    until = forms.CharField(required=False, max_length=20)

    def clean_since(self) -> date | None:
        """Return the first day, or None."""
        return _day(self.cleaned_data["since"])

    def clean_until(self) -> date | None:
        """Return the last day, or None."""
        return _day(self.cleaned_data["until"])


def _day(typed: str) -> date | None:
    if not typed.strip():
        return None
    found = typed_day(typed)
    if found is None:
        raise forms.ValidationError(
            _("“%(day)s” is no day. Type day/month/year, such as 30/9/2024.") % {"day": typed}
        )
    return found
