"""The reference data that an installation begins with, each row for the interval of its rule."""

import tomllib
from datetime import datetime
from importlib import resources
from typing import Any

from lotrinh.apps.documents import services
from lotrinh.apps.journal.services import Named


def load_reference(*, actor: Named, at: datetime) -> None:
    """Define types, suffixes and terms as the files beside this one have them."""
    load_types(actor=actor, at=at)
    for row in _rows("suffixes.toml", "suffix"):
        services.define_suffix(
            **{"since": None, "until": None, "legal_basis": "", **row}, actor=actor, at=at
        )
    for row in _rows("terms.toml", "term"):
        services.define_term(**row, actor=actor, at=at)


def load_types(*, actor: Named, at: datetime) -> int:
    """Define every type of ``types.toml`` and return how many there are."""
    rows = _rows("types.toml", "type")
    for row in rows:
        services.define_type(**{"until": None, **row}, actor=actor, at=at)
    return len(rows)


def _rows(name: str, kind: str) -> list[dict[str, Any]]:
    text = resources.files(__package__).joinpath(name).read_text("utf-8")
    rows: list[dict[str, Any]] = tomllib.loads(text)[kind]
    return rows
