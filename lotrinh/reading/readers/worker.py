"""The process that reads foreign files for `Crew`: documents in, papers or refusals out.

Asked over its standard input by a line of JSON (name, size, seconds, patience, characters, shape)
and the bytes of the file, it answers with one line of JSON. Answers are plain data and never
pickled, because a file that has taken over this process must not reach the one that asks.
"""

import contextlib
import importlib
import json
import os
import signal
import sys
from collections.abc import Callable, Iterable
from itertools import chain
from typing import IO, Any, cast

from lotrinh.reading.paper import Note, Paper, Table
from lotrinh.reading.readers.limits import allow_seconds, confine
from lotrinh.reading.readers.opening import open_document
from lotrinh.reading.readers.refusals import Unreadable

Plain = dict[str, Any]
PAPER, GRIDS, CELLS = "paper", "grids", "cells"
"""What is asked for: a document, a workbook as it is filled in, or one with what its cells hold."""
# A heavy library: loaded when it is asked for.
_GRIDS = "lotrinh.reading.readers.workbook_grids"
_CELLS = "lotrinh.reading.readers.workbook_cells"


def as_plain(paper: Paper) -> Plain:
    """Return a paper as data for JSON."""
    return {
        "text": paper.text,
        "tables": [table.record() for table in paper.tables],
        "notes": [[note.code, dict(note.data)] for note in paper.notes],
        "unseen": paper.unseen,
    }


def as_paper(data: Plain) -> Paper:
    """Return the paper that ``as_plain`` described."""
    return Paper(
        data["text"],
        tuple(Table.from_record(table) for table in data["tables"]),
        tuple(Note(code, told) for code, told in data["notes"]),
        data["unseen"],
    )


def check_length(paper: Paper, most: int) -> None:
    """Raise Unreadable (too_large) for a text of more than ``most`` characters."""
    if len(paper.text) > most:
        raise Unreadable("too_large", what="characters", found=len(paper.text), limit=most)


def answer(data: bytes, name: str, *, ocr: bool, most: int) -> Plain:
    """Return {"paper": ...} or {"refused": code, "data": ...} for one file.

    A text of more than ``most`` characters is refused.
    """
    try:
        paper = open_document(data, name, ocr=ocr)
        check_length(paper, most)
        return {"paper": as_plain(paper)}
    except Unreadable as refusal:
        last = refusal.code == "too_heavy"
        return {"refused": refusal.code, "data": refusal.data, "last": last}


def answer_grids(data: bytes, *, most: int) -> Plain:
    """Return {"grids": ...} or {"refused": code, "data": ...} for a workbook.

    Cells of more than ``most`` characters in all are refused.
    """

    def read() -> Plain:
        grids = importlib.import_module(_GRIDS).read_grids(data)
        _check_letters(chain.from_iterable(sheet.rows for sheet in grids.sheets), most)
        return {"grids": grids.record()}

    return _answered(read)


def answer_cells(data: bytes, name: str, *, most: int) -> Plain:
    """Return {"cells": ...} or {"refused": code, "data": ...} for a workbook, as `answer_grids`."""

    def read() -> Plain:
        cells = importlib.import_module(_CELLS).read_cells(data, name)
        _check_letters(chain.from_iterable(sheet.rows for sheet in cells.sheets), most)
        return {"cells": cells.record()}

    return _answered(read)


def _check_letters(rows: Iterable[Iterable[str | float]], most: int) -> None:
    held = [*rows]
    try:
        long = sum(map(len, cast(Iterable[str], chain.from_iterable(held))))
    except TypeError:  # a number is among them
        long = sum(len(cell) for row in held for cell in row if isinstance(cell, str))
    if long > most:
        raise Unreadable("too_large", what="characters", found=long, limit=most)


def _answered(read: Callable[[], Plain]) -> Plain:
    try:
        return read()
    except Unreadable as refusal:
        return {"refused": refusal.code, "data": refusal.data}
    except (MemoryError, RecursionError):
        return {"refused": "too_heavy", "data": {}, "last": True}
    except Exception:
        # Whatever a library stumbles over inside a broken file, the file is what is broken.
        return {"refused": "damaged", "data": {"part": "workbook"}}


def serve(requests: IO[bytes], answers: IO[bytes], *, ocr: bool) -> None:
    """Answer until the requests end, or until a failure may have left its traces."""
    while line := requests.readline():
        asked = json.loads(line)
        allow_seconds(asked["seconds"], asked["patience"])
        data, name = requests.read(asked["size"]), asked["name"]
        most = asked["characters"]
        if asked["shape"] == GRIDS:
            reply = answer_grids(data, most=most)
        elif asked["shape"] == CELLS:
            reply = answer_cells(data, name, most=most)
        else:
            reply = answer(data, name, ocr=ocr, most=most)
        answers.write(json.dumps(reply).encode() + b"\n")
        answers.flush()
        signal.alarm(0)
        if reply.get("last"):
            return


def main() -> None:
    """Give up what reading does not need, and answer until the requests end."""
    ocr = "--ocr" in sys.argv[1:]
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)  # what a library prints must not stand among the answers
    os.dup2(nowhere, 2)
    confine(programs=ocr)
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        serve(sys.stdin.buffer, answers, ocr=ocr)
