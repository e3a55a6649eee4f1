"""The truth table of adding up, put to Redmine: real parents and children, by its interface.

What Redmine has no word for is said so. Run as ``python -m bench.peers.redmine.truth_table``.
"""

import json
from collections import Counter

from bench.peers.redmine.interface import Interface
from bench.peers.redmine.kept import keep
from bench.peers.redmine.truth_cases import CASES, Asked, Case, rejected_beside_open
from bench.peers.truth_cases import NO_WORD, judged


def answered(redmine: Interface, case: Case) -> dict[str, object]:
    """Return what Redmine answers to a case, and how far that is right."""
    told: dict[str, object] = {"case": case.number, "name": case.name, "right": case.right}
    if case.put is None:
        return told | {"verdict": NO_WORD, "remark": case.remark}
    answer = case.put(Asked(redmine, case.name))
    verdict = judged(answer, case.value, case.verdict)
    return told | {"Redmine": answer, "verdict": verdict, "remark": case.remark}


def main() -> None:
    """Put every case to Redmine, print and keep what it says."""
    redmine = Interface()
    redmine.use_project("bang-doi-chieu", ["issue_tracking", "time_tracking"])
    rows = [answered(redmine, case) for case in CASES]
    beside = rejected_beside_open(Asked(redmine, "rejected beside open"))
    for row in rows:
        print(f"{row['case']:>3} {row['name']:32}{row['verdict']:24}{row.get('Redmine', '')}")
    told = {
        "cases": rows,
        "one done, one rejected, one open: 1 of 2 is right": beside,
        "score": dict(Counter(str(row["verdict"]) for row in rows)),
    }
    keep("truth table", told)
    print(json.dumps({"name": "redmine truth table", "score": told["score"]}))


if __name__ == "__main__":
    main()
