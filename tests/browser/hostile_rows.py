"""Every column of the database in which people's words stand, filled with hostile ones.

What a form would refuse stands there as well, and no length holds: a page must be safe whatever it
is given. The rows are written past services and triggers, as a superuser, in a database that is
thrown away afterwards.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import psycopg
from django.db import models
from psycopg import sql

from tests.unchanged import kept_models

CODES = frozenset(
    {
        *("code", "key", "search_key", "issuer_key", "kind", "state", "system", "language"),
        *(
            "sha256",
            "words_sha256",
            "numbers_sha256",
            "media_type",
            "engine_version",
            "lexicon_hash",
            "password",
        ),
        *("verb_code", "actor_kind", "object_kind", "from_state", "to_state", "rollup", "step"),
        *("type_code", "suffix", "comparator", "refusal", "closing", "purpose", "share_of"),
        *("group", "rule", "stated_due", "last_login", "ordinal", "path", "client_key", "verdict"),
    }
)
"""Columns that hold codes of our own, which no person types."""
TEXTS = frozenset({("documents_rendition", "text"), ("intake_decision", "reason")})
"""Filled by handing in a hostile text; every place in it would be wrong otherwise."""
OF_THE_JOURNAL = "journal_"
SHORT = 1500
"""So many letters fit into a column that is indexed."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of words; one that is indexed holds less, one that is unique differs by row."""

    table: str
    name: str
    is_indexed: bool
    is_unique: bool


def columns(connection: psycopg.Connection) -> list[Column]:
    """Return every column in which words of people stand."""
    indexed = dict(
        connection.execute(
            "SELECT c.relname || '.' || a.attname, bool_or(i.indisunique) FROM pg_index i "
            "JOIN pg_class c ON c.oid = i.indrelid "
            "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY(i.indkey) GROUP BY 1"
        ).fetchall()
    )
    return [
        Column(table, name, f"{table}.{name}" in indexed, indexed.get(f"{table}.{name}", False))
        for table, name in _words_of_people()
    ]


def _words_of_people() -> Iterator[tuple[str, str]]:
    for model in kept_models():
        table = model._meta.db_table
        if model._meta.pk is None or model._meta.pk.name != "id":
            continue  # made from other tables, for searching
        if '"."' in table:
            continue  # what is published is a copy of what is hostile elsewhere
        for field in model._meta.concrete_fields:
            if (
                isinstance(field, models.CharField | models.TextField)
                and not isinstance(field, models.SlugField)
                and not field.choices
                and field.name not in CODES
                and (table, field.column) not in TEXTS
                and not table.startswith(OF_THE_JOURNAL)
            ):
                yield table, field.column


def lift_limits(connection: psycopg.Connection, wanted: Sequence[Column]) -> None:
    """Let columns hold texts of any length; what is made of them stays as it is."""
    made = connection.execute(
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE is_generated = 'ALWAYS' AND table_name = ANY(%s)",
        [sorted({column.table for column in wanted})],
    ).fetchall()
    for table, name in made:
        connection.execute(
            sql.SQL("ALTER TABLE {} ALTER COLUMN {} DROP EXPRESSION").format(
                sql.Identifier(table), sql.Identifier(name)
            )
        )
    for column in wanted:
        connection.execute(
            sql.SQL("ALTER TABLE {} ALTER COLUMN {} TYPE text").format(
                sql.Identifier(column.table), sql.Identifier(column.name)
            )
        )


def fill(
    connection: psycopg.Connection,
    wanted: Sequence[Column],
    parts: Sequence[str],
    *,
    turn: int,
    turns: int,
) -> list[Column]:
    """Write one of the parts into every row of every column, in each of the turns another.

    Empty words stay empty. Returns the columns whose constraints refuse.
    """
    refused = []
    short = [part[:SHORT] for part in parts]
    connection.execute("SET session_replication_role = replica")
    for column in wanted:
        words = sql.SQL("(%s::text[])[1 + (id * {} + {}) %% {}]").format(turns, turn, len(parts))
        if column.is_unique:
            words = sql.SQL("{} || ' ' || id").format(words)
        statement = sql.SQL("UPDATE {} SET {} = {} WHERE {} <> ''").format(
            sql.Identifier(column.table),
            sql.Identifier(column.name),
            words,
            sql.Identifier(column.name),
        )
        try:
            with connection.transaction():
                connection.execute(statement, [short if column.is_indexed else parts])
        except psycopg.errors.IntegrityError:
            refused.append(column)
    return refused
