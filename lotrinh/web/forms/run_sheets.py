"""The form of a run sheet: a row for each item, in the order that the reader writes beside it.

A row without a title is no item, so that rows are added and removed without a script.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.apps.dissemination.services import ItemSaid
from lotrinh.rules.conferences.agenda import MOST_ITEMS, MOST_MINUTES
from lotrinh.rules.names import name_key
from lotrinh.web.formatting import named
from lotrinh.web.forms.proposals import STALE

if TYPE_CHECKING:
    from lotrinh.apps.dissemination.selectors import ItemNow
    from lotrinh.apps.documents.models import Document
    from lotrinh.apps.units.selectors import PostOffered

MORE = 3
"""Empty rows below those that are filled in."""
_WHOLE = gettext_lazy("Write whole minutes, from 1 to 600.")
_ORDER = gettext_lazy("Write the order as a whole number.")


@dataclass(frozen=True, slots=True)
class ItemFields:
    """The fields of one row."""

    number: int
    order: Any
    title: Any
    document: Any
    presenter: Any
    minutes: Any


def post_label(one: "PostOffered") -> str:
    """Return a post as the form offers it: title, unit, and who holds it."""
    name = f"{named(one.post, 'title')}, {named(one.post.unit)}"
    return f"{name} ({one.held_by})" if one.held_by else name


class RunSheetForm(forms.Form):
    """The items of a run sheet, as of the ``version`` of the conference that the page showed."""

    version = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages={"required": STALE, "invalid": STALE, "min_value": STALE},
    )

    def __init__(
        self,
        data: Any,
        *,
        rows: int,
        documents: "Sequence[Document]",
        posts: "Sequence[PostOffered]",
        **given: Any,
    ) -> None:
        super().__init__(data, **given)
        self.numbers = range(1, min(max(rows, MORE), MOST_ITEMS) + 1)
        self._documents = {str(one.uid): one for one in documents}
        self._posts = {name_key(post_label(one)): one.post for one in posts}
        self.labels = [post_label(one) for one in posts]
        papers = [("", _("none"))]
        papers += [(uid, (one.number or one.title)[:80]) for uid, one in self._documents.items()]
        for number in self.numbers:
            self._add_row(number, papers)

    def _add_row(self, number: int, papers: list[tuple[str, str]]) -> None:
        bare = {"autocomplete": "off"}
        numeric = {**bare, "inputmode": "numeric"}
        wrong = dict.fromkeys(("invalid", "min_value", "max_value"), _WHOLE)
        self.fields[f"order_{number}"] = forms.IntegerField(
            required=False,
            min_value=0,
            max_value=999,
            widget=forms.TextInput(numeric),
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _ORDER),
        )
        self.fields[f"title_{number}"] = forms.CharField(required=False, max_length=500)
        self.fields[f"document_{number}"] = forms.ChoiceField(required=False, choices=papers)
        self.fields[f"presenter_{number}"] = forms.CharField(
            required=False, max_length=400, widget=forms.TextInput({"list": "posts", **bare})
        )
        self.fields[f"minutes_{number}"] = forms.IntegerField(
            required=False,
            min_value=1,
            max_value=MOST_MINUTES,
            widget=forms.TextInput(numeric),
            error_messages=wrong,
        )

    @property
    def rows(self) -> list[ItemFields]:
        """The rows of the form."""
        names = ("order", "title", "document", "presenter", "minutes")
        return [ItemFields(n, *(self[f"{one}_{n}"] for one in names)) for n in self.numbers]

    def clean(self) -> dict[str, Any]:
        """Refuse a row that says something of an item without a title."""
        given = super().clean() or {}
        for number in self.numbers:
            said = (given.get(f"{one}_{number}") for one in ("document", "presenter", "minutes"))
            if any(said) and not given.get(f"title_{number}"):
                self.add_error(f"title_{number}", _("Say what is presented, or empty the row."))
        return given

    def items(self) -> list[ItemSaid]:
        """Return the items of a valid form in their order; rows without one stay where they are."""
        given = self.cleaned_data
        filled = [number for number in self.numbers if given[f"title_{number}"].strip()]
        return [self._item(number) for number in sorted(filled, key=self._order)]

    def _order(self, number: int) -> tuple[int, int]:
        order = self.cleaned_data[f"order_{number}"]
        return (number if order is None else order, number)

    def _item(self, number: int) -> ItemSaid:
        given = self.cleaned_data
        typed = given[f"presenter_{number}"]
        post = self._posts.get(name_key(typed)) if typed else None
        return ItemSaid(
            given[f"title_{number}"],
            document=self._documents.get(given[f"document_{number}"]),
            post=post,
            presenter="" if post else typed,
            minutes=given[f"minutes_{number}"],
        )


def items_said(
    found: "Sequence[ItemNow]", posts: "Sequence[PostOffered]", *, version: int
) -> dict[str, Any]:
    """Return a run sheet as its form shows it at first."""
    labels = {one.post.pk: post_label(one) for one in posts}
    held: dict[str, Any] = {"version": version}
    for number, one in enumerate(found, start=1):
        item = one.item
        by_post = labels.get(item.post_id or 0, "") or (
            named(item.post, "title") if item.post else ""
        )
        held |= {
            f"order_{number}": number,
            f"title_{number}": item.title,
            f"document_{number}": str(item.document.uid) if item.document else "",
            f"presenter_{number}": by_post or item.presenter,
            f"minutes_{number}": item.minutes or "",
        }
    return held
