"""One HTTP request to an address that somebody typed: to where it may lead, and nowhere else.

The name is looked up once, every address that it has is judged, and the connection is made to that
very address: a name that answers otherwise the second time leads nowhere. Nothing follows a
redirect, nothing is read of the answer but its status.
"""

import http.client
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from lotrinh.rules.outward import AddressFault, fault_of, may_reach

PATIENCE = 10
"""For how many seconds a receiver may be silent."""
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


def post(url: str, *, body: bytes, headers: dict[str, str]) -> Outcome:
    """Send ``body`` and return what came of it; nothing is raised."""
    fault = fault_of(url, own=settings.LOTRINH_HOOK_NETWORKS)
    if fault is not None:
        return Outcome(0, fault)
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    address = _found(host, port)
    if isinstance(address, AddressFault):
        return Outcome(0, address)
    connection = _Pinned(host, port, address=address, is_secure=parts.scheme == "https")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", target, body=body, headers=headers)
        return Outcome(connection.getresponse().status)
    except ssl.SSLError:
        return Outcome(0, NO_TRUST)
    except (OSError, http.client.HTTPException):
        return Outcome(0, NO_ANSWER)
    finally:
        connection.close()


class _Pinned(http.client.HTTPConnection):
    """A connection to one address, which proves that it is the host that was named."""

    def __init__(self, host: str, port: int, *, address: str, is_secure: bool) -> None:
        super().__init__(host, port, timeout=PATIENCE)
        self.default_port = 443 if is_secure else 80
        self._address, self._is_secure = address, is_secure

    def connect(self) -> None:
        """Connect to the address that was judged."""
        self.sock = socket.create_connection((self._address, self.port), PATIENCE)
        if self._is_secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def _found(host: str, port: int) -> str | AddressFault:
    """Return the first address of a host, if each of them may be reached."""
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return AddressFault.NOT_FOUND
    addresses = [str(row[4][0]) for row in rows]
    own = settings.LOTRINH_HOOK_NETWORKS
    if not addresses or not all(may_reach(one, own=own) for one in addresses):
        return AddressFault.NOT_PUBLIC
    return addresses[0]
