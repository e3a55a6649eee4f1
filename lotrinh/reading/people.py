"""People named in a text, and the posts in which it names them.

A Vietnamese name opens with one of a few dozen family names, so the family name is the anchor.
Many of these are common words ("Hà", "Mai", "Cao"): then, and for names of two syllables, a post
or a form of address must stand beside the name. Posts stand to the left, or to the right behind
a comma.
"""

import re
from collections.abc import Sequence

from lotrinh.reading.grammar import Phrases, lexicon
from lotrinh.reading.names_again import told_again, written_again
from lotrinh.reading.posts import (
    POSTS,
    TITLES,
    Named,
    find_roles,
    post_beside,
    shares_post,
)
from lotrinh.reading.signatures import Signed, find_signatures
from lotrinh.reading.text import CAPITAL, Source, fold, tone_key

__all__ = ["SURNAMES", "Named", "find_names", "find_roles"]

_PEOPLE = lexicon("people")
_TONED_SURNAMES = frozenset(map(tone_key, _PEOPLE["surnames"]))
SURNAMES: frozenset[str] = frozenset(map(fold, _PEOPLE["surnames"]))
_WEAK = frozenset(_PEOPLE["weak"])
_STOPS = frozenset(_PEOPLE["stops"])
_PLACES = frozenset(lexicon("organisations")["places"])
_SYLLABLE = re.compile(r"[ \n]([^\W\d_]+)")
_MIDDLE = frozenset({"thi", "van"})
_FULL_LINE = 60  # characters
_SENTENCE_GOES_ON = re.compile(r",?[ ][a-z]")
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
            post_beside(source, named)
            found.append(named)
            done = named.end
            continue
        named = Named(place, end or addressed.get(place, place), floor=done)
        shared = shares_post(source, named, found[-1] if found else None)
        if end is None or not (_believable(source, named) or shared):
            if place not in addressed or claimed[addressed[place] - 1]:
                continue
            named = Named(place, addressed[place], floor=done)
            post_beside(source, named)
        found.append(named)
        done = named.end
    found = _with_signatures(found, find_signatures(source), claimed)
    found += written_again(source, found, claimed)
    return sorted([*found, *told_again(source, found, claimed)], key=lambda one: one.start)


def _with_signatures(
    found: Sequence[Named], signed: dict[int, Signed], claimed: bytearray
) -> list[Named]:
    """Return the names with those that sign, these in the post that stands above them."""
    kept: list[Named] = []
    for named in found:
        one = signed.pop(named.start, None)
        if one is not None and not named.role_end:
            named.role_start, named.role_end = one.role_start, one.role_end
        kept.append(named)
    taken = {place for named in kept for place in range(named.start, named.end)}
    for one in signed.values():
        if one.start not in taken and one.end - 1 not in taken and not claimed[one.start]:
            kept.append(Named(one.start, one.end, one.role_start, one.role_end))
    return sorted(kept, key=lambda named: named.start)


def _is_address(source: Source, place: int) -> bool:
    """Tell "Ông Cao Xuân Lập" from a name of the family Ông."""
    title = TITLES.at(source, place)
    return (
        title is not None and source.folded[title[0] + 1 : title[0] + 40].split(" ")[0] in SURNAMES
    )


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
        if folded[match.start()] == "\n" and not _wrapped(folded, match.start(), match.end()):
            break
        syllables += 1
        end = match.end()
    return end if syllables >= 2 else None


def _wrapped(folded: str, line_end: int, end: int) -> bool:
    """Tell whether a line was broken by its width in the middle of a sentence."""
    full = line_end - folded.rfind("\n", 0, line_end) > _FULL_LINE
    return full and _SENTENCE_GOES_ON.match(folded, end) is not None


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
    beside = post_beside(source, named)
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
