"""``lotrinh doctor`` says which limits hold for foreign files, and whether files can be reached."""

import pytest
from django.core.files.storage import InMemoryStorage
from django.test import override_settings

from lotrinh.cli.doctor import _sentence
from lotrinh.cli.management.commands.examine import _files
from lotrinh.reading.readers.probing import LIMITS


class Unreachable(InMemoryStorage):
    def exists(self, name: str) -> bool:
        raise ConnectionError("no route")


def elsewhere(backend: str) -> override_settings:
    return override_settings(
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
            "blobs": {"BACKEND": backend},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        }
    )


def test_limits_that_hold_are_named_and_so_are_those_that_do_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LOTRINH_LANG", "en")

    assert _sentence("doctor.limits", {"held": list(LIMITS)}) == (
        "Foreign files are read in a child process with limits: memory, time, writing of files, "
        "other programs, network, a user without rights."
    )
    assert _sentence("doctor.limits", {"held": ["time", "memory"]}).startswith(
        "Foreign files are read in a child process with limits: memory, time. "
        "Not held on this machine: writing of files, other programs, network"
    )


def test_a_store_elsewhere_is_asked_for_a_file() -> None:
    with elsewhere("django.core.files.storage.InMemoryStorage"):
        assert (_files()["code"], _files()["fine"]) == ("doctor.files_elsewhere", True)
    with elsewhere(f"{__name__}.Unreachable"):
        found = _files()

    assert (found["code"], found["fine"]) == ("doctor.no_files_elsewhere", False)
    assert found["data"] == {"error": "ConnectionError"}


def test_a_folder_is_looked_at() -> None:
    assert _files()["code"] in {"doctor.files", "doctor.no_files"}
