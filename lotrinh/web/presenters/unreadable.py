"""Why a file was not read or not wholly: one sentence for every code of the readers."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from lotrinh.apps.files import selectors as files
from lotrinh.apps.intake.refusal_words import filled, sentence
from lotrinh.apps.units import selectors as units
from lotrinh.web import clock
from lotrinh.web.formatting import day

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from lotrinh.apps.documents.models import Rendition
    from lotrinh.apps.files.models import Declaration

__all__ = ["declarations", "notices", "notices_of", "sentence", "unread_parts"]

_DECLARED: "_StrPromise" = _(
    "%(who)s declared on %(day)s that the parts that could not be read (%(unread)s) hold no State "
    "secret."
)
_NOTES: Mapping[str, "_StrPromise"] = {
    "pages_without_text": _(
        "Pages %(pages)s are pictures: nothing in them was read. "
        "Hold the proposals against the file."
    ),
    "read_by_ocr": _("The text comes from text recognition: every finding is a draft."),
    "converted": _("The letters were converted from an old encoding (%(encoding)s)."),
    "hidden_sheets": _("Hidden sheets were not read: %(sheets)s."),
    "large_pictures": _(
        "Pictures of half a page or more in the file: %(count)s. Nothing in them was read. "
        "Hold the proposals against the file."
    ),
    "has_script": _(
        "The original holds a script. Only its text was read; open the original with scripts "
        "turned off."
    ),
    "has_launch": _(
        "The original can start programs or send data. Only its text was read; agree to nothing "
        "that it asks when you open it."
    ),
    "has_attachment": _(
        "Other files are attached to the original. They were not read; open them with care."
    ),
    "shortened": _("The file is longer than what is read; its end was left out."),
}


def notices(notes: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return what the readers of a text must be told of the file that it came from."""
    return tuple(filled(_NOTES[note["code"]], note["data"]) for note in notes)


def notices_of(rendition: "Rendition") -> tuple[str, ...]:
    """Return what readers of a text must be told: of its file, and what was declared about it."""
    told = notices(rendition.notes)
    if not told or rendition.blob is None:
        return told
    return (*told, *declarations(files.declarations_of(rendition.blob)))


def unread_parts(pages: str, pictures: int) -> str:
    """Return in words which parts of a file nobody could read."""
    found = []
    if pages:
        found.append(_("pages %(pages)s") % {"pages": pages})
    if pictures:
        found.append(_("large pictures: %(count)s") % {"count": pictures})
    return "; ".join(map(str, found))


def declarations(rows: "Iterable[Declaration]") -> tuple[str, ...]:
    """Return who declared which parts of a file free of State secrets, and when."""
    return tuple(
        str(_DECLARED)
        % {
            "who": _name(row),
            "day": day(clock.day_of(row.declared_at)),
            "unread": unread_parts(row.pages, row.pictures),
        }
        for row in rows
    )


def _name(row: "Declaration") -> str:
    person = units.person_of(user_id=row.declared_by_id)
    return person.full_name if person else row.declared_by.sign_in_name
