"""Who is to act, by when, and what is to come of it: the fields of an instruction.

Actors are the units and groups named one after the other ("Sở Tài chính, Sở Nội vụ và các đơn vị
liên quan"); a group has no name that ends, so it reaches to the verb of what it is to do.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from lotrinh.reading.agencies import Body
from lotrinh.reading.dates import When
from lotrinh.reading.facts import Clause, Result, Target, Task
from lotrinh.reading.grammar import Phrases, any_of, lexicon, rules
from lotrinh.reading.layout.clauses import Sentence
from lotrinh.reading.layout.sections import Setting
from lotrinh.reading.order import Ordered
from lotrinh.reading.text import CAPITAL, Source

_VERBS = lexicon("verbs")


def both(group: str) -> list[str]:
    """Return the words of one group of verbs in both languages."""
    return [*_VERBS[group]["vi"], *_VERBS[group]["en"]]


DIRECTING: Phrases[bool] = Phrases.of(both("directing"), True)
MODAL: Phrases[bool] = Phrases.of(both("modal"), True)
LEAD: Phrases[bool] = Phrases.of(both("lead"), True)
ADVERBS: Phrases[bool] = Phrases.of(both("adverbs"), True)
IMPERATIVE: Phrases[bool] = Phrases.of(both("imperative"), True)
COORDINATE: Phrases[bool] = Phrases.of(both("coordinate"), True)
_DOING = (LEAD, ADVERBS, MODAL, IMPERATIVE, COORDINATE)
_PRODUCING: Phrases[bool] = Phrases.of(both("producing"), True)
_PRODUCTS: Phrases[bool] = Phrases.of(
    _VERBS["producing"]["products_vi"] + _VERBS["producing"]["products_en"], True
)
_RECURRENCE: Phrases[str] = Phrases(
    (word, entry["code"])
    for entry in lexicon("calendar")["recurrence"]
    for word in (*entry["vi"], *entry["en"])
)
RECURRENCE_CODES: tuple[str, ...] = tuple(
    entry["code"] for entry in lexicon("calendar")["recurrence"]
)

_GUARDS = lexicon("guards")["tasks"]
OPENING = re.compile(any_of(_GUARDS["opening"]) + r"[^.;:]{0,110}?,\s*")
SAYING: Phrases[bool] = Phrases.of(both("saying"), True)
BOUND: Phrases[bool] = Phrases.of(both("bound"), True)
_GAP = r"(?:\s" + any_of(_GUARDS["due_gap"]) + r")*[\s(]*$"  # between such words and the day
_WORD = re.compile(r"[a-z][a-z']*")
_SKIP = re.compile(r"[\s,:]*")
_THE = re.compile(r"(?:both\s)?the\s|ca hai\s")
GROUP = re.compile(rf"(?:{any_of(_GUARDS['group_heads'])}\s+)*{any_of(_GUARDS['group_openers'])}")
POST = re.compile(rf"(?:cac )?(?:dong chi )?{any_of(_GUARDS['posts'])}\s+(?:cac (?=[a-z]))?")
_BARE_POST = re.compile(rf"(?:cac )?{any_of(_GUARDS['posts'])}(?=, {any_of(_GUARDS['posts'])}\s)")
_OFFICE = re.compile(rf"{CAPITAL}[^\s,;:.()]*(?:\s{CAPITAL}[^\s,;:.()]*|\s(?:và|vụ|sản)(?=\s))*")
_LOCALITY = re.compile(  # a place told to act: "huyện Thạch Lâm", "Lam Khe District"
    rf"(?:huyện|xã|phường|quận|thị xã|thị trấn|thành phố|tỉnh)\s{CAPITAL}[^\W\d_]+"
    rf"(?:\s{CAPITAL}[^\W\d_]+){{0,2}}"
    rf"|(?:{CAPITAL}[^\W\d_]+\s){{1,3}}(?:[Dd]istrict|[Ww]ard|[Cc]ommune|[Cc]ity|[Pp]rovince|[Tt]own)(?!\w)"
)
_LOCAL_INITIALS = frozenset("hxpqt")
_NEXT_GROUP = re.compile(
    rf"(?:,|\svà|\sand|, and)\s(?:the\s)?(?={CAPITAL}|{any_of(_GUARDS['next_group_toned'])}\s)"
)
_NEXT_UNIT = re.compile(r"(?:,|\sva|\sand|, and)\s(?:the\s)?")
_LEVEL_WITHIN = 14
_LEVEL_END = re.compile(r"\s(?:provincial|municipal|district|city|commune|ward|central|local)$")
_OF_BODY = re.compile(r"\sof\s(?:the\s)?")
_GROUP_NAME = re.compile(r"\s*(?:to chuc|co quan|don vi|[a-z]+)")
_NOUN_FOLLOWS = ("cac ", "nhung ", "cua ", "moi ", "cap ", "cong tac ")
_PIECE = re.compile(
    r"\s*(?:,|;|&)?\s*(?:(?:va|and|cung|voi|with|as well as)(?=\s))?"
    r"\s*(?:cac\s+(?=so\b|bo\b)|the\s+)?"
)
_ORGANISED = (
    "to chuc dang",
    "to chuc chinh tri",
    "to chuc xa hoi",
    "to chuc co so",
    "to chuc doan",
)
_ENDS_GROUP = frozenset({"đã", "theo", "sẽ", "đều"})
_NO_VERB = frozenset({"the", "a", "an", "their", "its", "this", "that", "all", "which"})
_ENGLISH_VERBS = frozenset({"will", "were", "was", "are", "have", "has", "had"})  # behind a group
_MANNER = re.compile(r"[a-z]{3,}ly(?=\s)")  # "successfully implement"
_BY_WHOM = re.compile(r"(?<!\w)do\s|\((?:do\s|giao\s)?|:\s(?:the\s)?(?!$)")
_LEADS = re.compile(r"\s(?:chu tri|thuc hien|phu trach|lam dau moi)")
_POST_LIMIT = 90
_NOUN = any_of(_GUARDS["group_nouns"])
_GROUP_RUN = re.compile(
    rf"(?:tat ca |toan the )?cac\s{_NOUN}(?:(?:,\s|\sva\s|\s-\s)(?:cac\s)?{_NOUN})*"
    rf"(?:\s{any_of(_GUARDS['group_modifiers'])})*(?![^\W\d])"
)
_FAR = 45  # characters behind the nouns of a group in which its verb must stand
_GERUND = 6  # letters at least
_ACTOR_LIMIT = 330
_DELIVERABLE_SIGN = rf"[;.:(]|,(?!\s{any_of(_GUARDS['level_list'])})"
_SIGN_END = re.compile(_DELIVERABLE_SIGN)
_DELIVERABLE_END = re.compile(rf"{_DELIVERABLE_SIGN}|\s{any_of(_GUARDS['deliverable_end'])}\s")
_DELIVERABLE_END_TONED = re.compile(
    rf"\s(?:{'|'.join(map(re.escape, _GUARDS['deliverable_end_toned']))})\s", re.IGNORECASE
)
_DELIVERABLE_LENGTH = 90
_COMPOUND = tuple(_GUARDS["compound_before"])  # "chương trình" is no verb "trình"
_HANDLING = re.compile(any_of(_GUARDS["handling"]))  # then the document is there already
_CLOSING_QUOTE = re.compile(r"([^\"]{12,})\"\s*[,.]")  # what follows says who said it
_ARTICLE = re.compile(r"(?:a|an|the)\s")
_DUE_WORDS = 60  # characters before a day in which the words stand that make it a deadline
_AT_END = 3
_READY_BY = re.compile(any_of(_GUARDS["ready_by"]) + r"(?:\s\d[\w:]*)?" + _GAP)
_WITHIN = re.compile(any_of(_GUARDS["due_within"]) + _GAP)
_WITHIN_MONTHS = re.compile(any_of(_GUARDS["due_in"]) + _GAP)
_EVERY = re.compile(r"(?<!\d)\d{1,2}\s?(?:nam|thang|quy|tuan)\s?(?:/|mot|01)")


@dataclass(slots=True)
class Order:
    """A task while it is being read."""

    start: int
    end: int
    rule: str
    clause: int
    lead: list[str] = field(default_factory=list)
    whole: int = 0  # up to here it is one instruction, however it is punctuated
    coordinate: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)  # leads that a line below gives by name
    due: str | None = None
    recurrence: str | None = None
    deliverable: str | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that reading instructions may look at."""

    source: Source
    clauses: Sequence[Clause]
    sentences: Sequence[Sentence]
    settings: Sequence[Setting]
    dates: Ordered[When]
    bodies: dict[int, Body]  # by their first character
    triggers: Sequence[int]  # places of words that may direct
    directing: bool  # the text is a directing document
    targets: Ordered[Target]
    results: Ordered[Result]
    issued: date | None = None  # the day on which the text was issued


def skip(folded: str, place: int) -> int:
    """Return the place behind spaces, commas and colons."""
    match = _SKIP.match(folded, place)
    return match.end() if match else place


def opening_verb(source: Source, start: int, end: int, *, gerund: bool = False) -> int | None:
    """Return where the verb of doing ends with which a piece opens, behind words of manner.

    With ``gerund`` an English verb may end in -ing ("; strengthening discipline").
    """
    place = start
    for turn in range(4):
        verb = IMPERATIVE.at(source, place)
        if verb is not None and verb[0] < end:
            return verb[0]
        if not source.toned and (gerund or turn):
            doing = _gerund(source, place)
            if doing is not None and doing < end:
                return doing
        adverb = ADVERBS.at(source, place)
        manner = None if source.toned or adverb else _MANNER.match(source.folded, place)
        if adverb is None and manner is None:
            return None
        place = skip(source.folded, adverb[0] if adverb is not None else _end(manner, place))
    return None


def _end(match: re.Match[str] | None, place: int) -> int:
    return match.end() if match else place


def behind_links(source: Source, start: int) -> int:
    """Return where a sentence begins behind "In addition," and the like."""
    adverb = ADVERBS.at(source, start)
    if adverb is None or not source.folded.startswith(",", adverb[0]):
        return start
    return skip(source.folded, adverb[0])


def _gerund(source: Source, place: int) -> int | None:
    """Return the end of an English verb of doing in -ing."""
    word = _WORD.match(source.folded, place)
    if word is None or not word.group().endswith("ing") or len(word.group()) < _GERUND:
        return None
    stem = word.group()[:-3]
    bases = (stem, stem + "e", stem[:-1] if stem[-1] == stem[-2] else stem)
    return word.end() if any(base in IMPERATIVE.spellings for base in bases) else None


def actors(desk: Desk, place: int, limit: int) -> tuple[list[str], int]:
    """Return who is named from ``place`` on, as units or groups, and where that list ends."""
    names: list[str] = []
    article = _THE.match(desk.source.folded, place)
    at = end = article.end() if article else place
    while at < limit:
        named = _named_end(desk, at)
        if named is not None:
            names.append(" ".join(desk.source.composed[at:named].split()))
            end = named
        else:
            group = GROUP.match(desk.source.folded, at)
            group_end = _whole_group(desk, at, group.end(), limit) if group else at
            if group is None or group_end is None or group_end <= at:
                break
            group_end = _before_unit(desk, at, group_end)
            names += _parted(desk.source.composed[at:group_end])
            end = group_end
        step = _PIECE.match(desk.source.folded, end)
        if step is not None and not step.group().strip():
            break  # nothing parts what follows from the name
        at = step.end() if step and step.end() > end else end + 1
        if _named_end(desk, at) is None and GROUP.match(desk.source.folded, at) is None:
            plain = skip(desk.source.folded, end)
            if _named_end(desk, plain) is None:
                break
            at = plain
    return names, end


def _before_unit(desk: Desk, place: int, end: int) -> int:
    """Return where a group ends: in front of the first unit that is named behind it."""
    for step in _NEXT_UNIT.finditer(desk.source.folded, place, end):
        if step.end() not in desk.bodies:
            continue
        low = max(place, step.start() - _LEVEL_WITHIN)
        level = _LEVEL_END.search(desk.source.folded, low, step.start())
        if not (level and "and" in step.group()):
            return step.start()
    return end


def _parted(written: str) -> list[str]:
    """Return the groups that one run of words names: a post or a capital letter opens the next."""
    return [" ".join(piece.split()) for piece in _NEXT_GROUP.split(written)]


def _named_end(desk: Desk, place: int) -> int | None:
    """Return where the name of a unit or a post ends ("Giám đốc Sở Y tế", "Bộ trưởng Công an")."""
    body = desk.bodies.get(place)
    if body is not None:
        of = _OF_BODY.match(desk.source.folded, body.end)
        owner = desk.bodies.get(of.end()) if of else None
        return owner.end if owner is not None else body.end
    first = desk.source.composed[place : place + 1]
    local = first.isupper() or first in _LOCAL_INITIALS
    locality = _LOCALITY.match(desk.source.composed, place) if local else None
    if locality is not None:
        return locality.end()
    if not desk.source.composed[place : place + 1].isupper() and not desk.source.folded.startswith(
        "dong chi ", place
    ):
        return None
    bare = _BARE_POST.match(desk.source.folded, place)
    if bare is not None:
        return bare.end()
    post = POST.match(desk.source.folded, place)
    if post is None:
        return None
    body = desk.bodies.get(post.end())
    if body is not None:
        return body.end
    office = _OFFICE.match(desk.source.composed, post.end())
    if office is None:
        return None
    return _group_end(desk, place, post.end(), min(len(desk.source.folded), place + _POST_LIMIT))


def _whole_group(desk: Desk, start: int, place: int, limit: int) -> int | None:
    """A group reaches to its verb; where that is far or unknown, over its nouns."""
    if desk.source.folded.startswith(" nay", place - 4):
        return place  # "Bộ này"
    end = _group_end(desk, start, place, limit)
    run = _GROUP_RUN.match(desk.source.folded, start, limit) if desk.source.toned else None
    if run is not None and (end is None or end < run.end() or end - run.end() > _FAR):
        return run.end()
    return end


def _group_end(desk: Desk, start: int, place: int, limit: int) -> int | None:
    """A group ("các sở, ban, ngành ...") reaches to the verb of what it is to do."""
    source = desk.source
    stop = min(limit, start + _ACTOR_LIMIT)
    named = _GROUP_NAME.match(source.folded, place) if source.toned else None
    place = named.end() if named else place
    for word in _WORD.finditer(source.folded, place, stop):
        at = word.start()
        if source.folded[at - 1] not in " ,:;" or _names_on(source.folded, at):
            continue
        if source.folded.startswith(_ORGANISED, at) or source.folded.endswith(_COMPOUND, 0, at):
            continue
        to_do = _ends_group(source, word)
        if to_do or any(phrases.at(source, at) for phrases in _DOING):
            end = at
            while source.folded[end - 1] in " ,:\n;":
                end -= 1
            return end
        if source.folded[at - 2] in ";.":
            return None
    if source.folded[limit - 1] in ":" and limit - start < _ACTOR_LIMIT:
        return limit - 1
    return None


def _names_on(folded: str, place: int) -> bool:
    """Tell a word that still belongs to the name of a group: "cấp" takes one, "các cấp" none."""
    return folded.endswith(_NOUN_FOLLOWS, 0, place) and not folded.endswith("cac cap ", 0, place)


def _ends_group(source: Source, word: re.Match[str]) -> bool:
    """Tell "đã", behind which a group has acted, and "to" in front of what it is to do."""
    if source.toned:
        written = source.composed[word.start() : word.end()]
        passive = written == "được" and source.composed[word.end() + 1 : word.end() + 2].isupper()
        return written in _ENDS_GROUP or passive
    if word.group() == "to":
        following = _WORD.match(source.folded, word.end() + 1)
        return following is not None and following.group() not in _NO_VERB
    return word.group() in _ENGLISH_VERBS


def task_fact(desk: Desk, order: Order, dues: dict[int, str]) -> Task:
    """Return the finished fact with its units, its day and its deliverable."""
    source = desk.source
    start, end = order.start, order.end
    quoted = _CLOSING_QUOTE.match(source.folded, start, end)
    if quoted is not None:
        end = quoted.end(1)
    while end > start and source.folded[end - 1] in " .;,:/\n":
        end -= 1
    coordinate = order.coordinate or _coordinating(desk, order)
    if not order.named and not order.lead:
        order.lead = _led_by(desk, start, end)
    rule = rules()[order.rule]
    return Task(
        start=start,
        end=end,
        text=source.composed[start:end],
        rule=rule.id,
        confidence=rule.confidence,
        lead=tuple(order.named or (name for name in order.lead if name not in coordinate)),
        coordinate=tuple(coordinate),
        due=order.due or _due(desk, order, dues),
        recurrence=order.recurrence or recurrence(source, start, end),
        deliverable=order.deliverable or _deliverable(source, start, end),
    )


def _led_by(desk: Desk, start: int, end: int) -> list[str]:
    """Return who is said at the end to lead: "..., do Sở Tài chính chủ trì", "... (Sở Y tế)"."""
    folded = desk.source.folded
    for match in _BY_WHOM.finditer(folded, start, end):
        names, last = actors(desk, match.end(), end)
        bracket = match.group().startswith("(") and folded.startswith(")", last)
        after = skip(folded, last)
        colon = match.group().startswith(":") and (
            MODAL.at(desk.source, after) or LEAD.at(desk.source, after)
        )
        if names and (bracket or colon or _LEADS.match(folded, last)):
            return names
    return []


def _coordinating(desk: Desk, order: Order) -> list[str]:
    source = desk.source
    for word in _WORD.finditer(source.folded, order.start, order.end):
        if word.group() not in COORDINATE.first_words:
            continue
        found = COORDINATE.at(source, word.start())
        if found is not None:
            place = skip(source.folded, found[0])
            if source.folded.startswith("the ", place):
                place += 4
            return actors(desk, place, order.end)[0]
    return []


def _due(desk: Desk, order: Order, dues: dict[int, str]) -> str | None:
    """Return the deadline in the sentence, else the day that leads the list it stands in."""
    inside = desk.dates.within(order.start, order.end)
    for when in reversed(inside):
        if when.role == "deadline" or _is_due(desk.source, when, order.end):
            return when.iso
    for place in reversed(desk.settings[order.clause].above):
        clause = desk.clauses[place]
        title = clause.kind == "heading" and clause.label is None
        if place in dues and not title:
            return dues[place]
    return None


def _is_due(source: Source, when: When, end: int) -> bool:
    """Tell by the words before a day or a time that something is to be ready by then."""
    if when.word == "vision":
        return False
    low = max(0, when.start - _DUE_WORDS)
    if _READY_BY.search(source.folded, low, when.start):
        return True
    if when.role == "issued":
        return False
    if _WITHIN.search(source.folded, low, when.start):
        return True
    months = when.precision in {"quarter", "month"}
    last = end - when.end <= _AT_END and when.precision == "year"
    return (months or last) and _WITHIN_MONTHS.search(source.folded, low, when.start) is not None


def recurrence(source: Source, start: int, end: int) -> str | None:
    """Return the code of how often something is to be done; "continuous" only if nothing else."""
    continuous = False
    for word in _WORD.finditer(source.folded, start, end):
        if word.group() in _RECURRENCE.first_words:
            found = _RECURRENCE.at(source, word.start())
            if found is not None and found[1] != "continuous":
                return found[1]
            continuous = continuous or found is not None
    for every in _EVERY.finditer(source.folded, start, end):
        found = _RECURRENCE.at(source, every.start())
        if found is not None:
            return found[1]
    return "continuous" if continuous else None


def _deliverable(source: Source, start: int, end: int) -> str | None:
    """Return the document or thing that a verb of producing is to bring forth."""
    for word in _WORD.finditer(source.folded, start, end):
        if word.group() not in _PRODUCING.first_words:
            continue
        verb = _PRODUCING.at(source, word.start())
        if verb is None or source.folded.endswith(_COMPOUND, 0, word.start()):
            continue
        place = skip(source.folded, verb[0])
        article = _ARTICLE.match(source.folded, place)
        opening = None if source.toned else (article.end() if article else place)
        for _ in range(5):
            place = skip(source.folded, place)
            product = _PRODUCTS.at(source, place)
            if product is not None and product[0] <= end:
                last = _product_end(source, product[0], end)
                named = source.composed[place if opening is None else opening : last]
                return " ".join(named.split()).rstrip(".;,")
            following = _WORD.match(source.folded, place)
            if (
                following is None
                or following.end() >= end
                or _HANDLING.match(source.folded, place) is not None
            ):
                break
            place = following.end()
    return None


def _product_end(source: Source, start: int, end: int) -> int:
    """Return where the name of a product ends: at a sign or a word, else behind a whole word."""
    last = min(end, start + _DELIVERABLE_LENGTH)
    if source.toned:
        sign = _SIGN_END.search(source.folded, start, last)
        word = _DELIVERABLE_END_TONED.search(source.composed, start, last)
        stops = [found.start() for found in (sign, word) if found is not None]
    else:
        stop = _DELIVERABLE_END.search(source.folded, start, last)
        stops = [stop.start()] if stop else []
    if stops:
        return min(stops)
    if last == end or not source.folded[last].isalnum():
        return last
    return max(source.folded.rfind(" ", start, last), start)
