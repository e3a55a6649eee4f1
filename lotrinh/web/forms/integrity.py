"""The forms of a question of integrity: the unit answers, whoever keeps the collection closes."""

from django import forms
from django.utils.translation import gettext_lazy

from lotrinh.web.forms.proposals import KeyedForm
from lotrinh.web.wording_of_integrity import OUTCOMES

ROOM = 4000
_TOO_LONG = gettext_lazy("At most 4,000 characters: say the rest in a file of the report.")


class AnswerForm(KeyedForm):
    """What the unit says."""

    text = forms.CharField(
        max_length=ROOM,
        widget=forms.Textarea({"rows": 4}),
        error_messages={
            "required": gettext_lazy("Say how the figures came about."),
            "max_length": _TOO_LONG,
        },
        help_text=gettext_lazy("It is kept with the question and seen by all who see the figures."),
    )


class CloseQuestionForm(KeyedForm):
    """How the question was found, and why."""

    outcome = forms.ChoiceField(
        choices=list(OUTCOMES.items()),
        widget=forms.Select({"class": "usa-select"}),
        error_messages={
            "required": gettext_lazy("Choose how the question is closed."),
            "invalid_choice": gettext_lazy("Choose how the question is closed."),
        },
    )
    note = forms.CharField(
        max_length=ROOM,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": gettext_lazy("Say why, in your own words."),
            "max_length": _TOO_LONG,
        },
    )
