"""People named in a text, and the posts in which it names them.

A Vietnamese name opens with one of a few dozen family names, so the family name is the anchor.
Many of these are common words ("Hà", "Mai", "Cao"): then, and for names of two syllables, a post
or a form of address must stand beside the name. Posts stand to the left, or to the right behind
a comma.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lotrinh.reading.grammar import Phrases, any_of, lexicon
from lotrinh.reading.text import Source, fold, tone_key

_PEOPLE = lexicon("people")
_TONED_SURNAMES = frozenset(map(tone_key, _PEOPLE["surnames"]))
SURNAMES: frozenset[str] = frozenset(map(fold, _PEOPLE["surnames"]))
_WEAK = frozenset(_PEOPLE["weak"])
_STOPS = frozenset(_PEOPLE["stops"])
_PLACES = frozenset(lexicon("organisations")["places"])
TITLES: Phrases[bool] = Phrases.of(_PEOPLE["titles"]["vi"] + _PEOPLE["titles"]["en"], True)
POSTS: Phrases[bool] = Phrases.of(_PEOPLE["posts"]["vi"] + _PEOPLE["posts"]["en"], True)
_SYLLABLE = re.compile(r"[ \n]([^\W\d_]+)")
_MIDDLE = frozenset({"thi", "van"})
_ROLE_REACH = 170
_SIGNED = 60  # characters of a line that is only a post
_BREAK = re.compile(r"[;:\n(]|[.!?]\s")
_WORD_START = re.compile(r"(?<!\w)\w")
_RIGHT_LINK = re.compile(r"\s*(?:,|-|\()\s*(?:the\s+)?")
_ROLE_END = re.compile(r"[;.:()\n\"]|,|\s-\s")
_ROLE_VERB = re.compile(r"\s+" + any_of(lexicon("guards")["people"]["role_end"]))
_TRAILING = re.compile(r"[\s,]+$|\s+(?:and|va|la|cung|with|comrades?|cac)\s*$")


@dataclass(slots=True)
class Named:
    """A name while it is being read; ``post`` says that a post or title stands beside it."""

    start: int
    end: int
    role_start: int = 0
    role_end: int = 0
    rule: str = "person.name"


def find_names(source: Source, places: Sequence[int], claimed: bytearray) -> list[Named]:
    """Return all names; ``places`` are where capitalised family names stand."""
    found: list[Named] = []
    done = 0
    for place in places:
        if place < done or claimed[place]:
            continue
        end = _name_end(source, place)
        if end is None:
            continue
        named = Named(place, end)
        if _believable(source, named):
            found.append(named)
            done = end
    return found


def _name_end(source: Source, place: int) -> int | None:
    """Return the end of the capitalised syllables that follow a family name."""
    composed, folded = source.composed, source.folded
    end = place
    while end < len(folded) and folded[end].isalpha():
        end += 1
    known = not source.toned or tone_key(composed[place:end]) in _TONED_SURNAMES
    if not known and not _unaccented_name(source, place, end):
        return None
    capitals = composed[place:end].isupper() and end - place > 1
    syllables = 1
    while syllables < 5:
        match = _SYLLABLE.match(folded, end)
        if match is None or match[1] in _STOPS or not composed[match.start(1)].isupper():
            break
        if (
            POSTS.at(source, match.start(1)) is not None
            and " " in folded[match.end() : match.end() + 1]
        ):
            break
        written = composed[match.start(1) : match.end()]
        if len(written) > 7 or (written[1:] and written[1:].isupper() != capitals):
            break
        if folded[match.start()] == "\n":
            break
        syllables += 1
        end = match.end()
    return end if syllables >= 2 else None


def _unaccented_name(source: Source, place: int, end: int) -> bool:
    """Tell whether the next syllable too is written without marks, as in a foreign spelling."""
    following = _SYLLABLE.match(source.folded, end)
    return following is not None and source.composed[place : following.end()].isascii()


def _believable(source: Source, named: Named) -> bool:
    folded = source.folded
    name = " ".join(folded[named.start : named.end].split())
    syllables = name.split()
    after = folded[named.end : named.end + 10].lstrip()
    if (
        name in _PLACES
        or " ".join(syllables[:2]) in _PLACES
        or after.startswith(("city", "province"))
    ):
        return False
    if name.startswith("ho chi minh"):
        return False
    previous = folded[named.start - 1 : named.start]
    if previous.isalnum() or previous in {"-", "/", "&", "."}:
        return False
    beside = _post_beside(source, named)
    if source.composed[named.start : named.end].isupper():
        return beside and source.folded[named.start - 1 : named.start] != "\n"
    if len(syllables) == 2 or syllables[0] in _WEAK:
        return beside or (len(syllables) >= 3 and syllables[1] in _MIDDLE)
    return beside or not _before_is_name(source, named.start)


def _before_is_name(source: Source, start: int) -> bool:
    """Tell whether a capitalised word stands directly before: then this is a part of its name."""
    end = start - 1
    if end < 1 or source.folded[end] != " " or not source.folded[end - 1].isalpha():
        return False
    word = source.folded.rfind(" ", 0, end) + 1
    return source.composed[word].isupper()


def _post_beside(source: Source, named: Named) -> bool:
    if TITLES.before(source, named.start):
        return True
    _find_left_role(source, named)
    if named.role_end:
        return True
    right = _RIGHT_LINK.match(source.folded, named.end)
    return right is not None and POSTS.at(source, right.end()) is not None


def _find_left_role(source: Source, named: Named) -> None:
    """Note the posts that lead up to a name ("Member ..., Deputy Secretary of ... NAME")."""
    low = max(0, named.start - _ROLE_REACH)
    folded = source.folded
    for match in _BREAK.finditer(folded, low, named.start):
        if not folded.endswith(("tp", "t", "no"), 0, match.start()):
            low = match.end()
    pieces = [low, *(m.end() for m in re.finditer(r",", folded[low : named.start]))]
    starts = [low, *(low + piece for piece in pieces[1:])]
    role = _post_in(source, starts[-1], named.start)
    if role is None and len(starts) > 1 and not folded[starts[-1] : named.start].strip():
        starts.pop()
        role = _post_in(source, starts[-1], named.start)
    if role is None:
        _sign_above(source, named)
        return
    for index in range(len(starts) - 2, -1, -1):
        if role > starts[index + 1] + 1:
            break
        earlier = _post_in(source, starts[index], starts[index + 1])
        if earlier is None:
            break
        role = earlier
    named.role_start, named.role_end = role, _role_trimmed(source, role, named.start)


def _sign_above(source: Source, named: Named) -> None:
    """Take the post in capitals on the line above a name that signs a document."""
    above = source.folded.rfind("\n", 0, named.start)
    if above < 1 or source.folded[above : named.start].strip():
        return
    end = above
    while end > 0 and source.folded[end - 1] in " \n":
        end -= 1
    start = source.folded.rfind("\n", 0, end) + 1
    if end - start < _SIGNED and source.composed[start:end].isupper():
        post = _post_in(source, start, end)
        if post is not None:
            named.role_start, named.role_end = post, end


def _post_in(source: Source, start: int, end: int) -> int | None:
    """Return where the first capitalised post between two places begins."""
    for word in _WORD_START.finditer(source.folded, start, end):
        at = word.start()
        if source.composed[at].isupper() or at == start:
            post = POSTS.at(source, at)
            if post is not None and post[0] <= end:
                return at
    return None


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
    for named in names:
        right = _RIGHT_LINK.match(source.folded, named.end)
        if right is None or POSTS.at(source, right.end()) is None:
            continue
        end = _right_role_end(source, right.end(), inside)
        if not named.role_end:
            named.role_start, named.role_end = right.end(), end
            named.rule = "person.post_right"


def _right_role_end(source: Source, start: int, inside: set[int]) -> int:
    limit = min(len(source.folded), start + _ROLE_REACH)
    end = limit
    for match in _ROLE_END.finditer(source.folded, start, limit):
        if match.start() in inside:
            continue
        if match.group() == "," and POSTS.at(source, match.end() + 1) is not None:
            continue
        end = match.start()
        break
    for verb in _ROLE_VERB.finditer(source.folded, start, end):
        if source.composed[verb.start() + 1].islower():  # "Da Nang" is no "đã"
            return verb.start()
    return end
