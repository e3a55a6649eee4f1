"""The types of documents that an installation begins with, each with the interval of its rule."""

import tomllib
from datetime import datetime
from importlib import resources

from lotrinh.apps.documents import services
from lotrinh.apps.journal.services import Named


def load_types(*, actor: Named, at: datetime) -> int:
    """Define every type of ``types.toml`` and return how many there are."""
    rows = tomllib.loads(resources.files(__package__).joinpath("types.toml").read_text("utf-8"))
    for row in rows["type"]:
        services.define_type(**{"until": None, **row}, actor=actor, at=at)
    return len(rows["type"])
