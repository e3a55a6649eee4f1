"""Reading in a process of its own, by the words of the lexicon and further lines.

The process is started for some documents and ends with them. What it answers is taken apart into
the same facts that a reading in this process would give.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from lotrinh.reading.facts import (
    Citation,
    Clause,
    DateFact,
    Event,
    Fact,
    Header,
    PersonMention,
    Reading,
    Relation,
    Result,
    Target,
    Task,
    UnitMention,
)
from lotrinh.reading.lines import VARIABLE, Line, written
from lotrinh.reading.paper import Paper, Table

_KEPT = ("PATH", "LANG", "LC_ALL", "HOME", "LD_LIBRARY_PATH")
_SECONDS = 600
_COMMON = ("start", "end", "text", "rule", "confidence")
_CLASSES: dict[str, type[Fact]] = {
    one.kind: one
    for one in (
        Citation,
        DateFact,
        Event,
        PersonMention,
        Relation,
        Result,
        Target,
        Task,
        UnitMention,
    )
}


class ReaderFailed(Exception):
    """The process ended without an answer; the last that it said is told."""


def read_elsewhere(papers: Iterable[Paper], lines: Iterable[Line]) -> list[Reading]:
    """Return the readings of documents by the lexicon with these lines. Raises ReaderFailed."""
    given = [(paper.text, [table.record() for table in paper.tables]) for paper in papers]
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "lotrinh.reading.reading_worker"],
            input=json.dumps(given).encode(),
            capture_output=True,
            env=environment(lines),
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise ReaderFailed(f"no answer in {_SECONDS} seconds") from late
    if done.returncode != 0:
        raise ReaderFailed(done.stderr.decode(errors="replace")[-300:])
    answers = json.loads(done.stdout)
    return [
        _reading(text, tables, answer)
        for (text, tables), answer in zip(given, answers, strict=True)
    ]


def environment(lines: Iterable[Line]) -> dict[str, str]:
    """Return the few variables that such a process needs, the lines among them."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    path = os.pathsep.join(filter(None, sys.path))
    return kept | {"PYTHONPATH": path, "PYTHONIOENCODING": "utf-8", VARIABLE: written(lines)}


def record_of(reading: Reading) -> dict[str, Any]:
    """Return what of a reading is not known to whoever asked for it."""
    header = reading.header
    return {
        "facts": [fact.record("") for fact in reading.facts],
        "clauses": [
            [clause.start, clause.end, clause.label, clause.level, clause.kind]
            for clause in reading.clauses
        ],
        "header": {name: getattr(header, name) for name in Header.__slots__},
        "engine": reading.engine_version,
        "lexicon": reading.lexicon_hash,
    }


def _reading(text: str, tables: Sequence[Any], answer: dict[str, Any]) -> Reading:
    return Reading(
        text,
        tuple(fact_from(record) for record in answer["facts"]),
        tuple(Clause(*fields) for fields in answer["clauses"]),
        Header(**answer["header"]),
        answer["engine"],
        answer["lexicon"],
        tuple(Table.from_record(table) for table in tables),
    )


def fact_from(record: dict[str, Any]) -> Fact:
    """Return the fact of which this is the record."""
    kind = _CLASSES[record["kind"]]
    common = {name: record[name] for name in _COMMON}
    own = {name: _value(name, record[name]) for name in kind.own}
    return kind(**common, **own)


def _value(name: str, value: Any) -> Any:
    if name == "columns":
        return None if value is None else tuple(value.items())
    if isinstance(value, list):
        return tuple(_value("", part) for part in value)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return Decimal(str(value)) if is_number else value
