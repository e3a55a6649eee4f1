"""Writes of accounts: opened, closed, reopened, given a temporary password, given one of one's own.

The caller checks the right (``lotrinh.apps.units`` stands above). A closed account keeps what it
did: only the way in is shut. Reopening gives a new password, so that no session of the time before
comes alive again.
"""

import secrets
from datetime import datetime
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction

from lotrinh.apps.accounts.models import ApiKey, CalendarFeed, User
from lotrinh.apps.accounts.selectors import hash_of, is_void
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import Named
from lotrinh.rules.closing import Closing


class SignInNameTaken(Exception):
    """Another account already signs in with this name."""


class LanguageUnknown(Exception):
    """Only languages with a complete catalogue can be chosen."""


class AccountClosed(Exception):
    """A closed account is given no password: it is reopened, which gives one."""


class AccountChangedMeanwhile(Exception):
    """Somebody else closed or reopened the account, or gave it a password, since it was read."""


class GivenAlready(Exception):
    """This form has given its secret, and that was shown; it is kept nowhere."""


class PasswordWrong(Exception):
    """What was typed as the present password is not it."""


class PasswordVoid(Exception):
    """The present password was given by somebody else, too long ago."""


class PasswordKept(Exception):
    """The new password is the one that it would replace."""


_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody takes for each other when they are read out or copied by hand."""


@transaction.atomic
def create_user(
    *,
    sign_in_name: str,
    password: str | None,
    language: str = User.Language.VIETNAMESE,
    email: str = "",
    actor: Named,
    at: datetime,
) -> User:
    """Open an account; without a password nobody can sign in to it by one.

    Raises SignInNameTaken, and Django's ValidationError for a password that the settings hold too
    weak.
    """
    user = User(sign_in_name=sign_in_name, email=email, language=language, created_at=at)
    if password is None:
        user.set_unusable_password()
    else:
        validate_password(password, user)
        user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as refused:
        raise SignInNameTaken(sign_in_name) from refused
    journal.name_subject(uid=user.uid, name=sign_in_name)
    journal.record("user.created", user.named, actor=actor, at=at)
    return user


@transaction.atomic
def choose_language(*, user_id: int, language: str, at: datetime) -> None:
    """Make ``language`` the one in which this account reads every page.

    Raises LanguageUnknown. Choosing the present language again is not recorded.
    """
    if language not in User.Language.values:
        raise LanguageUnknown(language)
    user = User.objects.select_for_update().get(pk=user_id)
    if user.language == language:
        return
    user.language = language
    user.save(update_fields=["language"])
    journal.record(
        "user.language_chosen", user.named, actor=user.named, at=at, data={"language": language}
    )


@transaction.atomic
def choose_address(*, user_id: int, email: str, at: datetime) -> None:
    """Let letters to this account go to ``email``; an empty one means that it gets none.

    The caller has seen to it that it is an address. The present one again is not recorded, and the
    journal never holds one.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    if user.email == email:
        return
    user.email = email
    user.save(update_fields=["email"])
    data: dict[str, journal.Value] = {"given": bool(email)}
    journal.record("user.address_changed", user.named, actor=user.named, at=at, data=data)


@transaction.atomic
def open_feed(*, user_id: int, client_key: UUID, at: datetime) -> str:
    """Return a new secret under which programs read the account's deadlines.

    The one before opens nothing any more. Raises GivenAlready.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    if CalendarFeed.objects.filter(client_key=client_key).exists():
        raise GivenAlready(str(user.uid))
    _close_feed(user, at=at)
    secret = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(
        user=user, secret_hash=hash_of(secret), client_key=client_key, opened_at=at
    )
    journal.record("user.feed_opened", user.named, actor=user.named, at=at)
    return secret


@transaction.atomic
def close_feed(*, user_id: int, at: datetime) -> None:
    """Let the account's secret address open nothing; doing it twice is doing it once."""
    user = User.objects.select_for_update().get(pk=user_id)
    if _close_feed(user, at=at):
        journal.record("user.feed_closed", user.named, actor=user.named, at=at)


@transaction.atomic
def close_account(*, user_id: int, reason: Closing, actor: Named, at: datetime) -> User:
    """Let nobody sign in to an account any more; whoever has it open is asked to sign in.

    Its secret address, its keys and its webhooks end for good, also if it is reopened. What it did
    stays as it is. Closing it twice for one reason is closing it once. Raises
    AccountChangedMeanwhile where it is closed for another.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    if not user.is_active and user.closed_for == Closing(reason):
        return user
    if not user.is_active:
        raise AccountChangedMeanwhile(str(user.uid))
    user.is_active, user.closed_at, user.closed_for = False, at, Closing(reason)
    user.save(update_fields=["is_active", "closed_at", "closed_for"])
    _shut(user, actor=actor, at=at)
    data = {"reason": user.closed_for}
    journal.record("user.closed", user.named, actor=actor, at=at, data=data)
    return user


@transaction.atomic
def reopen_account(
    *, user_id: int, read: UUID | None, client_key: UUID, actor: Named, at: datetime
) -> str:
    """Open a closed account again and return the password that opens it until it is changed.

    ``read`` is as in ``give_password``. Raises GivenAlready, AccountChangedMeanwhile.
    """
    user = _read(user_id, read=read, client_key=client_key)
    if user.is_active:
        raise AccountChangedMeanwhile(str(user.uid))
    user.is_active, user.closed_at, user.closed_for = True, None, ""
    user.save(update_fields=["is_active", "closed_at", "closed_for"])
    journal.record("user.reopened", user.named, actor=actor, at=at)
    return _give(user, client_key=client_key, actor=actor, at=at)


@transaction.atomic
def give_password(
    *, user_id: int, read: UUID | None, client_key: UUID, actor: Named, at: datetime
) -> str:
    """Return a new password that opens the account until it is changed, and nothing before that.

    The one before is void, and so are every open session, the secret address, keys and webhooks.
    ``read`` is the key of the form that gave the last one, None where there was none.

    Raises AccountClosed, GivenAlready, AccountChangedMeanwhile.
    """
    user = _read(user_id, read=read, client_key=client_key)
    if not user.is_active:
        raise AccountClosed(str(user.uid))
    return _give(user, client_key=client_key, actor=actor, at=at)


@transaction.atomic
def change_password(*, user_id: int, current: str, new: str, at: datetime) -> User:
    """Let the account sign in with a password that only its owner knows.

    Whoever knew the one before may have made keys: nothing that was made before acts any longer.
    Raises PasswordWrong, PasswordVoid, PasswordKept, and Django's ValidationError for one that is
    too weak.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    if not user.check_password(current):
        raise PasswordWrong(str(user.uid))
    if is_void(user, at=at):
        raise PasswordVoid(str(user.uid))
    if current == new:
        raise PasswordKept(str(user.uid))
    validate_password(new, user)
    user.set_password(new)
    user.given_at = None
    user.save(update_fields=["password", "given_at"])
    _shut(user, actor=user.named, at=at)
    journal.record("user.password_changed", user.named, actor=user.named, at=at)
    return user


def _read(user_id: int, *, read: UUID | None, client_key: UUID) -> User:
    """Return the account as it is now, locked, if it is still as it was read."""
    user = User.objects.select_for_update().get(pk=user_id)
    if user.given_key == client_key:
        raise GivenAlready(str(user.uid))
    if user.given_key != read:
        raise AccountChangedMeanwhile(str(user.uid))
    return user


def _give(user: User, *, client_key: UUID, actor: Named, at: datetime) -> str:
    password = "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(3))
    user.set_password(password)
    user.given_at, user.given_key = at, client_key
    user.save(update_fields=["password", "given_at", "given_key"])
    _shut(user, actor=actor, at=at)
    journal.record("user.password_issued", user.named, actor=actor, at=at)
    return password


def _shut(user: User, *, actor: Named, at: datetime) -> None:
    """Let nothing act any longer by which programs have acted for the account."""
    _close_feed(user, at=at)
    keys = ApiKey.objects.select_for_update().filter(user=user, closed_at=None).order_by("pk")
    for key in keys:
        key.closed_at = at
        key.save(update_fields=["closed_at"])
        journal.record("key.closed", key.named, actor=actor, at=at)
    user.shut_at = at
    user.save(update_fields=["shut_at"])


def _close_feed(user: User, *, at: datetime) -> bool:
    """Close the account's secret address; return whether one was open."""
    return bool(CalendarFeed.objects.filter(user=user, closed_at=None).update(closed_at=at))
