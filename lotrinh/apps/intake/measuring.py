"""What a change of the lexicon gains and loses, on texts whose commitments people have settled.

That is the labelled set of a checkout where this machine has one, measured by the code that
evaluates every release, in a process of its own. An installed product has none: then the latest
documents on which people here have decided stand in its place. What they confirmed should be found,
what they dropped as no commitment should not, and of the rest nothing is said.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from lotrinh.apps.intake.models import Candidate, Decision, LexiconMeasure, ReadingRun
from lotrinh.apps.intake.selectors import candidates_of, decision_of, settled_readings
from lotrinh.reading import Paper, Reading, Table
from lotrinh.reading.elsewhere import ReaderFailed, environment, read_elsewhere
from lotrinh.reading.lines import Line
from lotrinh.rules.rejections import Rejection

MOST_OWN = 200
"""Of the installation's own documents the latest so many."""
_SECONDS = 900
_NO_COMMITMENT = (
    Rejection.NOT_COMMITMENT,
    Rejection.ALREADY_REPORTED,
    Rejection.NOT_MEASURABLE,
)
Found = Mapping[str, Mapping[str, Mapping[str, Mapping[str, str]]]]
"""By document, by kind, by "hits", "missed" and "false": words by what tells them apart."""
Record = dict[str, str]


@dataclass(slots=True)
class Outcome:
    """What a change gains and loses, and on how many documents with how many known facts."""

    measured_on: str
    documents: int
    known: int
    gained: list[Record] = field(default_factory=list)
    lost: list[Record] = field(default_factory=list)
    false_gone: list[Record] = field(default_factory=list)
    false_new: list[Record] = field(default_factory=list)


def measured(base: Iterable[Line], changed: Iterable[Line]) -> Outcome:
    """Return what reading with ``changed`` lines gains and loses against ``base``.

    Raises ReaderFailed.
    """
    script = labelling_script()
    if script is not None:
        before, after = (_labelled(script, lines) for lines in (base, changed))
        return compared(LexiconMeasure.MeasuredOn.LABELLED, before, after)
    settled = _settled_runs()
    papers = [_paper(run) for run in settled]
    before, after = (
        {
            str(run.uid): _own(rows, reading)
            for (run, rows), reading in zip(
                settled.items(), read_elsewhere(papers, lines), strict=True
            )
        }
        for lines in (base, changed)
    )
    return compared(LexiconMeasure.MeasuredOn.OWN, before, after)


def labelling_script() -> Path | None:
    """Return the script that reads the labelled set, where this machine has both."""
    labelled: Path = settings.LABELLED_SET
    script = labelled.absolute().parents[2] / "tools" / "outcome.py"
    return script if script.is_file() and (labelled / "seen").is_dir() else None


def compared(measured_on: str, before: Found, after: Found) -> Outcome:
    """Return what changed between two outcomes on the same documents."""
    known = sum(
        len(of_kind["hits"]) + len(of_kind["missed"])
        for kinds in before.values()
        for of_kind in kinds.values()
    )
    outcome = Outcome(measured_on, len(before), known)
    for document, kinds in before.items():
        for kind, then in kinds.items():
            now = after[document][kind]
            where = {"document": document, "kind": kind}
            outcome.gained += _only(now["hits"], then["hits"], where)
            outcome.lost += _only(then["hits"], now["hits"], where)
            outcome.false_gone += _only(then["false"], now["false"], where)
            outcome.false_new += _only(now["false"], then["false"], where)
    return outcome


def _only(here: Mapping[str, str], there: Mapping[str, str], where: Record) -> list[Record]:
    """Return the records of what is here and not there."""
    return [{**where, "key": key, "words": here[key]} for key in sorted(here) if key not in there]


def _labelled(script: Path, lines: Iterable[Line]) -> Found:
    """Return what reading with some lines finds of the labelled set."""
    try:
        done = subprocess.run(
            [sys.executable, str(script), str(settings.LABELLED_SET)],
            capture_output=True,
            env=environment(lines),
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise ReaderFailed(f"no answer in {_SECONDS} seconds") from late
    if done.returncode != 0:
        raise ReaderFailed(done.stderr.decode(errors="replace")[-300:])
    found: Found = json.loads(done.stdout)["documents"]
    return found


def _settled_runs() -> dict[ReadingRun, Sequence[Candidate]]:
    """Return the latest readings about which people have decided, each with its proposals."""
    latest = settled_readings().select_related("rendition").defer("facts")[:MOST_OWN]
    return {run: candidates_of(run=run) for run in latest}


def _paper(run: ReadingRun) -> Paper:
    tables = tuple(Table.from_record(record) for record in run.rendition.tables)
    return Paper(run.rendition.text, tables)


def _own(rows: Sequence[Candidate], reading: Reading) -> dict[str, dict[str, dict[str, str]]]:
    """Return which of the settled proposals a reading finds; words stay with their document."""
    found: dict[str, dict[str, dict[str, str]]] = {
        kind: {"hits": {}, "missed": {}, "false": {}} for kind in Candidate.Kind.values
    }
    for row in rows:
        decision = decision_of(row)
        if decision is None:
            continue
        is_found = any(
            fact.kind == row.kind and _is_same(row, fact.start, fact.end) for fact in reading.facts
        )
        if decision.verdict == Decision.Verdict.CONFIRMED:
            found[row.kind]["hits" if is_found else "missed"][str(row.uid)] = ""
        elif is_found and decision.reason in _NO_COMMITMENT:
            found[row.kind]["false"][str(row.uid)] = ""
    return found


def _is_same(row: Candidate, start: int, end: int) -> bool:
    """Say whether a passage is that of a proposal: more than half of the shorter is in both."""
    shared = min(row.end, end) - max(row.start, start)
    return 2 * shared > min(row.end - row.start, end - start)
