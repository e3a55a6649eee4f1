"""The register as its page shows it: what narrows it, and what was found where."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from lotrinh.apps.documents import selectors as registry
from lotrinh.web.answers import address
from lotrinh.web.asking import FIELDS, STATES, RegisterAsked
from lotrinh.web.formatting import day, named
from lotrinh.web.presenters.documents import DocumentRow, Types, issuer_name, type_text
from lotrinh.web.presenters.shapes import Found
from lotrinh.web.wording import LANGUAGES, OF_SYSTEMS, READING_STATES, word

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Document
    from lotrinh.apps.units.models import Unit

Units = Mapping[str, "Unit | None"]
Offered = Mapping[str, tuple["Unit", ...]]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set: what it says, and the address without it."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter."""

    value: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen for each filter that is a list, and what was typed into the others."""

    state: tuple[Choice, ...]
    system: tuple[Choice, ...]
    type: tuple[Choice, ...]
    issuer: tuple[Choice, ...]
    keeper: tuple[Choice, ...]
    held: tuple[Choice, ...]
    language: tuple[Choice, ...]
    year: str
    in_force: str


def url_of(asked: RegisterAsked, **other: object) -> str:
    """Return the address of the register as it is asked, but for what is said otherwise."""
    return address(reverse("documents"), **({"q": asked.words} | dict(asked.given) | other))


def file_url(asked: RegisterAsked, ending: str) -> str:
    """Return the address of the same documents as a file."""
    path = reverse("documents-file", kwargs={"ending": ending})
    return address(path, **({"q": asked.words} | dict(asked.given)))


def file_head() -> tuple[str, ...]:
    """Return the heads of the columns of the register as a file."""
    return (
        _("Number"),
        _("Type"),
        _("Document"),
        _("Issued by"),
        _("Date"),
        _("Kept by"),
        _("Language"),
        _("Text"),
    )


def file_row(document: "Document", types: Types) -> tuple["str | date | None", ...]:
    """Return the row of a document in the register as a file."""
    return (
        document.number,
        type_text(document, types) or "",
        document.title,
        issuer_name(document) or "",
        document.issued_on,
        named(document.keeper),
        document.language,
        _("cited only, text not held") if document.is_stub else "",
    )


def chips(asked: RegisterAsked, types: Types, units: Units) -> tuple[Chip, ...]:
    """Return the filters that are set, each with the way to take it away."""
    return tuple(
        Chip(_said(name, asked, types, units), url_of(asked, **{name: None}))
        for name in FIELDS
        if name in asked.given
    )


def choices(asked: RegisterAsked, types: Types, units: Offered) -> Choices:
    """Return what the form of filters offers; what is set is chosen."""

    def listed(name: str, pairs: Iterable[tuple[str, str]]) -> tuple[Choice, ...]:
        chosen = asked.given.get(name, "")
        return tuple(Choice(value, text, value == chosen) for value, text in pairs)

    names = {code: _type_text(code, types) for _system, code in types if code}
    return Choices(
        state=listed("state", ((code, word(READING_STATES, code)) for code in STATES)),
        system=listed("system", ((code, word(OF_SYSTEMS, code)) for code in OF_SYSTEMS)),
        type=listed("type", sorted(names.items(), key=lambda pair: pair[1])),
        issuer=listed("issuer", _unit_pairs(units["issuer"])),
        keeper=listed("keeper", _unit_pairs(units["keeper"])),
        held=listed("held", ((code, _held_text(code)) for code in _HELD)),
        language=listed("language", ((code, word(LANGUAGES, code)) for code in LANGUAGES)),
        year=asked.given.get("year", ""),
        in_force=asked.given.get("in_force", ""),
    )


def with_finds(
    rows: Iterable[DocumentRow],
    found: registry.Search,
    shown: Mapping[int, registry.Shown],
    documents: "Iterable[Document]",
) -> list[DocumentRow]:
    """Return the rows with what was asked for marked in their titles and texts."""
    return [
        replace(
            row,
            title_parts=registry.marked_title(found, row.title),
            found=_found(document, shown.get(document.pk)),
        )
        for row, document in zip(rows, documents, strict=True)
    ]


def _found(document: "Document", shown: registry.Shown | None) -> Found | None:
    if shown is None:
        return None
    place = f"#d{shown.ordinal}" if shown.ordinal else ""
    page = reverse("document", kwargs={"uid": document.uid})
    return Found(
        parts=shown.passage.parts,
        url=f"{page}?text={shown.rendition_uid}{place}",
        language=shown.language,
        begins_within=not shown.passage.is_first,
        ends_within=not shown.passage.is_last,
    )


def _said(name: str, asked: RegisterAsked, types: Types, units: Units) -> str:
    value = asked.given[name]
    said: dict[str, Callable[[], str]] = {
        "state": lambda: word(READING_STATES, value) if value in READING_STATES else value,
        "system": lambda: word(OF_SYSTEMS, value) if value in OF_SYSTEMS else value,
        "type": lambda: _type_text(value, types),
        "issuer": lambda: _("issued by %(unit)s") % {"unit": _unit_text(units.get("issuer"))},
        "keeper": lambda: _("kept by %(unit)s") % {"unit": _unit_text(units.get("keeper"))},
        "year": lambda: _("of %(year)s") % {"year": value},
        "held": lambda: _held_text(value) if value in _HELD else value,
        "in_force": lambda: _("in force on %(day)s") % {"day": _day(asked.filters.in_force, value)},
        "language": lambda: word(LANGUAGES, value) if value in LANGUAGES else value,
    }
    return said[name]()


_HELD = (registry.HELD, registry.CITED)


def _held_text(code: str) -> str:
    return _("text held") if code == registry.HELD else _("cited only")


def _type_text(code: str, types: Types) -> str:
    found = next((types[key] for key in types if key[1] == code), None)
    return f"{named(found)} ({code})" if found else code


def _unit_pairs(units: "Iterable[Unit]") -> Iterable[tuple[str, str]]:
    return ((str(unit.uid), named(unit)) for unit in units)


def _unit_text(unit: "Unit | None") -> str:
    return named(unit) if unit else "?"


def _day(found: date | None, typed: str) -> str:
    return day(found) if found else typed
