"""What typed words may mean: a page, a unit, a document, a duty; of what the reader sees alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.duties import selectors as duties
from lotrinh.rules.names import search_key
from lotrinh.web.formatting import named
from lotrinh.web.presenters.organisation import found_units

MOST = 6
"""So many finds of a kind are shown."""
PLACES = {
    "morning": gettext_lazy("This morning"),
    "documents": gettext_lazy("Documents"),
    "duties": gettext_lazy("Duties"),
    "duty-board": gettext_lazy("Board"),
    "silent": gettext_lazy("Silence"),
    "notices": gettext_lazy("Notices"),
    "targets": gettext_lazy("Targets"),
    "reports": gettext_lazy("Reports"),
    "regimes": gettext_lazy("Reporting regimes"),
    "units": gettext_lazy("Organisation"),
    "groups": gettext_lazy("Groups of units"),
    "people": gettext_lazy("People"),
    "rights": gettext_lazy("Roles and rights"),
    "changes": gettext_lazy("Changes"),
    "ladder": gettext_lazy("Ladder of reminders"),
    "calendar": gettext_lazy("Working calendar"),
}
"""The pages that everybody who is signed in may open, by the names of their addresses."""


@dataclass(frozen=True, slots=True)
class Find:
    """Something that may be meant, and where it is."""

    name: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class FoundKind:
    """What was found of one kind."""

    code: str
    label: str
    finds: tuple[Find, ...]


def found_by(words: str, *, seen_by: int, on: date) -> tuple[FoundKind, ...]:
    """Return by kind what the words may mean; without words the pages."""
    kinds = [FoundKind("pages", _("Pages"), tuple(_places(words)))]
    if words:
        kinds += [
            FoundKind("units", _("Units"), tuple(_units(words, on=on))),
            FoundKind("documents", _("Documents"), tuple(_documents(words, seen_by, on=on))),
            FoundKind("duties", _("Duties"), tuple(_duties(words, seen_by, on=on))),
        ]
    return tuple(kind for kind in kinds if kind.finds)


def _places(words: str) -> Iterator[Find]:
    typed = search_key(words).split()
    for route, label in PLACES.items():
        if all(word in search_key(str(label)) for word in typed):
            yield Find(str(label), "", reverse(route))


def _units(words: str, *, on: date) -> Iterator[Find]:
    for one in found_units(words, on=on, most=MOST):
        yield Find(one.name, one.note, one.url)


def _documents(words: str, seen_by: int, *, on: date) -> Iterator[Find]:
    among = registry.visible(seen_by=seen_by, on=on)
    found = registry.search(typed=words, among=among)
    rows = [row for _rank, row in registry.found_page(found, after=None, most=MOST)]
    for row in rows or registry.near_numbers(found):
        note = row.title if row.number else ""
        yield Find(row.number or row.title, note, reverse("document", kwargs={"uid": row.uid}))


def _duties(words: str, seen_by: int, *, on: date) -> Iterator[Find]:
    for duty in duties.duties_named(words, seen_by=seen_by, on=on, most=MOST):
        unit = named(duty.unit) if duty.unit else ""
        yield Find(duty.title, unit, reverse("duty", kwargs={"uid": duty.uid}))
