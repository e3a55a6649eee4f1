"""PostgreSQL's ltree as a field: the way from the root of a tree to a unit, in unit ids."""

from typing import Any

from django.db import models
from django.db.models.lookups import PostgresOperatorLookup


class LtreeField(models.TextField):  # type: ignore[type-arg]  # generic in the stubs only
    """A path like ``1.17.204``."""

    def db_type(self, connection: Any) -> str:
        """Return the type of the column."""
        return "ltree"

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        """Read a path as text, which psycopg knows."""
        return f"{sql}::text", params

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        """Write text as a path."""
        return "%s::ltree"


@LtreeField.register_lookup
class Within(PostgresOperatorLookup):
    """``path__within="1.17"``: at or below that path."""

    lookup_name = "within"
    postgres_operator = "<@"


@LtreeField.register_lookup
class Above(PostgresOperatorLookup):
    """``path__above="1.17.204"``: at or above that path."""

    lookup_name = "above"
    postgres_operator = "@>"
