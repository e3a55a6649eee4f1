"""What else is known of the texts of a document, as its desk tells it beside the proposals."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from lotrinh.apps.intake import selectors as readings
from lotrinh.web.presenters import desk_acts, differences, likeness

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Document
    from lotrinh.apps.intake.models import ReadingRun
    from lotrinh.web.presenters.desk import Card


def told_on_desk(
    document: "Document",
    run: "ReadingRun | None",
    shown: "Sequence[Card]",
    cards: "Sequence[Card]",
    *,
    decider: int | None,
    on: date,
) -> dict[str, Any]:
    """Return sentences with their addresses, and the proposals that are shown with what is near.

    Near a proposal stands what is around it on the desk and, for a decider, what another language
    says of it: others read that on the page that lays both texts side by side.
    """
    told: tuple[tuple[str, str], ...] = ()
    elsewhere: dict[int, tuple[likeness.Elsewhere, ...]] = {}
    if run is not None:
        told = differences.notices(run, document.uid)
    if run is not None and decider is not None and getattr(run, "is_alike", False):
        found = readings.likenesses_of(document=document, seen_by=decider, on=on)
        told = (*told, *likeness.notices(found, document))
        elsewhere = likeness.of_cards(found, run.rendition, shown)
    rows = [
        (card, replace(near, elsewhere=elsewhere.get(card.n, ())))
        for card, near in desk_acts.around(shown, cards)
    ]
    return {"told": told, "rows": rows}
