"""Measures reading on the labelled set and keeps the figures in `docs/accuracy.md`.

python tools/evaluate.py                the seen set; gains and losses since the last release
python tools/evaluate.py --show task    its misses, false ones and wrong fields of one kind
python tools/evaluate.py --held-out     the held-out set: figures only, once a release
python tools/evaluate.py --release      keeps the outcome of the seen set as the last release
"""

import argparse
import sys
from pathlib import Path

from evaluation import agreement, freezing, papers, release, report
from evaluation.reading import BadLabels, score_documents
from evaluation.scores import KINDS, DocumentScore

from lotrinh.reading.reader import ENGINE_VERSION

ACCURACY = papers.CHECKOUT / "docs" / "accuracy.md"
_REFUSED = 1
_BAD_INPUT = 2


def main(words: list[str] | None = None) -> int:
    """Measure one set; 0 done, 1 refused (the held-out set is not as frozen), 2 bad labels."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--held-out", action="store_true", help="the held-out set, figures only")
    what.add_argument("--show", choices=KINDS, help="list what is wrong in the seen set")
    what.add_argument("--release", action="store_true", help="keep the outcome as last release")
    parser.add_argument("--labelled", type=Path, default=papers.LABELLED, help=argparse.SUPPRESS)
    parser.add_argument("--page", type=Path, default=ACCURACY, help=argparse.SUPPRESS)
    said = parser.parse_args(words)
    chosen = "held_out" if said.held_out else "seen"
    if said.held_out and (reason := not_frozen(said.labelled)):
        print(reason, file=sys.stderr)
        return _REFUSED
    documents = papers.documents(said.labelled / chosen)
    try:
        scores = list(score_documents(documents))
    except BadLabels as fault:
        print(f"{fault}: see tools/labels.py check resolved --set {chosen}", file=sys.stderr)
        return _BAD_INPUT
    if not scores:
        print(f"no document of {chosen} has resolved labels", file=sys.stderr)
        return _BAD_INPUT
    if said.show:
        print(report.examples(scores, said.show))
        return 0
    agreed = agreement.agreements(list(agreement.labelled_twice(documents)))
    content = report.figures(scores, agreed, engine=ENGINE_VERSION)
    if unread := len(documents) - len(scores):
        print(f"{unread} documents have no resolved labels yet and are left out\n")
    print(content)
    report.write_block(said.page, chosen, content)
    if not said.held_out:
        compare(said.labelled, scores, keep=said.release)
    return 0


def not_frozen(labelled: Path) -> str | None:
    """Return why the held-out set may not be opened, None where it is as it was frozen."""
    if not freezing.digest_path(labelled).exists():
        return "the held-out set is not frozen: tools/labels.py freeze"
    changed = freezing.changed(labelled)
    return f"the held-out set is not as it was frozen: {len(changed)} files" if changed else None


def compare(labelled: Path, scores: list[DocumentScore], *, keep: bool) -> None:
    """Print what changed since the last release, and keep this outcome where asked to."""
    last = release.load(labelled)
    if last is not None:
        print(f"\n{report.changes(release.changes(last, scores), last['engine'])}")
    if keep:
        release.save(labelled, release.outcome(scores, ENGINE_VERSION))


if __name__ == "__main__":
    sys.exit(main())
