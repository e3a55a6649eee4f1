"""From the paths that were named to the files that are read, in one sure order."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lotrinh.reading.readers.kinds import ENDINGS

_LOCK_MARK = "~$"  # Word and Excel lay such a file beside every open one


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files to read; the folders without any; how many files of which ending were passed."""

    files: tuple[Path, ...]
    empty: tuple[Path, ...]
    skipped: tuple[tuple[str, int], ...]


def gather(paths: Iterable[Path]) -> Gathered:
    """Return every path as named, and for a folder the documents below it, sorted by path.

    Hidden files and folders and lock files are not there. A file that was named itself is
    taken whatever its ending. Links to folders are not followed; a link to nothing is among the
    files, so that its reader can say so.
    """
    files: dict[Path, None] = {}
    empty: list[Path] = []
    skipped: Counter[str] = Counter()
    for path in paths:
        if not path.is_dir():
            files[path] = None
            continue
        found = sorted(_below(path))
        documents = [file for file in found if file.suffix.lower() in ENDINGS]
        files |= dict.fromkeys(documents)
        skipped.update(
            file.suffix.lower() or file.name for file in found if file.suffix.lower() not in ENDINGS
        )
        if not documents:
            empty.append(path)
    return Gathered(tuple(sorted(files)), tuple(empty), tuple(sorted(skipped.items())))


def _below(folder: Path) -> Iterator[Path]:
    try:
        entries = list(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith((".", _LOCK_MARK)):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _below(entry)
        else:
            yield entry
