"""A publication as canonical JSON: the same content is the same bytes, whoever writes them.

Keys are sorted, nothing is spaced, letters are UTF-8; numbers are texts without idle zeros, so
that no reader rounds them, and days and instants are ISO 8601, instants in UTC. The SHA-256 of
these bytes names the content.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from types import UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints
from uuid import UUID

from lotrinh.rules.publication.content import Paper, Publication

Made = TypeVar("Made")


def canonical(said: object) -> str:
    """Return a publication, or any part of it, as canonical JSON."""
    return json.dumps(plain(said), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(text: str) -> str:
    """Return the SHA-256 of a canonical text in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of_papers(papers: tuple[Paper, ...], as_of: date) -> str:
    """Return what names a content before it has a heading: what a preview shows."""
    return digest(canonical([as_of, list(papers)]))


def publication_of(text: str) -> Publication:
    """Return the publication that a canonical text holds.

    Raises ValueError where it holds none: it was cut off, or written by another edition.
    """
    try:
        return _made(Publication, json.loads(text))
    except (AttributeError, ArithmeticError, KeyError, TypeError) as error:
        raise ValueError("this text holds no publication") from error


def plain(said: object) -> Any:
    """Return something of a publication in the few shapes that JSON knows."""
    if is_dataclass(said):
        return {one.name: plain(getattr(said, one.name)) for one in fields(said)}
    if isinstance(said, list | tuple):
        return [plain(one) for one in said]
    if isinstance(said, Decimal):
        return f"{said.normalize():f}"
    if isinstance(said, datetime):
        return said.astimezone(UTC).isoformat()
    if isinstance(said, date):
        return said.isoformat()
    return str(said) if isinstance(said, UUID) else said


def _made(wanted: type[Made], given: Mapping[str, Any]) -> Made:
    hints = get_type_hints(wanted)
    found = {
        one.name: _value(hints[one.name], given[one.name]) for one in fields(cast(Any, wanted))
    }
    return wanted(**found)


def _value(hint: Any, given: Any) -> Any:
    if get_origin(hint) is UnionType:
        return None if given is None else _value(get_args(hint)[0], given)
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], one) for one in given)
    if is_dataclass(hint):
        return _made(cast(type[Any], hint), given)
    if hint in (date, datetime):
        return hint.fromisoformat(given)
    if hint in (Decimal, UUID):
        return hint(given)
    if not isinstance(given, hint):
        raise TypeError(f"{given!r} is no {hint.__name__}")
    return given
