"""A program that asks by a key, and counts what it cost."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.accounts.models import User
from lotrinh.rules.scopes import Scope
from tests.factories import NOW, TODAY, key

ROOT = "/api/v1"
LAST_DAY = date(2024, 12, 31)


def make_key(
    user: User, scopes: Iterable[Scope] = tuple(Scope), *, last_day: date = LAST_DAY
) -> str:
    """Return a key of the account that opens these."""
    return accounts.make_key(
        user_id=user.pk,
        name="Phần mềm",
        scopes=scopes,
        last_day=last_day,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )


class Program:
    """Asks for an account by a key of its own."""

    def __init__(self, user: User, scopes: Iterable[Scope] = tuple(Scope)) -> None:
        self.key = make_key(user, scopes)
        self.client = Client()

    def get(self, path: str, *, status: int = 200, language: str = "en") -> Any:
        """Return the JSON of an address that must answer with this status."""
        answer = self.client.get(ROOT + path, headers=self._headers(language))
        assert answer.status_code == status, (path, answer.status_code, answer.content)
        return answer.json()

    def step(
        self,
        duty: UUID,
        body: dict[str, Any],
        *,
        client_key: UUID | str | None = None,
        status: int = 200,
        **headers: str,
    ) -> Any:
        """Take a step, which must be answered with this status."""
        answer = self.client.post(
            f"{ROOT}/duties/{duty}/steps",
            body,
            content_type="application/json",
            headers={
                **self._headers("en"),
                "Idempotency-Key": str(client_key or key()),
                **headers,
            },
        )
        assert answer.status_code == status, (body, answer.status_code, answer.content)
        return answer.json()

    def cost(self, path: str) -> int:
        """Return how many queries it takes to answer."""
        with CaptureQueriesContext(connection) as asked:
            self.get(path)
        return len(asked)

    def _headers(self, language: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}", "Accept-Language": language}
