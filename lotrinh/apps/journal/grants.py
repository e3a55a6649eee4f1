"""The rights of the application role, computed from the models and read back from the catalogue.

Two roles work on one database: the owner migrates and restores; the application role does
everything else and may neither define nor empty a table. Tables of models that state
``append_only = True`` give it SELECT and INSERT, all others SELECT, INSERT, UPDATE and DELETE.
The public role reads the tables of the schema ``published`` and may do nothing else anywhere.
"""

from typing import Final

from django.apps import apps
from django.db import connections
from psycopg import sql

CHANGEABLE = ("SELECT", "INSERT", "UPDATE", "DELETE")
APPEND_ONLY = ("SELECT", "INSERT")
READ_ONLY = ("SELECT",)
REPLACED = ("SELECT", "INSERT", "DELETE")
PUBLISHED: Final = "published"
"""The schema of what everybody may read, and of nothing else."""


def append_only_tables() -> frozenset[str]:
    """Return the names of all tables that nothing may change or remove."""
    return frozenset(
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if getattr(model, "append_only", False)
    )


def grant_application_role(*, using: str, role: str) -> None:
    """Give ``role`` exactly its rights on every table, sequence and function of ``public``.

    Run by the owner after each migration; running it again changes nothing.
    """
    closed = append_only_tables()
    connection = connections[using]
    name = sql.Identifier(role)
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL(
                "GRANT USAGE ON SCHEMA public TO {0};"
                "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {0};"
                "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {0};"
                "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {0}"
            ).format(name)
        )
        for table in connection.introspection.table_names(cursor):
            rights = table_rights(table, closed)
            cursor.execute(
                sql.SQL("GRANT {} ON {} TO {}").format(
                    sql.SQL(", ").join(sql.SQL(right) for right in rights),
                    sql.Identifier(table),
                    name,
                )
            )


def grant_on_published(*, using: str, app: str, public: str) -> None:
    """Let the application write what is published and let the public role read it, only that.

    Nothing happens in a database that knows no public role yet: its public pages then show what
    lies in the folder beside it.
    """
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [public])
        roles = [app, public] if cursor.fetchone() else [app]
        names = sql.SQL(", ").join(map(sql.Identifier, roles))
        cursor.execute(
            sql.SQL(
                "REVOKE ALL ON SCHEMA published FROM PUBLIC;"
                "REVOKE ALL ON ALL TABLES IN SCHEMA published FROM PUBLIC, {names};"
                "GRANT USAGE ON SCHEMA published TO {names};"
                "GRANT SELECT ON ALL TABLES IN SCHEMA published TO {names};"
                "GRANT INSERT, DELETE ON ALL TABLES IN SCHEMA published TO {app}"
            ).format(names=names, app=sql.Identifier(app))
        )


def table_rights(table: str, append_only: frozenset[str]) -> tuple[str, ...]:
    """Return what the application role is to have on a table: what migrations did is read only."""
    if table == "django_migrations":
        return READ_ONLY
    if table.startswith(f'"{PUBLISHED}"'):
        return REPLACED
    return APPEND_ONLY if table in append_only else CHANGEABLE


def granted_rights(*, using: str, role: str) -> dict[str, frozenset[str]]:
    """Return, from the catalogue, what ``role`` may do with each table of ours.

    Those of the schema ``published`` are named with their schema, as the models name them.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT CASE t.schemaname WHEN 'public' THEN t.tablename"
            ' ELSE format(\'"%%s"."%%s"\', t.schemaname, t.tablename) END, r.name'
            " FROM pg_tables t, "
            "unnest(ARRAY['SELECT','INSERT','UPDATE','DELETE','TRUNCATE']) AS r(name) "
            "WHERE t.schemaname IN ('public', %s) "
            "AND has_table_privilege(%s, format('%%I.%%I', t.schemaname, t.tablename), r.name)",
            [PUBLISHED, role],
        )
        rights: dict[str, set[str]] = {}
        for table, right in cursor.fetchall():
            rights.setdefault(table, set()).add(right)
    return {table: frozenset(names) for table, names in rights.items()}
