"""The examples of the page for programs are run as they stand there."""

import re
import shlex
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lotrinh.rules.duty_states import Step
from tests.api.asking import Program
from tests.architecture.inspecting import CHECKOUT
from tests.architecture.walking import walked
from tests.cast import Cast
from tests.stage import blobs

__all__ = ["blobs"]

pytestmark = pytest.mark.django_db
PAGE = CHECKOUT / "docs" / "howto" / "api.md"
PLAN = "Kế hoạch đào tạo cán bộ của quận.".encode()
NEW_KEY = "$(cat /proc/sys/kernel/random/uuid)"


def commands() -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text(), re.S)
    return [block for block in blocks if block.startswith("curl")]


def run(program: Program, command: str) -> int:
    """Send what a command would send, and return the status."""
    words = shlex.split(command.replace("\\\n", " "))[1:]
    method, address, body, headers = "GET", "", "", {}
    form: dict[str, object] = {}
    while words:
        word = words.pop(0)
        if word == "-X":
            method = words.pop(0)
        elif word == "-H":
            name, _, value = words.pop(0).partition(": ")
            headers[name] = value
        elif word == "-d":
            body = words.pop(0)
        elif word == "-F":
            name, _, value = words.pop(0).partition("=")
            is_file = value.startswith("@")
            form[name] = SimpleUploadedFile(value[1:], PLAN) if is_file else value
        elif word != "-s":
            address = word
    parts = urlsplit(address)
    if form:
        return program.client.post(parts.path, form, headers=headers).status_code
    answer = program.client.generic(
        method,
        f"{parts.path}?{parts.query}",
        body,
        content_type=headers.pop("Content-Type", "application/json"),
        headers=headers,
    )
    return answer.status_code


def test_every_example_does_what_the_page_says(cast: Cast, blobs: Path) -> None:
    program, duty = Program(cast.ha), walked(cast, [Step.ISSUE])
    known = {
        "$LOTRINH": "https://lotrinh.example",
        "$KEY": program.key,
        "$DUTY": str(duty.uid),
    }
    answered = []
    for command in commands():
        duty.refresh_from_db()
        known |= {"$VERSION": str(duty.version), NEW_KEY: str(uuid4())}
        for name, value in known.items():
            command = command.replace(name, value)
        answered.append(run(program, command))

    assert answered == [200] * 5
    duty.refresh_from_db()
    assert (duty.percent, duty.state) == (40, "claimed")
