"""The posts in which a text names people.

Posts stand to the left of a name, or to the right behind a comma or a dash; one before a colon
holds for all names of the list behind it. A post that follows a name directly belongs to that
name where the next one has its own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from lotrinh.reading.grammar import Phrases, any_of, lexicon
from lotrinh.reading.text import Source

_PEOPLE = lexicon("people")
TITLES: Phrases[bool] = Phrases.of(_PEOPLE["titles"]["vi"] + _PEOPLE["titles"]["en"], True)
POSTS: Phrases[bool] = Phrases.of(_PEOPLE["posts"]["vi"] + _PEOPLE["posts"]["en"], True)
_FULL_LINE = 55  # characters
_ROLE_REACH = 170
_BREAK = re.compile(r"[;:\n(]|[.!?]\s")
_WORD_START = re.compile(r"(?<!\w)\w")
# Capitalised words and levels that lead up to a post ("Provincial Party Committee Secretary").
_POST_LEAD = re.compile(
    r"(?:(?:[A-Z][\w'\u2019-]*|provincial|municipal|city|district|hospital|the|of)[ ]){1,6}"
    r"(?:[A-Za-z]+)"
)
_RIGHT_LINK = re.compile(r"\s*(?:,|-|\()\s*(?:the\s+)?")
_ROLE_END = re.compile(r"[;.:()\n\"]|,|\s-\s")
_ROLE_VERB = re.compile(r"\s+" + any_of(lexicon("guards")["people"]["role_end"]))
_NOT_LEFT = frozenset(lexicon("guards")["agencies"]["not_left"])
_OF_THE_ONE_BEFORE = re.compile(r"\s*(?:,|-|\()\s*(?:the\s+)?")
_ANOTHER = re.compile(r"(?:\s(?:va|and|cung)(?:\scac|\sthe)?|,\scac)\s")
_SHORTENED = re.compile(r"(?<!\w)(?:tp|t|no)$")
_SMALL_LEAD = re.compile(r"(?<!\w)(?:hospital|school|company|board|standing|permanent|project) $")
_COLON = re.compile(r":\s(?:cac dong chi |dong chi |comrades? )?$")
_LISTED = re.compile(r",\s|,?\s(?:va|and)\s")
_FORMER = re.compile(r"(?<!\w)(?:former|nguyen|then|acting)\s$")
_PARTED = re.compile(r"(?:,|\bva|\band|\bcung)(?:\s(?:dong chi|comrade|ong|ba|mr\.?|ms\.?))?\s*$")
_TRAILING = re.compile(r"[\s,]+$|\s+(?:and|va|la|cung|with|comrades?|cac)\s*$")


@dataclass(slots=True)
class Named:
    """A name while it is being read; ``post`` says that a post or title stands beside it."""

    start: int
    end: int
    role_start: int = 0
    role_end: int = 0
    rule: str = "person.name"
    floor: int = 0  # the end of the name before: no post reaches back over another person
    shared: bool = False  # the post stands before a colon and holds for a list of names


def shares_post(source: Source, named: Named, previous: Named | None) -> bool:
    """Read "các Phó Chủ tịch UBND tỉnh: Nguyễn Long Biên, Lê Huyền", one post for all names."""
    folded = source.folded
    goes_on = previous is not None and _LISTED.fullmatch(folded, previous.end, named.start)
    if previous is not None and previous.shared and goes_on:
        named.role_start, named.role_end = previous.role_start, previous.role_end
        named.shared = True
        return True
    colon = _COLON.search(folded, max(named.floor, named.start - 16), named.start)
    if colon is None:
        return False
    low = max(named.floor, colon.start() - _ROLE_REACH)
    for match in _BREAK.finditer(folded, low, colon.start()):
        low = match.end()
    low = max(low, folded.rfind(", ", low, colon.start()) + 2)
    role = _post_in(source, low, colon.start())
    if role is None:
        return False
    named.role_start, named.role_end, named.shared = role, colon.start(), True
    return True


def post_beside(source: Source, named: Named) -> bool:
    """Tell whether a post or form of address stands beside a name, noting a post to the left."""
    titled = TITLES.before(source, named.start)
    find_left_role(source, named)
    if named.role_end or titled:
        return True
    return _right_post(source, named.end) is not None


def _sentence_start(source: Source, named: Named) -> int:
    """Return how far back from a name its post may stand."""
    low = max(named.floor, named.start - _ROLE_REACH)
    for match in _BREAK.finditer(source.folded, low, named.start):
        if match.group() == "\n" and _is_wrapped(source, match.start()):
            continue
        if match.group()[0] != "." or not _SHORTENED.search(source.folded, low, match.start()):
            low = match.end()
    return low


def find_left_role(source: Source, named: Named) -> None:
    """Note the posts that lead up to a name ("Member ..., Deputy Secretary of ... NAME")."""
    folded = source.folded
    low = _sentence_start(source, named)
    pieces = [low, *(m.end() for m in re.finditer(r",", folded[low : named.start]))]
    starts = [low, *(low + piece for piece in pieces[1:])]
    role = _post_in(source, starts[-1], named.start)
    if role is None and len(starts) > 1 and _only_titles(source, starts[-1], named.start):
        starts.pop()
        role = _post_in(source, starts[-1], named.start)
    if role is None:
        role = _post_in_small_letters(source, low, named.start)
    if role is None:
        return
    for index in range(len(starts) - 2, -1, -1):
        if role > starts[index + 1] + 1:
            break
        earlier = _post_in(source, starts[index], starts[index + 1])
        if earlier is None:
            break
        role = earlier
    if _belongs_before(source, named, role):
        return
    end = _role_trimmed(source, role, named.start)
    named.role_start, named.role_end = _role_begun(source, role, end, named.floor), end


def _is_wrapped(source: Source, line_end: int) -> bool:
    """Tell a line broken by its width from the end of a paragraph."""
    line = source.folded[source.folded.rfind("\n", 0, line_end) + 1 : line_end]
    goes_on = line[-1:].isalpha() and source.folded[line_end + 1 : line_end + 2].isalpha()
    return goes_on and len(line) > _FULL_LINE and "   " not in line


def _only_titles(source: Source, start: int, end: int) -> bool:
    """Tell whether nothing but a form of address stands between two places."""
    title = TITLES.before(source, end)
    return not source.folded[start : title[0] if title else end].strip()


def _post_in_small_letters(source: Source, low: int, end: int) -> int | None:
    """Return where "director" of "hospital director Dr. NAME" begins."""
    title = TITLES.before(source, end)
    post = POSTS.before(source, title[0] if title else end)
    if post is None or post[0] < low:
        return None
    lead = _SMALL_LEAD.search(source.folded, low, post[0])
    return lead.start() if lead else post[0]


def _belongs_before(source: Source, named: Named, role: int) -> bool:
    """Tell the post of the person before from an own one, where an own one stands to the right."""
    if not named.floor or not _OF_THE_ONE_BEFORE.fullmatch(source.folded, named.floor, role):
        return False
    if _PARTED.search(source.folded, role, named.start) is None:
        return False
    return _right_post(source, named.end) is not None


def _right_post(source: Source, end: int) -> int | None:
    """Return where a post begins behind a name, also one that opens with the name of a body."""
    link = _RIGHT_LINK.match(source.folded, end)
    if link is None:
        return None
    at = link.end()
    if POSTS.at(source, at) is not None:
        return at
    lead = _POST_LEAD.match(source.composed, at) if not source.toned else None
    for word in re.finditer(r"\w+", lead.group() if lead else ""):
        if POSTS.at(source, at + word.start()) is not None:
            return at
    return None


def _role_begun(source: Source, start: int, end: int, floor: int) -> int:
    """Return where a post begins: behind the person before, and with the words that lead up."""
    if floor and _OF_THE_ONE_BEFORE.fullmatch(source.folded, floor, start):
        parts = list(_ANOTHER.finditer(source.folded, start, end))
        own = [m.end() for m in parts if POSTS.at(source, m.end()) is not None]
        return own[-1] if own else start
    former = _FORMER.search(source.folded, max(floor, start - 8), start)
    start = former.start() if former else start
    while start > floor + 1 and source.folded[start - 1] == " ":
        before = source.folded.rfind(" ", floor, start - 1) + 1
        before = max(before, source.folded.rfind("\n", floor, start - 1) + 1)
        word = source.folded[before : start - 1]
        if not word.isascii() or source.toned or word.strip("'") in _NOT_LEFT:
            break
        if not word[-1:].isalnum() or not source.composed[before].isupper() or before < floor:
            break
        start = before
    return start


def _post_in(source: Source, start: int, end: int) -> int | None:
    """Return where the first capitalised post between two places begins."""
    for word in _WORD_START.finditer(source.folded, start, end):
        at = word.start()
        if source.composed[at].isupper() or at == start:
            post = POSTS.at(source, at)
            if post is not None and post[0] <= end and not _acts(source, post[0], end):
                return at
    return None


def _acts(source: Source, start: int, end: int) -> bool:
    """Tell whether somebody does something between a post and a name: then it is another's."""
    return any(
        source.composed[verb.start() + 1].islower()
        for verb in _ROLE_VERB.finditer(source.folded, start, end)
    )


def _role_trimmed(source: Source, start: int, end: int) -> int:
    while True:
        title = TITLES.before(source, end)
        if title is not None and title[0] > start:
            end = title[0]
        match = _TRAILING.search(source.folded, start, end)
        if match is None:
            return end
        end = match.start()


def find_roles(
    source: Source, names: Sequence[Named], unit_ends: Sequence[tuple[int, int]]
) -> None:
    """Complete posts that stand to the right; commas inside units do not end them."""
    inside = {place for start, end in unit_ends for place in range(start, end)}
    nexts = {first.start: second for first, second in pairwise(names)}
    for named in names:
        right = _right_post(source, named.end)
        if right is None:
            continue
        end = _right_role_end(source, right, inside)
        end = _before_next(source, right, end, nexts.get(named.start))
        if not named.role_end:
            named.role_start, named.role_end = right, end
            named.rule = "person.post_right"


def _post_follows(source: Source, place: int) -> bool:
    at = place + (source.folded[place : place + 1] == " ")
    return POSTS.at(source, at) is not None


def _before_next(source: Source, start: int, end: int, following: Named | None) -> int:
    """Cut a post to the right where the post of the next person begins."""
    if following is None or following.start >= end:
        return end
    cut = following.role_start if start < following.role_start < end else following.start
    while match := _TRAILING.search(source.folded, start, cut):
        cut = match.start()
    return cut


def _right_role_end(source: Source, start: int, inside: set[int]) -> int:
    limit = min(len(source.folded), start + _ROLE_REACH)
    end = limit
    for match in _ROLE_END.finditer(source.folded, start, limit):
        if match.start() in inside:
            continue
        if match.group()[0] in ", " and _post_follows(source, match.end()):
            continue
        end = match.start()
        break
    for verb in _ROLE_VERB.finditer(source.folded, start, end):
        if source.composed[verb.start() + 1].islower():  # "Da Nang" is no "đã"
            return verb.start()
    return end
