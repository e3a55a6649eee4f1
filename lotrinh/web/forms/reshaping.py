"""The forms by which a person makes proposals: splits one, adds one, decides many."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.apps.intake.passages import words_at
from lotrinh.rules.rejections import Rejection
from lotrinh.web.forms.proposals import ROOM, STALE, KeyedForm, TurnForm

MOST_WORDS = 4_000
"""How many letters a passage that is added may have."""
REACH = 6_000
"""How far behind the beginning of a passage the words of what is added are looked for."""


class MergeForm(TurnForm):
    """With which proposal this one is merged, and its last turn."""

    other_turn = forms.IntegerField(required=False, min_value=0)


class SplitForm(TurnForm):
    """With which word of the passage, counted from 1, the second proposal begins."""

    word = forms.IntegerField(
        min_value=2,
        error_messages={
            "required": gettext_lazy("Choose the word with which the second proposal begins."),
            "invalid": gettext_lazy("Choose the word with which the second proposal begins."),
            "min_value": gettext_lazy("Before the first word there is nothing to split off."),
        },
    )


class AddForm(KeyedForm):
    """A commitment that reading missed, by its words; found in the text before it is sent on."""

    kind = forms.ChoiceField(
        choices=[
            ("task", gettext_lazy("Task")),
            ("target", gettext_lazy("Target")),
        ],
        error_messages={"required": gettext_lazy("Say whether it is a task or a target.")},
    )
    passage = forms.IntegerField(required=False, min_value=0)
    words = forms.CharField(
        max_length=MOST_WORDS,
        error_messages={
            "required": gettext_lazy("Copy the words of the commitment from the text."),
            "max_length": gettext_lazy("At most 4,000 letters: copy the core of the sentence."),
        },
    )
    at = forms.IntegerField(required=False, min_value=0)

    def __init__(
        self, data: Any, *, text: str, starts: dict[int, int], initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.text, self.starts = text, starts
        self.span: tuple[int, int] | None = None

    def clean(self) -> dict[str, Any]:
        """Find the words: at the place of the selection, in the passage named, or anywhere."""
        given = super().clean() or {}
        words, passage, at = given.get("words"), given.get("passage"), given.get("at")
        if passage and passage not in self.starts:
            self.add_error(
                "passage", _("The text has no passage %(number)s.") % {"number": passage}
            )
        if not words or self.errors:
            return given
        first = self.starts[passage] if passage else 0
        last = min(first + REACH, len(self.text)) if passage else len(self.text)
        self.span = words_at(self.text, words, max(first, at or 0), last)
        self.span = self.span or words_at(self.text, words, first, last)
        if self.span is None:
            self.add_error(
                "words",
                _("These words do not stand in passage %(number)s. Copy them as they are printed.")
                % {"number": passage}
                if passage
                else _("These words do not stand in the text. Copy them as they are printed."),
            )
        return given


class SeveralForm(KeyedForm):
    """What is done to many proposals at once, and what the page showed of them (``said``)."""

    act = forms.ChoiceField(choices=[(act, act) for act in ("accept", "reject", "unit")])
    whole = forms.BooleanField(required=False)
    said = forms.CharField(required=False, max_length=64)
    unit = forms.CharField(required=False, max_length=ROOM)
    reason = forms.ChoiceField(
        required=False, choices=[(reason.value, reason.value) for reason in Rejection]
    )
    note = forms.CharField(required=False, max_length=ROOM)

    def clean(self) -> dict[str, Any]:
        """Ask for what the act needs."""
        given = super().clean() or {}
        if given.get("act") == "reject" and not given.get("reason"):
            self.add_error("reason", _("Choose why it is dropped."))
        if given.get("act") == "unit" and not str(given.get("unit") or "").strip():
            self.add_error("unit", _("Choose the unit that is meant."))
        return given


class UndoForm(KeyedForm):
    """What is to be taken back: the key of the act."""

    act = forms.UUIDField(error_messages={"required": STALE, "invalid": STALE})
