"""The truth table of adding up, put to Tryton: its works and its other modules, by its interface.

What Tryton has no word for is said so. Run as ``python -m bench.peers.tryton.truth_table
FOLDER``, where the folder is that of the programs of an installed Tryton.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from bench.peers.kept import keep_in
from bench.peers.truth_cases import NO_WORD, VERDICTS, judged
from bench.peers.tryton import site, works
from bench.peers.tryton.ground import Ground, founded
from bench.peers.tryton.truth_cases import CASES, Case, Way

RESULT = Path(__file__).parent / "result-2026-11.json"


def answered(ground: Ground, case: Case) -> dict[str, object]:
    """Return what Tryton answers to a case, and how far that is right at best."""
    asked = case.question
    told: dict[str, object] = {"case": asked.number, "name": asked.name, "right": asked.right}
    ways = {"works": case.works} | dict([case.elsewhere] if case.elsewhere else [])
    verdicts = []
    for module, way in ways.items():
        answer, verdict = _put(ground, way)
        told[module] = answer | {"verdict": verdict}
        verdicts.append(verdict)
    return told | {"verdict": min(verdicts, key=VERDICTS.index), "remark": case.remark}


def _put(ground: Ground, way: Way | None) -> tuple[dict[str, str], str]:
    if way is None:
        return {}, NO_WORD
    answer = way.put(ground)
    return {"answer": answer}, judged(answer, way.value, way.verdict)


def main(programs: Path) -> None:
    """Put every case to Tryton, print and keep what it says."""
    with site.running(programs) as tryton:
        ground = founded(tryton)
        rows = [answered(ground, case) for case in CASES]
        beside = works.rejected_beside_open(ground)
    for row in rows:
        print(f"{row['case']:>3} {row['name']:32}{row['verdict']}")
    told = {
        "cases": rows,
        "one done, one cancelled, one open: 1 of 2 is right": beside,
        "score": dict(Counter(str(row["verdict"]) for row in rows)),
        "score of works alone": dict(Counter(str(_works(row)["verdict"]) for row in rows)),
    }
    keep_in(RESULT, site.versions(programs), "truth table", told)
    print(json.dumps({"name": "tryton truth table", "score": told["score"]}))


def _works(row: dict[str, object]) -> dict[str, object]:
    found = row["works"]
    assert isinstance(found, dict)
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
