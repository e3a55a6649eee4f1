"""A reader at the pages: signs in by force, looks, sends forms, and counts what it cost."""

from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lotrinh.apps.accounts.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Visit:
    """A session of one account, or of a stranger."""

    def __init__(self, user: User | None = None) -> None:
        self.client = Client()
        if user is not None:
            self.client.force_login(user, backend=BACKEND)

    def look(self, path: str, *, status: int = 200) -> Any:
        """Open a page that must answer with this status."""
        answer = self.client.get(path)
        assert answer.status_code == status, (path, answer.status_code)
        return answer

    def send(self, path: str, data: dict[str, Any], *, status: int = 303) -> Any:
        """Send a form that must be answered with this status."""
        answer = self.client.post(path, data)
        assert answer.status_code == status, (path, answer.status_code)
        return answer

    def cost(self, path: str) -> int:
        """Return how many queries it takes to open a page."""
        self.look(path)
        with CaptureQueriesContext(connection) as asked:
            self.look(path)
        return len(asked)


def text_of(answer: HttpResponse) -> str:
    """Return the page as text; what holds the parts of a day together is a space here."""
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
