"""Statements that are run so often that the way to the database is most of their cost.

They are handed to the driver as they stand, with their values beside them, so that the database
keeps their plan from one time to the next. Where statements are counted or logged they go the way
of all others.

A question that every page asks is put into words once (``worded``), with places for an id and a
day: to put it into words, and to plan it, takes many times longer than the answer.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.db import connection
from psycopg import ClientCursor, Cursor
from psycopg.types.numeric import Int8

SOME_ID: Final = -1
"""The account or the unit in the words of a question that is asked about many of them."""
SOME_DAY: Final = date.min
"""The day in the words of a question that is asked on many days."""
_ID, _DAY = "\ue000id\ue001", "\ue000day\ue001"
"""What stands for the two while the other values are put into the words; no text holds it."""


def run(statement: str, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run a statement that is a constant of the code, and return its rows.

    Raises what Django raises for errors of the database.
    """
    if connection.queries_logged or connection.execute_wrappers:
        with connection.cursor() as logged:
            logged.execute(statement, given)
            return logged.fetchall() if logged.description else []
    connection.validate_no_broken_transaction()
    connection.close_if_health_check_failed()  # as before any other statement of Django's
    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        cursor.execute(statement.encode(), given)
        return cursor.fetchall() if cursor.description else []


def worded(words: str, values: Iterable[Any]) -> str:
    """Return a question of the form of ``sql_with_params`` as a statement to ``ask``.

    Its values stand in it as they are, and the plan may make use of them; only in the place of
    SOME_ID and SOME_DAY it is asked about another one and on another day each time.
    """
    connection.ensure_connection()
    with ClientCursor(connection.connection) as cursor:
        statement = cursor.mogrify(words, [_place(value) for value in values])
    statement = statement.replace("%", "%%")
    statement = statement.replace(f"'{_ID}'", "%(id)s::bigint")
    return statement.replace(f"'{_DAY}'", "%(day)s::date")


def ask(statement: str, *, about: int, on: date) -> list[tuple[Any, ...]]:
    """Return the rows of a question that was ``worded``, about this id and that day."""
    return run(statement, {"id": Int8(about), "day": on})


def _place(value: Any) -> Any:
    if isinstance(value, int) and value == SOME_ID:
        return _ID
    return _DAY if value == SOME_DAY else value
