"""Saying things on a terminal or into a pipe: documents exactly, complaints on their own stream."""

import sys
from pathlib import Path

from lotrinh.cli.reading_words import notice, sentence
from lotrinh.reading import Paper
from lotrinh.rules.secrecy import secrecy_mark


def tell_notes(path: Path, paper: Paper) -> None:
    """Say what the reader of a file must know of it."""
    for note in paper.notes:
        complain(notice(note, path))
    mark = secrecy_mark(paper.text)
    if mark is not None:
        complain(sentence("secret", path=path, mark=mark.value))


def complain(line: str) -> None:
    """Say what is wrong, beside what is printed for others to use."""
    print(line, file=sys.stderr)


def print_exactly(text: str) -> None:
    """Write exactly this text: line ends of the document stay as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write((text + "\n").encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()
