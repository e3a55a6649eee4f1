"""Writes of keys: made, closed, used; and what was answered to a program that wrote.

A key is random and long, so its plain digest is kept: nobody finds a key from that, and looking
one up takes a single step. A key is shown once, when it is made.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from lotrinh.apps.accounts.models import ApiAnswer, ApiKey, User
from lotrinh.apps.accounts.services.users import GivenAlready
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import Named
from lotrinh.rules.allowance import USUAL
from lotrinh.rules.scopes import LONGEST_DAYS, Scope

BEGINNING = "lotrinh_"
"""How every key begins, so that one that was published by mistake is recognised."""
MOST_KEYS = 20
"""How many open keys an account has at most."""
ANSWERS_KEPT = timedelta(days=30)
"""For how long the same request is answered in the same words."""


class KeyUnknown(Exception):
    """No key like this was ever made."""


class KeyClosed(Exception):
    """The key was closed, its last day is over, or its account is closed."""


class PasswordNotOwn(Exception):
    """The account waits for its owner to choose a password; until then nothing acts for it."""


class TooManyRequests(Exception):
    """The store of the key is empty; ``wait`` says for how many seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"{wait} s")
        self.wait = wait


class NoScope(Exception):
    """A key that opens nothing is of no use."""


class LastDayOutOfRange(Exception):
    """A key opens from today for at most ``LONGEST_DAYS`` days."""


class TooManyKeys(Exception):
    """The account has as many open keys as it may have."""


class OtherRequest(Exception):
    """Something else was asked for under this client key before."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program is answered. ``is_repeated``: the same was answered before."""

    status: int
    body: str
    is_repeated: bool = False


@transaction.atomic
def make_key(
    *,
    user_id: int,
    name: str,
    scopes: Iterable[Scope],
    last_day: date,
    client_key: UUID,
    on: date,
    at: datetime,
) -> str:
    """Make a key of the account and return it, this once.

    Raises NoScope, LastDayOutOfRange, TooManyKeys, GivenAlready (for the same client key).
    """
    user = User.objects.select_for_update().get(pk=user_id)
    if ApiKey.objects.filter(user=user, client_key=client_key).exists():
        raise GivenAlready(str(client_key))
    opened = sorted({Scope(one) for one in scopes})
    if not opened:
        raise NoScope(name)
    if not on <= last_day <= on + timedelta(days=LONGEST_DAYS):
        raise LastDayOutOfRange(last_day.isoformat())
    if ApiKey.objects.filter(user=user, closed_at=None, last_day__gte=on).count() >= MOST_KEYS:
        raise TooManyKeys(str(user.uid))
    secret = BEGINNING + secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        user=user,
        name=name.strip()[:100],
        scopes=opened,
        digest=_digest(secret),
        last_day=last_day,
        created_at=at,
        held=USUAL.most,
        held_at=at,
        client_key=client_key,
    )
    data = {"scopes": " ".join(opened), "last_day": last_day.isoformat()}
    journal.record("key.created", key.named, actor=user.named, at=at, data=data)
    return secret


@transaction.atomic
def close_key(*, key_id: int, actor: Named, at: datetime) -> ApiKey:
    """Let a key open nothing any more; closed before, it stays as it is. The caller checks."""
    key = ApiKey.objects.select_for_update().get(pk=key_id)
    if key.closed_at is None:
        key.closed_at = at
        key.save(update_fields=["closed_at"])
        journal.record("key.closed", key.named, actor=actor, at=at)
    return key


@transaction.atomic
def use_key(*, secret: str, on: date, at: datetime) -> ApiKey:
    """Return the key with its account, take one request from its store, and note the day.

    Raises KeyUnknown, KeyClosed, PasswordNotOwn, TooManyRequests.
    """
    found = ApiKey.objects.select_for_update(of=("self",)).select_related("user")
    key = found.filter(digest=_digest(secret)).first()
    if key is None:
        raise KeyUnknown
    if not key.opens_on(on) or not key.user.is_active:
        raise KeyClosed(str(key.uid))
    if key.user.given_at is not None:
        raise PasswordNotOwn(str(key.uid))
    left = USUAL.left(key.held, since=key.held_at, at=at)
    if left < 1:
        raise TooManyRequests(USUAL.wait(left))
    key.held, key.held_at, key.used_on = left - 1, at, on
    key.save(update_fields=["held", "held_at", "used_on"])
    return key


@transaction.atomic
def answer_once(
    *,
    key: ApiKey,
    client_key: UUID,
    asked: str,
    told: Mapping[str, str],
    at: datetime,
    act: Callable[[], tuple[int, str]],
) -> Answer:
    """Do what was asked for by a key and keep the answer; the same again is answered the same.

    ``act`` writes within this transaction and returns status and body. What it raises undoes
    everything, so that the same may be tried again. Of two at once the second waits for the first.
    The journal tells that the key did it, with ``told`` and the client key, by which the step is
    found. Raises OtherRequest where ``client_key`` came with something else before.
    """
    digest = _digest(asked)
    try:
        with transaction.atomic():
            row = ApiAnswer.objects.create(
                user_id=key.user_id, client_key=client_key, digest=digest, at=at
            )
    except IntegrityError:
        known = ApiAnswer.objects.get(user_id=key.user_id, client_key=client_key)
        if known.digest != digest:
            raise OtherRequest(str(client_key)) from None
        return Answer(known.status, known.body, is_repeated=True)
    row.status, row.body = act()
    row.save(update_fields=["status", "body"])
    data: dict[str, journal.Value] = {**told, "client_key": str(client_key)}
    journal.record("key.wrote", key.named, actor=key.user.named, at=at, data=data)
    return Answer(row.status, row.body)


def forget_answers(*, before: datetime) -> int:
    """Forget what was answered before this instant; return how many answers that were."""
    return ApiAnswer.objects.filter(at__lt=before).delete()[0]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
