"""Statements that are run so often that the way to the database is most of their cost.

They are handed to the driver as they stand, with their values beside them, so that the database
keeps their plan from one time to the next. Where statements are counted or logged they go the way
of all others.

A question that every page asks is put into words once (``worded``), with places for the account and
the day: to put it into words, and to plan it, takes many times longer than the answer.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.db import connection
from psycopg import ClientCursor, Cursor
from psycopg.types.numeric import Int8

SOMEBODY: Final = -1
"""The account in the words of a question that is asked for many accounts."""
SOME_DAY: Final = date.min
"""The day in the words of a question that is asked on many days."""
_ACCOUNT, _DAY = "\ue000account\ue001", "\ue000day\ue001"
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
    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        cursor.execute(statement.encode(), given)
        return cursor.fetchall() if cursor.description else []


def worded(words: str, values: Iterable[Any]) -> str:
    """Return a question of the form of ``sql_with_params`` as a statement to ``ask``.

    Its values stand in it as they are, and the plan may make use of them; only in the place of
    SOMEBODY and SOME_DAY it is asked for another account and on another day each time.
    """
    connection.ensure_connection()
    with ClientCursor(connection.connection) as cursor:
        statement = cursor.mogrify(words, [_place(value) for value in values])
    statement = statement.replace("%", "%%")
    statement = statement.replace(f"'{_ACCOUNT}'", "%(account)s::bigint")
    return statement.replace(f"'{_DAY}'", "%(day)s::date")


def ask(statement: str, *, account: int, day: date) -> list[tuple[Any, ...]]:
    """Return the rows of a question that was ``worded``, for an account on a day."""
    return run(statement, {"account": Int8(account), "day": day})


def _place(value: Any) -> Any:
    if isinstance(value, int) and value == SOMEBODY:
        return _ACCOUNT
    return _DAY if value == SOME_DAY else value
