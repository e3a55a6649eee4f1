"""The forms by which a conference is concluded: remarks, lines with who and by when, the notice."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from uuid_utils.compat import uuid7

from lotrinh.apps.dissemination.services import Line
from lotrinh.apps.duties.services import Concluded, Passage
from lotrinh.rules.conferences.record_words import NoticeFrame
from lotrinh.web.forms.appointing import DayField
from lotrinh.web.forms.proposals import ROOM, KeyedForm, TaskForm
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.wording_of_reviews import SYSTEMS

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Clause, Document, Rendition

MOST_LINES = 100
MORE = 3
_NEEDED = gettext_lazy("This has to be said.")
_PARTS = ("title", "unit", "due", "deliverable")
_LINES = gettext_lazy("One on each line.")


class RemarksForm(forms.Form):
    """What was said in conclusion, a line for each, and clauses of the notice that says so."""

    remarks = forms.CharField(
        required=False,
        max_length=60_000,
        widget=forms.Textarea({"rows": 8}),
        help_text=gettext_lazy(
            "One conclusion on each line. Pasted from a table, or parted by |, the unit, the "
            "deadline and the deliverable may follow."
        ),
    )
    clauses = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any, *, clauses: "Sequence[tuple[Rendition, Clause]]") -> None:
        super().__init__(data)
        self._clauses = {str(one.uid): (text, one) for text, one in clauses}
        offered: Any = self.fields["clauses"]
        offered.choices = [(uid, _words(*found)) for uid, found in self._clauses.items()]

    def clean(self) -> dict[str, Any]:
        """Refuse a form that says nothing, and more lines than one act can hold."""
        held = super().clean() or {}
        count = len(self._said(held))
        if not self.errors and not count:
            raise forms.ValidationError(_("Write at least one conclusion."))
        if count > MOST_LINES:
            said = _("At most %(n)s at once: send the others afterwards.")
            raise forms.ValidationError(said % {"n": MOST_LINES})
        return held

    def lines(self) -> dict[str, str]:
        """Return the lines as the next form takes them."""
        found: dict[str, str] = {}
        for number, row in enumerate(self._said(self.cleaned_data), start=1):
            found |= {f"line{number}-{name}": value for name, value in row.items()}
            found[f"line{number}-client_key"] = str(uuid7())
        return found

    def _said(self, held: Mapping[str, Any]) -> list[dict[str, str]]:
        typed = str(held.get("remarks") or "").splitlines()
        rows = [_parted(line) for line in typed if line.strip(" \t|-")]
        picked = [(uid, *self._clauses[uid]) for uid in held.get("clauses") or ()]
        rows += [{"title": _words(text, one)[:ROOM], "clause": uid} for uid, text, one in picked]
        return rows


def _parted(line: str) -> dict[str, str]:
    """Return the parts of a line that was typed with bars, or pasted from a table."""
    parts = line.replace("\t", "|").split("|")
    return {name: part.strip(" -") for name, part in zip(_PARTS, parts, strict=False)}


def _words(text: "Rendition", clause: "Clause") -> str:
    return " ".join(text.text[clause.start : clause.end].split())


class LineForm(TaskForm):
    """One conclusion; ``is_remark`` says that no duty follows from it."""

    is_remark = forms.BooleanField(required=False)
    clause = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, prefix: str, names: UnitNames, seen_by: int, on: date) -> None:
        super().__init__(data, names=names, seen_by=seen_by, on=on)
        self.prefix = prefix
        for name in ("turn", "responsibility", "authority"):
            del self.fields[name]
        self.fields["client_key"].widget = forms.HiddenInput()
        self.fields["title"].widget = forms.Textarea({"rows": 2})
        for name, offered in (("unit", "units"), ("person", "people")):
            self.fields[name].widget = forms.TextInput({"list": offered, "autocomplete": "off"})
        self.fields["due"].widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})

    def line(self, passages: Mapping[UUID, Passage]) -> Line:
        """Return what a valid line says."""
        held = self.cleaned_data
        said = Concluded(
            held["title"],
            held["client_key"],
            unit=self.unit_found,
            person=self.person_found,
            due=held["due"],
            deliverable=held["deliverable"],
            passage=passages.get(held["clause"]) if held["clause"] else None,
        )
        return Line(said, is_duty=not held["is_remark"])


class LinesForm:
    """The lines of one act; a line without any words is none."""

    def __init__(self, data: Any, *, more: int = 0, **given: Any) -> None:
        sent = sorted({number for name in data if (number := _number_of(name))})[:MOST_LINES]
        filled = [number for number in sent if _says_something(data, number)]
        self.forms = [LineForm(data, prefix=f"line{number}", **given) for number in filled]
        last = max(sent, default=0)
        room = min(more, MOST_LINES - len(filled))
        begun = {f"line{last + n}-client_key": str(uuid7()) for n in range(1, room + 1)}
        self.empty = [
            LineForm(begun, prefix=f"line{last + n}", **given) for n in range(1, room + 1)
        ]

    def is_valid(self) -> bool:
        """Say whether every line can be kept, and there is one."""
        judged = [one.is_valid() for one in self.forms]
        return bool(judged) and all(judged)

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Every fault with the field that it is of."""
        return [
            (field.id_for_label, str(error))
            for one in self.forms
            for field in one
            for error in field.errors
        ]


def _number_of(name: str) -> int:
    """Return which line a field is of, 0 for other fields."""
    number = name.partition("-")[0].removeprefix("line")
    is_line = name.startswith("line") and number.isascii() and number.isdigit()
    return int(number) if is_line and len(number) < 5 else 0


def _says_something(data: Mapping[str, Any], number: int) -> bool:
    named = ("title", "unit", "person", "due", "deliverable")
    return any(str(data.get(f"line{number}-{name}", "")).strip() for name in named)


class NoticeForm(KeyedForm):
    """What stands around the text of a notice of conclusions."""

    system = forms.ChoiceField(error_messages={"required": _NEEDED})
    superior = forms.CharField(required=False, max_length=300)
    issuer = forms.CharField(max_length=300, error_messages={"required": _NEEDED})
    number = forms.CharField(
        required=False, max_length=20, help_text=gettext_lazy("Empty until the registry gives it.")
    )
    symbol = forms.CharField(
        required=False, max_length=40, help_text=gettext_lazy("Such as TB/TU or TB-UBND.")
    )
    place = forms.CharField(required=False, max_length=100)
    day = DayField(required=False)
    capacity = forms.CharField(
        required=False, max_length=600, help_text=_LINES, widget=forms.Textarea({"rows": 2})
    )
    post = forms.CharField(required=False, max_length=200)
    signer = forms.CharField(required=False, max_length=200)
    recipients = forms.CharField(
        required=False, max_length=6000, help_text=_LINES, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, data: Any, **given: Any) -> None:
        super().__init__(data, **given)
        system: Any = self.fields["system"]
        system.choices = list(SYSTEMS.items())

    def frame(self, *, on: date) -> NoticeFrame:
        """Return what a valid form says; the form of a text without a day is that of today."""
        held = self.cleaned_data
        return NoticeFrame(
            system=held["system"],
            superior=held["superior"],
            issuer=held["issuer"],
            symbol=held["symbol"],
            number=held["number"],
            place=held["place"],
            day=held["day"],
            layout_day=held["day"] or on,
            capacity=_lines(held["capacity"]),
            post=held["post"],
            signer=held["signer"],
            recipients=_lines(held["recipients"]),
        )


class LinkNoticeForm(KeyedForm):
    """Which registered document is the notice of conclusions."""

    document = forms.ChoiceField(
        error_messages={
            "required": gettext_lazy("Choose the document."),
            "invalid_choice": gettext_lazy("Choose the document."),
        }
    )

    def __init__(self, data: Any, *, documents: "Sequence[Document]", **given: Any) -> None:
        super().__init__(data, **given)
        self._documents = {str(one.uid): one for one in documents}
        offered: Any = self.fields["document"]
        offered.choices = [("", _("choose"))]
        offered.choices += [
            (uid, ": ".join(part for part in (one.number, one.title) if part)[:120])
            for uid, one in self._documents.items()
        ]

    def chosen(self) -> "Document":
        """Return the document that was chosen."""
        return self._documents[self.cleaned_data["document"]]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
