"""A receiver of webhooks on this machine, and hooks that lead to it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer

from lotrinh.apps.accounts.models import User
from lotrinh.apps.hooks import services
from lotrinh.apps.hooks.models import Hook
from tests.factories import NOW, TODAY, key


@dataclass
class Receiver:
    """What arrived, and the statuses with which it answers, the last one for ever."""

    url: str = ""
    statuses: list[int] = field(default_factory=lambda: [204])
    taken: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def receiving(*statuses: int) -> Iterator[Receiver]:
    """Listen on the loopback."""
    receiver = Receiver(statuses=list(statuses) or [204])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.taken.append((dict(self.headers), body))
            more = len(receiver.statuses) > 1
            status = receiver.statuses.pop(0) if more else receiver.statuses[0]
            self.send_response(status)
            self.send_header("Location", receiver.url)
            self.end_headers()

        def log_message(self, *said: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_port}/take?from=lotrinh"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def dripping() -> Iterator[str]:
    """Listen on the loopback and answer a sign every tenth of a second, for ever."""
    is_over = threading.Event()

    def answer(server: socket.socket) -> None:
        taken, _address = server.accept()
        with taken:
            while not is_over.wait(0.1):
                try:
                    taken.sendall(b"H")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=answer, args=(server,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        finally:
            is_over.set()
            thread.join()


def make_hook(user: User, url: str = "https://system.example/lotrinh") -> Hook:
    """Let an address be told in the name of an account."""
    hook, _secret = services.add_hook(
        name="Hệ thống một cửa", url=url, user=user, client_key=key(), on=TODAY, at=NOW
    )
    return hook
