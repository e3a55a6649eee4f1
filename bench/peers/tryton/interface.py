"""Tryton's interface for programs (JSON-RPC), as the administrator of one database.

It is asked over the wire, as its own clients do: nothing of Tryton is imported.
"""

import base64
import json
from datetime import date, timedelta
from decimal import Decimal
from http.client import HTTPConnection
from typing import Any


class Refused(Exception):
    """Tryton does not take what was sent, and says why."""


class Interface:
    """One connection, kept open, with the session of one account and what it works in."""

    def __init__(self, port: int, database: str, login: str, password: str) -> None:
        self.line = HTTPConnection("localhost", port, timeout=600)
        self.path = f"/{database}/rpc/"
        self.headers = {"Content-Type": "application/json"}
        self.context: dict[str, Any] = {}
        user, token, *_ = self._sent("common.db.login", login, {"password": password})
        session = base64.b64encode(f"{login}:{user}:{token}".encode()).decode()
        self.headers["Authorization"] = f"Session {session}"
        self.user = int(user)

    def settle(self) -> None:
        """Work from now on as the account prefers: in its company and as its employee."""
        self.context = dict(self.call("model.res.user.get_preferences", True))

    def call(self, method: str, *said: Any, **context: Any) -> Any:
        """Return the answer to one request. Raises Refused with Tryton's words."""
        return self._sent(method, *said, self.context | context)

    def make(self, model: str, **values: Any) -> int:
        """Make a record; return its id."""
        return int(self.call(f"model.{model}.create", [values])[0])

    def change(self, model: str, record: int, **values: Any) -> None:
        """Change a record."""
        self.call(f"model.{model}.write", [record], values)

    def press(self, model: str, button: str, record: int) -> None:
        """Press a button of a record's form."""
        self.call(f"model.{model}.{button}", [record])

    def read(self, model: str, record: int, *names: str, **context: Any) -> dict[str, Any]:
        """Return fields of a record, as its form shows them in a context."""
        found: dict[str, Any] = self.call(f"model.{model}.read", [record], names, **context)[0]
        return found

    def find(self, model: str, *domain: Any) -> list[int]:
        """Return the ids of the records that fit, as a list of the client finds them."""
        return [int(one) for one in self.call(f"model.{model}.search", domain, 0, None, None)]

    def wizard(self, name: str, state: str, step: str, **form: Any) -> None:
        """Go through one form of a wizard by one of its buttons."""
        session = self._sent(f"wizard.{name}.create", self.context)[0]
        self.call(f"wizard.{name}.execute", session, {state: form}, step)
        self._sent(f"wizard.{name}.delete", session, self.context)

    def _sent(self, method: str, *params: Any) -> Any:
        said = {"id": 1, "method": method, "params": params}
        body = json.dumps(said, default=_written).encode()
        self.line.request("POST", self.path, body=body, headers=self.headers)
        answer = self.line.getresponse()
        text = answer.read().decode()
        if answer.status >= 300:
            raise Refused(f"{answer.status} {answer.reason}")
        told = json.loads(text, object_hook=_read)
        if "error" in told:
            raise Refused(_words(*told["error"]))
        return told["result"]


def _words(kind: str, told: Any = "", *_: Any) -> str:
    """Return what a refusal says to a user; of a failure its own words, without the trace."""
    parts = told if isinstance(told, list) else [kind]
    return " ".join(word for part in parts if isinstance(part, str) for word in part.split())


def _written(value: Any) -> dict[str, Any]:
    """Write what JSON has no word for, as Tryton does."""
    if isinstance(value, date):
        day = {"year": value.year, "month": value.month, "day": value.day}
        return {"__class__": "date", **day}
    if isinstance(value, timedelta):
        return {"__class__": "timedelta", "seconds": value.total_seconds()}
    if isinstance(value, Decimal):
        return {"__class__": "Decimal", "decimal": str(value)}
    raise TypeError(f"{value!r} cannot be sent")


def _read(told: dict[str, Any]) -> Any:
    match told.get("__class__"):
        case "date":
            return date(told["year"], told["month"], told["day"])
        case "timedelta":
            return timedelta(seconds=told["seconds"])
        case "Decimal":
            return Decimal(told["decimal"])
    return told
