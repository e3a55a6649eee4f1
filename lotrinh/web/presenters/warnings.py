"""What is unusual about a document as it was issued: sentences that warn and refuse nothing."""

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.units import selectors as units
from lotrinh.rules.series import Fault, count_of, is_mixed, missing_beside, suffix_of
from lotrinh.rules.validity import CHANGES, EFFECTS
from lotrinh.web.presenters.registry import door
from lotrinh.web.presenters.shapes import DoorRow
from lotrinh.web.presenters.shapes import Warning as Shown

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Document
    from lotrinh.web.presenters.documents import Types

HEAD = 1500
"""In how many characters the printed number of a text is looked for."""
MOST_DOORS = 5


def warnings_of(
    document: "Document", types: "Types", text: str, *, seen_by: int, on: date
) -> tuple[Shown, ...]:
    """Return what is unusual about number and type. ``types`` are those of its own day."""
    return (
        *_series(document, registry.same_series(document=document, seen_by=seen_by, on=on)),
        *_order(document, text),
        *_type(document, types),
    )


def issuer_warnings(document: "Document", *, on: date) -> tuple[Shown, ...]:
    """Return whether the body that the suffix names may not issue this type of document."""
    suffix = suffix_of(document.number)
    row = registry.suffix_on(suffix=suffix, system=document.system, on=document.issued_on or on)
    if row is None or document.type_code not in row.refuses:
        return ()
    words = _("A body with the suffix %(suffix)s may not issue this type of document (%(basis)s).")
    said = words % {"suffix": suffix, "basis": row.legal_basis}
    return (Shown(Fault.TYPE_NOT_OF_ISSUER.value, said),)


def rank_warnings(
    document: "Document", rows: Iterable[registry.RelatedDocument]
) -> tuple[Shown, ...]:
    """Return where a Party document changes another whose issuer it is not, nor superior to."""
    found = []
    for row in rows:
        other = row.document
        if other is None or not row.is_seen or EFFECTS.get(row.kind) not in CHANGES:
            continue
        source, target = (document, other) if row.outgoing else (other, document)
        if target.system == "party" and not _may_change(source, target):
            words = _(
                "Only the issuer of %(target)s or its superior may amend, replace or repeal it; "
                "%(source)s is of another body."
            )
            said = words % {"target": target.number, "source": source.number}
            found.append(Shown(Fault.NOT_ISSUER_NOR_SUPERIOR.value, said, (door(other),)))
    return tuple(found)


def _may_change(source: "Document", target: "Document") -> bool:
    """Say whether it is not certain that the issuer is neither the same nor superior."""
    if source.issuer_id is None or target.issuer_id is None or source.issued_on is None:
        return True
    above = units.lineage(unit_id=target.issuer_id, on=source.issued_on)
    return not above or source.issuer_id in {place.id for place in above}


def _series(document: "Document", others: tuple["Document", ...]) -> list[Shown]:
    own = count_of(document.number)
    if own is None:
        return []
    found = []
    twins = [row for row in others if row.number == document.number]
    if twins:
        said = _("Another document of this series bears the same number.")
        found.append(Shown(Fault.SAME_NUMBER.value, said, _doors(twins)))
    counts = [count for row in others if (count := count_of(row.number)) is not None]
    missing = missing_beside(counts, own) if document.issuer_id is not None else ()
    total = sum(last - first + 1 for first, last in missing)
    if total:
        runs = ", ".join(f"{a:02d}" if a == b else f"{a:02d}-{b:02d}" for a, b in missing)
        said = ngettext(
            "Beside it %(n)s number of the series is not in the register: %(runs)s.",
            "Beside it %(n)s numbers of the series are not in the register: %(runs)s.",
            total,
        ) % {"n": total, "runs": runs}
        found.append(Shown(Fault.GAP.value, said))
    return found


def _order(document: "Document", text: str) -> list[Shown]:
    own = count_of(document.number)
    if own is None or document.system not in {"party", "state"}:
        return []
    printed = re.search(rf"(?<!\d)0*{own}[a-zđ]?\s*[-–—/]\s*[^\s,;]{{2,24}}", text[:HEAD])
    if printed is None or not is_mixed(printed.group(), document.system):
        return []
    said = _("The number is printed in the order of the other system: %(printed)s.")
    return [Shown(Fault.MIXED_ORDER.value, said % {"printed": printed.group()})]


def _type(document: "Document", types: "Types") -> list[Shown]:
    codes = {code for system, code in types if system == document.system}
    if not document.type_code or not codes or document.type_code in codes:
        return []
    said = _("No rule in force on its day names the type %(code)s.") % {"code": document.type_code}
    return [Shown(Fault.TYPE_NOT_IN_FORCE.value, said)]


def _doors(rows: Iterable["Document"]) -> tuple[DoorRow, ...]:
    return tuple(door(row) for row in list(rows)[:MOST_DOORS])
