"""Every closed vocabulary of the facts, for those who read the machine-readable output."""

from typing import get_args

from lotrinh.reading.assignments import RECURRENCE_CODES
from lotrinh.reading.citations import TYPE_CODES
from lotrinh.reading.facts import KINDS, ClauseKind, Comparator, Plain, plain
from lotrinh.reading.grammar import rules
from lotrinh.reading.quantities import UNIT_CODES
from lotrinh.reading.relations import RELATION_CODES
from lotrinh.reading.same_document import Verdict
from lotrinh.reading.tables.rules import RULES

DATE_ROLES = ("issued", "event", "deadline", "period")
DATE_PRECISIONS = ("day", "month", "quarter", "year", "interval")
SYSTEMS = ("party", "state", "press")


def confidence_of(rule: str) -> float:
    """Return how sure a rule says that it is; 0 for one that this version does not have.

    >>> confidence_of("citation.full"), confidence_of("citation.gone")
    (0.98, 0.0)
    """
    if rule in RULES:
        return RULES[rule]
    found = rules().get(rule)
    return found.confidence if found else 0.0


def vocabulary() -> dict[str, Plain]:
    """Return each vocabulary by its name.

    Units are open: these are the ones with a code, any other stays in the words of the text.
    """
    return {
        "kind": plain(KINDS),
        "citation.type": plain(sorted(TYPE_CODES)),
        "date.precision": plain(DATE_PRECISIONS),
        "date.role": plain(DATE_ROLES),
        "target.comparator": plain(get_args(Comparator)),
        "unit": plain(sorted(UNIT_CODES)),
        "task.recurrence": plain(RECURRENCE_CODES),
        "relation": plain(RELATION_CODES),
        "clause.kind": plain(get_args(ClauseKind)),
        "header.system": plain(SYSTEMS),
        "compare.verdict": plain(get_args(Verdict)),
        "rule": plain(sorted({*rules(), *RULES})),
    }
