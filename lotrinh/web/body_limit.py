"""The bound on what one request may send, held before Django takes the first byte of it.

Django stores the whole body of a request before any of its own limits is asked. Here a request
that says, or shows while it is read, that it is larger is answered at once; Django is told that
the client has left, and what it took so far is dropped.
"""

from typing import TYPE_CHECKING

from django.template.loader import get_template

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from typing import Any

    Message = Mapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    Application = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]

MOST_BYTES = 18 * 1024 * 1024  # the largest file that may be handed in, and its form
_MOST_DIGITS = 18  # a longer Content-Length is too large, whatever it says


class BodyLimit:
    """An ASGI application that answers 413 for a body over ``most``, else passes everything on."""

    def __init__(self, application: "Application", *, most: int = MOST_BYTES) -> None:
        self.application = application
        self.most = most

    async def __call__(self, scope: "dict[str, Any]", receive: "Receive", send: "Send") -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.application(scope, receive, send)
        elif self._says_too_much(scope):
            await _refuse(send)
        else:
            passing = _Passing(receive, send, self.most)
            await self.application(scope, passing.receive, passing.send)
            if passing.is_over and not passing.has_answered:
                await _refuse(send)

    def _says_too_much(self, scope: "dict[str, Any]") -> bool:
        said = [value for name, value in scope["headers"] if name.lower() == b"content-length"]
        return any(
            value.isdigit() and (len(value) > _MOST_DIGITS or int(value) > self.most)
            for value in said
        )


class _Passing:
    """One request on its way: counts what comes in, and lets nothing out once it is too much."""

    def __init__(self, receive: "Receive", send: "Send", most: int) -> None:
        self._receive, self._send, self._left = receive, send, most
        self.has_answered = False

    @property
    def is_over(self) -> bool:
        return self._left < 0

    async def receive(self) -> "Message":
        if self.is_over:
            return {"type": "http.disconnect"}
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        return {"type": "http.disconnect"} if self.is_over else message

    async def send(self, message: "Message") -> None:
        if self.is_over and not self.has_answered:
            return
        self.has_answered = True
        await self._send(message)


async def _refuse(send: "Send") -> None:
    """Answer with the page of requests that are too large or not whole."""
    page = get_template("400.html").render({}).encode()
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(page)).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": page})
