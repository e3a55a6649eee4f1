"""Looks after the label files of `tests/reading/labelled`.

    python tools/labels.py check a|b|resolved [--set seen|held_out] [FILES]
    python tools/labels.py agree [--set ...] [FILES]     how far a and b agree, kind by kind
    python tools/labels.py merge [--set ...] [FILES]     a draft of the resolved labels
    python tools/labels.py compile [--set ...] [FILES]   stand-off labels with offsets
    python tools/labels.py freeze                        digests of the held-out set

FILES are names of documents or of drafts; without any, all of the set. The guide is
docs/labelling.md.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from evaluation import agreement, drafts, freezing, papers, schema

_PROBLEMS = 1
_BAD_INPUT = 2


def main(words: list[str] | None = None) -> int:
    """Run one command; 0 where all is well, 1 where labels are wrong, 2 for a wrong name."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("check", "agree", "merge", "compile"):
        command = commands.add_parser(name)
        if name == "check":
            command.add_argument("hand", choices=papers.HANDS)
            command.add_argument("--show", action="store_true", help="print every label placed")
        command.add_argument("--set", choices=papers.SETS, default="seen", dest="chosen")
        command.add_argument("files", nargs="*")
    commands.add_parser("freeze")
    parser.add_argument("--labelled", type=Path, default=papers.LABELLED, help=argparse.SUPPRESS)
    said = parser.parse_args(words)
    if said.command == "freeze":
        print(f"{freezing.freeze(said.labelled)} files of the held-out set are frozen")
        return 0
    try:
        documents = papers.named(said.labelled / said.chosen, said.files)
    except FileNotFoundError as reason:
        print(reason, file=sys.stderr)
        return _BAD_INPUT
    if said.command == "check":
        return check(documents, said.hand, show=said.show)
    if said.command == "agree":
        return agree(documents)
    return merge(documents) if said.command == "merge" else compile_labels(documents)


def check(documents: list[Path], hand: str, *, show: bool) -> int:
    """Print what is wrong with the drafts of one hand, and what each holds."""
    wrong = 0
    missing = []
    for document in documents:
        path = papers.draft_path(document, hand)
        if not path.exists():
            missing.append(document.name)
            continue
        draft = drafts.parse(path.read_text(encoding="utf-8"))
        problems, marks = list(draft.problems), None
        text = papers.text_of(document)
        if text is not None:
            placed = drafts.place(draft, text)
            marks = placed.marks
            problems += placed.problems
        for line, reason in sorted(problems):
            print(f"{path.name}:{line}: {reason}")
        for mark in (marks or ()) if show else ():
            print(f"  {mark.start}-{mark.end} {mark.kind} {mark.text!r} {dict(mark.fields)}")
        held = Counter(mark.kind for mark in marks) if marks is not None else "quotes not checked"
        print(f"{path.name}: {len(problems)} problems; {_said(held)}")
        wrong += len(problems)
    if missing:
        print(f"no draft in {hand}/ for {len(missing)}: {', '.join(missing)}")
    return _PROBLEMS if wrong else 0


def _said(held: Counter[str] | str) -> str:
    if isinstance(held, str):
        return held
    return ", ".join(f"{kind} {held[kind]}" for kind in schema.FIELDS if held[kind]) or "no facts"


def agree(documents: list[Path]) -> int:
    """Print the agreement of a and b kind by kind."""
    twice = list(agreement.labelled_twice(documents))
    print(f"{len(twice)} documents labelled by both")
    print(f"{'kind':<10}{'both':>6}{'only a':>8}{'only b':>8}{'F1':>7}{'fields same':>13}")
    for kind, count in agreement.agreements(twice).items():
        same = f"{count.same_fields / count.both:.3f}" if count.both else "-"
        row = f"{kind:<10}{count.both:>6}{count.only_a:>8}{count.only_b:>8}"
        print(f"{row}{count.rate:>7.3f}{same:>13}")
    print("`merge` writes the differences into resolved/, for the one who settles them")
    return 0


def merge(documents: list[Path]) -> int:
    """Write a draft of the resolved labels for each document that has none yet."""
    for twice in agreement.labelled_twice(documents):
        path = papers.draft_path(twice.document, "resolved")
        if path.exists():
            print(f"{path.name}: is resolved already, left alone")
            continue
        content = agreement.merged(twice)
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
        open_lines = sum(line.startswith("# ") for line in content.splitlines())
        print(f"{path.name}: written, {open_lines} lines to settle")
    return 0


def compile_labels(documents: list[Path]) -> int:
    """Write the stand-off labels of every resolved document beside it."""
    wrong = 0
    for document in documents:
        path = papers.draft_path(document, "resolved")
        text = papers.text_of(document) if path.exists() else None
        if text is None:
            continue
        draft = drafts.parse(path.read_text(encoding="utf-8"))
        placed = drafts.place(draft, text)
        problems = draft.problems + placed.problems
        wrong += len(problems)
        for line, reason in problems:
            print(f"{path.name}:{line}: {reason}")
        records = (json.dumps(drafts.record(mark), ensure_ascii=False) for mark in placed.marks)
        target = document.with_name(f"{document.name}.labels.jsonl")
        target.write_text("".join(f"{record}\n" for record in records), encoding="utf-8")
        print(f"{target.name}: {len(placed.marks)} labels")
    return _PROBLEMS if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
