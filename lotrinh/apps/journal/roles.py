"""Two login roles on one database: the owner migrates, the application role does the rest."""

from typing import Any


class OwnerMigrates:
    """Migrations run through the connection named ``owner`` and through no other."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Allow every migration on ``owner`` alone."""
        return db == "owner"
