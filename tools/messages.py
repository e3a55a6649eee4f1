"""Collects every sentence of the pages into both catalogues and keeps what is translated.

English sentences are their own ids, so the English catalogue holds them unchanged and the
Vietnamese one says them in Vietnamese. Templates are read through Django's own ``templatize``.
Prints what is still to be translated; exit 1 where there is something.
"""

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

CHECKOUT = Path(__file__).resolve().parents[1]
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
BEGINNING = datetime(2024, 1, 2, tzinfo=UTC)  # fixed, so that collecting again changes nothing
Found = tuple[str | None, str | tuple[str, str]]


def main() -> int:
    """Bring both catalogues up to date; return 1 where a Vietnamese sentence is missing."""
    found = list(dict.fromkeys(sentences()))
    missing = []
    for language in ("vi", "en"):
        path = catalogue_path(language)
        old = read_po(io.BytesIO(path.read_bytes()), locale=language) if path.exists() else None
        catalogue = renewed(language, found, old)
        out = io.BytesIO()
        write_po(out, catalogue, width=120, sort_output=True, no_location=True)
        path.write_bytes(out.getvalue())
        missing += [message.id for message in catalogue if message.id and not all_said(message)]
    for sentence in missing:
        print(f"not translated: {sentence}")
    return 1 if missing else 0


def catalogue_path(language: str) -> Path:
    """Return where the catalogue of a language lies."""
    return CHECKOUT / "locale" / language / "LC_MESSAGES" / "django.po"


def all_said(message: object) -> bool:
    """Say whether every form of a message has a translation."""
    said = getattr(message, "string", "")
    return all(said) if isinstance(said, tuple | list) else bool(said)


def sentences() -> Iterator[Found]:
    """Yield (context, id or pair of ids) of every sentence in templates and Python files."""
    if not settings.configured:
        settings.configure()
    for path in sorted((CHECKOUT / "lotrinh").rglob("*")):
        if path.suffix == ".html":
            words = templatize(path.read_text(encoding="utf-8"))
            source = "\n".join(line.lstrip() for line in words.splitlines())
        elif path.suffix == ".py":
            source = path.read_text(encoding="utf-8")
        else:
            continue
        for _, message, _, context in extract(
            "python", io.BytesIO(source.encode()), keywords=KEYWORDS
        ):
            if isinstance(message, tuple):
                singular, plural = [part for part in message if part][:2]
                yield context, (singular, plural)
            else:
                yield context, message


def renewed(language: str, found: list[Found], old: Catalog | None) -> Catalog:
    """Return a catalogue of exactly the sentences found, with the translations kept."""
    catalogue = Catalog(
        locale=language,
        project="Lotrinh",
        version="0",
        header_comment="# The sentences of Lotrinh; `make messages` collects them.",
        copyright_holder="Lotrinh",
        msgid_bugs_address="-",
        creation_date=BEGINNING,
        revision_date=BEGINNING,
        last_translator="Lotrinh",
        language_team=language,
        fuzzy=False,
        charset="utf-8",
    )
    for context, sentence in found:
        kept = old.get(sentence, context=context) if old else None
        said = kept.string if kept and all_said(kept) else None
        if said is None and language == "en":
            said = sentence
        catalogue.add(sentence, string=said or "", context=context)
    return catalogue


if __name__ == "__main__":
    sys.exit(main())
