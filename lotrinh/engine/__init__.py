"""The embedded PostgreSQL: one database server from a laptop on, without an administrator.

``layout_for`` says where it lives, ``Engine`` starts, adopts and ends it, ``ensure_database``
makes a database with its three roles. ``children`` keeps the server and the processes that use it
running together. Nothing here knows of Django or of anything else of Lotrinh.
"""

from lotrinh.engine.databases import (
    APP_ROLE,
    EXTENSIONS,
    OWNER_ROLE,
    PUBLIC_ROLE,
    clone_database,
    drop_database,
    ensure_database,
)
from lotrinh.engine.errors import MESSAGES, EngineError
from lotrinh.engine.layout import PORT, Layout, layout_for
from lotrinh.engine.server import Engine

__all__ = [
    "APP_ROLE",
    "EXTENSIONS",
    "MESSAGES",
    "OWNER_ROLE",
    "PORT",
    "PUBLIC_ROLE",
    "Engine",
    "EngineError",
    "Layout",
    "clone_database",
    "drop_database",
    "ensure_database",
    "layout_for",
]
