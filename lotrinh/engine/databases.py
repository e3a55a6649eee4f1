"""Databases and their three roles, in a running engine.

Every database of ours belongs to a role that may change its tables (migrations, restore) and is
used by another that may not: append-only tables are append-only because the application's role
has no right to anything else. A third role makes the pages for the public: it may read what was
published and has no way to anything else, so that no fault of a page can tell more. None of them
is a superuser.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

import psycopg
from psycopg import errors, sql
from psycopg.conninfo import make_conninfo

from lotrinh.engine.cluster import SUPERUSER, locale_words
from lotrinh.engine.errors import EngineError
from lotrinh.engine.server import Engine

OWNER_ROLE: Final = "lotrinh_owner"
APP_ROLE: Final = "lotrinh_app"
PUBLIC_ROLE: Final = "lotrinh_public"
EXTENSIONS: Final = ("ltree", "btree_gist", "unaccent", "pg_trgm")
_OURS: Final = frozenset({"CONNECT", "TEMPORARY"})
_LOOKS: Final = frozenset({"CONNECT"})
_LOCK: Final = 0x6C6F7472696E68  # any number of ours: two set-ups of one cluster take turns


def ensure_database(
    engine: Engine, name: str, *, owner: str = OWNER_ROLE, app: str = APP_ROLE
) -> None:
    """Leave a database with its roles, rights and extensions; what exists is left as it is.

    Text is UTF-8 and ordered by code points. Only our roles may connect, only ``owner`` may make
    objects in the schema public, and nobody but it and ``app`` may look into it or call what lies
    there. Raises EngineError where PostgreSQL lacks an extension.
    """
    with _superuser(engine, "postgres") as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        _ensure_role(connection, owner, may_create=engine.layout.for_tests)
        _ensure_role(connection, app, may_create=False)
        _ensure_role(connection, PUBLIC_ROLE, may_create=False)
        if not _exists(connection, "pg_database", "datname", name):
            _create(connection, name, owner, engine.layout.major)
        _let_connect(connection, name, {owner: _OURS, app: _OURS, PUBLIC_ROLE: _LOOKS})
        with _superuser(engine, name) as inside:
            inside.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
            # made by the owner, so that a dump restores under the same role
            inside.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(owner)))
            for extension in EXTENSIONS:
                _ensure_extension(inside, extension)
            inside.execute("RESET ROLE")
            _close_functions(inside, owner, app)


def clone_database(engine: Engine, template: str, name: str) -> None:
    """Leave a new database that is a copy of ``template``, with its owner and its roles.

    Raises EngineError while anybody is connected to the template.
    """
    with _superuser(engine, "postgres") as connection:
        owner, may_connect = _owner_and_roles(connection, template)
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY {}").format(
            sql.Identifier(name),
            sql.Identifier(template),
            sql.Identifier(owner),
            # copying files needs two checkpoints: dear where they are written through
            sql.Identifier("wal_log" if engine.layout.durable else "file_copy"),
        )
        try:
            connection.execute(statement)
        except errors.ObjectInUse as error:
            raise EngineError(
                "database-in-use", database=template, reason=error.diag.message_detail
            ) from error
        _let_connect(connection, name, may_connect)


def drop_database(engine: Engine, name: str) -> None:
    """Leave no database of this name; connections to it are cut."""
    with _superuser(engine, "postgres") as connection:
        statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        connection.execute(statement.format(sql.Identifier(name)))


@contextmanager
def _superuser(engine: Engine, database: str) -> Iterator[psycopg.Connection]:
    """Yield a connection that may do anything and commits at every statement."""
    conninfo = make_conninfo(engine.url(database, SUPERUSER), application_name="lotrinh engine")
    try:
        connection = psycopg.connect(conninfo, autocommit=True, connect_timeout=30)
    except psycopg.OperationalError as error:
        reason = (str(error).strip() or "no answer").splitlines()[-1]
        raise EngineError("not-running", reason=reason, log=engine.layout.log) from error
    with connection:
        yield connection


def _exists(connection: psycopg.Connection, table: str, column: str, name: str) -> bool:
    statement = sql.SQL("SELECT 1 FROM {} WHERE {} = %s").format(
        sql.Identifier(table), sql.Identifier(column)
    )
    return connection.execute(statement, [name]).fetchone() is not None


def _ensure_role(connection: psycopg.Connection, role: str, *, may_create: bool) -> None:
    verb = "ALTER" if _exists(connection, "pg_roles", "rolname", role) else "CREATE"
    rights = "LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS "
    rights += "CREATEDB" if may_create else "NOCREATEDB"
    connection.execute(
        sql.SQL("{} ROLE {} {}").format(sql.SQL(verb), sql.Identifier(role), sql.SQL(rights))
    )


def _create(connection: psycopg.Connection, name: str, owner: str, major: int) -> None:
    words = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(
        sql.Identifier(name), sql.Identifier(owner)
    )
    for parameter, value in locale_words(major).items():
        words += sql.SQL(" {} {}").format(sql.SQL(parameter.upper()), sql.Literal(value))
    connection.execute(words)


def _let_connect(
    connection: psycopg.Connection, name: str, roles: Mapping[str, frozenset[str]]
) -> None:
    database = sql.Identifier(name)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    for role, rights in roles.items():
        connection.execute(
            sql.SQL("GRANT {} ON DATABASE {} TO {}").format(
                sql.SQL(", ").join(sql.SQL(right) for right in sorted(rights & _OURS)),
                database,
                sql.Identifier(role),
            )
        )


def _close_functions(connection: psycopg.Connection, owner: str, app: str) -> None:
    """Leave what lies in the schema public to be called by the owner and the application alone.

    PostgreSQL lets everybody call a new function unless its maker's defaults say otherwise, and
    what an extension brought belongs to the superuser.
    """
    names = {"owner": sql.Identifier(owner), "app": sql.Identifier(app)}
    for statement in (
        "GRANT USAGE ON SCHEMA public TO {owner}, {app}",
        "REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC",
        "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {owner}, {app}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
    ):
        connection.execute(sql.SQL(statement).format(**names))


def _ensure_extension(connection: psycopg.Connection, extension: str) -> None:
    statement = sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension))
    try:
        connection.execute(statement)
    except (errors.FeatureNotSupported, errors.UndefinedFile) as error:
        reason = error.diag.message_detail or error.diag.message_primary
        raise EngineError("missing-extension", extension=extension, reason=reason) from error


def _owner_and_roles(
    connection: psycopg.Connection, database: str
) -> tuple[str, dict[str, frozenset[str]]]:
    """Return who owns a database and what others may do with it: a copy forgets both."""
    rows = connection.execute(
        """
        SELECT pg_get_userbyid(datdba), pg_get_userbyid(acl.grantee),
               array_agg(acl.privilege_type)
        FROM pg_database LEFT JOIN LATERAL aclexplode(datacl) AS acl
          ON acl.privilege_type IN ('CONNECT', 'TEMPORARY') AND acl.grantee <> 0
        WHERE datname = %s
        GROUP BY datdba, acl.grantee
        """,
        [database],
    ).fetchall()
    if not rows:
        raise errors.InvalidCatalogName(f'database "{database}" does not exist')
    return rows[0][0], {role: frozenset(rights) for _, role, rights in rows if role is not None}
