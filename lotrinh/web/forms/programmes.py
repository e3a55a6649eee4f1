"""The forms of the follow-up: who owes a programme, what a unit links, questions, reminders."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.apps.dissemination.services import ProgrammesSaid
from lotrinh.rules.programmes import ProgrammeOutcome
from lotrinh.web.formatting import named
from lotrinh.web.forms.appointing import DayField
from lotrinh.web.forms.proposals import KeyedForm
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.wording_of_programmes import OUTCOMES

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Document
    from lotrinh.apps.units.models import Group

ROOM = 4000
_TOO_LONG = gettext_lazy("At most 4,000 characters.")
_NEEDED = gettext_lazy("This has to be said.")


class OweForm(KeyedForm):
    """For which document, by when, and which units."""

    document = forms.ChoiceField(error_messages={"required": _NEEDED})
    due = DayField(help_text=gettext_lazy("Day/month/year, such as 30/9/2024."))
    group = forms.ChoiceField(required=False)
    without = forms.CharField(
        required=False,
        max_length=6000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("One unit on each line."),
    )

    def __init__(
        self,
        data: Any,
        *,
        documents: "Sequence[Document]",
        groups: "Iterable[Group]",
        names: UnitNames,
        **given: Any,
    ) -> None:
        super().__init__(data, **given)
        self._names = names
        self._documents = {str(one.uid): one for one in documents}
        self._groups = {one.code: one for one in groups}
        papers: Any = self.fields["document"]
        papers.choices = [(uid, document_name(one)) for uid, one in self._documents.items()]
        group: Any = self.fields["group"]
        group.choices = [("", _("units that have sites at the conference"))]
        group.choices += [(code, named(one)) for code, one in self._groups.items()]

    def clean_without(self) -> frozenset[int]:
        """Return the ids of the units that are left out."""
        found, unknown = set(), []
        for line in self.cleaned_data["without"].splitlines():
            meant = self._names.meant(line.strip()) if line.strip() else ()
            if len(meant) == 1:
                found.add(meant[0])
            elif line.strip():
                unknown.append(line.strip())
        if unknown:
            said = _("These are not the name of one unit: %(names)s.")
            raise forms.ValidationError(said % {"names": "; ".join(unknown)})
        return frozenset(found)

    def said(self) -> ProgrammesSaid:
        """Return what a valid form says."""
        held = self.cleaned_data
        return ProgrammesSaid(
            document=self._documents[held["document"]],
            due=held["due"],
            group=self._groups.get(held["group"]),
            without=held["without"],
        )


class LinkForm(KeyedForm):
    """Which document is the unit's programme."""

    document = forms.ChoiceField(
        error_messages={
            "required": gettext_lazy("Choose the document."),
            "invalid_choice": gettext_lazy("Choose a document that your unit keeps."),
        }
    )

    def __init__(self, data: Any, *, documents: "Sequence[Document]", **given: Any) -> None:
        super().__init__(data, **given)
        self._documents = {str(one.uid): one for one in documents}
        papers: Any = self.fields["document"]
        papers.choices = [("", _("choose"))]
        papers.choices += [(uid, document_name(one)) for uid, one in self._documents.items()]

    @property
    def chosen(self) -> "Document":
        """The document of a valid form."""
        return self._documents[self.cleaned_data["document"]]


class ReviewForm(KeyedForm):
    """That the office has read a programme."""

    note = forms.CharField(required=False, max_length=2000, widget=forms.Textarea({"rows": 2}))


class AskForm(KeyedForm):
    """What the office asks, about which passages by their places."""

    text = forms.CharField(
        max_length=ROOM,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": gettext_lazy("Say what you ask the unit."),
            "max_length": _TOO_LONG,
        },
    )


class AnswerForm(KeyedForm):
    """What the unit says."""

    text = forms.CharField(
        max_length=ROOM,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": gettext_lazy("Say what the unit answers."),
            "max_length": _TOO_LONG,
        },
    )


class CloseForm(KeyedForm):
    """How a question is closed, and why."""

    outcome = forms.ChoiceField(
        choices=list(OUTCOMES.items()),
        error_messages={"required": _NEEDED, "invalid_choice": _NEEDED},
    )
    note = forms.CharField(
        max_length=ROOM,
        widget=forms.Textarea({"rows": 2}),
        error_messages={
            "required": gettext_lazy("Say why, in your own words."),
            "max_length": _TOO_LONG,
        },
    )

    @property
    def found(self) -> ProgrammeOutcome:
        """How a valid form closes it."""
        return ProgrammeOutcome(self.cleaned_data["outcome"])


class RemindForm(KeyedForm):
    """The words that go to every unit that is reminded."""

    note = forms.CharField(
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"max_length": gettext_lazy("At most 1,000 characters.")},
    )


def document_name(document: "Document") -> str:
    """Return number and title of a document, as far as it has them."""
    return ": ".join(part for part in (document.number, document.title) if part)
