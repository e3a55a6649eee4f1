"""Prints as JSON what reading finds of a labelled set, label by label, to be compared.

python tools/outcome.py tests/reading/labelled          the seen set, by the words of this process

Further lines of the lexicon come by LOTRINH_LEXICON_LINES. Nothing is written.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from evaluation import papers, release, schema
from evaluation.reading import BadLabels, score_documents
from evaluation.scores import DocumentScore

from lotrinh.reading.grammar import lexicon_hash

_BAD_INPUT = 2


def main(words: list[str] | None = None) -> int:
    """Print the outcome of the seen set; 0 done, 2 bad labels or none."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("labelled", type=Path)
    said = parser.parse_args(words)
    try:
        scores = list(score_documents(papers.documents(said.labelled / "seen")))
    except BadLabels as fault:
        print(f"the labels cannot be used: {fault}", file=sys.stderr)
        return _BAD_INPUT
    if not scores:
        print("no document of the seen set has labels", file=sys.stderr)
        return _BAD_INPUT
    outcome = {"lexicon": lexicon_hash(), "documents": {one.name: _found(one) for one in scores}}
    print(json.dumps(outcome, ensure_ascii=False))
    return 0


def _found(one: DocumentScore) -> dict[str, Any]:
    """Return by kind the words of the labels found and missed, and of what was found wrongly."""
    found: dict[str, Any] = {}
    for kind in schema.FIELDS:
        hits, missed = release.identities(one, kind)
        seen: Counter[str] = Counter()
        false: dict[str, str] = {}
        for mark in sorted(one.matched[kind].false, key=lambda mark: mark.start):
            words = " ".join(mark.text.split())
            seen[words] += 1
            false[f"{words} {seen[words]}"] = words
        found[kind] = {
            "hits": {key: " ".join(mark.text.split()) for key, mark in hits.items()},
            "missed": {key: " ".join(mark.text.split()) for key, mark in missed.items()},
            "false": false,
        }
    return found


if __name__ == "__main__":
    sys.exit(main())
