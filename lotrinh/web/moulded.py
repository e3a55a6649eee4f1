"""Rows of which a page has hundreds: drawn once for each shape, and filled in for each row.

The rows of a grid differ in what they say far more than in how they are built. Drawn one by one
they take most of the time of such a page. So the template of a row (``line`` in it) is drawn with a
mark in the place of each text, cut at the marks and kept; a row is this mould with its texts, each
escaped as every template does. What is kept holds no text of anybody.

A row is of a dataclass that says which of its texts its template does nothing with but print or
leave out where they are empty (``PRINTED``), and what else shapes it (``SHAPED``). A row that holds
anything in its other fields is one of few, and its template is drawn for it alone.
"""

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import fields
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import Any, ClassVar, NamedTuple, Protocol

from django.template import Library
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

MOST = 1024
"""So many moulds are kept; a page needs a handful."""

_MARK = re.compile("\ue000([0-9]+)\ue001")
"""Signs that no template holds; what people write is never looked through for them."""

register = Library()


class Moulded(Protocol):
    """A row: the names of its texts, and of what its template asks about it."""

    PRINTED: ClassVar[tuple[str, ...]]
    SHAPED: ClassVar[tuple[str, ...]]
    __dataclass_fields__: ClassVar[dict[str, Any]]


class _Names(NamedTuple):
    """How the fields of a kind of row are read, two at least of each sort."""

    printed: Callable[[Moulded], tuple[Any, ...]]
    shaped: Callable[[Moulded], tuple[Hashable, ...]]
    others: Callable[[Moulded], tuple[Any, ...]]


class _Mould(NamedTuple):
    """A row in which ``%s`` stands for each text, and which of them stand there one by one."""

    drawn: str
    texts: Callable[[tuple[str, ...]], tuple[str, ...]]


@register.simple_tag
def moulded(rows: Iterable[Moulded], template: str, **given: Hashable) -> SafeString:
    """Draw the template for each row, with what is given: it sees nothing else of the page."""
    language, shared = get_language(), tuple(given.items())
    found: list[str] = []
    for row in rows:
        kind = type(row)
        names = _names(kind)
        if any(names.others(row)):
            found.append(render_to_string(template, {**given, "line": row}))
            continue
        printed = names.printed(row)
        shape = (names.shaped(row), tuple([bool(text) or text for text in printed]))
        mould = _mould(template, language, shared, kind, shape)
        escaped = tuple([conditional_escape(text) if text else "" for text in printed])
        found.append(mould.drawn % mould.texts(escaped))
    return mark_safe("".join(found))  # noqa: S308 - each text was escaped, the rest is a template


@lru_cache(maxsize=64)
def _names(kind: type[Moulded]) -> _Names:
    known = {*kind.PRINTED, *kind.SHAPED}
    others = [one.name for one in fields(kind) if one.name not in known]
    return _Names(_reading(kind.PRINTED), _reading(kind.SHAPED), _reading(others))


def _reading(names: Iterable[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what reads these fields of a row as a tuple, however many they are."""
    asked = tuple(names)
    if len(asked) > 1:
        return attrgetter(*asked)
    return lambda row: tuple(getattr(row, name) for name in asked)


@lru_cache(maxsize=MOST)
def _mould(
    template: str,
    language: str | None,
    given: tuple[tuple[str, Hashable], ...],
    kind: type[Moulded],
    shape: tuple[tuple[Hashable, ...], tuple[Hashable, ...]],
) -> _Mould:
    """Return the mould of a shape in a language; ``language`` tells what is kept apart."""
    shaped, printed = shape
    line: dict[str, Hashable] = dict(zip(kind.SHAPED, shaped, strict=True))
    for place, (name, is_there) in enumerate(zip(kind.PRINTED, printed, strict=True)):
        line[name] = f"\ue000{place}\ue001" if is_there else is_there
    parts = _MARK.split(render_to_string(template, {**dict(given), "line": line}))
    drawn = "%s".join(part.replace("%", "%%") for part in parts[::2])
    places = [int(place) for place in parts[1::2]]
    if len(places) > 1:
        return _Mould(drawn, itemgetter(*places))
    return _Mould(drawn, lambda texts: tuple(texts[place] for place in places))
