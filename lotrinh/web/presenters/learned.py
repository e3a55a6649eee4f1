"""What was learned of names, in words: on the cards of the desk, and in the list of all of it."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.units import selectors as units
from lotrinh.web.formatting import named
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.presenters.questions import Known, Lead

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.documents.models import Document
    from lotrinh.apps.intake.models import LearnedName
    from lotrinh.apps.intake.selectors import Meaning


def taught_leads(
    leads: Mapping[str, Lead],
    *,
    document: "Document",
    names: UnitNames,
    user: "User",
    on: date,
) -> dict[str, Lead]:
    """Return the leads, those that the register does not settle filled in with what was learned.

    Where people disagree nothing is filled in and both are offered; where the unit does not stand
    that day, the one that answers for it is offered.
    """
    open_names = [name for name, lead in leads.items() if name and lead.unit is None]
    meanings = readings.meanings_told(open_names, document=document, seen_by=user.pk, on=on)
    return dict(leads) | {
        name: _taught(leads[name], meaning, names, on=on) for name, meaning in meanings.items()
    }


def known_of(row: "LearnedName") -> Known:
    """Return since when, by whom and where a name is known; of a hidden document only the day.

    The row is one of ``meanings_told``.
    """
    told: Any = row
    if not told.is_seen:
        return Known(row.at)
    document = readings.document_of(row)
    url = reverse("document", kwargs={"uid": document.uid})
    return Known(row.at, told.by_name, document_name(document), url)


def document_name(document: "Document") -> str:
    """Return what a document is called in a few words: its number, else its title."""
    return document.number or document.title


def _taught(lead: Lead, meaning: "Meaning", names: UnitNames, *, on: date) -> Lead:
    """Return a lead with what is known of its name."""
    agreed = meaning.agreed
    if agreed is None:
        return _disputed(lead, meaning, names)
    label = names.label(agreed.unit_id)
    if label is not None:
        return Lead(lead.name, label, known=known_of(agreed))
    return _ended(lead, agreed, names, on=on)


def _disputed(lead: Lead, meaning: "Meaning", names: UnitNames) -> Lead:
    said = (names.label(row.unit_id) or named(row.unit) for row in meaning.said)
    labels = tuple(dict.fromkeys(said))
    note = _("People have said different units for this name: %(units)s. None is filled in.")
    return Lead(lead.name, None, labels, note % {"units": "; ".join(labels)})


def _ended(lead: Lead, row: "LearnedName", names: UnitNames, *, on: date) -> Lead:
    former = named(row.unit)
    heir = units.answerable_for([row.unit_id], on=on)[row.unit_id]
    successor = names.label(heir)
    if successor is None:
        note = _("Here the name meant %(unit)s, which does not stand today.")
        return Lead(lead.name, None, lead.may_be, note % {"unit": former})
    note = _(
        "Here the name meant %(unit)s, which does not stand today; %(successor)s answers for it."
    )
    words = {"unit": former, "successor": successor}
    return Lead(lead.name, None, (successor,), note % words)
