"""The roles that an installation begins with; it may change them afterwards."""

import tomllib
from datetime import datetime
from importlib import resources

from lotrinh.apps.journal.services import Named
from lotrinh.apps.units import services


def load_roles(*, actor: Named, at: datetime) -> int:
    """Define every role of ``roles.toml`` and return how many there are."""
    rows = tomllib.loads(resources.files(__package__).joinpath("roles.toml").read_text("utf-8"))
    for row in rows["role"]:
        services.define_role(**row, actor=actor, at=at)
    return len(rows["role"])
