"""Every closed vocabulary of the facts, for those who read the machine-readable output."""

from typing import get_args

from lotrinh.reading.citations import TYPE_CODES
from lotrinh.reading.facts import KINDS, ClauseKind, Comparator, Plain
from lotrinh.reading.grammar import rules
from lotrinh.reading.quantities import UNIT_CODES
from lotrinh.reading.resolve import RELATION_CODES
from lotrinh.reading.same_document import Verdict
from lotrinh.reading.tasks import RECURRENCE_CODES

DATE_ROLES = ("issued", "event", "deadline", "period")
DATE_PRECISIONS = ("day", "month", "quarter", "year", "interval")
SYSTEMS = ("party", "state", "press")


def vocabulary() -> dict[str, Plain]:
    """Return each vocabulary by its name.

    Units are open: these are the ones with a code, any other stays in the words of the text.
    """
    return {
        "kind": list(KINDS),
        "citation.type": sorted(TYPE_CODES),
        "date.precision": list(DATE_PRECISIONS),
        "date.role": list(DATE_ROLES),
        "target.comparator": list(get_args(Comparator)),
        "unit": sorted(UNIT_CODES),
        "task.recurrence": list(RECURRENCE_CODES),
        "relation": list(RELATION_CODES),
        "clause.kind": list(get_args(ClauseKind)),
        "header.system": list(SYSTEMS),
        "compare.verdict": list(get_args(Verdict)),
        "rule": sorted(rules()),
    }
