"""Whether a reader may see what frozen numbers were made of: judged by the very rows."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.targets import selectors as targets
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.actions import Action

Json = Mapping[str, Any]


def opens_rows(numbers: Iterable[Json], *, seen_by: int, on: date) -> bool:
    """Say whether the account may see every figure, target and duty that these are made of.

    A review may quote a total of a unit that lies above its own. So each place whose total was
    made is asked for, and each row of a count; what one may read of the review says nothing here.
    """
    held = list(numbers)
    rows = [row for one in held for row in one.get("rows", ())]
    terms = [term for one in held for term in (*one.get("terms", ()), *one.get("terms_before", ()))]
    return (
        _reaches({term["unit"] for term in terms}, seen_by=seen_by, on=on)
        and _sees(targets.visible(seen_by=seen_by, on=on), rows, "target")
        and _sees(duties.visible(seen_by=seen_by, on=on), rows, "duty")
    )


def _reaches(uids: set[str], *, seen_by: int, on: date) -> bool:
    if not uids:
        return True
    reach = units.reach(user_id=seen_by, action=Action.READ_FIGURE, on=on)
    return Unit.objects.filter(uid__in=uids, pk__in=reach).count() == len(uids)


def _sees(visible: Any, rows: Iterable[Json], name: str) -> bool:
    uids = {UUID(row[name]) for row in rows if name in row}
    return not uids or visible.filter(uid__in=uids).values("pk").distinct().count() == len(uids)
