"""``lotrinh password``: the way back in from the server, with exit codes as the others have."""

import re

import pytest
from typer.testing import CliRunner

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal.models import Entry
from lotrinh.apps.units import services
from lotrinh.cli.main import app
from lotrinh.rules.closing import Closing
from tests.factories import NOW, TODAY
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch):
    """Let the command work on the tests' own database, in Vietnamese."""
    monkeypatch.setenv("DATABASE_URL", "postgresql:///")
    monkeypatch.setenv("LOTRINH_LANG", "vi")
    monkeypatch.setenv("LOTRINH_COLLECTED", "")


def ask(name: str) -> tuple[int, str, str]:
    """Run the command; return its exit code, what it prints and what it says beside that."""
    done = CliRunner().invoke(app, ["password", name])
    return done.exit_code, done.stdout.strip(), done.stderr.strip()


def test_a_password_is_printed_that_opens_until_it_is_changed(cast):
    code, printed, told = ask("lanh-dao")

    assert code == 0
    assert re.fullmatch(r"(?:[a-z2-9]{4}-){2}[a-z2-9]{4}", printed)
    assert told.startswith("Mật khẩu tạm của lanh-dao")
    user = User.objects.get(sign_in_name="lanh-dao")
    assert user.check_password(printed)
    assert user.given_at is not None
    entry = Entry.objects.get(verb="user.password_issued")
    assert (entry.object_uid, entry.actor_kind, entry.actor_uid) == (user.uid, "system", None)
    assert printed not in entry.payload
    assert ask("lanh-dao")[1] != printed


def test_nobody_and_a_closed_account_get_none(cast, monkeypatch):
    monkeypatch.setenv("LOTRINH_LANG", "en")
    services.bar_account(account=cast.ha, reason=Closing.LEFT, user=cast.chi, on=TODAY, at=NOW)

    with nothing_changes():
        for name in ("khong-co-ai", "can-bo-ho-sen"):
            told = f"No open account is called “{name}”; a closed one is reopened on the pages."
            assert ask(name) == (2, "", told)
