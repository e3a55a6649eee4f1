"""``lotrinh unclaimed``: files that no document knows are listed, and removed after a day."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.test import override_settings
from typer.testing import CliRunner

from lotrinh.apps.files import selectors, services
from lotrinh.apps.journal.models import Entry
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.cli.main import app
from tests.factories import NOW
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db
OLD, YOUNG = "0a" * 32, "ff" * 32
WRITTEN = datetime(2024, 8, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def left(monkeypatch: pytest.MonkeyPatch, blobs: Path) -> None:
    """Let two uploads have been killed, one of them days ago, and one have come to its end."""
    monkeypatch.setenv("DATABASE_URL", "postgresql:///")
    monkeypatch.setenv("LOTRINH_LANG", "en")
    monkeypatch.setenv("LOTRINH_COLLECTED", "")
    store = storages["blobs"]
    services.store(content=b"kept", media_type="text/plain", actor=SYSTEM, at=NOW)
    for digest in (OLD, YOUNG):
        store.save(f"{digest[:2]}/{digest[2:4]}/{digest}", ContentFile(b"left"))
    path = Path(store.path(f"{OLD[:2]}/{OLD[2:4]}/{OLD}"))
    os.utime(path, (WRITTEN.timestamp(), WRITTEN.timestamp()))


def ask(*given: str) -> tuple[int, list[str], str]:
    """Run the command; return its exit code, the lines it prints and what it says beside that."""
    done = CliRunner().invoke(app, ["unclaimed", *given])
    return done.exit_code, done.stdout.strip().splitlines(), done.stderr.strip()


def test_they_are_listed_and_nothing_is_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    with nothing_changes():
        code, lines, _told = ask()

    assert code == 0
    assert lines[0] == f"{OLD}  4  2024-08-01T09:00:00+00:00  older than a day"
    assert lines[1].startswith(f"{YOUNG}  4  ")
    assert lines[1].endswith("  may be being handed in")
    assert lines[2:] == [
        "2 stored files belong to no document; 1 are older than a day and can be removed: "
        "`lotrinh unclaimed --remove`."
    ]
    monkeypatch.setenv("LOTRINH_LANG", "vi")
    assert ask()[1][0].endswith("  cũ hơn một ngày")


def test_those_older_than_a_day_are_removed_and_the_journal_says_so() -> None:
    code, lines, _told = ask("--remove")

    assert (code, lines[0].endswith("  removed"), len(lines)) == (0, True, 3)
    assert lines[2] == "1 of 2 files that belong to no document were removed."
    assert [one.sha256 for one in selectors.unclaimed() or ()] == [YOUNG]
    entry = Entry.objects.get(verb="blob.unclaimed_removed")
    assert json.loads(entry.payload)["data"] == {"sha256": OLD, "size": 4}
    assert [row["removed"] for row in json.loads(ask("--remove", "--json")[1][0])] == [False]


def test_a_store_elsewhere_is_left_to_its_own_tools() -> None:
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    with override_settings(STORAGES={"default": memory, "blobs": memory, "staticfiles": memory}):
        assert ask("--remove")[0] == 1


def test_the_doctor_counts_them() -> None:
    found = [row for row in json.loads(call_command("examine")) if "unclaimed" in row["code"]]

    assert found == [{"code": "doctor.unclaimed", "fine": True, "data": {"count": 2}}]
