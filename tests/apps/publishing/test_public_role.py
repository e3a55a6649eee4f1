"""The public role reads what is published and nothing else, as the catalogue itself says."""

from contextlib import contextmanager

import psycopg
import pytest
from django.db import connections

from lotrinh.apps.publishing.selectors import newest
from lotrinh.engine import OWNER_ROLE, PUBLIC_ROLE
from tests import cluster
from tests.publications import published_city

EVERY_RIGHT = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"]
SYSTEM = "nspname NOT IN ('pg_catalog', 'information_schema') AND nspname NOT LIKE 'pg_t%%'"

TABLES = f"""
    SELECT format('%%s.%%s', nspname, relname), r FROM pg_class
    JOIN pg_namespace ON pg_namespace.oid = relnamespace, unnest(%(rights)s::text[]) AS r
    WHERE relkind IN ('r', 'v', 'm', 'p', 'f') AND {SYSTEM}
    AND has_table_privilege(%(role)s, pg_class.oid, r) ORDER BY 1, 2
"""
COLUMNS = f"""
    SELECT DISTINCT format('%%s.%%s', nspname, relname) FROM pg_class
    JOIN pg_namespace ON pg_namespace.oid = relnamespace,
    unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) AS r
    WHERE relkind IN ('r', 'v', 'm', 'p', 'f') AND {SYSTEM} AND nspname <> 'published'
    AND has_any_column_privilege(%(role)s, pg_class.oid, r)
"""
SEQUENCES = f"""
    SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace,
    unnest(ARRAY['USAGE', 'SELECT', 'UPDATE']) AS r
    WHERE relkind = 'S' AND {SYSTEM} AND has_sequence_privilege(%(role)s, pg_class.oid, r)
"""
FUNCTIONS = f"""
    SELECT proname FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
    WHERE {SYSTEM} AND has_function_privilege(%(role)s, pg_proc.oid, 'EXECUTE')
"""
SCHEMAS = f"""
    SELECT nspname, r FROM pg_namespace, unnest(ARRAY['USAGE', 'CREATE']) AS r
    WHERE {SYSTEM} AND has_schema_privilege(%(role)s, oid, r)
"""
DATABASE = """
    SELECT r FROM unnest(ARRAY['CONNECT', 'CREATE', 'TEMPORARY']) AS r
    WHERE has_database_privilege(%(role)s, current_database(), r)
"""
ITSELF = """
    SELECT rolcanlogin, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls,
    (SELECT count(*) FROM pg_auth_members WHERE member = pg_roles.oid),
    (SELECT count(*) FROM pg_shdepend WHERE refobjid = pg_roles.oid AND deptype = 'o')
    FROM pg_roles WHERE rolname = %(role)s
"""


@contextmanager
def asking(server, name):
    """Give what reads the catalogue as the owner, who sees all of it."""
    with psycopg.connect(server.url(name, OWNER_ROLE)) as owner:

        def ask(statement, role=PUBLIC_ROLE):
            given = {"role": role, "rights": EVERY_RIGHT}
            return owner.execute(statement, given).fetchall()

        yield ask


@pytest.fixture(scope="module")
def database(server, django_db_setup, django_db_blocker, tmp_path_factory):
    """A database of its own in which a city has published."""
    with (
        django_db_blocker.unblock(),
        cluster.fresh_clone(server, "public_role") as name,
        cluster.pointed_at(server, name),
    ):
        published_city()
        assert newest() is not None
        for alias in connections:
            connections[alias].close()
        yield name


def test_it_may_read_the_published_tables_and_has_no_other_right_on_any_table(server, database):
    with asking(server, database) as ask:
        assert ask(TABLES) == [
            (f"published.{name}", "SELECT")
            for name in ("heading", "paper", "part", "promise", "step")
        ]
        assert ask(COLUMNS) == []


def test_it_may_use_no_sequence_call_no_function_and_see_no_other_schema(server, database):
    with asking(server, database) as ask:
        assert ask(SEQUENCES) == []
        assert ask(FUNCTIONS) == []
        assert ask(SCHEMAS) == [("published", "USAGE")]
        assert ask(DATABASE) == [("CONNECT",)]


def test_it_is_nobody_s_member_owns_nothing_and_may_do_nothing_beyond_a_database(server, database):
    with asking(server, database) as ask:
        assert ask(ITSELF) == [(True, False, False, False, False, False, 0, 0)]


def test_the_question_finds_a_right_too_many(server, database):
    with psycopg.connect(server.url(database, OWNER_ROLE)) as owner:
        owner.execute(f"GRANT SELECT (sign_in_name) ON accounts_user TO {PUBLIC_ROLE}")
        owner.execute("CREATE FUNCTION planted() RETURNS int LANGUAGE sql AS 'SELECT 1'")
        owner.execute(f"GRANT EXECUTE ON FUNCTION planted TO {PUBLIC_ROLE}")
        given = {"role": PUBLIC_ROLE, "rights": EVERY_RIGHT}
        assert owner.execute(COLUMNS, given).fetchall() == [("public.accounts_user",)]
        assert owner.execute(FUNCTIONS, given).fetchall() == [("planted",)]
        owner.rollback()


def test_what_somebody_makes_later_is_closed_to_it_as_well(server, database):
    with psycopg.connect(server.url(database, OWNER_ROLE)) as owner:
        owner.execute("CREATE TABLE later (id int); CREATE SEQUENCE counter")
        owner.execute("CREATE FUNCTION planted() RETURNS int LANGUAGE sql AS 'SELECT 1'")
        given = {"role": PUBLIC_ROLE, "rights": EVERY_RIGHT}
        assert owner.execute(FUNCTIONS, given).fetchall() == []
        assert owner.execute(SEQUENCES, given).fetchall() == []
        assert {name for name, _ in owner.execute(TABLES, given).fetchall()} & {
            "public.later"
        } == set()
        owner.rollback()


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM public.accounts_user",
        "SELECT * FROM public.publishing_publication",
        "SELECT * FROM public.journal_entry",
        "SELECT public.unaccent('Hà Nội')",
        "DELETE FROM published.heading",
        "INSERT INTO published.part (promise_id) VALUES (1)",
        "CREATE TABLE published.planted (id int)",
        "CREATE TEMPORARY TABLE planted (id int)",
        f"SET ROLE {OWNER_ROLE}",
    ],
)
def test_it_is_refused(server, database, statement):
    with psycopg.connect(server.url(database, PUBLIC_ROLE)) as public:
        (number,) = public.execute("SELECT max(number) FROM published.heading").fetchone()
        assert number == 1
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            public.execute(statement)
