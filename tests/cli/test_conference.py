"""``lotrinh conference stream``: what it says where it cannot run, and what it writes."""

import os
import shutil
import subprocess
from pathlib import Path
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from lotrinh.cli import streaming
from lotrinh.cli.main import app
from lotrinh.cli.streaming import Place, Told, Tools

WATCHING, ASKING = "w" * 32, "a" * 32


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTRINH_LANG", "en")


def ask(*given: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["conference", "stream", *given])
    return done.exit_code, done.stderr.strip()


def written(folder: Path, **more: object) -> str:
    words: dict[str, object] = {
        "host": "127.0.0.1",
        "port": 8935,
        "rtmp_port": 1935,
        "folder": folder,
        "pages": "http://127.0.0.1:8000",
        "address": "https://lotrinh.city.example",
    }
    place = Place(**(words | more))  # type: ignore[arg-type]
    found = Tools(*(Path("/usr/bin", name) for name in ("nginx", "rtmp.so", "ffmpeg")))
    return streaming.configuration(place, Told("5e1f", WATCHING, ASKING), found)


def test_what_is_missing_is_named_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "FOLDERS", "/nowhere")
    monkeypatch.setattr(streaming, "MODULES", ())
    monkeypatch.setenv("PATH", "/nowhere")

    code, told = ask(str(uuid4()))

    assert code == 3
    assert told == (
        "This machine lacks nginx, libnginx-mod-rtmp, ffmpeg. Install them, on Debian by: "
        "apt install nginx libnginx-mod-rtmp ffmpeg"
    )


def test_what_was_typed_wrong_is_said() -> None:
    uid = str(uuid4())

    assert ask("hoi-nghi")[0] == 2
    assert ask(uid, "--host", "here") == (
        2,
        "“here” is no network address of this machine: write it like 127.0.0.1 or 0.0.0.0.",
    )
    assert ask(uid, "--pages", "http://x/;return 204")[0] == 2


def test_it_is_closed_to_others_and_logs_no_key(tmp_path: Path) -> None:
    text = written(tmp_path)

    lines = [line.strip() for line in text.splitlines()]
    assert "listen 127.0.0.1:8935 backlog=2048;" in lines
    assert "listen 127.0.0.1:1935 ;" in lines
    assert lines.count("access_log off;  # what is sent names the key") == 1
    assert lines.count("access_log off;  # the addresses open the stream") == 1
    assert "server_tokens off;" in lines
    assert 'add_header Access-Control-Allow-Origin "https://lotrinh.city.example" always;' in lines
    assert lines.count(f'proxy_set_header X-Lotrinh-Stream "{ASKING}";') == 2
    assert lines.count("proxy_set_header Host lotrinh.city.example;") == 2
    assert "user" not in {line.split(" ")[0] for line in lines}
    wide = written(tmp_path, host="10.0.0.5", account="lotrinh", pages="https://lotrinh.example")
    assert "listen 10.0.0.5:8935 backlog=2048; listen 127.0.0.1:8935 backlog=2048;" in wide
    assert "\nuser lotrinh;\n" in wide
    second = written(tmp_path, behind="http://10.0.0.5:8935")
    assert "rtmp {" in text and "rtmp {" not in second
    assert "proxy_pass http://10.0.0.5:8935;" in second and "alias" not in second
    assert "proxy_ssl_trusted_certificate" in wide and "proxy_ssl_trusted" not in text


@pytest.mark.parametrize("behind", [None, "http://127.0.0.1:8936"])
def test_the_server_takes_what_is_written(tmp_path: Path, behind: str | None) -> None:
    try:
        found = streaming.tools()
    except streaming.NotInstalled as missing:
        pytest.skip(f"not installed: {missing}")
    folder = tmp_path / "a folder"
    folder.mkdir()
    here = "http://127.0.0.1:8000"
    place = Place("127.0.0.1", 8935, 1935, folder, here, here, behind=behind)
    path = streaming.prepare(
        place, Told("5e1f", WATCHING, ASKING), found, owner=(os.geteuid(), os.getegid())
    )

    done = subprocess.run([*streaming.program(found, path), "-t"], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert path.stat().st_mode & 0o777 == 0o600
    streaming.clear(folder)
    assert {one.name for one in folder.iterdir()} <= {"error.log"}
    shutil.rmtree(folder)
