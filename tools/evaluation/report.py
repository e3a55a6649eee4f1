"""The figures as Markdown tables, for the terminal and for `docs/accuracy.md` alike."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from . import schema
from .agreement import Agreement
from .release import Change
from .scores import FIELD_CHECKS, KINDS, Count, DocumentScore, field_total, interval, total

_SHOWN = 160  # characters of a passage in a list


def figures(
    scores: Sequence[DocumentScore], agreed: Mapping[str, Agreement], *, engine: str
) -> str:
    """Return all tables of one set; nothing in them is a word of a document."""
    parts = [
        _sizes(scores, engine),
        _kinds(scores),
        _fields(scores),
        _groups(scores, "language", lambda one: one.language),
        _groups(scores, "format", lambda one: one.form),
    ]
    if any(count.both + count.only_a + count.only_b for count in agreed.values()):
        parts.append(_agreements(agreed))
    return "\n\n".join(parts)


def _sizes(scores: Sequence[DocumentScore], engine: str) -> str:
    labels = sum(total(scores, kind).labelled for kind in schema.FIELDS)
    without = sum(not one.commitments for one in scores)
    lost = sum(one.unplaced for one in scores)
    said = (
        f"{len(scores)} documents, {without} of them without any task or target; {labels} labels; "
        f"reading engine {engine}."
    )
    return said + (f" {lost} labels quote words that no reader printed: missed." if lost else "")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def figure(value: float | None) -> str:
    """Return a share as it stands in a table: ``.874``, ``1.000``, a dash for none."""
    return "-" if value is None else f"{value:.3f}".removeprefix("0")


def _kinds(scores: Sequence[DocumentScore]) -> str:
    rows = []
    for kind in KINDS:
        count = total(scores, kind)
        bounds = interval(scores, kind)
        reach = f"{figure(bounds[0])} to {figure(bounds[1])}" if bounds else "-"
        rows.append(
            [
                kind,
                str(count.labelled),
                str(count.hits),
                str(count.false),
                figure(count.precision),
                figure(count.recall),
                figure(count.f1),
                reach,
            ]
        )
    head = ["kind", "labelled", "found", "false", "precision", "recall", "F1", "95 % interval"]
    return _table(head, rows)


def _fields(scores: Sequence[DocumentScore]) -> str:
    rows = []
    for kind, checks in FIELD_CHECKS.items():
        for check in checks:
            count = field_total(scores, kind, check.title)
            if count.asked or count.added:
                share = count.right / count.asked if count.asked else None
                numbers = [str(count.asked), str(count.right), figure(share), str(count.added)]
                rows.append([f"{kind}: {check.title}", *numbers])
    return _table(["field of matched facts", "stated", "right", "share", "put in unstated"], rows)


def _groups(
    scores: Sequence[DocumentScore], title: str, key: Callable[[DocumentScore], str]
) -> str:
    names = sorted({key(one) for one in scores})
    groups = [[one for one in scores if key(one) == name] for name in names]
    head = [f"F1 by {title}", *(f"{name} ({len(group)})" for name, group in _named(names, groups))]
    rows = [[kind, *(_cell(total(group, kind)) for group in groups)] for kind in KINDS]
    return _table(head, rows)


def _named(
    names: Sequence[str], groups: Sequence[list[DocumentScore]]
) -> Iterable[tuple[str, list[DocumentScore]]]:
    return zip(names, groups, strict=True)


def _cell(count: Count) -> str:
    return f"{figure(count.f1)} ({count.labelled})"


def _agreements(agreed: Mapping[str, Agreement]) -> str:
    rows = [
        [
            kind,
            str(count.both),
            str(count.only_a + count.only_b),
            figure(count.rate),
            figure(count.same_fields / count.both if count.both else None),
        ]
        for kind, count in agreed.items()
    ]
    head = ["two labellers apart", "both", "only one", "F1", "same fields where both"]
    return _table(head, rows)


def changes(found: Mapping[str, Change], engine: str) -> str:
    """Return gains and losses against the last release, and the words of what was lost."""
    rows = [
        [
            kind,
            str(len(change.gained)),
            str(len(change.lost)),
            f"{change.false_now - change.false_before:+}",
        ]
        for kind, change in found.items()
    ]
    table = _table([f"since engine {engine}", "gained", "lost", "false"], rows)
    lost = [
        f"lost {kind}: {words[:_SHOWN]}"
        for kind, change in found.items()
        for words in sorted(change.lost)
    ]
    return "\n".join([table, *lost])


def examples(scores: Iterable[DocumentScore], kind: str) -> str:
    """Return what was missed, false and wrong in its fields, document by document."""
    lines = []
    for one in scores:
        matched = one.matched[kind]
        lines += [
            f"{one.name}: missed {_passage(mark.text)} {_fields_of(mark.fields)}"
            for mark in matched.missed
        ]
        lines += [
            f"{one.name}: false  {_passage(mark.text)} {_fields_of(mark.fields)}"
            for mark in matched.false
        ]
        for label, fact in matched.hits:
            wrong = [
                f"{check.title}: {fact.fields.get(check.field)!r}"
                f", not {label.fields[check.field]!r}"
                for check in FIELD_CHECKS[label.kind]
                if check.field in label.fields and not check.right(label, fact)
            ]
            if wrong:
                lines.append(f"{one.name}: fields {_passage(label.text)} | {'; '.join(wrong)}")
    return "\n".join(lines)


def _passage(text: str) -> str:
    line = " ".join(text.split())
    return repr(line if len(line) <= _SHOWN else line[: _SHOWN - 3] + "...")


def _fields_of(fields: Mapping[str, object]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in fields.items() if name != "columns")


def write_block(page: Path, name: str, content: str) -> None:
    """Put figures between the two marks of a block in a page; all else stays as it is.

    Raises ValueError where the page has no such block.
    """
    opening, closing = f"<!-- figures: {name} -->", f"<!-- end of figures: {name} -->"
    block = re.compile(f"{re.escape(opening)}\n.*?{re.escape(closing)}", re.DOTALL)
    text = page.read_text(encoding="utf-8")
    if not block.search(text):
        raise ValueError(f"{page.name} has no block {name!r}")
    new = f"{opening}\n\n{content}\n\n{closing}"
    page.write_text(block.sub(lambda _: new, text), encoding="utf-8")
