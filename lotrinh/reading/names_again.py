"""Names that were told before: in full once more, or by their last part alone."""

import re
from collections.abc import Sequence

from lotrinh.reading.posts import POSTS, TITLES, Named, find_left_role
from lotrinh.reading.text import Source

_SPEAKS = re.compile(
    r"\s(?:also |then |further |later )?(?:said|told|spoke|made|gave|took|led|\w{3,}(?<!e)ed)\s"
)


def written_again(source: Source, found: Sequence[Named], claimed: bytearray) -> list[Named]:
    """Return the other places where a name stands in full: it needs no second proof."""
    composed = source.composed
    taken = {place for named in found for place in range(named.start, named.end)}
    again: list[Named] = []
    for name in {composed[named.start : named.end] for named in found}:
        place = composed.find(name) if " " in name else -1
        while place >= 0:
            end = place + len(name)
            whole = not (composed[place - 1 : place].isalnum() or composed[end : end + 1].isalnum())
            if whole and place not in taken and not claimed[place] and not _goes_on(source, end):
                again.append(Named(place, end))
                find_left_role(source, again[-1])
            place = composed.find(name, end)
    return again


def _goes_on(source: Source, end: int) -> bool:
    """Tell "đường Trần Phú Đông" from the name of a person: another capital follows."""
    return source.folded[end : end + 1] == " " and source.composed[end + 1 : end + 2].isupper()


def told_again(source: Source, found: Sequence[Named], claimed: bytearray) -> list[Named]:
    """Return the places where someone named before is meant by the last part of the name."""
    composed = source.composed
    firsts: dict[str, int] = {}
    for named in found:
        firsts.setdefault(composed[named.start : named.end].split()[-1], named.end)
    taken = {place for named in found for place in range(named.start, named.end)}
    again: list[Named] = []
    for word, known in firsts.items():
        place = composed.find(word, known) if len(word) > 1 else -1
        while place >= 0:
            end = place + len(word)
            if not (place in taken or claimed[place]) and _means_person(source, place, end):
                again.append(Named(place, end))
                find_left_role(source, again[-1])
            place = composed.find(word, end)
    return again


def _means_person(source: Source, start: int, end: int) -> bool:
    """Tell "ông Lập" and "Prime Minister Chinh": a title or a post stands directly before."""
    composed = source.composed
    if composed[start - 1 : start] not in {" ", "\n"} or composed[end : end + 1].isalnum():
        return False
    if composed[end : end + 1] == " " and composed[end + 1 : end + 2].isupper():
        return False
    if not source.toned and _tells(source, start, end):
        return True
    titled = TITLES.before(source, start) is not None
    post = None if source.toned else POSTS.before(source, start)
    return titled or (post is not None and composed[post[0]].isupper())


def _tells(source: Source, start: int, end: int) -> bool:
    """Tell "Concluding the meeting, Huy asked departments ...", who was named before."""
    before = source.folded[max(0, start - 3) : start]
    return (
        before.endswith((", ", ". ", '" ', "\n")) and _SPEAKS.match(source.folded, end) is not None
    )
