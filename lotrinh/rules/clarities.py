"""The six clarities: what must be said before a duty binds anybody."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Clarity(StrEnum):
    """The six clarities ("6 rõ") without which a duty is not issued.

    Source: the acceptance rule of tasks in the steering of Resolution 57-NQ/TW.
    """

    PERSON = "person"
    WORK = "work"
    TIME = "time"
    RESPONSIBILITY = "responsibility"
    DELIVERABLE = "deliverable"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a duty says so far. Empty text and None both mean: not clear yet.

    ``lead`` is whether a unit answers for it; a person without the unit is not a clear person.
    ``leader`` is whether the leader is named who answers for it: that says who is responsible.
    """

    lead: bool
    person: bool
    work: str
    due: date | None
    recurrence: str
    responsibility: str
    deliverable: str
    authority: str
    leader: bool = False


def missing_clarities(terms: Terms) -> tuple[Clarity, ...]:
    """Return what still has to be made clear, in the order of the six clarities.

    A recurring duty ("hằng tháng") is clear in time without a day of its own.
    """
    clear = {
        Clarity.PERSON: terms.lead and terms.person,
        Clarity.WORK: bool(terms.work.strip()),
        Clarity.TIME: terms.due is not None or bool(terms.recurrence.strip()),
        Clarity.RESPONSIBILITY: terms.lead and (terms.leader or bool(terms.responsibility.strip())),
        Clarity.DELIVERABLE: bool(terms.deliverable.strip()),
        Clarity.AUTHORITY: bool(terms.authority.strip()),
    }
    return tuple(clarity for clarity in Clarity if not clear[clarity])
