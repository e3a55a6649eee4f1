"""Where a cluster lies, and that two processes always agree on it."""

import os
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from lotrinh.engine import MESSAGES, PORT, Engine, EngineError, layout_for
from lotrinh.engine.layout import LONGEST_SOCKET_PATH, SOCKET_NAME

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="root's database lies elsewhere")


def test_a_layout_depends_on_the_checkout_and_the_name_alone(home: Path) -> None:
    first = layout_for(home / "a", name="main")

    assert layout_for(home / "a", name="main") == first
    assert layout_for(home / "b" / ".." / "a", name="main") == first
    assert layout_for(home / "b", name="main").data != first.data
    assert layout_for(home / "a", name="tests").data != first.data


def test_the_cluster_tells_people_which_checkout_it_serves(home: Path) -> None:
    layout = layout_for(home / "Thành phố Đà Nẵng", name="main")

    assert layout.cluster.startswith("thanh-pho-da-nang-")
    assert layout.cluster.endswith("-main")
    assert layout.folder == home / "home" / "clusters" / layout.cluster


@pytest.mark.parametrize("name", ["", "Main", "../main", "a" * 21])
def test_a_name_that_is_not_a_plain_word_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="cluster's name"):
        layout_for(name=name)


def test_clusters_for_tests_never_meet_data_they_cannot_use(home: Path) -> None:
    fast = layout_for(home, name="tests")
    safe = layout_for(home, name="tests", durable=True)

    assert (fast.durable, fast.for_tests) == (False, True)
    assert (safe.durable, safe.for_tests) == (True, True)
    assert fast.cluster.endswith(f"-tests-{fast.major}")
    assert safe.cluster.endswith(f"-tests-{safe.major}-durable")
    assert layout_for(home, name="main").durable is True


@pytest.mark.parametrize("place", ["short", "x" * 120, "dài và có dấu", "a,b"])
def test_the_socket_path_is_short_and_plain(
    home: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setenv("LOTRINH_HOME", str(home / place))
    layout = layout_for(home / "checkout")

    assert len(os.fsencode(layout.socket / SOCKET_NAME)) <= LONGEST_SOCKET_PATH
    assert str(layout.socket).isascii()
    assert not set(str(layout.socket)) & set(" ,'\"")
    assert (layout.socket == layout.folder / "run") == (place == "short")
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/1")
    assert layout_for(home / "checkout") == layout


@needs_root
def test_root_runs_the_server_as_an_account_without_rights(home: Path) -> None:
    assert layout_for(home).os_user == "lotrinh"


def test_an_address_is_read_back_whole(home: Path) -> None:
    engine = Engine(layout_for(home))
    address = urlsplit(engine.url("hà nội/1", "lotrinh_app"))

    assert (address.username, address.port) == ("lotrinh_app", PORT)
    assert address.path == "/h%C3%A0%20n%E1%BB%99i%2F1"
    assert parse_qs(address.query) == {"host": [str(engine.layout.socket)]}


def test_every_message_is_a_sentence_that_its_facts_complete() -> None:
    error = EngineError("other-version", data="/d", found=13, ours=18)

    assert (error.code, error.data["found"]) == ("other-version", 13)
    assert "PostgreSQL 13" in str(error)
    assert "{" not in str(error)
    assert all(message.endswith(".") for message in MESSAGES.values())


def write_program(folder: Path, body: str) -> None:
    for name in ("postgres", "initdb"):
        (folder / name).write_text(f"#!/bin/sh\n{body}\n")
        (folder / name).chmod(0o755)


@pytest.mark.parametrize(
    ("body", "code", "fact"),
    [
        (None, "no-binaries", "looked"),
        ("echo 'postgres (PostgreSQL) 14.9'", "old-binaries", "found"),
        ("echo 'libssl.so: cannot open' >&2; exit 127", "broken-binaries", "reason"),
        ("echo hello", "broken-binaries", "reason"),
    ],
)
def test_programs_that_cannot_serve_are_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str | None, code: str, fact: str
) -> None:
    if body is not None:
        write_program(tmp_path, body)
    monkeypatch.setenv("LOTRINH_PG_BIN", str(tmp_path))

    with pytest.raises(EngineError) as refused:
        layout_for(tmp_path)
    assert refused.value.code == code
    assert str(refused.value.data[fact]) in str(refused.value)
    assert str(tmp_path) in str(refused.value)


def test_named_programs_are_taken_before_the_wheel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_program(tmp_path, "echo 'postgres (PostgreSQL) 16.3 (Debian 16.3-1)'")
    monkeypatch.setenv("LOTRINH_PG_BIN", str(tmp_path))

    layout = layout_for(tmp_path)
    assert (layout.binaries, layout.major, layout.copied_from) == (tmp_path, 16, None)
