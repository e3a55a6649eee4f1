"""What may be sent outside, and how often it is tried: addresses, networks, pauses, signatures.

A server that sends where a user tells it to must not become a way into the network in which it
stands. So only public addresses are spoken to, unless the installation names networks of its own.
"""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

PAUSES = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 6 * 60, 12 * 60, 24 * 60)
)
"""How long to wait after each try that failed; after the last one nothing more is tried."""
_EMBEDDED = ip_network("64:ff9b::/96")  # translated to the IPv4 address in its last 32 bits


class AddressFault(StrEnum):
    """What speaks against an address to which something is to be sent."""

    NOT_READABLE = "not_readable"
    NOT_SECURE = "not_secure"  # plain http, to no network of the installation
    NAMES_SOMEBODY = "names_somebody"  # carries a name or password
    NOT_PUBLIC = "not_public"  # leads into a private network
    NOT_FOUND = "not_found"  # no such host


def networks(said: str) -> tuple[Network, ...]:
    """Return the networks that a setting names, parted by commas. Raises ValueError.

    >>> networks("10.1.0.0/16, ::1/128")
    (IPv4Network('10.1.0.0/16'), IPv6Network('::1/128'))
    """
    return tuple(ip_network(part.strip()) for part in said.split(",") if part.strip())


def may_reach(address: str, *, own: Iterable[Network] = ()) -> bool:
    """Say whether something may be sent to this address: a public one, or in a network of ours.

    >>> may_reach("8.8.8.8"), may_reach("127.0.0.1"), may_reach("::ffff:169.254.169.254")
    (True, False, False)
    """
    if is_kept_in(address, own=own):
        return True
    found = _plain(ip_address(address.partition("%")[0]))
    if found.is_reserved or (isinstance(found, IPv6Address) and found.is_site_local):
        return False
    return found.is_global and not found.is_multicast


def is_kept_in(address: str, *, own: Iterable[Network]) -> bool:
    """Say whether an address lies in a network of ours: nothing else is spoken to in plain http."""
    found = _plain(ip_address(address.partition("%")[0]))
    return any(found in network for network in own)


def fault_of(url: str, *, own: Iterable[Network] = ()) -> AddressFault | None:
    """Return what speaks against an address as it is written; whom it leads to is asked later.

    Without networks of our own plain http leads nowhere; with them ``is_kept_in`` is asked, too.
    """
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return AddressFault.NOT_READABLE
    if not host or not url.isascii() or any(sign <= " " or sign in "\\\x7f" for sign in url):
        return AddressFault.NOT_READABLE
    if parts.scheme not in {"https", "http"} or parts.fragment:
        return AddressFault.NOT_READABLE
    if parts.username is not None or parts.password is not None:
        return AddressFault.NAMES_SOMEBODY
    if parts.scheme == "http" and not tuple(own):
        return AddressFault.NOT_SECURE
    return None


def host_of(url: str) -> str:
    """Return the host that an address names: the rest of it may hold a secret.

    >>> host_of("https://system.example/take?token=abc")
    'system.example'
    """
    return urlsplit(url).hostname or ""


def next_try(tries: int, *, at: datetime) -> datetime | None:
    """Return when to try again after so many tries that failed; None: no more."""
    return at + PAUSES[tries - 1] if 0 < tries <= len(PAUSES) else None


def signature(secret: str, *, at: datetime, body: bytes) -> str:
    """Return ``t=<seconds>,v1=<hex>``: HMAC-SHA256 over the seconds, a dot and the body.

    The seconds are those since 1970; whoever receives it refuses what is older than some minutes.
    """
    seconds = int(at.timestamp())
    told = f"{seconds}.".encode() + body
    return f"t={seconds},v1={hmac.new(secret.encode(), told, hashlib.sha256).hexdigest()}"


def _plain(address: Address) -> Address:
    """Return the address that is meant where one of IPv4 is written as one of IPv6."""
    if isinstance(address, IPv4Address):
        return address
    if address in _EMBEDDED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
