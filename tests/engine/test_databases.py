"""Databases as the application finds them: their roles, rights, rules for text, and copies."""

from collections.abc import Callable, Iterator

import psycopg
import pytest

from lotrinh.engine import (
    APP_ROLE,
    EXTENSIONS,
    OWNER_ROLE,
    PUBLIC_ROLE,
    Engine,
    EngineError,
    Layout,
    clone_database,
    drop_database,
    ensure_database,
    layout_for,
)
from tests.engine.observing import ask

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def running(home: object) -> Iterator[Engine]:
    with Engine(layout_for(name="tests-databases")) as engine:
        ensure_database(engine, "lotrinh")
        yield engine


ROLES = """
    SELECT rolname, rolcanlogin, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls
    FROM pg_roles WHERE rolname LIKE 'lotrinh%' ORDER BY rolname
"""


def test_no_role_is_a_superuser(running: Engine) -> None:
    assert ask(running, ROLES, APP_ROLE, "lotrinh") == [
        (APP_ROLE, True, False, False, False, False),
        (OWNER_ROLE, True, False, True, False, False),
        (PUBLIC_ROLE, True, False, False, False, False),
    ]


def test_only_in_a_cluster_for_tests_may_the_owner_make_databases(engine: Engine) -> None:
    ensure_database(engine, "lotrinh")

    assert ask(engine, ROLES)[1] == (OWNER_ROLE, True, False, False, False, False)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(engine, "CREATE DATABASE another", OWNER_ROLE, "lotrinh")


def test_only_the_owner_makes_tables(running: Engine) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(running, "CREATE TABLE mine (id int)", APP_ROLE, "lotrinh")
    made = "SELECT 7 AS id INTO clause; SELECT id FROM clause"
    assert ask(running, made, OWNER_ROLE, "lotrinh") == [(7,)]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(running, "SELECT id FROM clause", APP_ROLE, "lotrinh")
    ask(running, "DROP TABLE clause", OWNER_ROLE, "lotrinh")


def test_nobody_else_may_connect(running: Engine) -> None:
    ask(running, "DROP ROLE IF EXISTS visitor; CREATE ROLE visitor LOGIN")

    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        ask(running, "SELECT 1", "visitor", "lotrinh")


def test_the_owner_owns_the_extensions(running: Engine) -> None:
    owned = """
        SELECT extname FROM pg_extension JOIN pg_roles ON pg_roles.oid = extowner
        WHERE rolname = 'lotrinh_owner' ORDER BY extname
    """
    assert ask(running, owned, APP_ROLE, "lotrinh") == [(name,) for name in sorted(EXTENSIONS)]


def test_vietnamese_letters_are_letters(running: Engine) -> None:
    answers = {
        "lower('ĐƯỜNG ƯƠNG')": "đường ương",
        "upper('quyết định')": "QUYẾT ĐỊNH",
        "unaccent('Đường Hà Nội')": "Duong Ha Noi",
        "'Đà_Nẵng.Hải_Châu'::ltree::text": "Đà_Nẵng.Hải_Châu",
        "similarity('Đ', 'đ')": 1.0,  # under plain C both would be blanks, with nothing alike
        "similarity('đ', 'ư')": 0.0,
    }
    found = ask(running, f"SELECT {', '.join(answers)}", APP_ROLE, "lotrinh")
    assert found == [tuple(answers.values())]


def test_order_is_that_of_code_points(running: Engine) -> None:
    names = ["Em", "Ân", "Anh", "O", "Đức", "Dũng", "U", "Yến"]
    ordered = f"SELECT name FROM unnest(ARRAY{names}) AS name ORDER BY name"

    assert [name for (name,) in ask(running, ordered, APP_ROLE, "lotrinh")] == sorted(names)


def test_ensuring_twice_changes_nothing(running: Engine) -> None:
    rights = "SELECT datname, datdba, datacl::text FROM pg_database ORDER BY datname"
    ask(running, "SELECT 45 AS number INTO resolution", OWNER_ROLE, "lotrinh")
    rights_before = ask(running, rights, APP_ROLE, "lotrinh")
    ensure_database(running, "lotrinh")

    assert ask(running, "SELECT number FROM resolution", OWNER_ROLE, "lotrinh") == [(45,)]
    assert ask(running, rights, APP_ROLE, "lotrinh") == rights_before
    ask(running, "DROP TABLE resolution", OWNER_ROLE, "lotrinh")


def test_a_copy_has_the_rows_the_owner_and_the_doors_of_its_template(running: Engine) -> None:
    ensure_database(running, "pattern")
    ask(running, "SELECT generate_series(1, 618) AS site INTO sites", OWNER_ROLE, "pattern")
    clone_database(running, "pattern", "copy")

    assert ask(running, "SELECT count(*) FROM sites", OWNER_ROLE, "copy") == [(618,)]
    rights = """
        SELECT pg_get_userbyid(datdba), has_database_privilege('public', oid, 'CONNECT'),
               has_database_privilege('lotrinh_app', oid, 'CONNECT'),
               has_database_privilege('lotrinh_public', oid, 'CONNECT'),
               has_database_privilege('lotrinh_public', oid, 'TEMPORARY')
        FROM pg_database WHERE datname = 'copy'
    """
    assert ask(running, rights, APP_ROLE, "copy") == [(OWNER_ROLE, False, True, True, False)]

    drop_database(running, "copy")
    drop_database(running, "copy")
    with pytest.raises(psycopg.OperationalError, match='database "copy" does not exist'):
        ask(running, "SELECT 1", OWNER_ROLE, "copy")
    drop_database(running, "pattern")


@pytest.mark.slow  # PostgreSQL itself waits five seconds before it refuses
def test_a_template_in_use_is_not_copied(running: Engine) -> None:
    ensure_database(running, "busy")
    with psycopg.connect(running.url("busy", OWNER_ROLE)) as connection:
        connection.execute("SELECT 1")
        with pytest.raises(EngineError) as refused:
            clone_database(running, "busy", "copy")
        assert refused.value.code == "database-in-use"
        assert refused.value.data["database"] == "busy"

        drop_database(running, "busy")
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")


def test_a_database_that_does_not_run_is_named(new_layout: Callable[..., Layout]) -> None:
    layout = new_layout()

    with pytest.raises(EngineError) as refused:
        ensure_database(Engine(layout), "lotrinh")
    assert refused.value.code == "not-running"
    assert str(layout.log) in str(refused.value)
