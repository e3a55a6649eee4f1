"""The backend that Django finds by the name of this folder."""

import select
from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection, OperationalError
from psycopg_pool import ConnectionPool

__all__ = ["DatabaseWrapper"]


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes connections from the pool, and leaves those alone whose server has gone.

    The pool would ask the server each time; that costs as much as a short question does.
    """

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection[Any]:
        """Return a connection that stands; where none can be had, raise what the pool does."""
        while True:
            connection: Connection[Any] = super().get_new_connection(conn_params)
            if self.pool is None or _still_stands(connection):
                return connection
            connection.close()
            self.pool.putconn(connection)  # it makes another one in its place


def _still_stands(connection: Connection[Any]) -> bool:
    """Say whether the line is quiet, or the server answers on it.

    A server that ends, or is killed, ends its lines; nothing else comes on a line on which nobody
    has asked anything.
    """
    line = select.poll()
    line.register(connection.fileno(), select.POLLIN)
    if not line.poll(0):
        return True
    try:
        ConnectionPool.check_connection(connection)
    except OperationalError:
        return False
    return True
