"""An event of pretix with its tickets, made by its interface for programs, and checked in at it."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection
from typing import Any
from uuid import uuid4

from bench.peers.pretix.site import PORT, Site

IN_AN_ORDER = 10
AT_ONCE = 2


class Refused(Exception):
    """pretix does not take what was sent, and says why."""


@dataclass(slots=True)
class Interface:
    """One who asks pretix: with the key of a team, or of a device at a door."""

    authorization: str
    line: HTTPConnection = field(
        default_factory=lambda: HTTPConnection("localhost", PORT, timeout=120)
    )

    def call(self, method: str, path: str, said: object = None) -> Any:
        """Return the answer to one request. Raises Refused with pretix's words."""
        headers = {"Content-Type": "application/json"}
        if self.authorization:
            headers["Authorization"] = self.authorization
        body = None if said is None else json.dumps(said)
        self.line.request(method, f"/api/v1/{path}", body, headers)
        answer = self.line.getresponse()
        text = answer.read().decode()
        if answer.status >= 300:
            raise Refused(f"{answer.status} {text.strip()}")
        return json.loads(text)


@dataclass(frozen=True, slots=True)
class Event:
    """An event, the list that its doors check people in at, and its tickets' secrets."""

    slug: str
    checkins: int
    device: str
    tickets: tuple[str, ...]

    def redeem(self, door: Interface, ticket: str) -> None:
        """Check a ticket in as a scanning app does. Raises Refused where it is not let in."""
        said = {
            "secret": ticket,
            "source_type": "barcode",
            "lists": [self.checkins],
            "force": False,
            "ignore_unpaid": False,
            "nonce": uuid4().hex,
            "questions_supported": True,
        }
        _let_in(door.call("POST", "organizers/peers/checkinrpc/redeem/", said))

    def answer_again(self, door: Interface, ticket: str) -> str:
        """Show a ticket that was let in before; return the reason why it is not."""
        try:
            self.redeem(door, ticket)
        except Refused as refused:
            return str(json.loads(str(refused).partition(" ")[2])["reason"])
        return "let in again"

    def redeem_at_list(self, door: Interface, ticket: str) -> None:
        """Check a ticket in by the older address of one list."""
        path = f"{self._lists}{self.checkins}/positions/{ticket}/redeem/"
        _let_in(door.call("POST", path, {"nonce": uuid4().hex, "questions_supported": True}))

    def counted(self, asking: Interface) -> dict[str, int]:
        """Return what pretix says of its list: tickets, tickets inside, and check-ins in all."""
        status = asking.call("GET", f"{self._lists}{self.checkins}/status/")
        path = f"organizers/peers/events/{self.slug}/checkins/?successful=true"
        return {
            "tickets": status["position_count"],
            "checked in": status["checkin_count"],
            "check-ins": asking.call("GET", path)["count"],
        }

    @property
    def _lists(self) -> str:
        return f"organizers/peers/events/{self.slug}/checkinlists/"


def make(site: Site, tickets: int) -> Event:
    """Make an event with so many paid tickets, each of a named person, and a device at its door."""
    asking = Interface(f"Token {site.token}")
    slug = f"c{datetime.now(UTC):%y%m%d%H%M%S}"
    path = f"organizers/peers/events/{slug}/"
    said: dict[str, object] = {
        "name": {"en": "Conference"},
        "slug": slug,
        "currency": "EUR",
        "date_from": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
    }
    asking.call("POST", "organizers/peers/events/", said)
    item = asking.call(
        "POST",
        f"{path}items/",
        {"name": {"en": "Delegate"}, "default_price": "0.00", "admission": True},
    )["id"]
    quota = {"name": "All", "size": None, "items": [item], "variations": []}
    asking.call("POST", f"{path}quotas/", quota)
    door = {"name": "Door", "all_products": True, "limit_products": []}
    checkins = asking.call("POST", f"{path}checkinlists/", door)["id"]
    asking.call("PATCH", path, {"live": True})
    secrets = _ordered(site, f"{path}orders/", item, tickets)
    with site.connect() as connection:
        connection.execute("VACUUM ANALYZE")
    return Event(slug, checkins, _device(asking), secrets)


def _ordered(site: Site, path: str, item: int, tickets: int) -> tuple[str, ...]:
    """Order the tickets, ten by one order, as units order for their people."""
    starts = range(0, tickets, IN_AN_ORDER)

    def work(turn: int) -> list[str]:
        asking, found = Interface(f"Token {site.token}"), []
        for start in starts[turn::AT_ONCE]:
            people = range(start, min(start + IN_AN_ORDER, tickets))
            said = {
                "email": f"unit{start}@example.com",
                "locale": "en",
                "status": "p",
                "sales_channel": "web",
                "send_email": False,
                "positions": [
                    {
                        "item": item,
                        "variation": None,
                        "price": "0.00",
                        "attendee_name_parts": {
                            "given_name": "Delegate",
                            "family_name": f"{person}",
                        },
                        "attendee_email": None,
                        "answers": [],
                        "subevent": None,
                    }
                    for person in people
                ],
            }
            found += [one["secret"] for one in asking.call("POST", path, said)["positions"]]
        return found

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return tuple(secret for found in pool.map(work, range(AT_ONCE)) for secret in found)


def _device(asking: Interface) -> str:
    """Register a device and return its key, as the scanning app gets it."""
    door = {"name": "Door", "all_events": True, "limit_events": []}
    made = asking.call("POST", "organizers/peers/devices/", door)
    said = {
        "token": made["initialization_token"],
        "hardware_brand": "bench",
        "hardware_model": "bench",
        "os_name": "Linux",
        "os_version": "1",
        "software_brand": "bench",
        "software_version": "1.0.0",
    }
    return str(Interface("").call("POST", "device/initialize", said)["api_token"])


def _let_in(answer: dict[str, Any]) -> None:
    if answer["status"] != "ok":
        raise Refused(str(answer))
