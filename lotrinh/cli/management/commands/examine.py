"""Examines an installation and tells its findings as JSON: code, whether it is fine, data."""

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages
from django.core.management.base import BaseCommand
from django.db import OperationalError, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.files import selectors as files
from lotrinh.apps.intake import selectors as intake
from lotrinh.apps.journal import selectors as journal
from lotrinh.apps.journal.grants import append_only_tables, granted_rights, table_rights
from lotrinh.reading.readers.probing import MUST_HOLD, what_holds

SEALED_WITHIN = timedelta(minutes=5)
"""Longer than any transaction of ours, and five passes of the sealer."""

Finding = dict[str, Any]


class Command(BaseCommand):
    """Stops at the first thing without which the rest cannot be seen."""

    def handle(self, *args: Any, **options: Any) -> str:
        """Return the findings as JSON text."""
        return json.dumps(list(_findings()))


def _finding(code: str, fine: bool, **data: object) -> Finding:
    return {"code": f"doctor.{code}", "fine": fine, "data": data}


def _findings() -> Iterator[Finding]:
    built = Path(settings.STATICFILES_DIRS[0]) / "build" / "manifest.json"
    if built.is_file():
        yield _finding("assets", True)
    else:
        yield {"code": "assets.missing", "fine": False, "data": {}}
    yield _files()
    held = what_holds()
    yield _finding("limits", not MUST_HOLD - held, held=sorted(held))
    connections["default"].settings_dict["OPTIONS"] = {"connect_timeout": 3}
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute("SHOW server_version")
            (server,) = cursor.fetchone()
    except OperationalError:
        yield _finding("no_database", False)
        return
    yield _finding("database", True, version=server.split()[0])
    executor = MigrationExecutor(connections["default"])
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    yield _finding("no_tables" if missing else "tables", not missing, count=len(missing))
    if missing:
        return
    wrong = _wrong_rights()
    yield _finding("wrong_rights" if wrong else "rights", not wrong, tables=", ".join(wrong))
    if not settings.LOTRINH_HAS_ADDRESS:
        yield _finding("no_address", True)
    yield _finding("waiting", True, count=intake.waiting_runs())
    letters = duties.waiting().exclude(trouble="").count()
    if letters:
        yield _finding("letters", True, count=letters)
    unsealed = journal.unsealed_since(before=timezone.now() - SEALED_WITHIN)
    if unsealed:
        yield _finding("unsealed", True, count=unsealed)
    unclaimed = files.unclaimed()
    if unclaimed:
        yield _finding("unclaimed", True, count=len(unclaimed))


def _files() -> Finding:
    """Tell whether stored files can be reached; a store elsewhere is asked for a file."""
    storage = storages["blobs"]
    if isinstance(storage, FileSystemStorage):
        folder = Path(storage.path("")).parent
        writable = os.access(folder, os.W_OK)
        return _finding("files" if writable else "no_files", writable, folder=str(folder))
    try:
        storage.exists("00/00/0")
    except Exception as error:  # whatever its library raises
        return _finding("no_files_elsewhere", False, error=type(error).__name__)
    return _finding("files_elsewhere", True)


def _wrong_rights() -> list[str]:
    """Return the tables on which the application role has more or less than its promise."""
    closed = append_only_tables()
    role = connections["default"].settings_dict["USER"]
    granted = granted_rights(using="default", role=role)
    return sorted(
        table
        for table, rights in granted.items()
        if rights != frozenset(table_rights(table, closed))
    )
