"""Statements that are run so often that the way to the database is most of their cost.

They are handed to the driver as they stand, with their values beside them, so that the database
keeps their plan from one time to the next. Where statements are counted or logged they go the way
of all others.
"""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from psycopg import Cursor


def run(statement: str, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run a statement that is a constant of the code, and return its rows.

    Raises what Django raises for errors of the database.
    """
    if connection.queries_logged or connection.execute_wrappers:
        with connection.cursor() as logged:
            logged.execute(statement, given)
            return logged.fetchall() if logged.description else []
    connection.validate_no_broken_transaction()
    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        cursor.execute(statement.encode(), given)
        return cursor.fetchall() if cursor.description else []
