"""Instructions: who is told to do what, by when.

An instruction shows itself in five ways: it opens with a verb ("Rà soát ...", "Conduct a review"),
it assigns ("Giao Sở Nội vụ chủ trì"), it names a unit and a verb, it reports that somebody
requested something, or it says what must be done. What only tells what has been done is none of
these, even with the same verbs: hence the guards. A list inherits its actor from what leads it.
"""

import re
from dataclasses import dataclass, field, replace

from lotrinh.reading import assigning, openings, requesting
from lotrinh.reading.assignments import (
    DIRECTING,
    LEAD,
    MODAL,
    OPENING,
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

TRIGGERS: frozenset[str] = DIRECTING.first_words | MODAL.first_words

NEVER: Phrases[bool] = Phrases.of(both("never"), True)
_GUARDS = lexicon("guards")["tasks"]
_LEAD_IN = re.compile(any_of(_GUARDS["lead_in"]))
_BARE_TARGET = 0.6  # share of a sentence of the press that is nothing but targets
_NEAR = 2  # clauses behind an instruction in which another may follow without a lead-in
_MIN_LENGTH = 12
_CROSSHEAD = 70
_EXECUTION = re.compile(any_of(_GUARDS["execution"]))
_ANSWERS = re.compile(any_of(_GUARDS["answers"]))
_DUTY_WORDS = ("trach nhiem", "responsib", "thi hanh", "biet")  # in all of these two patterns
_ACTS_FIRST = 25  # characters of what is to be done before who answers for it
_AIMS = re.compile(r"(?:dong thoi,? )?(?:phan dau|strives? (?:to|for)|striving (?:to|for))\s")
_BEHIND_AIM = 40
_ENACTS = re.compile(any_of(_GUARDS["enacts"]) + r"(?!\w)")
_COMMAS = 3
_ABOUT = re.compile(r"(?:ve|doi voi|regarding|on)\s[^:.;\n]{2,80}:\s+")  # "Về giải ngân: ..."
_AHEAD = re.compile(any_of(_GUARDS["ahead"]))
_AHEAD_FIRST = re.compile(r"[^,;.:]{0,40}" + any_of(_GUARDS["ahead"]) + r"[^,;.:]{0,16},\s")
_BODY = re.compile(
    any_of(_GUARDS["bodies"]) + r"(?:\s(?:ta|se|[^\W\d]+\s[^\W\d]+(?=\stiep|\stap|\sse)))?\s"
)


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
    about = _ABOUT.match(desk.source.folded, sentence.start, sentence.end)
    if about is not None:
        sentence = replace(sentence, start=about.end())
    near = 0 <= sentence.clause - course.last_clause <= _NEAR
    setting = desk.settings[sentence.clause]
    above = setting.above
    context = near or any(place in course.active for place in above)
    order = _order(desk, sentence, context and setting.topic != "neither")
    ahead = not desk.directing and desk.source.toned and _looks_ahead(desk.source, sentence)
    if ahead and order is None:
        order = _planned(desk, sentence)
    if order is None or order.end - order.start < _MIN_LENGTH:
        if ahead:
            course.last_clause = sentence.clause  # "... nhiệm vụ 6 tháng cuối năm. Tập trung ..."
        if (near or desk.source.toned) and desk.targets.within(sentence.start, sentence.end):
            course.last_clause = sentence.clause  # an aim among instructions
        return []
    if not order.lead:
        led = (course.addressed[place] for place in reversed(above) if place in course.addressed)
        still = _acting_still(desk, course, order)
        same = course.last_clause == order.clause and still
        order.lead = still if same else next(led, still)
    course.last_clause = sentence.clause
    parts = [part for part in split(desk, order) if not _only_answers(desk, part, order)]
    course.last_lead = parts[-1].lead
    return parts


def _looks_ahead(source: Source, sentence: Sentence) -> bool:
    """Tell "... nhiệm vụ 6 tháng cuối năm": a time to come is named."""
    return _AHEAD.search(source.folded, sentence.start, sentence.end) is not None


def _only_answers(desk: Desk, part: Order, order: Order) -> bool:
    """Tell a last piece that only says who answers for the others."""
    later = part.start > order.start
    return later and _ANSWERS.match(desk.source.folded, part.start, part.end) is not None


def _planned(desk: Desk, sentence: Sentence) -> Order | None:
    """Read "Trong 6 tháng cuối năm, huyện tập trung ...": what a body says that it will do."""
    source = desk.source
    period = _AHEAD_FIRST.match(source.folded, sentence.start, sentence.end)
    if period is None or not source.toned:
        return None
    place = period.end()
    subject = _BODY.match(source.folded, place, sentence.end)
    doing = subject.end() if subject else place
    if not openings.opened(source, doing, sentence.end, strict=False):
        return None
    named = " ".join(source.composed[place:doing].split())
    return Order(place, sentence.end, "task.imperative", sentence.clause, [named] if named else [])


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
    names, last = actors(desk, sentence.start, sentence.end)
    clause = desk.clauses[sentence.clause]
    if names and (clause.label is not None or _addresses(desk, sentence, last)):
        addressed[sentence.clause] = names
        active.add(sentence.clause)
    directive = requesting.directive(desk, sentence)
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


def _addresses(desk: Desk, sentence: Sentence, place: int) -> bool:
    """Tell a line without a label that names who is to act from one that names who speaks.

    "CHỦ TỊCH UỶ BAN NHÂN DÂN TỈNH điện:" and a title that goes on below tell who issued the text.
    """
    source = desk.source
    if source.composed[sentence.start : place].isupper():
        return False
    after = skip(source.folded, place)
    return after >= sentence.end or any(verbs.at(source, after) for verbs in (MODAL, LEAD))


def _order(desk: Desk, sentence: Sentence, context: bool) -> Order | None:
    """Return the instruction that a sentence gives, by the first form that fits."""
    setting = desk.settings[sentence.clause]
    if setting.topic == "report" or _orders_nothing(desk, sentence):
        return None
    tasky = context or setting.topic == "task" or (desk.directing and setting.topic is None)
    named = assigning.assigned(desk, sentence, tasky) or assigning.given(desk, sentence)
    if named is not None:
        return named
    directive = requesting.directive(desk, sentence)
    if directive is not None:
        if tasky and ";" in desk.source.folded[sentence.start : directive[0]]:
            own = _imperative(desk, sentence, tasky)
            if own is not None:
                return own  # "Nâng cấp 65 hồ; giao Công ty X ...": the second is parted later
        requested = requesting.requested(desk, sentence, directive)
        if requested is not None:
            return requested
    if setting.topic == "neither" or _in_target(desk, sentence):
        return None
    if setting.topic != "task" and _tells_result(desk, sentence):
        return None
    return (
        _imperative(desk, sentence, tasky)
        or requesting.must(desk, sentence, tasky)
        or requesting.told(desk, sentence)
    )


def _orders_nothing(desk: Desk, sentence: Sentence) -> bool:
    """Tell the sentences that give effect or reasons, whatever verbs they hold."""
    source, start = desk.source, sentence.start
    if not any(source.folded.find(word, start, sentence.end) >= 0 for word in _DUTY_WORDS):
        return _gives_reasons(source, sentence)
    if _EXECUTION.search(source.folded, start, sentence.end):
        return True
    answers = _ANSWERS.search(source.folded, start, sentence.end)
    if answers and answers.start() - actors(desk, start, sentence.end)[1] < _ACTS_FIRST:
        return True
    return _gives_reasons(source, sentence)


def _gives_reasons(source: Source, sentence: Sentence) -> bool:
    reasons = NEVER.at(source, sentence.start) is not None
    return reasons and OPENING.match(source.folded, sentence.start, sentence.end) is None


def _imperative(desk: Desk, sentence: Sentence, tasky: bool) -> Order | None:
    """Read a sentence that opens with a verb of doing, or has one behind its first comma."""
    source, start = desk.source, sentence.start
    if (source.toned and not tasky) or _is_crosshead(desk, sentence):
        return None
    opening = OPENING.match(source.folded, start, sentence.end)
    labelled = desk.clauses[sentence.clause].label is not None
    if labelled and not source.toned and source.folded.startswith("to ", start):
        start += 3  # "1. To publicise a hotline"
    if _aims_only(desk, sentence) or _enacts(desk, sentence):
        return None
    opened = openings.opened(source, start, sentence.end, strict=not tasky)
    if not opened and tasky and opening is not None:
        opened = _opened_behind(desk, opening.end(), sentence.end)
    if not opened:
        return None
    return Order(start, sentence.end, "task.imperative", sentence.clause)


def _opened_behind(desk: Desk, place: int, end: int) -> bool:
    """Tell a verb behind "Nếu có khó khăn, vướng mắc, ...": behind one of the first commas."""
    for _ in range(_COMMAS):
        if openings.opened(desk.source, place, end, strict=False):
            return True
        comma = desk.source.folded.find(", ", place, min(end, place + _CROSSHEAD))
        if comma < 0:
            return False
        place = comma + 2
    return False


def _aims_only(desk: Desk, sentence: Sentence) -> bool:
    """Tell "Phấn đấu tỷ lệ ... đạt 85%": a target is told, and no act."""
    aims = _AIMS.match(desk.source.folded, sentence.start, sentence.end)
    told = desk.targets.within(sentence.start, sentence.end)
    return aims is not None and bool(told) and told[0].start - aims.end() < _BEHIND_AIM


def _enacts(desk: Desk, sentence: Sentence) -> bool:
    """Tell "Điều 1. Phê duyệt ...": what the decision does itself."""
    label = desk.clauses[sentence.clause].label
    article = label is not None and label.lower().startswith(("điều", "article"))
    return article and _ENACTS.match(desk.source.folded, sentence.start) is not None


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
    bare = covered > _BARE_TARGET * (sentence.end - sentence.start)
    return bare and desk.source.toned and not desk.directing
