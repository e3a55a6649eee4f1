"""Instructions: who is told to do what, by when.

An instruction shows itself in five ways: it opens with a verb ("Rà soát ...", "Conduct a review"),
it assigns ("Giao Sở Nội vụ chủ trì"), it names a unit and a verb, it reports that somebody
requested something, or it says what must be done. What only tells what has been done is none of
these, even with the same verbs: hence the guards. A list inherits its actor from what leads it.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from lotrinh.reading.assignments import (
    ADVERBS,
    BOUND,
    COORDINATE,
    DIRECTING,
    IMPERATIVE,
    LEAD,
    MODAL,
    OPENING,
    SAYING,
    Desk,
    Order,
    actors,
    behind_links,
    both,
    opening_verb,
    skip,
)
from lotrinh.reading.grammar import Phrases, any_of, lexicon
from lotrinh.reading.layout.clauses import Sentence
from lotrinh.reading.layout.sections import announces
from lotrinh.reading.particulars import complete, is_particular
from lotrinh.reading.splitting import split
from lotrinh.reading.text import Source

_NEVER: Phrases[bool] = Phrases.of(both("never"), True)
TRIGGERS: frozenset[str] = DIRECTING.first_words | MODAL.first_words

_GUARDS = lexicon("guards")["tasks"]
_NOUN_BEFORE = re.compile(any_of(_GUARDS["noun_before"]) + r"\s*$")
_GIVEN = re.compile(r"\s(?:duoc|da duoc)\s[^,;.:]{3,60}?\s(?:giao|phan cong|yeu cau)\s(?:nhiem vu\s)?")
_PASSIVE_DUTY = re.compile(
    r"(?:is|are|was|were)\s+(?:requested|required|urged|asked|assigned|directed|instructed|told|tasked"
    r"|entrusted|charged|mandated|obliged)\s+(?:to|with)\b"
)
_BEEN = re.compile(r"(?<!\w)(?:been|was|were)\s(?:\w+\s){0,3}$")
_NOUN_AFTER = re.compile(r"\s*" + any_of(_GUARDS["noun_after"]))
_AFTER_VERB = re.compile(
    r"(?:\s|,|:|\brang\b|\bthat\b|\bfor\b|\bto\b(?=\s+(?:immediately|promptly|urgently))|\bon\b|\bupon\b|\bla\b)*"
)
_REPORTED_VI = re.compile(r"(?<!\w)(?:đã|đang|vừa|được giao|từ năm)(?!\w)")
_REPORTED_EN = re.compile(
    r"(?<!\w)(?:has|have|had|was|were|is|are)\s+(?:also\s+|now\s+|always\s+|been\s+)?(?:\w+ed|been|being|done|made|built|\w+ing|held)\b"
)
_ENGLISH_SUBJECT = re.compile(
    r"[\w']+(?:\s[\w',-]+){0,4}?\s(?:is|are|was|were|has|have|had|will|continues?d?|remains?|remained"
    r"|starts|started|shows|showed|reached|ended)\s"
)
_LEAD_IN = re.compile(any_of(_GUARDS["lead_in"]))
_LONG_AGO = ("chi dao", "giao", "phan cong")  # behind "da" these report
_FREE = frozenset({"yeu cau", "de nghi"})  # any other verb must name who is to act
_BY_VERB = frozenset({"chi dao"})  # a verb of doing may follow at once
_BARE_TARGET = 0.6  # share of a sentence of the press that is nothing but targets
_NEAR = 2  # clauses behind an instruction in which another may follow without a lead-in
_MIN_LENGTH = 12
_REST = re.compile(r"\s([a-z]+)(?=\s)")
_REST_LENGTH = 60
_CROSSHEAD = 70
_EXECUTION = re.compile(any_of(_GUARDS["execution"]))
_SUBJECT = re.compile(any_of(_GUARDS["subjects"]))
_SUBJECT_START = re.compile(r"[,;.:\"]|\sthat\s|\srang\s")
_REPORTING = re.compile(r"(?<!\w)[a-z]+")
_STATES = re.compile(r"\s(?:là|không phải|đã|đang)\s")  # then something is said, not ordered
_STATED = 90
_BY_DUTY = re.compile(  # "theo chức năng, nhiệm vụ được giao" between a unit and its verb
    r"(?:theo|can cu)\s(?:\w+\s){0,4}?(?:chuc nang|tham quyen|nhiem vu)"
    r"(?:(?:,|\sva)\s(?:nhiem vu|quyen han|tham quyen|linh vuc))*"
    r"(?:\s(?:duoc giao|duoc phan cong|cua minh|quan ly))*,?\s|se\s(?=chu tri|phoi hop)"
)
_HIGHEST = re.compile(any_of(_GUARDS["highest"]))
_BE_DONE = re.compile(r"\s(?:be|duoc)\s")
_RELATIVE = ("which ", "who ", "that ", "where ")


@dataclass(slots=True)
class _Course:
    """What was read so far and still bears on what follows."""

    addressed: dict[int, list[str]] = field(default_factory=dict)  # leading clause -> who acts
    active: set[int] = field(default_factory=set)  # clauses that direct what follows
    last_clause: int = -9
    last_lead: list[str] = field(default_factory=list)
    heading: Sentence | None = None  # the last one, as long as nothing stands below it
    current: list[Order] = field(default_factory=list)  # what the lines below may complete


def find_orders(desk: Desk) -> list[Order]:
    """Return the instructions in reading order."""
    found: list[Order] = []
    course = _Course()
    for sentence in desk.sentences:
        clause = desk.clauses[sentence.clause]
        if clause.kind == "preamble":
            continue
        if is_particular(desk, sentence):
            found += _completed(desk, course, sentence)
            continue
        course.current = []
        if clause.kind == "heading" or desk.source.folded[sentence.end - 1] == ":":
            _note_lead(desk, sentence, course.addressed, course.active)
            course.heading = sentence if clause.kind == "heading" else None
            continue
        course.heading = None
        course.current = _instructions(desk, course, sentence)
        found += course.current
    return found


def _completed(desk: Desk, course: _Course, sentence: Sentence) -> list[Order]:
    """Let a line complete what stands above it; return the heading that it shows to be a task."""
    new: list[Order] = []
    heading = course.heading
    if not course.current and heading is not None and desk.clauses[heading.clause].label:
        new = [Order(heading.start, heading.end, "task.imperative", heading.clause)]
        course.current = new
        course.last_clause = heading.clause
    course.heading = None
    for order in course.current:
        complete(desk, order, sentence)
    return new


def _instructions(desk: Desk, course: _Course, sentence: Sentence) -> list[Order]:
    """Return what one sentence orders; its units are those it names or those that lead its list."""
    near = 0 <= sentence.clause - course.last_clause <= _NEAR
    setting = desk.settings[sentence.clause]
    above = setting.above
    context = near or any(place in course.active for place in above)
    order = _order(desk, sentence, context and setting.topic != "neither")
    if order is None or order.end - order.start < _MIN_LENGTH:
        if (near or desk.source.toned) and desk.targets.within(sentence.start, sentence.end):
            course.last_clause = sentence.clause  # an aim among instructions
        return []
    if not order.lead:
        order.lead = next(
            (course.addressed[place] for place in reversed(above) if place in course.addressed),
            _acting_still(desk, course, order),
        )
    course.last_clause = sentence.clause
    parts = list(split(desk, order))
    course.last_lead = parts[-1].lead
    return parts


def _acting_still(desk: Desk, course: _Course, order: Order) -> list[str]:
    """Return who acts in a sentence without a subject right behind an instruction."""
    gap = order.clause - course.last_clause
    follows = gap == 0 or (gap == 1 and not desk.directing)
    return course.last_lead if follows and order.rule == "task.imperative" else []


def _note_lead(
    desk: Desk, sentence: Sentence, addressed: dict[int, list[str]], active: set[int]
) -> None:
    """Remember that a heading or lead-in directs what follows, and whom it addresses."""
    if desk.clauses[sentence.clause].kind == "heading" and not desk.directing:
        return  # a headline of the press orders nothing
    names, _ = actors(desk, sentence.start, sentence.end)
    if names:
        addressed[sentence.clause] = names
        active.add(sentence.clause)
    directive = _directive(desk, sentence)
    if directive is not None:
        active.add(sentence.clause)
        names, _ = actors(desk, directive[1], sentence.end)
        if names:
            addressed[sentence.clause] = names
    if desk.settings[sentence.clause].topic == "task":
        active.add(sentence.clause)
    if announces(desk.source, desk.clauses[sentence.clause]) == "neither":
        return
    if _LEAD_IN.search(desk.source.folded, sentence.start, sentence.end):
        active.add(sentence.clause)


def _order(desk: Desk, sentence: Sentence, context: bool) -> Order | None:
    """Return the instruction that a sentence gives, by the first form that fits."""
    source = desk.source
    setting = desk.settings[sentence.clause]
    start = sentence.start
    if (
        _NEVER.at(source, start) and not OPENING.match(source.folded, start, sentence.end)
    ) or setting.topic == "report":
        return None
    if _EXECUTION.search(source.folded, start, sentence.end):
        return None
    tasky = context or setting.topic == "task" or (desk.directing and setting.topic is None)
    named = _assigned(desk, sentence, tasky) or _given(desk, sentence)
    if named is not None:
        return named
    directive = _directive(desk, sentence)
    if directive is not None:
        requested = _requested(desk, sentence, directive)
        if requested is not None:
            return requested
    if setting.topic == "neither":
        return None
    if _in_target(desk, sentence) or _tells_result(desk, sentence):
        return None
    if (tasky or not source.toned) and not _is_crosshead(desk, sentence):
        opening = OPENING.match(source.folded, start, sentence.end)
        opened = _opened(source, start, sentence.end, strict=not tasky) or (
            tasky
            and opening is not None
            and _opened(source, opening.end(), sentence.end, strict=False)
        )
        if opened:
            return Order(start, sentence.end, "task.imperative", sentence.clause)
    return _must(desk, sentence, tasky) or _told(desk, sentence)


def _is_crosshead(desk: Desk, sentence: Sentence) -> bool:
    """In a press report a short paragraph of one sentence is a heading, even with a full stop."""
    clause = desk.clauses[sentence.clause]
    short = clause.label is None and clause.end - clause.start < _CROSSHEAD
    dated = bool(desk.dates.within(clause.start, clause.end))
    return short and not desk.directing and not dated


def _tells_result(desk: Desk, sentence: Sentence) -> bool:
    """A sentence that states what was reached reports it, whatever verb it opens with."""
    return bool(desk.results.within(sentence.start, sentence.end))


def _in_target(desk: Desk, sentence: Sentence) -> bool:
    """Among targets, a sentence that is one throughout is no task as well."""
    told = desk.targets.within(sentence.start, sentence.end)
    if desk.settings[sentence.clause].topic == "target" and any(
        target.start <= sentence.start + 30 for target in told
    ):
        return True
    covered = sum(target.end - target.start for target in told)
    return not desk.directing and covered > _BARE_TARGET * (sentence.end - sentence.start)


def _opened(source: Source, start: int, end: int, *, strict: bool) -> bool:
    """Tell whether a sentence opens with the verb of an instruction."""
    verb_end = opening_verb(source, start, end)
    return verb_end is not None and _not_reported(source, start, verb_end, end, strict)


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
    start = behind_links(source, sentence.start)
    gives = DIRECTING.at(source, start)
    place = skip(source.folded, gives[0]) if gives else start
    names, end = actors(desk, place, sentence.end)
    opening = None if names or gives else OPENING.match(source.folded, place, sentence.end)
    if opening is not None:
        names, end = actors(desk, opening.end(), sentence.end)
    if not names:
        if gives and tasky and source.toned:
            return Order(start, sentence.end, "task.assigned", sentence.clause)
        return None
    after = skip(source.folded, end)
    duty = _BY_DUTY.match(source.folded, after)
    after = duty.end() if duty else after
    ordered = desk.directing and desk.clauses[sentence.clause].label is not None
    assigns = not gives and not ordered and DIRECTING.at(source, after) is not None
    if assigns and not (tasky and not desk.directing and _leads_on(source, place, after)):
        return None  # the unit in front is the one that assigns
    lead = LEAD.at(source, after)
    verb = (
        lead or IMPERATIVE.at(source, after) or MODAL.at(source, after) or ADVERBS.at(source, after)
    )
    if verb is None and not gives and len(names) == 1 and desk.directing:
        longer = _longer_name(desk, start, end, sentence.end)
        if longer is not None:
            end, verb = longer, (longer, True)
            names = [" ".join(source.composed[place:end].split())]
    colon = source.folded[end : end + 1] == ":" and desk.directing
    if colon and tasky:
        return Order(
            skip(source.folded, end), sentence.end, "task.assigned", sentence.clause, names
        )
    joint = lead is not None and COORDINATE.at(source, skip(source.folded, lead[0])) is not None
    if verb is None or not (gives or tasky or joint):
        return None
    if not gives and not desk.directing and lead is None and MODAL.at(source, after):
        return None  # what somebody must do is read as such, or not at all
    if not gives and not _directs(desk, sentence, end, sure=lead is not None or tasky):
        return None
    return Order(start, sentence.end, "task.assigned", sentence.clause, names)


def _leads_on(source: Source, place: int, after: int) -> bool:
    """Tell a unit that is itself told to direct ("Bộ Công an chỉ đạo triển khai ...")."""
    return source.folded.startswith("chi dao ", after) and not _HIGHEST.match(source.folded, place)


def _given(desk: Desk, sentence: Sentence) -> Order | None:
    """Read "Các cơ quan chức năng được Phó Thủ tướng giao triệt phá ...": who is given what."""
    source = desk.source
    names, end = actors(desk, sentence.start, sentence.end)
    given = _GIVEN.match(source.folded, end, sentence.end) if names and source.toned else None
    if given is None or opening_verb(source, given.end(), sentence.end) is None:
        return None
    return Order(given.end(), sentence.end, "task.assigned", sentence.clause, names)


def _longer_name(desk: Desk, start: int, end: int, limit: int) -> int | None:
    """Return where a unit's name ends whose last words are not known, before its verb."""
    source = desk.source
    if source.folded[start:end].startswith("the ") or not source.toned:
        return None
    for word in _REST.finditer(source.folded, end, min(limit, end + _REST_LENGTH)):
        if LEAD.at(source, word.start(1)) or MODAL.at(source, word.start(1)):
            return word.start()
    return None


def _directs(desk: Desk, sentence: Sentence, end: int, *, sure: bool) -> bool:
    """Tell a unit that is told to act from one that is said to have acted.

    ``sure`` says that it is to lead, or that instructions stand right before.
    """
    source = desk.source
    if _REPORTED_VI.search(source.composed[end : sentence.end].lower()[:160]):
        return False
    if not source.toned and _REPORTED_EN.search(source.folded, end, sentence.end):
        return False
    topic = desk.settings[sentence.clause].topic
    return (desk.directing and topic != "report") or sure


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
        passive = _passive_duty(source.folded, place)
        if not passive and (
            _NOUN_BEFORE.search(before) or _NOUN_AFTER.match(source.folded, verb[0])
        ):
            continue
        if (
            source.folded[verb[0] - 2 : verb[0]] == "es"
            and source.folded.startswith(("request", "requests"), place)
            and before.endswith("the ")
        ):
            continue
        if passive:
            return sentence.start, sentence.start
        if source.toned and source.folded.startswith(_LONG_AGO, place) and before.endswith("da "):
            continue
        if _BEEN.search(source.folded, max(sentence.start, place - 34), place):
            continue
        word = " ".join(source.folded[place : verb[0]].split())
        if (
            source.toned
            and word not in _FREE
            and not actors(desk, skip(source.folded, verb[0]), sentence.end)[0]
            and not (word in _BY_VERB and _led_to(desk, sentence, place, verb[0]))
        ):
            continue
        if not source.toned and not _asks(source.folded, place, verb[0], sentence.end):
            continue
        link = _AFTER_VERB.match(source.folded, verb[0], sentence.end)
        return place, link.end() if link else verb[0]
    return None


def _led_to(desk: Desk, sentence: Sentence, place: int, end: int) -> bool:
    """Tell "Chính phủ chỉ đạo phát triển mạnh ...": a body directs, without saying whom."""
    if desk.settings[sentence.clause].topic is not None:
        return False
    subject = _subject_start(desk, sentence.start, place)
    names, last = actors(desk, subject, place)
    if not (names and place - last <= 2) and not _HIGHEST.match(desk.source.folded, subject):
        return False
    return opening_verb(desk.source, skip(desk.source.folded, end), sentence.end) is not None


def _passive_duty(folded: str, place: int) -> bool:
    """Tell "are requested to", which directs, from "was requested", which reports."""
    return any(_PASSIVE_DUTY.match(folded, max(0, place - back)) for back in (3, 4, 5))


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
    names, end = actors(desk, start, sentence.end)
    if _REPORTED_VI.match(desk.source.composed, skip(desk.source.folded, end)):
        return None
    if not names:
        comma = desk.source.folded.find(",", start, start + 80)
        names = actors(desk, skip(desk.source.folded, comma), sentence.end)[0] if comma > 0 else []
    return Order(start, sentence.end, "task.requested", sentence.clause, names)


def _said(desk: Desk, sentence: Sentence, place: int) -> int | None:
    """Return where the words begin that somebody said, if such a verb stands before ``place``."""
    source = desk.source
    found: int | None = None
    for word in _REPORTING.finditer(source.folded, sentence.start, place):
        verb = SAYING.at(source, word.start())
        if verb is not None and verb[0] < place:
            link = _AFTER_VERB.match(source.folded, verb[0], sentence.end)
            found = min(place, link.end() if link else verb[0])
    return found


def _told(desk: Desk, sentence: Sentence) -> Order | None:
    """Read "Thủ tướng nêu rõ, thời gian tới, tiếp tục ...": an imperative that somebody says."""
    source = desk.source
    start = _said(desk, sentence, sentence.end) if source.toned else None
    if start is None or desk.directing:
        return None
    opening = OPENING.match(source.folded, start, sentence.end)
    place = opening.end() if opening else start
    if not _opened(source, place, sentence.end, strict=False):
        return None
    if _STATES.search(source.composed, place, min(sentence.end, place + _STATED)):
        return None
    return Order(place, sentence.end, "task.requested", sentence.clause)


def _bound_by(desk: Desk, start: int, place: int, end: int) -> list[str]:
    """Return who is named from ``start`` on before a modal verb from ``place`` to ``end``."""
    names = actors(desk, start, end)[0]
    return names or actors(desk, _subject_start(desk, start, place), end)[0]


def _subject_start(desk: Desk, start: int, place: int) -> int:
    """Return where the words begin that say who must do what stands at ``place``."""
    for boundary in _SUBJECT_START.finditer(desk.source.folded, start, place):
        start = boundary.end()
    return skip(desk.source.folded, start)


def _is_official(desk: Desk, sentence: Sentence, place: int) -> bool:
    """In a report, only what public bodies and their people must do is an instruction."""
    folded = desk.source.folded
    if actors(desk, sentence.start, place)[0]:
        return True
    start = _subject_start(desk, sentence.start, place)
    if not folded[start:place].strip():
        return True
    return _SUBJECT.search(folded, start, place) is not None


def _must(desk: Desk, sentence: Sentence, tasky: bool) -> Order | None:
    """Read what must be done: a modal verb in front of a verb of doing."""
    source = desk.source
    low = bisect_left(desk.triggers, sentence.start)
    for place in desk.triggers[low:]:
        if place >= sentence.end:
            return None
        modal = MODAL.at(source, place)
        if modal is None or (place == sentence.start and not source.toned):
            continue  # "Should difficulties arise" is a condition
        said = _said(desk, sentence, place)
        passive = _BE_DONE.match(source.folded, modal[0]) is not None
        listed = tasky and (passive or desk.clauses[sentence.clause].label is not None)
        known = desk.directing or listed or said is not None
        if not (known or _is_official(desk, sentence, place)):
            continue
        after = skip(source.folded, modal[0])
        verb = IMPERATIVE.at(source, after) or ADVERBS.at(source, after)
        if known and verb is None:
            verb = BOUND.at(source, after)
        start = sentence.start if said is None else said
        names = _bound_by(desk, start, place, modal[0])
        if source.toned and verb is None and not (desk.directing and names):
            continue
        if _REPORTED_VI.search(source.composed[sentence.start : place].lower()):
            continue
        if source.folded.endswith(_RELATIVE, 0, place):
            continue
        if not source.toned and (
            not tasky and verb is None and not source.folded.startswith("be ", after)
        ):
            continue
        return Order(start, sentence.end, "task.modal", sentence.clause, names, whole=modal[0])
    return None
