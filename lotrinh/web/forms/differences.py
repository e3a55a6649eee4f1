"""The forms by which a difference is taken or left, and two texts said to be one document."""

from django import forms
from django.utils.translation import gettext_lazy

from lotrinh.web.forms.proposals import STALE, KeyedForm, TurnForm
from lotrinh.web.wording import RENDITION_KINDS

MOST_SHOWN = 64


class SettleForm(TurnForm):
    """Which difference is meant, what of it is taken, and what the page showed of the draft."""

    older = forms.UUIDField(required=False, error_messages={"invalid": STALE})
    newer = forms.UUIDField(required=False, error_messages={"invalid": STALE})
    shown = forms.CharField(required=False, max_length=MOST_SHOWN)
    act = forms.ChoiceField(
        choices=[("take", "take"), ("leave", "leave")],
        error_messages={"required": STALE, "invalid_choice": STALE},
    )


class AnswerForm(KeyedForm):
    """Whether two texts are one document; ``into``: the one that stays, empty where they are two.

    ``kind`` is what the text of the other becomes there.
    """

    into = forms.UUIDField(required=False, error_messages={"invalid": STALE})
    kind = forms.ChoiceField(
        required=False,
        choices=list(RENDITION_KINDS.items()),
        error_messages={"invalid_choice": gettext_lazy("Say what the text is to the document.")},
    )
