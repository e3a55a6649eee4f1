"""Instructions: who is told to do what, by when.

An instruction shows itself in five ways: it opens with a verb ("Rà soát ...", "Conduct a review"),
it assigns ("Giao Sở Nội vụ chủ trì"), it names a unit and a verb, it reports that somebody
requested something, or it says what must be done. What only tells what has been done is none of
these, even with the same verbs: hence the guards. A list inherits its actor from what leads it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lotrinh.reading.agencies import Body
from lotrinh.reading.dates import When
from lotrinh.reading.facts import Clause, Task
from lotrinh.reading.grammar import Phrases, lexicon, rules
from lotrinh.reading.layout.clauses import Sentence
from lotrinh.reading.layout.sections import Setting
from lotrinh.reading.text import Source

_VERBS = lexicon("verbs")


def _both(group: str) -> list[str]:
    return [*_VERBS[group]["vi"], *_VERBS[group]["en"]]


DIRECTING: Phrases[bool] = Phrases.of(_both("directing"), True)
MODAL: Phrases[bool] = Phrases.of(_both("modal"), True)
_LEAD: Phrases[bool] = Phrases.of(_both("lead"), True)
_COORDINATE: Phrases[bool] = Phrases.of(_both("coordinate"), True)
_ADVERBS: Phrases[bool] = Phrases.of(_both("adverbs"), True)
IMPERATIVE: Phrases[bool] = Phrases.of(_both("imperative"), True)
_NEVER: Phrases[bool] = Phrases.of(_both("never"), True)
_PRODUCING: Phrases[bool] = Phrases.of([*_VERBS["producing"]["vi"], *_VERBS["producing"]["en"]], True)
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
TRIGGERS: frozenset[str] = DIRECTING.first_words | MODAL.first_words

_WORD = re.compile(r"[a-z][a-z']*")
_SKIP = re.compile(r"[\s,:]*")
_NOUN_BEFORE = re.compile(
    r"(?:duoc|dap ung|theo|cac|nhung|nhu cau|mot so|de|xet|co|cua|dung|su|cong tac|muc dich,?|muc dich va|bi|voi|nhung|tiep thu|khi|viec|tren|as|been|being|not|who|which|the|this|these|their|its|was|were|are|is|to|his|her|by|has been|have been|all|his|\d|ve|bao gom|nhieu)\s*$"
)
_PASSIVE_DUTY = re.compile(r"(?:is|are)\s+(?:requested|required|urged|asked|assigned|directed|instructed)\s+to\b")
_BEEN = re.compile(r"(?<!\w)(?:been|was|were)\s(?:\w+\s){0,3}$")
_OPENING = re.compile(
    r"(?:trong qua trinh|neu|dinh ky|hang nam|hang nam|sau khi|ngay sau|truoc ngay|can cu|tren co so|trong nam|trong thang|trong quy|truoc mat|doi voi|in the course|based on|during|on the basis)(?!\w)[^.;:]{0,110}?,\s*"
)
_NOUN_AFTER = re.compile(r"\s*(?:cua|nay|do|khac|ve\b|doi voi|dat ra|de ra|phat trien|nhiem vu|chinh tri|by|from|in the|under)(?!\w)")
_AFTER_VERB = re.compile(
    r"(?:\s|,|:|\brang\b|\bthat\b|\bfor\b|\bto\b(?=\s+(?:immediately|promptly|urgently))|\bon\b|\bupon\b|\bla\b)*"
)
_REPORTED_VI = re.compile(r"(?<!\w)(?:đã|đang|vừa|được giao)(?!\w)")
_REPORTED_EN = re.compile(
    r"(?<!\w)(?:has|have|had|was|were|is|are)\s+(?:also\s+|now\s+|always\s+|been\s+)?(?:\w+ed|been|being|done|made|built|\w+ing|held)\b"
)
_ENGLISH_SUBJECT = re.compile(r"[\w']+(?:\s[\w',-]+){0,4}?\s(?:is|are|was|were|has|have|had|will|continues?d?)\s")
_GROUP = re.compile(
    r"(?:(?:thu truong|nguoi dung dau|lanh dao|chu tich|giam doc|chi dao|ubnd|dang uy|hdnd|truong|ban thuong vu)\s+)*"
    r"(?:cac|toan the|tat ca|moi|tung|thu truong|nguoi dung dau|all|party committees|the party committees|agencies|units|departments|localities|relevant|heads of|ministries|ministers)(?!\w)"
)
_ACTOR_LIMIT = 330
_PIECE = re.compile(r"[\s]*(?:,|;|va|and|&|cung|cac|the|voi|with)?[\s]*")
_LEVELS = re.compile(
    r"\b(?:moi|every)\s?(\d)\s?(thang|nam|tuan|quy|months|years)|(\d{1,2})\s?(thang|nam|quy|tuan|ngay)\s?(?:/|mot|01|1)\s?(?:1 |01 )?\s?lan"
)
_DELIVERABLE_END = re.compile(r"[,;.:(]|\s(?:truoc|trong|de|nham|xong|va|trinh|theo|gui|bao dam|by|before|to|for|and|in|with|so that|thuc hien|hoan thanh|no later)\s")
_FROM_SPACE = re.compile(r"^\s+|[\s.;,:]+$")
_FREE = frozenset({"yeu cau", "de nghi"})  # any other verb must name who is to act
_MIN_LENGTH = 12
_CROSSHEAD = 70
_NOUN_FOLLOWS = ("cac ", "nhung ", "cua ", "moi ", "cap ", "cong tac ")


@dataclass(slots=True)
class Order:
    """A task while it is being read."""

    start: int
    end: int
    rule: str
    clause: int
    lead: list[str] = field(default_factory=list)
    coordinate: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that reading instructions may look at."""

    source: Source
    clauses: Sequence[Clause]
    sentences: Sequence[Sentence]
    settings: Sequence[Setting]
    dates: Sequence[When]
    bodies: dict[int, Body]  # by their first character
    triggers: Sequence[int]  # places of words that may direct
    directing: bool  # the text is a directing document
    target_spans: Sequence[tuple[int, int]]
    result_starts: Sequence[int]  # sorted


def find_orders(desk: Desk) -> list[Order]:
    """Return the instructions in reading order."""
    found: list[Order] = []
    actors: dict[int, list[str]] = {}  # clause that leads a list -> who is to act
    active: set[int] = set()  # clauses that direct what follows
    last_clause = -9
    for sentence in desk.sentences:
        clause = desk.clauses[sentence.clause]
        heading = clause.kind == "heading"
        if clause.kind == "preamble":
            continue
        colon = desk.source.folded[sentence.end - 1] == ":"
        if heading or colon:
            _note_lead(desk, sentence, actors, active)
            continue
        near = last_clause in {sentence.clause, sentence.clause - 1}
        above = desk.settings[sentence.clause].above
        context = near or any(place in active for place in above)
        order = _order(desk, sentence, context)
        if order is None or order.end - order.start < _MIN_LENGTH:
            continue
        if not order.lead:
            order.lead = next((actors[place] for place in reversed(above) if place in actors), [])
        found.append(order)
        last_clause = sentence.clause
    return found


def _note_lead(
    desk: Desk, sentence: Sentence, actors: dict[int, list[str]], active: set[int]
) -> None:
    """Remember that a heading or lead-in directs what follows, and whom it addresses."""
    names, _ = _actors(desk, sentence.start, sentence.end)
    if names:
        actors[sentence.clause] = names
        active.add(sentence.clause)
    directive = _directive(desk, sentence)
    if directive is not None:
        active.add(sentence.clause)
        names, _ = _actors(desk, directive[1], sentence.end)
        if names:
            actors[sentence.clause] = names
    if desk.settings[sentence.clause].topic == "task":
        active.add(sentence.clause)
    if re.search(r"nhiem vu|giai phap|noi dung sau|tasks?\b|issues today|sau day|as follows", desk.source.folded[sentence.start : sentence.end]):
        active.add(sentence.clause)


def _order(desk: Desk, sentence: Sentence, context: bool) -> Order | None:
    """Return the instruction that a sentence gives, by the first form that fits."""
    source = desk.source
    setting = desk.settings[sentence.clause]
    start = sentence.start
    if _NEVER.at(source, start) and not _OPENING.match(source.folded, start, sentence.end) or setting.topic == "report":
        return None
    tasky = context or setting.topic == "task" or (desk.directing and setting.topic is None)
    named = _assigned(desk, sentence, tasky)
    if named is not None:
        return named
    directive = _directive(desk, sentence)
    if directive is not None:
        requested = _requested(desk, sentence, directive)
        if requested is not None:
            return requested
    if _in_target(desk, sentence) or _tells_result(desk, sentence):
        return None
    if tasky or not source.toned:
        if not desk.directing and _is_crosshead(desk, sentence):
            return None
        opening = _OPENING.match(source.folded, start, sentence.end)
        opened = _opened(source, start, sentence.end, strict=not tasky) or (
            tasky
            and opening is not None
            and _opened(source, opening.end(), sentence.end, strict=False)
        )
        if opened:
            return Order(start, sentence.end, "task.imperative", sentence.clause)
    return _must(desk, sentence, tasky)


def _is_crosshead(desk: Desk, sentence: Sentence) -> bool:
    """In a press report a short paragraph of one sentence is a heading, even with a full stop."""
    clause = desk.clauses[sentence.clause]
    return clause.label is None and clause.end - clause.start < _CROSSHEAD


def _tells_result(desk: Desk, sentence: Sentence) -> bool:
    """A sentence that states what was reached reports it, whatever verb it opens with."""
    place = bisect_left(desk.result_starts, sentence.start)
    return place < len(desk.result_starts) and desk.result_starts[place] < sentence.end


def _in_target(desk: Desk, sentence: Sentence) -> bool:
    """A sentence that is a target and opens with its number or measure is no task as well."""
    return any(start <= sentence.start + 30 and end >= sentence.end - 12 for start, end in desk.target_spans if sentence.start <= start < sentence.end) and desk.settings[sentence.clause].topic == "target"


def _opened(source: Source, start: int, end: int, *, strict: bool) -> bool:
    """Tell whether a sentence opens with the verb of an instruction."""
    place = start
    for _ in range(4):
        verb = IMPERATIVE.at(source, place)
        if verb is not None and verb[0] < end:
            return _not_reported(source, start, verb[0], end, strict)
        adverb = _ADVERBS.at(source, place)
        if adverb is None:
            return False
        skip = _SKIP.match(source.folded, adverb[0])
        place = skip.end() if skip else adverb[0]
    return False


def _not_reported(source: Source, start: int, verb_end: int, end: int, strict: bool) -> bool:
    if source.toned:
        return _REPORTED_VI.search(source.composed[start:end].lower()[:120]) is None
    if _ENGLISH_SUBJECT.match(source.folded, start, min(end, start + 60)):
        return False
    after = source.folded[verb_end : verb_end + 2]
    if after[:1] != " " and strict:
        return False
    return not (strict and source.folded[verb_end : verb_end + 4] in {" of ", " is ", " to c"})


def _assigned(desk: Desk, sentence: Sentence, tasky: bool) -> Order | None:
    """Read "Giao Sở X chủ trì, phối hợp với ..." and "Sở X: chủ trì ..." """
    source = desk.source
    start = sentence.start
    gives = DIRECTING.at(source, start)
    place = _skip(source.folded, gives[0]) if gives else start
    names, end = _actors(desk, place, sentence.end)
    if not names:
        if gives and tasky and source.toned:
            return Order(start, sentence.end, "task.assigned", sentence.clause)
        return None
    after = _skip(source.folded, end)
    lead = _LEAD.at(source, after)
    verb = lead or IMPERATIVE.at(source, after) or MODAL.at(source, after) or _ADVERBS.at(source, after)
    colon = source.folded[end : end + 1] == ":" and desk.directing
    if colon and tasky:
        return Order(_skip(source.folded, end), sentence.end, "task.assigned", sentence.clause, names)
    if verb is None or not (gives or tasky):
        return None
    if not gives and not _directs(desk, sentence, source, end, lead is not None):
        return None
    return Order(start, sentence.end, "task.assigned", sentence.clause, names)


def _directs(desk: Desk, sentence: Sentence, source: Source, end: int, lead: bool) -> bool:
    """Tell a unit that is told to act from one that is said to have acted."""
    if _REPORTED_VI.search(source.composed[end : sentence.end].lower()[:160]):
        return False
    if not source.toned and _REPORTED_EN.search(source.folded, end, sentence.end):
        return False
    topic = desk.settings[sentence.clause].topic
    return desk.directing and topic != "report" or lead


def _skip(folded: str, place: int) -> int:
    match = _SKIP.match(folded, place)
    return match.end() if match else place


def _actors(desk: Desk, place: int, limit: int) -> tuple[list[str], int]:
    """Return who is named from ``place`` on, as units or groups, and where that list ends."""
    names: list[str] = []
    end = place
    at = place
    while at < limit:
        body = desk.bodies.get(at)
        if body is not None:
            names.append(" ".join(desk.source.composed[body.start : body.end].split()))
            end = body.end
        else:
            group = _GROUP.match(desk.source.folded, at)
            group_end = _group_end(desk, at, group.end(), limit) if group else at
            if group is None or group_end is None or group_end <= at:
                break
            names.append(" ".join(desk.source.composed[at:group_end].split()))
            end = group_end
        step = _PIECE.match(desk.source.folded, end)
        at = step.end() if step and step.end() > end else end + 1
        if desk.bodies.get(at) is None and _GROUP.match(desk.source.folded, at) is None:
            plain = _skip(desk.source.folded, end)
            if desk.bodies.get(plain) is None:
                break
            at = plain
    return names, end


def _group_end(desk: Desk, start: int, place: int, limit: int) -> int | None:
    """A group ("các sở, ban, ngành ...") reaches to the verb of what it is to do."""
    source = desk.source
    stop = min(limit, start + _ACTOR_LIMIT)
    named = re.compile(r"\s*(?:to chuc|co quan|don vi|[a-z]+)").match(source.folded, place)
    place = named.end() if named else place
    for word in _WORD.finditer(source.folded, place, stop):
        at = word.start()
        if source.folded[at - 1] not in " ,:;" or source.folded.endswith(_NOUN_FOLLOWS, 0, at):
            continue
        if any(phrases.at(source, at) for phrases in (_LEAD, _ADVERBS, MODAL, IMPERATIVE, _COORDINATE)):
            end = at
            while source.folded[end - 1] in " ,:\n;":
                end -= 1
            return end
        if source.folded[at - 2] in ";.":
            return None
    if source.folded[limit - 1] in ":" and limit - start < _ACTOR_LIMIT:
        return limit - 1
    return None


def _directive(desk: Desk, sentence: Sentence) -> tuple[int, int] | None:
    """Return where a verb such as "requested" stands and where what it asks for begins."""
    source = desk.source
    low = bisect_left(desk.triggers, sentence.start)
    for place in desk.triggers[low:]:
        if place >= sentence.end:
            return None
        verb = DIRECTING.at(source, place)
        if verb is None:
            continue
        before = source.folded[max(sentence.start, place - 22) : place]
        passive = _PASSIVE_DUTY.match(source.folded, place - 4) if place >= 4 else None
        if not passive and (_NOUN_BEFORE.search(before) or _NOUN_AFTER.match(source.folded, verb[0])):
            continue
        if source.folded[verb[0] - 2 : verb[0]] == "es" and source.folded.startswith(("request", "requests"), place) and before.endswith("the "):
            continue
        if passive:
            return sentence.start, sentence.start
        if _BEEN.search(source.folded, max(sentence.start, place - 34), place):
            continue
        word = " ".join(source.folded[place : verb[0]].split())
        if source.toned and word not in _FREE and not _actors(desk, _skip(source.folded, verb[0]), sentence.end)[0]:
            continue
        if not source.toned and not _asks(source.folded, place, verb[0], sentence.end):
            continue
        link = _AFTER_VERB.match(source.folded, verb[0], sentence.end)
        return place, link.end() if link else verb[0]
    return None


def _asks(folded: str, place: int, end: int, limit: int) -> bool:
    """An English verb of asking is followed by "that", or by whom and "to"."""
    if folded.startswith("call", place) or folded[limit - 1] == ":":
        return True
    return re.compile(r"\s(?:that|to)\s|:").search(folded, end, min(limit, end + 140)) is not None


def _requested(desk: Desk, sentence: Sentence, directive: tuple[int, int]) -> Order | None:
    """Read what somebody requested: the text is what comes behind the verb."""
    start = directive[1]
    if sentence.end - start < 20:
        return None
    names, _ = _actors(desk, start, sentence.end)
    if not names:
        comma = desk.source.folded.find(",", start, start + 80)
        names = _actors(desk, _skip(desk.source.folded, comma), sentence.end)[0] if comma > 0 else []
    return Order(start, sentence.end, "task.requested", sentence.clause, names)


def _must(desk: Desk, sentence: Sentence, tasky: bool) -> Order | None:
    """Read what must be done: a modal verb in front of a verb of doing."""
    source = desk.source
    low = bisect_left(desk.triggers, sentence.start)
    for place in desk.triggers[low:]:
        if place >= sentence.end:
            return None
        modal = MODAL.at(source, place)
        if modal is None:
            continue
        after = _skip(source.folded, modal[0])
        verb = IMPERATIVE.at(source, after) or _ADVERBS.at(source, after)
        if source.toned and verb is None:
            continue
        if _REPORTED_VI.search(source.composed[sentence.start : place].lower()):
            continue
        if not source.toned and (not tasky and verb is None and not source.folded.startswith("be ", after)):
            continue
        names, _ = _actors(desk, sentence.start, place)
        return Order(sentence.start, sentence.end, "task.modal", sentence.clause, names)
    return None


def task_fact(desk: Desk, order: Order, dues: dict[int, str]) -> Task:
    """Return the finished fact with its units, its day and its deliverable."""
    source = desk.source
    start, end = order.start, order.end
    while end > start and source.folded[end - 1] in " .;,:\n":
        end -= 1
    coordinate = order.coordinate or _coordinating(desk, order)
    rule = rules()[order.rule]
    return Task(
        start=start,
        end=end,
        text=source.composed[start:end],
        rule=rule.id,
        confidence=rule.confidence,
        lead=tuple(name for name in order.lead if name not in coordinate),
        coordinate=tuple(coordinate),
        due=_due(desk, order, dues),
        recurrence=_recurrence(source, start, end),
        deliverable=_deliverable(source, start, end),
    )


def _coordinating(desk: Desk, order: Order) -> list[str]:
    source = desk.source
    for word in _WORD.finditer(source.folded, order.start, order.end):
        if word.group() not in _COORDINATE.first_words:
            continue
        found = _COORDINATE.at(source, word.start())
        if found is not None:
            place = _skip(source.folded, found[0])
            if source.folded.startswith("the ", place):
                place += 4
            return _actors(desk, place, order.end)[0]
    return []


def _due(desk: Desk, order: Order, dues: dict[int, str]) -> str | None:
    """Return the deadline in the sentence, else the day that leads the list it stands in."""
    starts = [when.start for when in desk.dates]
    inside = desk.dates[bisect_left(starts, order.start) : bisect_left(starts, order.end)]
    for when in inside:
        if when.role == "deadline":
            return when.iso
    for when in inside:
        before = desk.source.folded[max(0, when.start - 16) : when.start].rstrip()
        if when.role != "issued" and when.word != "vision" and before.endswith(("trong", "within", "in", "vao", "hoan thanh", "xong", "nam", "during")):
            if not before.endswith(("in", "during")) or when.precision in {"quarter", "month"}:
                return when.iso
    for clause in reversed(desk.settings[order.clause].above):
        if clause in dues:
            return dues[clause]
    return None


def _recurrence(source: Source, start: int, end: int) -> str | None:
    continuous = False
    for word in _WORD.finditer(source.folded, start, end):
        if word.group() in _RECURRENCE.first_words:
            found = _RECURRENCE.at(source, word.start())
            if found is not None and found[1] != "continuous":
                return found[1]
            continuous = continuous or found is not None
    for digit in re.finditer(r"(?<!\d)\d{1,2}\s?(?:nam|thang|quy|tuan)\s?(?:/|mot|01)", source.folded[start:end]):
        found = _RECURRENCE.at(source, start + digit.start())
        if found is not None:
            return found[1]
    return "continuous" if continuous else None


def _deliverable(source: Source, start: int, end: int) -> str | None:
    """Return the document or thing that a verb of producing is to bring forth."""
    for word in _WORD.finditer(source.folded, start, end):
        if word.group() not in _PRODUCING.first_words:
            continue
        verb = _PRODUCING.at(source, word.start())
        if verb is None:
            continue
        place = verb[0]
        for _ in range(5):
            place = _skip(source.folded, place)
            product = _PRODUCTS.at(source, place)
            if product is not None and product[0] <= end:
                stop = _DELIVERABLE_END.search(source.folded, product[0], min(end, product[0] + 90))
                last = stop.start() if stop else min(end, product[0] + 90)
                return " ".join(source.composed[place:last].split()).rstrip(".;,")
            following = _WORD.match(source.folded, place)
            if following is None or following.end() >= end:
                break
            place = following.end()
    return None
