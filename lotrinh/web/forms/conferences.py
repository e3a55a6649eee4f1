"""The forms of conferences: planning one, calling sites, telling who is there."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.apps.dissemination.services import Called, ClassSaid, ConferenceSaid, Named
from lotrinh.apps.dissemination.services.preparing import MOST_AT_A_SITE
from lotrinh.rules.conferences import Counting, Link
from lotrinh.web.formatting import named
from lotrinh.web.forms.appointing import DayField
from lotrinh.web.forms.proposals import KeyedForm
from lotrinh.web.forms.unit_fields import NamesUnits
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.wording_of_conferences import COUNTINGS, LINKS

if TYPE_CHECKING:
    from lotrinh.apps.dissemination.models import AttendeeClass
    from lotrinh.apps.documents.models import Document
    from lotrinh.apps.units.models import Group

_NEEDED = gettext_lazy("This has to be said.")
MOST_NAMED, LONGEST_NAME = 2000, 200


class PlanForm(NamesUnits, KeyedForm):
    """Who holds a conference, when and where, and which documents it carries."""

    title = forms.CharField(max_length=500, error_messages={"required": _NEEDED})
    unit = forms.CharField(
        max_length=600,
        widget=forms.TextInput({"list": "units", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Name the unit that holds it.")},
    )
    day = DayField()
    begins = forms.TimeField(
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
        input_formats=["%H:%M", "%Hh%M", "%H.%M"],
        help_text=gettext_lazy("Such as 14:00."),
        error_messages={"invalid": gettext_lazy("Write the hour like 14:00.")},
    )
    place = forms.CharField(required=False, max_length=300)
    talk_url = forms.URLField(
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("The room of the office for those who speak back; not a stream."),
        error_messages={"invalid": gettext_lazy("Write an address such as https://…")},
    )
    counting = forms.ChoiceField(error_messages={"required": _NEEDED})
    documents = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one document.")},
    )

    def __init__(
        self, data: Any, *, names: UnitNames, documents: "Sequence[Document]", **given: Any
    ) -> None:
        super().__init__(data, **given)
        self.names = names
        self._documents = {str(one.uid): one for one in documents}
        counting: Any = self.fields["counting"]
        counting.choices = [(code, str(said)) for code, said in COUNTINGS.items()]
        papers: Any = self.fields["documents"]
        papers.choices = [
            (uid, " ".join(part for part in (one.number, one.title) if part))
            for uid, one in self._documents.items()
        ]

    def clean_unit(self) -> Any:
        """Return the unit that is named."""
        return self.find_unit("unit")

    def said(self, *, language: str) -> ConferenceSaid:
        """Return what a valid form says."""
        held = self.cleaned_data
        return ConferenceSaid(
            organiser=held["unit"],
            title=held["title"],
            language=language,
            day=held["day"],
            begins=held["begins"],
            place=held["place"],
            talk_url=held["talk_url"],
            counting=Counting(held["counting"]),
            documents=[self._documents[uid] for uid in held["documents"]],
        )


class NumbersForm(forms.Form):
    """How many delegates of each class; an empty field says nothing."""

    def __init__(self, data: Any, *, classes: "Iterable[AttendeeClass]", **given: Any) -> None:
        super().__init__(data, **given)
        self.classes = {one.code: named(one) for one in classes}
        wrong = _("Write a whole number from 0 to 20,000.")
        for code, label in self.classes.items():
            self.fields[f"n-{code}"] = forms.IntegerField(
                required=False,
                min_value=0,
                max_value=MOST_AT_A_SITE,
                label=label,
                widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
            )

    @property
    def rows(self) -> list[Any]:
        """The fields of the classes, in their order."""
        return [self[f"n-{code}"] for code in self.classes]

    def numbers(self) -> Mapping[str, int]:
        """Return what was said, by code of class."""
        said = {code: self.cleaned_data.get(f"n-{code}") for code in self.classes}
        return {code: number for code, number in said.items() if number is not None}


class CallForm(NumbersForm):
    """Which group is called to sites, which units besides, and how many to each."""

    group = forms.ChoiceField(required=False)
    also = forms.CharField(
        required=False,
        max_length=6000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("One unit on each line."),
    )
    without = forms.CharField(
        required=False,
        max_length=6000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("One unit on each line."),
    )

    def __init__(
        self, data: Any, *, groups: "Iterable[Group]", names: UnitNames, **given: Any
    ) -> None:
        super().__init__(data, **given)
        self._names = names
        self._groups = {one.code: one for one in groups}
        group: Any = self.fields["group"]
        group.choices = [("", _("no group"))]
        group.choices += [(code, named(one)) for code, one in self._groups.items()]

    def clean_also(self) -> list[int]:
        """Return the ids of the units that are called besides the group."""
        return self._lines("also")

    def clean_without(self) -> frozenset[int]:
        """Return the ids of the units that are left out."""
        return frozenset(self._lines("without"))

    def clean(self) -> dict[str, Any]:
        """Refuse a form that calls nobody."""
        held = super().clean() or {}
        if not self.errors and not held["group"] and not held["also"]:
            self.add_error("group", _("Choose a group, or name the units."))
        return held

    def _lines(self, field: str) -> list[int]:
        typed = [line.strip() for line in self.cleaned_data[field].splitlines() if line.strip()]
        meant = [(line, self._names.meant(line)) for line in typed]
        unknown = [line for line, found in meant if len(found) != 1]
        if unknown:
            said = _("These are not the name of one unit: %(names)s.")
            raise forms.ValidationError(said % {"names": "; ".join(unknown)})
        return [found[0] for _line, found in meant]

    def called(self) -> Called:
        """Return what a valid form says."""
        held = self.cleaned_data
        group = self._groups.get(held["group"])
        return Called(group=group, added=held["also"], without=held["without"])


class CountForm(KeyedForm, NumbersForm):
    """How many are at a site now."""

    def clean(self) -> dict[str, Any]:
        """Refuse a form that says nothing at all."""
        held = super().clean() or {}
        if not self.errors and not self.numbers():
            raise forms.ValidationError(_("Write how many are there; 0 says that nobody is."))
        return held


class NamesForm(forms.Form):
    """People to be called by name, one on each line, all of one class."""

    attendees = forms.ChoiceField(error_messages={"required": _NEEDED})
    names = forms.CharField(
        max_length=60_000,
        widget=forms.Textarea({"rows": 8}),
        help_text=gettext_lazy("One person on each line."),
        error_messages={"required": gettext_lazy("Write at least one name.")},
    )

    def __init__(self, data: Any, *, classes: "Iterable[AttendeeClass]", **given: Any) -> None:
        super().__init__(data, **given)
        attendees: Any = self.fields["attendees"]
        attendees.choices = [(one.code, named(one)) for one in classes]

    def clean_names(self) -> list[str]:
        """Return the names, one for each line that says something."""
        found = [" ".join(line.split()) for line in self.cleaned_data["names"].splitlines()]
        held = [one for one in found if one]
        if len(held) > MOST_NAMED:
            said = _("At most %(n)s at once: send the others afterwards.")
            raise forms.ValidationError(said % {"n": MOST_NAMED})
        long = [one for one in held if len(one) > LONGEST_NAME]
        if long:
            said = _("This is longer than a name: “%(words)s…”.")
            raise forms.ValidationError(said % {"words": long[0][:60]})
        return held

    def named(self) -> list[Named]:
        """Return who is called."""
        held = self.cleaned_data
        return [Named(held["attendees"], name=one) for one in held["names"]]


class ClassForm(forms.Form):
    """A class of delegates by its code: a new one, or other words for one that is known."""

    code = forms.SlugField(
        max_length=30,
        help_text=gettext_lazy("Small letters, digits and hyphens, such as party-members."),
        error_messages=dict.fromkeys(
            ("required", "invalid"),
            gettext_lazy("Write a code of small letters, digits and hyphens."),
        ),
    )
    name_vi = forms.CharField(max_length=200, error_messages={"required": _NEEDED})
    name_en = forms.CharField(max_length=200, error_messages={"required": _NEEDED})
    until = DayField(required=False)

    def clean_code(self) -> str:
        """Return the code in small letters."""
        return str(self.cleaned_data["code"]).lower()

    def said(self) -> ClassSaid:
        """Return what a valid form says."""
        held = self.cleaned_data
        return ClassSaid(held["code"], held["name_vi"], held["name_en"], held["until"])


class LinkForm(KeyedForm):
    """How a site is connected."""

    link = forms.ChoiceField(
        choices=[(code, said) for code, said in LINKS.items() if code != Link.NOT_YET],
        error_messages={"required": _NEEDED},
    )
