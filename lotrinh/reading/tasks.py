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
    COORDINATE,
    DIRECTING,
    IMPERATIVE,
    LEAD,
    MODAL,
    Desk,
    Order,
    actors,
    both,
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
_PASSIVE_DUTY = re.compile(
    r"(?:is|are|was|were)\s+(?:requested|required|urged|asked|assigned|directed|instructed|told|tasked"
    r"|entrusted|charged|mandated|obliged)\s+(?:to|with)\b"
)
_BEEN = re.compile(r"(?<!\w)(?:been|was|were)\s(?:\w+\s){0,3}$")
_OPENING = re.compile(any_of(_GUARDS["opening"]) + r"[^.;:]{0,110}?,\s*")
_NOUN_AFTER = re.compile(r"\s*" + any_of(_GUARDS["noun_after"]))
_AFTER_VERB = re.compile(
    r"(?:\s|,|:|\brang\b|\bthat\b|\bfor\b|\bto\b(?=\s+(?:immediately|promptly|urgently))|\bon\b|\bupon\b|\bla\b)*"
)
_REPORTED_VI = re.compile(r"(?<!\w)(?:đã|đang|vừa|được giao)(?!\w)")
_REPORTED_EN = re.compile(
    r"(?<!\w)(?:has|have|had|was|were|is|are)\s+(?:also\s+|now\s+|always\s+|been\s+)?(?:\w+ed|been|being|done|made|built|\w+ing|held)\b"
)
_ENGLISH_SUBJECT = re.compile(
    r"[\w']+(?:\s[\w',-]+){0,4}?\s(?:is|are|was|were|has|have|had|will|continues?d?|remains?|remained"
    r"|starts|started|shows|showed|reached|ended)\s"
)
_LEAD_IN = re.compile(any_of(_GUARDS["lead_in"]))
_FREE = frozenset({"yeu cau", "de nghi"})  # any other verb must name who is to act
_MIN_LENGTH = 12
_REST = re.compile(r"\s([a-z]+)(?=\s)")
_REST_LENGTH = 60
_CROSSHEAD = 70
_EXECUTION = re.compile(any_of(_GUARDS["execution"]))
_SUBJECT = re.compile(any_of(_GUARDS["subjects"]))
_SUBJECT_START = re.compile(r"[,;.:\"]|\sthat\s|\srang\s")
_RELATIVE = ("which ", "who ", "that ", "where ")


@dataclass(slots=True)
class _Course:
    """What was read so far and still bears on what follows."""

    addressed: dict[int, list[str]] = field(default_factory=dict)  # leading clause -> who acts
    active: set[int] = field(default_factory=set)  # clauses that direct what follows
    last_clause: int = -9
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
    near = course.last_clause in {sentence.clause, sentence.clause - 1}
    setting = desk.settings[sentence.clause]
    above = setting.above
    context = near or any(place in course.active for place in above)
    order = _order(desk, sentence, context and setting.topic != "neither")
    if order is None or order.end - order.start < _MIN_LENGTH:
        return []
    if not order.lead:
        order.lead = next(
            (course.addressed[place] for place in reversed(above) if place in course.addressed), []
        )
    course.last_clause = sentence.clause
    return list(split(desk, order))


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
        _NEVER.at(source, start) and not _OPENING.match(source.folded, start, sentence.end)
    ) or setting.topic == "report":
        return None
    if _EXECUTION.search(source.folded, start, sentence.end):
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
    if setting.topic == "neither":
        return None
    if _in_target(desk, sentence) or _tells_result(desk, sentence):
        return None
    if (tasky or not source.toned) and not _is_crosshead(desk, sentence):
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
    short = clause.label is None and clause.end - clause.start < _CROSSHEAD
    return short and not desk.directing


def _tells_result(desk: Desk, sentence: Sentence) -> bool:
    """A sentence that states what was reached reports it, whatever verb it opens with."""
    return bool(desk.results.within(sentence.start, sentence.end))


def _in_target(desk: Desk, sentence: Sentence) -> bool:
    """Among targets, a sentence that is one throughout is no task as well."""
    return desk.settings[sentence.clause].topic == "target" and any(
        target.start <= sentence.start + 30 and target.end >= sentence.end - 12
        for target in desk.targets.within(sentence.start, sentence.end)
    )


def _opened(source: Source, start: int, end: int, *, strict: bool) -> bool:
    """Tell whether a sentence opens with the verb of an instruction."""
    place = start
    for _ in range(4):
        verb = IMPERATIVE.at(source, place)
        if verb is not None and verb[0] < end:
            return _not_reported(source, start, verb[0], end, strict)
        adverb = ADVERBS.at(source, place)
        if adverb is None:
            return False
        place = skip(source.folded, adverb[0])
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
    place = skip(source.folded, gives[0]) if gives else start
    names, end = actors(desk, place, sentence.end)
    if not names:
        if gives and tasky and source.toned:
            return Order(start, sentence.end, "task.assigned", sentence.clause)
        return None
    after = skip(source.folded, end)
    ordered = desk.directing and desk.clauses[sentence.clause].label is not None
    if not gives and not ordered and DIRECTING.at(source, after) is not None:
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
    if not gives and not _directs(desk, sentence, source, end, lead is not None):
        return None
    return Order(start, sentence.end, "task.assigned", sentence.clause, names)


def _longer_name(desk: Desk, start: int, end: int, limit: int) -> int | None:
    """Return where a unit's name ends whose last words are not known, before its verb."""
    source = desk.source
    if source.folded[start:end].startswith("the ") or not source.toned:
        return None
    for word in _REST.finditer(source.folded, end, min(limit, end + _REST_LENGTH)):
        if LEAD.at(source, word.start(1)) or MODAL.at(source, word.start(1)):
            return word.start()
    return None


def _directs(desk: Desk, sentence: Sentence, source: Source, end: int, lead: bool) -> bool:
    """Tell a unit that is told to act from one that is said to have acted."""
    if _REPORTED_VI.search(source.composed[end : sentence.end].lower()[:160]):
        return False
    if not source.toned and _REPORTED_EN.search(source.folded, end, sentence.end):
        return False
    topic = desk.settings[sentence.clause].topic
    return (desk.directing and topic != "report") or lead


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
        if _BEEN.search(source.folded, max(sentence.start, place - 34), place):
            continue
        word = " ".join(source.folded[place : verb[0]].split())
        if (
            source.toned
            and word not in _FREE
            and not actors(desk, skip(source.folded, verb[0]), sentence.end)[0]
        ):
            continue
        if not source.toned and not _asks(source.folded, place, verb[0], sentence.end):
            continue
        link = _AFTER_VERB.match(source.folded, verb[0], sentence.end)
        return place, link.end() if link else verb[0]
    return None


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


def _bound_by(desk: Desk, sentence: Sentence, place: int, end: int) -> list[str]:
    """Return who is named before a modal verb that stands from ``place`` to ``end``."""
    names = actors(desk, sentence.start, end)[0]
    return names or actors(desk, _subject_start(desk, sentence, place), end)[0]


def _subject_start(desk: Desk, sentence: Sentence, place: int) -> int:
    """Return where the words begin that say who must do what stands at ``place``."""
    start = sentence.start
    for boundary in _SUBJECT_START.finditer(desk.source.folded, sentence.start, place):
        start = boundary.end()
    return skip(desk.source.folded, start)


def _is_official(desk: Desk, sentence: Sentence, place: int) -> bool:
    """In a report, only what public bodies and their people must do is an instruction."""
    folded = desk.source.folded
    if actors(desk, sentence.start, place)[0]:
        return True
    start = _subject_start(desk, sentence, place)
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
        listed = tasky and desk.clauses[sentence.clause].label is not None
        if not (desk.directing or listed or _is_official(desk, sentence, place)):
            continue
        after = skip(source.folded, modal[0])
        verb = IMPERATIVE.at(source, after) or ADVERBS.at(source, after)
        names = _bound_by(desk, sentence, place, modal[0])
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
        return Order(sentence.start, sentence.end, "task.modal", sentence.clause, names)
    return None
