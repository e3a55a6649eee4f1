"""What the environment says about this installation: folders, the database, secrets, the day.

Only what differs between two installations is read from the environment; nothing of a city is.
"""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from psycopg import IsolationLevel

from lotrinh.engine import APP_ROLE, OWNER_ROLE, PORT, PUBLIC_ROLE, layout_for
from lotrinh.rules.letters import HoursUnreadable, QuietHours
from lotrinh.rules.outward import Network, networks

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class MailServer:
    """Through whom letters go out; without a host none do."""

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    is_tls: bool = False
    starts_tls: bool = False
    sender: str = ""


MAIL_SCHEMES = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
"""The ways to reach a mail server, each with its usual port."""


@dataclass(frozen=True, slots=True)
class Environment:
    """The answers, read once when the settings are loaded."""

    values: Mapping[str, str]

    @property
    def state(self) -> Path:
        """The private folder of this installation: key, collected pages' assets, stored files."""
        return Path(self.values.get("LOTRINH_STATE") or CHECKOUT / ".lotrinh")

    @property
    def is_demo(self) -> bool:
        return self.values.get("LOTRINH_DEMO") == "1"

    @property
    def today(self) -> date | None:
        """The fixed day of a demonstration, or None where the calendar decides."""
        given = self.values.get("LOTRINH_TODAY")
        return date.fromisoformat(given) if given else None

    @property
    def hook_networks(self) -> tuple[Network, ...]:
        """The networks of the house to which webhooks may lead. Raises ValueError for none."""
        return networks(self.values.get("LOTRINH_HOOK_NETWORKS", ""))

    @property
    def hosts(self) -> list[str]:
        given = self.values.get("LOTRINH_HOSTS", "")
        return [host for host in given.split(",") if host] or ["localhost", "127.0.0.1", "[::1]"]

    @property
    def is_https(self) -> bool:
        return self.values.get("LOTRINH_HTTPS") == "1"

    @property
    def collected(self) -> bool:
        """Whether the assets have been collected, with names that carry their hash."""
        return self.values.get("LOTRINH_COLLECTED") == "1"

    @property
    def labelled(self) -> Path:
        """The labelled set of a checkout, on which lines of the lexicon are measured."""
        given = self.values.get("LOTRINH_LABELLED")
        return Path(given) if given else CHECKOUT / "tests" / "reading" / "labelled"

    @property
    def address(self) -> str:
        """The address of the pages, to which letters and calendars lead."""
        return (self.values.get("LOTRINH_ADDRESS") or "http://localhost:8000").rstrip("/")

    @property
    def has_address(self) -> bool:
        """Whether somebody said where the pages are; what is printed for good leads there."""
        return bool(self.values.get("LOTRINH_ADDRESS"))

    @property
    def stream(self) -> str:
        """Where conferences are watched: the server of the stream, as browsers reach it."""
        return (self.values.get("LOTRINH_STREAM") or "http://localhost:8935").rstrip("/")

    @property
    def stream_into(self) -> str:
        """Whither conferences are sent, as the encoder at the main site reaches it."""
        return (self.values.get("LOTRINH_STREAM_INTO") or "rtmp://localhost:1935/live").rstrip("/")

    @property
    def stream_from(self) -> tuple[Network, ...]:
        """From where else than here the server of a stream may ask. Raises ValueError for none."""
        return networks(self.values.get("LOTRINH_STREAM_FROM", ""))

    @property
    def quiet(self) -> QuietHours:
        """The hours in which no letter goes out. Raises ValueError where they are none."""
        typed = self.values.get("LOTRINH_QUIET") or "18:00-07:00"
        try:
            return QuietHours.parsed(typed)
        except HoursUnreadable as error:
            raise ValueError("LOTRINH_QUIET: write it like 18:00-07:00") from error

    def mail(self) -> MailServer:
        """Return through whom letters go out. Raises ValueError for an address that is none."""
        given = self.values.get("LOTRINH_MAIL")
        if not given:
            return MailServer()
        parts = urlsplit(given)
        sender = parse_qs(parts.query).get("from", [""])[0]
        if parts.scheme not in MAIL_SCHEMES or not parts.hostname or "@" not in sender:
            raise ValueError(
                "LOTRINH_MAIL: write it like smtp+starttls://user:password@host:587?from=a@b.example"
            )
        if not self.has_address:
            raise ValueError("LOTRINH_ADDRESS: say where the pages are that letters lead to")
        return MailServer(
            host=parts.hostname,
            port=parts.port or MAIL_SCHEMES[parts.scheme],
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            is_tls=parts.scheme == "smtps",
            starts_tls=parts.scheme == "smtp+starttls",
            sender=sender,
        )

    def secret_key(self) -> str:
        """Return the key that signs sessions, made at the first start and readable to us alone."""
        given = self.values.get("LOTRINH_SECRET_KEY")
        if given:
            return given
        return self._kept("secret-key", lambda: secrets.token_urlsafe(50))

    def seal_key(self) -> bytes:
        """Return the key that signs the days of the journal, made and kept like the other.

        It is 32 random bytes, given and kept as 64 hexadecimal digits. Raises ValueError where
        they are none.
        """
        typed = self.values.get("LOTRINH_SEAL_KEY") or self._kept(
            "seal-key", lambda: secrets.token_bytes(32).hex()
        )
        try:
            key = bytes.fromhex(typed.strip())
        except ValueError:
            key = b""
        if len(key) != 32:
            raise ValueError("LOTRINH_SEAL_KEY: write it as 64 hexadecimal digits")
        return key

    def _kept(self, name: str, make: Callable[[], str]) -> str:
        """Return the secret of this name, made at the first start and readable to us alone."""
        path = self.state / name
        try:
            return path.read_text()
        except FileNotFoundError:
            self.state.mkdir(mode=0o700, parents=True, exist_ok=True)
            part = path.with_name(f"{name}.{os.getpid()}")
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(make())
            try:
                os.link(part, path)  # whoever comes second takes the first one's key
            except FileExistsError:
                pass
            finally:
                part.unlink()
            return path.read_text()

    def blobs(self) -> dict[str, Any]:
        """Return where stored files lie: a folder of this machine, or an S3-compatible store.

        Raises ValueError for an address that is none.
        """
        given = self.values.get("LOTRINH_FILES")
        if not given:
            options: dict[str, Any] = {"location": self.state / "blobs", "base_url": None}
            return {"BACKEND": "lotrinh.apps.files.storage.DurableFolder", "OPTIONS": options}
        parts = urlsplit(given)
        if parts.scheme != "s3" or not parts.netloc:
            raise ValueError("LOTRINH_FILES: write it like s3://bucket/folder?endpoint=https://...")
        query = parse_qs(parts.query)
        endpoint = query.get("endpoint", [None])[0]
        options = {
            "bucket_name": parts.netloc,
            "location": unquote(parts.path.strip("/")),
            "endpoint_url": endpoint,
            "region_name": query.get("region", [None])[0],
            "addressing_style": "path" if endpoint else None,
            "file_overwrite": True,
            "default_acl": None,
        }
        return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}

    def databases(self) -> dict[str, dict[str, Any]]:
        """Return the ways into the one database: as the application, the owner and the public.

        The public's way reads one state of it, changes nothing, and gives up soon: what was
        published lies beside the database too.
        """
        app = self._database(self.values.get("DATABASE_URL"), APP_ROLE)
        owner = self._database(self.values.get("DATABASE_OWNER_URL"), OWNER_ROLE)
        pool = {"min_size": 1, "max_size": 12, "timeout": 10}
        app |= {"CONN_HEALTH_CHECKS": False, "OPTIONS": {"pool": pool}}  # our backend looks itself
        if not self.values.get("DATABASE_URL"):  # else something may stand between that shares them
            app["OPTIONS"]["prepare_threshold"] = 5
        public = self._database(self.values.get("DATABASE_PUBLIC_URL"), PUBLIC_ROLE)
        public["OPTIONS"] = {
            "connect_timeout": 2,
            "isolation_level": IsolationLevel.REPEATABLE_READ,
            "prepare_threshold": None,
        }
        return {"default": app, "owner": owner, "public": public}

    def _database(self, url: str | None, role: str) -> dict[str, Any]:
        entry: dict[str, Any] = {
            "ENGINE": "lotrinh.config.database",
            "CONN_HEALTH_CHECKS": True,
        }
        if url is None:
            name = self.values.get("LOTRINH_DATABASE", "lotrinh")
            cluster = self.values.get("LOTRINH_CLUSTER", "main")
            socket = layout_for(CHECKOUT, name=cluster).socket
            return entry | {"NAME": name, "USER": role, "HOST": str(socket), "PORT": PORT}
        parts = urlsplit(url)
        query = parse_qs(parts.query)
        return entry | {
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or role),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": query.get("host", [parts.hostname or ""])[0],
            "PORT": str(parts.port or ""),
        }


def environment() -> Environment:
    """Return the environment of this process."""
    return Environment(values=dict(os.environ))
