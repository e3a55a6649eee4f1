"""The held-out set stays what it was: one digest for each of its files, kept beside it."""

import hashlib
from pathlib import Path

_DERIVED = ".labels.jsonl"  # compiled from what is frozen; its offsets follow the readers


def digests(labelled: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of the held-out set by its path below the set."""
    folder = labelled / "held_out"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if not path.name.endswith(_DERIVED)
    }


def digest_path(labelled: Path) -> Path:
    """Return where the digests are kept, outside the set itself."""
    return labelled / "held_out.sha256"


def freeze(labelled: Path) -> int:
    """Write the digests, in the form that ``sha256sum -c`` reads; return how many."""
    found = digests(labelled)
    lines = "".join(f"{digest}  {name}\n" for name, digest in found.items())
    digest_path(labelled).write_text(lines, encoding="utf-8")
    return len(found)


def changed(labelled: Path) -> list[str]:
    """Return the files that are not as they were frozen: changed, new or gone."""
    lines = digest_path(labelled).read_text(encoding="utf-8").splitlines()
    kept = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    now = digests(labelled)
    return sorted(name for name in kept.keys() | now.keys() if kept.get(name) != now.get(name))
