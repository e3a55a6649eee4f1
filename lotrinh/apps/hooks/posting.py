"""One HTTP request to an address that somebody typed: to where it may lead, and nowhere else.

The name is looked up once, every address that it has is judged, and the connection is made to that
very address: a name that answers otherwise the second time leads nowhere. Nothing follows a
redirect, nothing is read of the answer but its status, and a receiver that lets one wait, or sends
sign by sign, is left after ``PATIENCE`` seconds in all.
"""

import http.client
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from lotrinh.rules.outward import AddressFault, fault_of, is_kept_in, may_reach

PATIENCE = 10
"""For how many seconds a receiver may take, from the first sign to the status."""
NO_ANSWER, NO_TRUST = "no_answer", "no_trust"


@dataclass(frozen=True, slots=True)
class Outcome:
    """``status`` of the answer; 0 where there was none, and then ``fault`` says why."""

    status: int
    fault: str = ""

    @property
    def has_arrived(self) -> bool:
        """Whether the receiver took it."""
        return 200 <= self.status < 300


def post(url: str, *, body: bytes, headers: dict[str, str], patience: float = PATIENCE) -> Outcome:
    """Send ``body`` and return what came of it; nothing is raised."""
    fault = fault_of(url, own=settings.LOTRINH_HOOK_NETWORKS)
    if fault is not None:
        return Outcome(0, fault)
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    address = _found(host, port, is_secure=parts.scheme == "https")
    if isinstance(address, AddressFault):
        return Outcome(0, address)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection = _Pinned(
            host, port, address=address, is_secure=parts.scheme == "https", patience=patience
        )
    except (http.client.HTTPException, ValueError):
        return Outcome(0, AddressFault.NOT_READABLE)
    end = threading.Timer(patience, connection.give_up)
    end.daemon = True
    end.start()
    try:
        connection.request("POST", target, body=body, headers=headers)
        return Outcome(connection.getresponse().status)
    except ssl.SSLError:
        return Outcome(0, NO_ANSWER if connection.is_given_up else NO_TRUST)
    except (OSError, http.client.HTTPException, ValueError):
        return Outcome(0, NO_ANSWER)
    finally:
        end.cancel()
        connection.close()


class _Pinned(http.client.HTTPConnection):
    """A connection to one address, which proves that it is the host that was named."""

    def __init__(
        self, host: str, port: int, *, address: str, is_secure: bool, patience: float
    ) -> None:
        super().__init__(host, port, timeout=patience)
        self.default_port = 443 if is_secure else 80
        self.is_given_up = False
        self._address, self._is_secure, self._patience = address, is_secure, patience

    def connect(self) -> None:
        """Connect to the address that was judged."""
        self.sock = socket.create_connection((self._address, self.port), self._patience)
        if self._is_secure:
            context = ssl.create_default_context()
            secure = context.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock = secure  # before the handshake, so that it can be given up as well
            secure.do_handshake()
        if self.is_given_up:
            raise TimeoutError(self._patience)

    def give_up(self) -> None:
        """End the connection from another thread: whoever waits for it waits no longer."""
        self.is_given_up = True
        held = self.sock
        if held is not None:
            with suppress(OSError):
                socket.socket.shutdown(held, socket.SHUT_RDWR)  # of TLS nothing is taken down


def _found(host: str, port: int, *, is_secure: bool) -> str | AddressFault:
    """Return the first address of a host, if each of them may be reached."""
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return AddressFault.NOT_FOUND
    addresses = [str(row[4][0]) for row in rows]
    own = settings.LOTRINH_HOOK_NETWORKS
    if not addresses or not all(may_reach(one, own=own) for one in addresses):
        return AddressFault.NOT_PUBLIC
    if not is_secure and not all(is_kept_in(one, own=own) for one in addresses):
        return AddressFault.NOT_SECURE
    return addresses[0]
