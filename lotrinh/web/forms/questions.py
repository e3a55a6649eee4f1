"""The forms of questions: a site asks, the office settles."""

from django import forms
from django.utils.translation import gettext_lazy

from lotrinh.rules.conferences.questions import QuestionStep
from lotrinh.web.forms.proposals import STALE, KeyedForm


class AskForm(KeyedForm):
    """What a site asks."""

    text = forms.CharField(
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": gettext_lazy("Write the question.")},
    )


class SettleForm(KeyedForm):
    """What the office does with a question."""

    question = forms.UUIDField(error_messages={"required": STALE, "invalid": STALE})
    step = forms.ChoiceField(choices=[(one, one) for one in QuestionStep])
    words = forms.CharField(required=False, max_length=4000, widget=forms.Textarea({"rows": 3}))
