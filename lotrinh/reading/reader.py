"""Reading a text, from end to end.

Families of facts are read in the order in which they can mislead each other: numbers of
documents first, then dates, then quantities (each claims its digits), then people, then the
units that people's names would swallow; sentences and clauses carry what binds them together.
The result depends on the text alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypedDict

from lotrinh.reading import agencies, assignments, events, people, periods, tasks
from lotrinh.reading.citations import Reference, find_citations
from lotrinh.reading.commitments import find_commitments
from lotrinh.reading.dates import When, find_dates
from lotrinh.reading.facts import (
    Citation,
    Clause,
    DateFact,
    Event,
    Fact,
    Header,
    PersonMention,
    Reading,
    Result,
    Target,
    Task,
    UnitMention,
)
from lotrinh.reading.gathering import Gathering
from lotrinh.reading.grammar import lexicon_hash, rules
from lotrinh.reading.layout.cells import with_cells
from lotrinh.reading.layout.clauses import (
    Sentence,
    find_clauses,
    find_sentences,
    join_broken_lines,
)
from lotrinh.reading.layout.header import (
    Title,
    as_headings,
    find_title,
    issue_day,
    read_header,
)
from lotrinh.reading.layout.sections import Setting, announces, find_settings
from lotrinh.reading.lines import Line
from lotrinh.reading.numbers import decimal_sign, is_mixed, is_vietnamese
from lotrinh.reading.order import Ordered
from lotrinh.reading.paper import Paper, Table
from lotrinh.reading.quantities import Quantity, find_quantities
from lotrinh.reading.ranks import with_ranks
from lotrinh.reading.registry import RULES, Mention, Registry, find_known, with_known
from lotrinh.reading.relations import find_relations
from lotrinh.reading.resolve import attach_dates, attach_issuers
from lotrinh.reading.series import complete
from lotrinh.reading.surroundings import Surroundings
from lotrinh.reading.tables import Around, Layout, dates_in_cells, find_layouts, read_rows
from lotrinh.reading.text import Source, read_source
from lotrinh.rules.deadlines import stated_day

ENGINE_VERSION = "6"
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[a-z]+")
_TITLE_WITHIN = 15  # clauses
_BESIDE_TARGET = 12  # characters between a target and its year
_LEAD_IN_REACH = 120  # a day further from the colon belongs to something else
_NAME, _UNIT, _ORDER, _GATHERING, _TIME = 1, 2, 4, 8, 16


def _word_flags() -> dict[str, int]:
    flags: dict[str, int] = {}
    for words, flag in (
        (people.SURNAMES, _NAME),
        (agencies.TRIGGERS, _UNIT),
        (tasks.TRIGGERS, _ORDER),
        (events.GATHERINGS.first_words | events.ACTS.first_words, _GATHERING),
        (periods.TRIGGERS, _TIME),
    ):
        for word in words:
            flags[word] = flags.get(word, 0) | flag
    return flags


_FLAGS = _word_flags()


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the words stand that can begin a name, a unit, an instruction, a gathering, a time."""

    names: list[int]
    units: list[int]
    orders: list[int]
    gatherings: list[int]
    times: list[int]


def _find_places(source: Source) -> _Places:
    """Pass over all words once; names and units count only with a capital letter."""
    places = _Places([], [], [], [], [])
    composed, flags = source.composed, _FLAGS
    for match in _WORD.finditer(source.folded):
        flag = flags.get(match.group())
        if flag is None:
            continue
        start = match.start()
        if flag & 3 and composed[start].isupper():
            if flag & _NAME:
                places.names.append(start)
            if flag & _UNIT:
                places.units.append(start)
        elif flag & _UNIT and agencies.opens_list(source, start):
            places.units.append(start)
        if flag & _ORDER:
            places.orders.append(start)
        if flag & _GATHERING:
            places.gatherings.append(start)
        if flag & _TIME:
            places.times.append(start)
    return places


def rules_now(lines: tuple[Line, ...] | None = None) -> tuple[str, str]:
    """Return the version of the grammar and the fingerprint of the words that read now.

    The words are those of this process, or those of the files with some lines.
    """
    return ENGINE_VERSION, lexicon_hash(lines)


def read_text(text: str, registry: Registry | None = None) -> Reading:
    """Return everything found in a text. The same text always gives the same reading.

    Units and people that a ``registry`` knows are found by their names before any pattern.
    """
    return read_paper(Paper(text), registry)


def read_paper(paper: Paper, registry: Registry | None = None) -> Reading:
    """Return everything found in a document's text and in its tables of commitments.

    What stands in such a table is read row by row, by the headings of its columns; every other
    table is read like prose, cell after cell.
    """
    laid = _lay_out(paper)
    header, facts = _find(laid, registry)
    source = laid.source
    facts.sort(key=lambda fact: (fact.start, fact.end, fact.kind))
    return Reading(
        paper.text,
        tuple(_in_raw(source, fact) for fact in facts),
        tuple(_clause_in_raw(source, clause) for clause in laid.clauses),
        header,
        ENGINE_VERSION,
        lexicon_hash(),
        paper.tables,
        paper.notes,
    )


@dataclass(frozen=True, slots=True)
class _Laid:
    """A document laid out: its pieces by their form, before anything in them is understood."""

    source: Source
    layouts: Sequence[Layout]
    title: Title | None
    clauses: tuple[Clause, ...]
    sentences: Sequence[Sentence]

    def in_table(self, place: int) -> bool:
        """Tell what stands in a table of commitments: it says nothing of the document itself."""
        return any(layout.table.start <= place < layout.table.end for layout in self.layouts)


def _lay_out(paper: Paper) -> _Laid:
    source = read_source(paper.text)
    sheets = [_in_composed(source, table) for table in paper.tables]
    source = join_broken_lines(source, sheets)
    layouts = find_layouts(source, sheets)
    clauses = with_cells(find_clauses(source), [layout.table for layout in layouts])
    title = find_title(source, clauses)
    clauses = as_headings(clauses, title)
    return _Laid(source, layouts, title, clauses, find_sentences(source, clauses))


def _find(laid: _Laid, registry: Registry | None) -> tuple[Header, list[Fact]]:
    """Return what the document is and its facts; each family claims its characters."""
    source, clauses, sentences = laid.source, laid.clauses, laid.sentences
    vietnamese = is_vietnamese(source)
    numerals = [match.span() for match in _DIGITS.finditer(source.folded)]
    claimed = bytearray(len(source.folded) + 1)
    references = complete(source, find_citations(source, numerals))
    _claim(claimed, references)
    places = _find_places(source)
    written = find_dates(source, numerals, places.times, claimed)
    dates = dates_in_cells(source, laid.layouts, written)
    _claim(claimed, dates)
    sign = decimal_sign(source.folded, vietnamese)
    quantities = with_ranks(source, find_quantities(source, numerals, claimed, sign))

    known = _known(source, registry, dates, claimed)
    names = people.find_names(source, places.names, claimed, _known_people(known))
    _claim(claimed, names)
    bodies = with_known(agencies.find_units(source, places.units, claimed), known)
    people.find_roles(source, names, [(body.start, body.end) for body in bodies])

    free = {id(when) for when in written}  # a date in a column of time belongs to its row
    attach_dates(source, references, [when for when in dates if id(when) in free])
    attach_issuers(source, references, bodies)
    header = read_header(
        source,
        clauses,
        laid.title,
        [reference for reference in references if not laid.in_table(reference.start)],
        [when for when in dates if not laid.in_table(when.start)],
        vietnamese,
    )
    gatherings = events.find_events(
        source,
        places.gatherings,
        sentences,
        dates,
        [quantity for quantity in quantities if not quantity.worded],
        _title_span(clauses, laid.title),
    )
    settings = find_settings(source, clauses)
    parts = _Parts(source, clauses, sentences, settings, references, dates, quantities)
    facts = [*_mentions(source, references, dates, names, bodies, gatherings)]
    facts += _bound(parts, header, bodies, places, gatherings)
    around = Around(source, header, clauses, dates, quantities, bodies, sign)
    facts += read_rows(laid.layouts, around)
    return header, _with_deadlines(facts)


def _in_composed(source: Source, table: Table) -> Table:
    """Return a table whose cells say where they stand in the composed text."""
    if not source.moves:
        return table
    at = source.composed_offset
    cells = (replace(cell, start=at(cell.start), end=at(cell.end)) for cell in table.cells)
    return replace(table, cells=tuple(cells))


def _known(
    source: Source, registry: Registry | None, dates: Sequence[When], claimed: bytearray
) -> list[Mention]:
    """Return the names that a register knows as they were on the day of the document."""
    if registry is None:
        return []
    issued = issue_day(source, dates)
    return find_known(source, registry, date.fromisoformat(issued) if issued else None, claimed)


def _known_people(known: Sequence[Mention]) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in known if one.known.kind == "person"]


def _title_span(clauses: Sequence[Clause], title: Title | None) -> tuple[int, int] | None:
    """Return where the title of a directing document stands, its lines taken together."""
    if title is None or not title.places:
        return None
    last = min(title.places[-1] + 1, len(clauses) - 1)
    return clauses[title.places[0]].start, clauses[last].end


def _claim(claimed: bytearray, spans: Sequence[Reference | When | people.Named]) -> None:
    for span in spans:
        claimed[span.start : span.end] = b"\1" * (span.end - span.start)


@dataclass(frozen=True, slots=True)
class _Parts:
    source: Source
    clauses: Sequence[Clause]
    sentences: Sequence[Sentence]
    settings: Sequence[Setting]
    references: Sequence[Reference]
    dates: Sequence[When]
    quantities: Sequence[Quantity]


class _Common(TypedDict):
    start: int
    end: int
    text: str
    rule: str
    confidence: float


def _common(composed: str, start: int, end: int, rule_id: str) -> _Common:
    rule = RULES.get(rule_id) or rules()[rule_id]
    return {
        "start": start,
        "end": end,
        "text": composed[start:end],
        "rule": rule.id,
        "confidence": rule.confidence,
    }


def _mentions(
    source: Source,
    references: Sequence[Reference],
    dates: Sequence[When],
    names: Sequence[people.Named],
    bodies: Sequence[agencies.Body],
    gatherings: Sequence[Gathering],
) -> Iterator[Fact]:
    """Yield the facts that are one mention each."""
    composed = source.composed

    for r in references:
        yield Citation(
            **_common(composed, r.start, r.end, r.rule),
            number=r.number,
            type=r.type,
            issuer=r.issuer,
            date=r.date,
        )
    for d in dates:
        yield DateFact(
            **_common(composed, d.start, d.end, d.rule),
            iso=d.iso,
            last_day=d.last_day.isoformat() if d.last_day else None,
            precision=d.precision,
            role=d.role,
        )
    for n in names:
        role = " ".join(composed[n.role_start : n.role_end].split()) or None
        name = " ".join(composed[n.start : n.end].split())
        yield PersonMention(**_common(composed, n.start, n.end, n.rule), name=name, role=role)
    for b in bodies:
        name = b.name or " ".join(composed[b.start : b.end].split())
        yield UnitMention(
            **_common(composed, b.start, b.end, b.rule), name=name, canonical=b.canonical
        )
    for g in gatherings:
        yield Event(
            **_common(composed, g.start, g.end, "event.gathering"),
            name=" ".join(g.name.split()),
            date=g.date.iso if g.date else None,
            sites=g.sites,
            participants=g.participants,
        )


def _bound(
    parts: _Parts,
    header: Header,
    bodies: Sequence[agencies.Body],
    places: _Places,
    gatherings: Sequence[Gathering],
) -> Iterator[Fact]:
    """Yield the facts that bind mentions: targets, results, tasks and relations."""
    dates = Ordered(parts.dates)
    dues = _dues(parts, dates)
    told = _gathering_sentences(
        parts.sentences,
        [at for at in places.gatherings if events.GATHERINGS.at(parts.source, at) is not None],
    )
    items = [clause.label is not None for clause in parts.clauses]
    around = Surroundings(
        parts.source,
        parts.sentences,
        parts.settings,
        dates,
        told,
        items,
        dues,
        _title_due(parts.clauses, dates),
        header.system == "press",
        is_mixed(parts.source.folded, is_vietnamese(parts.source)),
    )
    commitments = list(find_commitments(around, parts.quantities))
    yield from commitments
    commitments.sort(key=lambda fact: fact.start)
    desk = assignments.Desk(
        parts.source,
        parts.clauses,
        parts.sentences,
        parts.settings,
        dates,
        {body.start: body for body in bodies},
        places.orders,
        header.system in {"party", "state"},
        Ordered([fact for fact in commitments if isinstance(fact, Target)]),
        Ordered([fact for fact in commitments if isinstance(fact, Result)]),
        stated_day(header.issued),
    )
    for order in tasks.find_orders(desk):
        yield assignments.task_fact(desk, order, dues)
    yield from find_relations(
        parts.source, header, parts.clauses, parts.sentences, parts.references
    )


def _gathering_sentences(sentences: Sequence[Sentence], places: Sequence[int]) -> frozenset[int]:
    """Return which sentences name a gathering: people counted there attended it."""
    found: set[int] = set()
    index = 0
    for place in places:
        while index < len(sentences) and sentences[index].end <= place:
            index += 1
        if index < len(sentences) and sentences[index].start <= place:
            found.add(index)
    return frozenset(found)


def _dues(parts: _Parts, dates: Ordered[When]) -> dict[int, str]:
    """Return the day that a heading or lead-in gives to everything below it.

    A mere period counts only above targets ("Targets for 2025"), not in the title of a report.
    """
    leading = {place for setting in parts.settings for place in setting.above}
    found: dict[int, str] = {}
    for sentence in parts.sentences:
        if sentence.clause not in leading:
            continue
        clause = parts.clauses[sentence.clause]
        nearest = clause.start if clause.kind == "heading" else clause.end - _LEAD_IN_REACH
        targets = announces(parts.source, clause) == "target" or (
            parts.settings[sentence.clause].topic == "target"
        )
        for when in dates.within(max(sentence.start, nearest), sentence.end):
            if when.role == "deadline":
                found[sentence.clause] = when.iso
            elif targets and when.role == "period" and when.word != "vision":
                found.setdefault(sentence.clause, when.iso)
    return found


def _title_due(clauses: Sequence[Clause], dates: Ordered[When]) -> str | None:
    """Return the day, year or period that the title names, if it names one."""
    named: set[str] = set()
    for place, clause in enumerate(clauses[:_TITLE_WITHIN]):
        if clause.label:
            break
        if clause.kind == "heading" or not place:
            for when in dates.within(clause.start, clause.end):
                if when.role in {"deadline", "period"} and when.word != "vision":
                    named.add(when.iso)
    return named.pop() if len(named) == 1 else None


def _with_deadlines(facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts, a date being a deadline where a task around it is due then."""
    tasks_due = [fact for fact in facts if isinstance(fact, Task) and fact.due]
    dates = Ordered(sorted((f for f in facts if isinstance(f, DateFact)), key=lambda f: f.start))
    due = {
        id(when)
        for task in tasks_due
        for when in dates.within(task.start, task.end)
        if when.iso == task.due and when.role != "issued"
    }
    due |= {
        id(when)
        for target in facts
        if isinstance(target, Target) and target.due and "/" not in target.due
        for when in dates.within(target.start - _BESIDE_TARGET, target.end + _BESIDE_TARGET)
        if when.iso == target.due and when.role == "period"
    }
    return [
        replace(fact, role="deadline") if isinstance(fact, DateFact) and id(fact) in due else fact
        for fact in facts
    ]


def _in_raw(source: Source, fact: Fact) -> Fact:
    if not source.moves:
        return fact
    start, end = source.raw_offset(fact.start), source.raw_offset(fact.end)
    return replace(fact, start=start, end=end, text=source.raw[start:end])


def _clause_in_raw(source: Source, clause: Clause) -> Clause:
    if not source.moves:
        return clause
    return replace(clause, start=source.raw_offset(clause.start), end=source.raw_offset(clause.end))
