"""A mail server on loopback, people with addresses, and what they are reminded of."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

from aiosmtpd.controller import Controller
from django.test import override_settings

from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.letters import mailer_of_settings
from lotrinh.apps.duties.models import Digest, Duty
from lotrinh.rules.letters import QuietHours
from tests.cast import Cast
from tests.factories import NOW, make_duty

DUE = date(2024, 9, 29)  # a Sunday
DAY = date(2024, 9, 26)  # the Thursday on which it is due soon
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HOURS = QuietHours.parsed("18:00-07:00")


class Box:
    """What the server has taken; ``refusing`` is what it answers instead of taking a letter."""

    def __init__(self) -> None:
        self.taken: list[tuple[list[str], EmailMessage]] = []
        self.refusing = ""

    async def handle_DATA(  # noqa: N802 - the name that aiosmtpd calls
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        if self.refusing:
            return self.refusing
        read: Any = message_from_bytes(envelope.content, policy=policy.default)
        self.taken.append((list(envelope.rcpt_tos), read))
        return "250 taken"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def mail_to(port: int) -> Iterator[None]:
    """Let letters go to a port of this machine, whether somebody listens there or not."""
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=port,
        DEFAULT_FROM_EMAIL="lotrinh@hs.example",
        LOTRINH_ADDRESS="https://lotrinh.hs.example",
        LOTRINH_SENDS_MAIL=True,
    ):
        yield


@contextmanager
def mail_server(port: int | None = None) -> Iterator[Box]:
    """Serve on loopback, and let letters go there."""
    box, port = Box(), port or free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        with mail_to(port):
            yield box
    finally:
        server.stop()


def local(hour: int, minute: int = 0, *, day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def reach(user: User, email: str = "ha@hs.example") -> User:
    """Give an account an address."""
    accounts.choose_address(user_id=user.pk, email=email, at=NOW)
    user.refresh_from_db()
    return user


def owe(cast: Cast, user: User | None = None) -> Duty:
    """Let Hồ Sen owe something that names its officer, or another one of its people."""
    return make_duty(
        owed_to=cast.city,
        user=cast.chi,
        unit=cast.ho_sen,
        person=cast.person(user or cast.ha),
        is_issued=True,
    )


def collect(on: date = DAY) -> int:
    """Tell people what they are to be told on a day, and write its letters."""
    duties.climb_ladder(on=on, at=local(7, 10, day=on))
    return duties.collect_digests(on=on, at=local(7, 13, day=on))


def send(at: datetime, hours: QuietHours = HOURS) -> Digest | None:
    """Send one letter."""
    with mailer_of_settings() as mailer:
        return duties.send_digest(mailer=mailer, hours=hours, zone=ZONE, on=at.date(), at=at)
