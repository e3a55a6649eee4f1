"""One sentence that tells several units to do several things is several instructions.

"Giao Sở A lập kế hoạch; giao Sở B thẩm định" and "asked the Department of A to review ..., the
Department of B to transfer ..." are parted where the next unit and its verb begin, and only
behind a first instruction that is complete by itself.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from lotrinh.reading.assignments import (
    ADVERBS,
    DIRECTING,
    IMPERATIVE,
    LEAD,
    MODAL,
    Desk,
    Order,
    actors,
    skip,
)

_JOINT = re.compile(
    r"(?:[;,]|\s(?=(?:and|va)\s))\s*(?:(?:va|and|dong thoi|also|while)\s+)?(?:(?:he|she)\s+)?"
)
_TO_DO = re.compile(r"\s+(?:to|shall|must|should)\s")
_COMPLETE = 12  # characters behind the first unit that make an instruction


def split(desk: Desk, order: Order) -> Iterator[Order]:
    """Yield the instructions that one sentence gives, in its order."""
    current = order
    done = actors(desk, order.start, order.end)[1]
    for joint in _JOINT.finditer(desk.source.folded, order.start, order.end):
        if joint.start() < done + _COMPLETE:
            continue
        following = _following(desk, current, joint)
        if following is not None:
            yield replace(current, end=joint.start())
            current = following
            done = actors(desk, current.start, current.end)[1]
    yield current


def _following(desk: Desk, order: Order, joint: re.Match[str]) -> Order | None:
    """Return the instruction that begins behind a joint, if a unit and what it is to do follow."""
    source, at = desk.source, joint.end()
    gives = DIRECTING.at(source, at)
    place = skip(source.folded, gives[0]) if gives else at
    names, end = actors(desk, place, order.end)
    if not names:
        return None
    if not source.toned:
        first = _TO_DO.search(source.folded, order.start, joint.start())
        doing = _TO_DO.match(source.folded, end) is not None and first is not None
    else:
        after = skip(source.folded, end)
        doing = gives is not None or (
            joint.group().startswith(";")
            and any(verbs.at(source, after) for verbs in (LEAD, IMPERATIVE, ADVERBS, MODAL))
        )
    if not doing:
        return None
    return Order(place, order.end, "task.assigned", order.clause, names)
