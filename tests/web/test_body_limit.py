"""A body that is too large is refused unread, and cut off where it lied about its size."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from lotrinh.web.body_limit import BodyLimit
from tests.loops import finished


def served(
    sent: Iterable[bytes], *, headers: list[tuple[bytes, bytes]], most: int, reads: bool = True
) -> tuple[list[dict[str, Any]], bytes, bool]:
    """Send pieces through a limit to an application that reads all and answers 200.

    Return what went out, what the application took in, and whether it was asked at all.
    """
    pieces = list(sent)
    waiting = [
        {"type": "http.request", "body": piece, "more_body": place < len(pieces)}
        for place, piece in enumerate(pieces, start=1)
    ]
    out: list[dict[str, Any]] = []
    taken: list[bytes] = []
    asked: list[str] = []

    async def application(scope: Any, receive: Callable[[], Any], send: Any) -> None:
        asked.append(scope["type"])
        more = reads
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            taken.append(message["body"])
            more = message["more_body"]
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"done"})

    async def receive() -> dict[str, Any]:
        return waiting.pop(0)

    async def send(message: dict[str, Any]) -> None:
        out.append(message)

    scope = {"type": "http", "headers": headers}
    finished(BodyLimit(application, most=most)(scope, receive, send))
    return out, b"".join(taken), bool(asked)


@pytest.mark.parametrize("said", [b"11", b"9" * 5000, b"0000000000000000000011"])
def test_a_body_that_says_it_is_too_large_never_reaches_the_application(said: bytes) -> None:
    out, taken, asked = served([b"x" * 11], headers=[(b"Content-Length", said)], most=10)

    assert (out[0]["status"], taken, asked) == (413, b"", False)
    page = out[1]["body"].decode()
    assert "Không nhận được yêu cầu này" in page
    assert "This request could not be taken" in page
    assert dict(out[0]["headers"])[b"content-length"] == str(len(out[1]["body"])).encode()


@pytest.mark.parametrize("headers", [[], [(b"content-length", b"5")], [(b"content-length", b"x")]])
def test_a_body_that_grows_too_large_is_cut_off(headers: list[tuple[bytes, bytes]]) -> None:
    out, taken, _asked = served([b"x" * 6, b"y" * 5, b"z" * 5], headers=headers, most=10)

    assert [message.get("status") for message in out] == [413, None]
    assert taken == b"x" * 6


def test_a_body_of_just_the_size_passes_unchanged() -> None:
    out, taken, _asked = served([b"x" * 6, b"y" * 4], headers=[(b"content-length", b"10")], most=10)

    assert [message.get("status") for message in out] == [200, None]
    assert (taken, out[1]["body"]) == (b"x" * 6 + b"y" * 4, b"done")


def test_what_is_no_request_for_a_page_passes() -> None:
    seen: list[str] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["type"])

    finished(BodyLimit(application)({"type": "lifespan"}, None, None))  # type: ignore[arg-type]

    assert seen == ["lifespan"]
