"""The forms of those who appoint: a post is filled, lent, left. Days are typed as they are spoken:
the last day is the last on which the post is held.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.web.formatting import typed_day
from lotrinh.web.forms.proposals import KeyedForm
from lotrinh.web.presenters.people import people_typed, person_label
from lotrinh.web.wording import word
from lotrinh.web.wording_of_rights import ACTIONS

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Person

_ONE_DAY = timedelta(days=1)
_LONG_AGO = timedelta(days=31)
_REQUIRED = gettext_lazy("Type the day: day/month/year.")
_NAME_NEEDED = {"required": gettext_lazy("Type family name, middle name and given name.")}
_DAY = {"inputmode": "numeric", "autocomplete": "off"}


class DayField(forms.CharField):
    """A day as it is typed; None where nothing is typed in a field that may stay empty."""

    widget = forms.TextInput(_DAY)

    def __init__(self, **given: Any) -> None:
        super().__init__(max_length=40, error_messages={"required": _REQUIRED}, **given)

    def clean(self, value: Any) -> date | None:
        """Return the day."""
        typed = str(super().clean(value))
        if not typed:
            return None
        found = typed_day(typed)
        if found is None:
            raise forms.ValidationError(
                _("“%(day)s” is no day. Type day/month/year, such as 30/9/2024.") % {"day": typed}
            )
        return found


class DatedForm(KeyedForm):
    """What every appointment needs: its days and the decision behind it."""

    since = DayField(help_text=gettext_lazy("The first day: day/month/year."))
    last = DayField(
        required=False,
        help_text=gettext_lazy("The last day, if one is set. It can be ended at any time."),
    )
    legal_basis = forms.CharField(
        max_length=300,
        error_messages={"required": gettext_lazy("Name the decision.")},
        help_text=gettext_lazy("Number, issuer and date of the decision."),
    )

    def clean(self) -> dict[str, Any]:
        """Turn the last day into the first day after it; refuse days in the wrong order."""
        given = super().clean() or {}
        since, last = given.get("since"), given.get("last")
        if since and last and last < since:
            self.add_error("last", _("The last day lies before the first."))
        given["until"] = last + _ONE_DAY if last else None
        return given


class AppointForm(DatedForm):
    """Which post of a unit, and whether only until somebody is appointed."""

    field_order = ("full_name", "another", "post", "acting", "since", "last", "legal_basis")

    post = forms.ChoiceField(
        error_messages={
            "required": gettext_lazy("Choose the post."),
            "invalid_choice": gettext_lazy("Choose the post."),
        }
    )
    acting = forms.BooleanField(required=False)

    def __init__(self, data: Any, *, posts: Iterable[tuple[str, str]], **given: Any) -> None:
        super().__init__(data, **given)
        self.fields["post"] = forms.ChoiceField(
            choices=list(posts), error_messages=self.fields["post"].error_messages
        )


class NewcomerForm(AppointForm):
    """Somebody who is not known yet. ``another``: not the one of this name who is known."""

    full_name = forms.CharField(
        max_length=200,
        error_messages=_NAME_NEEDED,
        help_text=gettext_lazy("Family name first, as in the decision."),
    )
    another = forms.BooleanField(required=False)

    def __init__(self, data: Any, *, seen_by: int, on: date, **given: Any) -> None:
        super().__init__(data, **given)
        self.seen_by, self.on = seen_by, on
        self.known: tuple[Person, ...] = ()

    def clean_full_name(self) -> str:
        """Return the name with single spaces."""
        name = " ".join(str(self.cleaned_data["full_name"]).split())
        if len(name.split()) < 2:
            raise forms.ValidationError(str(_NAME_NEEDED["required"]))
        return name

    def clean(self) -> dict[str, Any]:
        """Ask back where somebody of this name is known already."""
        given = super().clean() or {}
        name = str(given.get("full_name") or "")
        if name and not given.get("another"):
            self.known = people_typed(name, seen_by=self.seen_by, on=self.on)
        if self.known:
            labels = "; ".join(person_label(person) for person in self.known)
            self.add_error(
                "full_name",
                _("Known already: %(people)s. Is it somebody else? Then say so below.")
                % {"people": labels},
            )
        return given


class LendForm(DatedForm):
    """To whom a post is lent, until when, and which of its actions."""

    field_order = ("person", "since", "last", "actions", "legal_basis")

    person = forms.CharField(
        max_length=600,
        error_messages={"required": gettext_lazy("Say to whom it is delegated.")},
        widget=forms.TextInput({"list": "people", "autocomplete": "off"}),
    )
    last = DayField(help_text=gettext_lazy("A delegation has a last day: day/month/year."))
    actions = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one action.")},
    )

    def __init__(
        self, data: Any, *, carried: Iterable[str], seen_by: int, on: date, **given: Any
    ) -> None:
        super().__init__(data, **given)
        self.seen_by, self.on = seen_by, on
        self.carried = tuple(carried)
        self.person_found: Person | None = None
        choices = [(action, word(ACTIONS, action)) for action in self.carried]
        field = self.fields["actions"]
        self.fields["actions"] = forms.MultipleChoiceField(
            choices=choices, widget=field.widget, error_messages=field.error_messages
        )

    def clean_person(self) -> str:
        """Find the person among those whom the reader may see."""
        typed = str(self.cleaned_data["person"])
        found = people_typed(typed, seen_by=self.seen_by, on=self.on)
        if not found:
            raise forms.ValidationError(
                _("Nobody whom you may see is called “%(name)s”. Choose one of the list.")
                % {"name": typed}
            )
        if len(found) > 1:
            labels = "; ".join(person_label(person) for person in found)
            raise forms.ValidationError(
                _("Several people are called “%(name)s”: %(people)s. Choose one of the list.")
                % {"name": typed, "people": labels}
            )
        self.person_found = found[0]
        return typed

    def lent(self) -> list[str] | None:
        """Return what is lent; None where it is everything that the role carries."""
        chosen = list(self.cleaned_data["actions"])
        return None if set(chosen) == set(self.carried) else chosen


class EndForm(KeyedForm):
    """The last day on which the post is held."""

    last = DayField(help_text=gettext_lazy("The last day on which the post is held."))

    sure = forms.BooleanField(required=False)

    def __init__(self, data: Any, *, on: date, **given: Any) -> None:
        super().__init__(data, **given)
        self.on = on

    def clean(self) -> dict[str, Any]:
        """Ask back where the day lies far back: a slip in the year would take years of rights."""
        said: dict[str, Any] = super().clean() or {}
        last = said.get("last")
        if last is not None and last < self.on - _LONG_AGO and not said.get("sure"):
            self.asks_back = True
            self.add_error("last", _("This day lies more than a month back. Confirm it below."))
        return said

    asks_back = False

    def until(self) -> date:
        """Return the first day on which it gives nothing."""
        last: date = self.cleaned_data["last"]
        return last + _ONE_DAY
