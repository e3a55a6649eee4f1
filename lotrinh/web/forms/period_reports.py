"""The forms by which a report of figures goes from hand to hand, and by which files come to it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from lotrinh.rules.report_states import WITH_WORDS, ReportStep
from lotrinh.web.forms.proposals import STALE, KeyedForm
from lotrinh.web.forms.steps import HandsInFiles, note_field

if TYPE_CHECKING:
    from lotrinh.apps.targets.models import Measure

ASKED = "a-"
"""How the field begins that asks something of a figure; the uid of its measure follows."""
_HASH = r"^[0-9a-f]{64}$"
_ROOM = 2000
_MOST_UNITS = 2000


class ReportStepForm(KeyedForm):
    """One step of a report: ``content`` is the mark of what the page showed.

    ``without`` are the units below that the page named as missing, which count only with the tick.
    """

    content = forms.RegexField(
        _HASH, widget=forms.HiddenInput, error_messages={"required": STALE, "invalid": STALE}
    )
    note = note_field()
    is_without = forms.BooleanField(required=False)

    def __init__(
        self, data: Any = None, *, step: ReportStep, content: str, measures: "Sequence[Measure]"
    ) -> None:
        super().__init__(data)
        self.step, self.measures = step, measures
        self.fields["client_key"].widget = forms.HiddenInput()
        self.fields["note"].required = step in WITH_WORDS
        self.initial = {"client_key": uuid7(), "content": content}

    def clean(self) -> dict[str, Any]:
        """Refuse a return whose words for a figure find no room."""
        given = super().clean() or {}
        for measure in self.measures:
            if len(self.asked_of(measure)) > _ROOM:
                words = {"name": measure.name, "most": _ROOM}
                self.add_error(
                    None, _("%(name)s: what was typed has more than %(most)s signs.") % words
                )
        return given

    def asked_of(self, measure: "Measure") -> str:
        """Return what is asked of the figure of a measure."""
        typed = self.data.get(f"{ASKED}{measure.uid}", "") if self.is_bound else ""
        return str(typed).replace("\x00", "").strip()

    def asked(self) -> dict[int, str]:
        """Return by measure what is asked of its figure."""
        said = {measure.pk: self.asked_of(measure) for measure in self.measures}
        return {pk: words for pk, words in said.items() if words}

    def without(self) -> tuple[UUID, ...]:
        """Return the units that the page named and the tick leaves out."""
        sent: Any = self.data
        if not self.cleaned_data["is_without"] or not hasattr(sent, "getlist"):
            return ()
        found = []
        for typed in sent.getlist("without")[:_MOST_UNITS]:
            try:
                found.append(UUID(typed))
            except ValueError:
                continue
        return tuple(found)

    def renew(self, content: str) -> None:
        """Let what was typed be sent once more, about the report as it stands now."""
        sent: Any = self.data
        said = sent.copy()
        said["content"], said["client_key"] = content, str(uuid7())
        said.pop("is_without", None)
        self.data = said


class FiguresFilesForm(HandsInFiles):
    """Files that support a figure, or the whole report where no line is chosen."""

    line = forms.ChoiceField(required=False)

    def __init__(
        self, data: Any = None, files: Any = None, *, measures: "Sequence[Measure]", line: str = ""
    ) -> None:
        super().__init__(data, files)
        self.measures = measures
        choices = [("", _("the whole report"))]
        choices += [(str(measure.uid), measure.name) for measure in measures]
        chosen: Any = self.fields["line"]
        chosen.choices = choices
        chosen.error_messages["invalid_choice"] = STALE
        self.fields["client_key"].widget = forms.HiddenInput()
        self.initial = {"client_key": uuid7(), "line": line}

    def clean(self) -> dict[str, Any]:
        """Ask for a file."""
        given = super().clean()
        if not self.errors and not self.handed_in():
            self.add_error("file", _("Choose at least one file."))
        return given

    @property
    def measure(self) -> "Measure | None":
        """The line that was chosen."""
        chosen = self.cleaned_data["line"]
        return next((one for one in self.measures if str(one.uid) == chosen), None)
