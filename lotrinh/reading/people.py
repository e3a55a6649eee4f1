"""People named in a text, and the posts in which it names them.

A Vietnamese name opens with one of a few dozen family names, so the family name is the anchor.
Many of these are common words ("Hà", "Mai", "Cao"): then, and for names of two syllables, a post
or a form of address must stand beside the name. Posts stand to the left, or to the right behind
a comma.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from lotrinh.reading.grammar import Phrases, any_of, lexicon
from lotrinh.reading.text import CAPITAL, Source, fold, tone_key

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
_FORMS = tuple(_PEOPLE["forms"])
_ADDRESSED = re.compile(rf"\.? ({CAPITAL}[\w'\u2019-]*(?: {CAPITAL}[\w'\u2019-]*){{1,4}})")
_OPENINGS = frozenset('\n.;:,(!?"\u201c-')
_PLACE_AFTER = tuple(_PEOPLE["place_after"])
_NO_NAMES = tuple(_PEOPLE["no_names"])
# True where a post may belong to the place: "Chủ tịch UBND xã Trần Văn A" is a person.
_NAMED_AFTER: Phrases[bool] = Phrases(
    [(word, False) for word in _PEOPLE["named_after"]]
    + [(word, True) for word in lexicon("guards")["agencies"]["levels_toned"]]
)
_PRESIDENT = re.compile(r"(?<!lang )(?<!khu di tich )(?<!tuong dai )(?:chu tich|president|bac) $")
_NOT_LEFT = frozenset(lexicon("guards")["agencies"]["not_left"])
_OF_THE_ONE_BEFORE = re.compile(r"\s*(?:,|-|\()\s*(?:the\s+)?")
_ANOTHER = re.compile(r"(?:\s(?:va|and|cung)(?:\scac|\sthe)?|,\scac)\s")
_SIGNED_MARK = re.compile(r"\(?(?:da ky|signed|da ky so)\)?$")
_SHORTENED = re.compile(r"(?<!\w)(?:tp|t|no)$")
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


def find_names(
    source: Source,
    places: Sequence[int],
    claimed: bytearray,
    known: Sequence[tuple[int, int]] = (),
) -> list[Named]:
    """Return all names; ``places`` are where capitalised family names stand.

    ``known`` are names that need no proof.
    """
    found: list[Named] = []
    done = 0
    addressed = _addressed(source)
    sure = dict(known)
    for place in sorted({*places, *addressed, *sure}):
        if place < done or claimed[place] or _is_address(source, place):
            continue
        end = None if place in sure else _name_end(source, place)
        if place in sure:
            named = Named(place, sure[place], rule="person.known", floor=done)
            _post_beside(source, named)
            found.append(named)
            done = named.end
            continue
        named = Named(place, end or addressed.get(place, place), floor=done)
        if end is None or not _believable(source, named):
            if place not in addressed or claimed[addressed[place] - 1]:
                continue
            named = Named(place, addressed[place], floor=done)
            _post_beside(source, named)
        found.append(named)
        done = named.end
    return sorted([*found, *_told_again(source, found, claimed)], key=lambda one: one.start)


def _is_address(source: Source, place: int) -> bool:
    """Tell "Ông Cao Xuân Lập" from a name of the family Ông."""
    title = TITLES.at(source, place)
    return (
        title is not None and source.folded[title[0] + 1 : title[0] + 40].split(" ")[0] in SURNAMES
    )


def _told_again(source: Source, found: Sequence[Named], claimed: bytearray) -> list[Named]:
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
                _find_left_role(source, again[-1])
            place = composed.find(word, end)
    return again


def _means_person(source: Source, start: int, end: int) -> bool:
    """Tell "ông Lập" and "Prime Minister Chinh": a title or a post stands directly before."""
    composed = source.composed
    if composed[start - 1 : start] != " " or composed[end : end + 1].isalnum():
        return False
    if composed[end : end + 1] == " " and composed[end + 1 : end + 2].isupper():
        return False
    titled = TITLES.before(source, start) is not None
    post = None if source.toned else POSTS.before(source, start)
    return titled or (post is not None and composed[post[0]].isupper())


def _addressed(source: Source) -> dict[int, int]:
    """Return where names of any language begin and end behind a form of address."""
    composed = source.composed
    found: dict[int, int] = {}
    for form in _FORMS:
        place = composed.find(form)
        while place >= 0:
            match = _ADDRESSED.match(composed, place + len(form))
            if match and _addresses(composed, place) and not fold(match[1]).startswith(_NO_NAMES):
                found[match.start(1)] = match.end(1)
            place = composed.find(form, place + 1)
    return found


def _addresses(composed: str, place: int) -> bool:
    """Tell a form of address from the end of a word, and "Bà" in the name of a place."""
    if composed[place - 1 : place].isalnum():
        return False
    if not composed.startswith(("Ông", "Bà"), place):
        return True
    return composed[max(0, place - 3) : place].rstrip(" ")[-1:] in {"", *_OPENINGS}


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
    after = folded[named.end : named.end + 14].lstrip()
    if name in _PLACES or " ".join(syllables[:2]) in _PLACES or after.startswith(_PLACE_AFTER):
        return False
    if name.startswith("ho chi minh"):
        return _PRESIDENT.search(folded, max(0, named.start - 24), named.start) is not None
    place = _NAMED_AFTER.before(source, named.start)
    if place is not None and not place[1]:
        return False
    previous = folded[named.start - 1 : named.start]
    if previous.isalnum() or previous in {"-", "/", "&", "."}:
        return False
    beside = _post_beside(source, named)
    if place is not None and (not beside or len(syllables) == 2):
        return False
    if source.composed[named.start : named.end].isupper():
        ends = folded[named.end : named.end + 1] in {"", "\n", ",", ";", "."}
        return beside and ends and source.folded[named.start - 1 : named.start] != "\n"
    if len(syllables) == 2 or syllables[0] in _WEAK:
        return beside or (len(syllables) >= 3 and syllables[1] in _MIDDLE)
    return beside or not (_before_is_name(source, named.start) or _fills_its_line(source, named))


def _fills_its_line(source: Source, named: Named) -> bool:
    """Tell the name of a writer, alone on its line, from the name of one who is spoken of."""
    before = source.folded.rfind("\n", 0, named.start) + 1
    after = source.folded.find("\n", named.end)
    rest = source.folded[named.end : after if after >= 0 else len(source.folded)]
    return not source.folded[before : named.start].strip() and not rest.strip(" .)")


def _before_is_name(source: Source, start: int) -> bool:
    """Tell whether a capitalised word stands directly before: then this is a part of its name."""
    end = start - 1
    if end < 1 or source.folded[end] != " " or not source.folded[end - 1].isalpha():
        return False
    word = source.folded.rfind(" ", 0, end) + 1
    return source.composed[word].isupper()


def _post_beside(source: Source, named: Named) -> bool:
    titled = TITLES.before(source, named.start)
    _find_left_role(source, named)
    if named.role_end or titled:
        return True
    right = _RIGHT_LINK.match(source.folded, named.end)
    return right is not None and POSTS.at(source, right.end()) is not None


def _find_left_role(source: Source, named: Named) -> None:
    """Note the posts that lead up to a name ("Member ..., Deputy Secretary of ... NAME")."""
    low = max(named.floor, named.start - _ROLE_REACH)
    folded = source.folded
    for match in _BREAK.finditer(folded, low, named.start):
        stop = match.group()[0] == "." and _SHORTENED.search(folded, low, match.start())
        if not stop:
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
    end = _role_trimmed(source, role, named.start)
    named.role_start, named.role_end = _role_begun(source, role, end, named.floor), end


def _role_begun(source: Source, start: int, end: int, floor: int) -> int:
    """Return where a post begins: behind the person before, and with the words that lead up."""
    if floor and _OF_THE_ONE_BEFORE.fullmatch(source.folded, floor, start):
        parts = list(_ANOTHER.finditer(source.folded, start, end))
        own = [m.end() for m in parts if POSTS.at(source, m.end()) is not None]
        return own[-1] if own else start
    while start > floor + 1 and source.folded[start - 1] == " ":
        before = source.folded.rfind(" ", floor, start - 1) + 1
        word = source.folded[before : start - 1]
        if not word.isascii() or source.toned or word.strip("'") in _NOT_LEFT:
            break
        if not word[-1:].isalnum() or not source.composed[before].isupper() or before < floor:
            break
        start = before
    return start


def _sign_above(source: Source, named: Named) -> None:
    """Take the post in capitals on the line above a name that signs a document."""
    above = source.folded.rfind("\n", 0, named.start)
    if above < 1 or source.folded[above : named.start].strip():
        return
    end = above
    while end > 0 and (
        source.folded[end - 1] in " \n" or _SIGNED_MARK.search(source.folded, max(0, end - 24), end)
    ):
        mark = _SIGNED_MARK.search(source.folded, max(0, end - 24), end)
        end = mark.start() if mark else end - 1
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
    nexts = {first.start: second for first, second in pairwise(names)}
    for named in names:
        right = _RIGHT_LINK.match(source.folded, named.end)
        if right is None or POSTS.at(source, right.end()) is None:
            continue
        end = _right_role_end(source, right.end(), inside)
        end = _before_next(source, right.end(), end, nexts.get(named.start))
        if not named.role_end:
            named.role_start, named.role_end = right.end(), end
            named.rule = "person.post_right"


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
        if match.group() == "," and POSTS.at(source, match.end() + 1) is not None:
            continue
        end = match.start()
        break
    for verb in _ROLE_VERB.finditer(source.folded, start, end):
        if source.composed[verb.start() + 1].islower():  # "Da Nang" is no "đã"
            return verb.start()
    return end
