"""The account: a sign-in name, a password, a language; and the keys of programs that act for it."""

from datetime import date
from functools import cache
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.journal.services import Named
from lotrinh.apps.journal.statements import run
from lotrinh.rules.closing import Closing
from lotrinh.rules.scopes import Scope


class UserManager(BaseUserManager["User"]):
    """Finds an account by its sign-in name, and by its key at less cost, as every request does."""

    def get(self, *conditions: Any, **asked: Any) -> "User":
        """Return the account; asked for by its key alone, in words that are kept."""
        is_narrowed = type(self) is not UserManager or self._db is not None
        by_key = asked.keys() == {"pk"} and isinstance(asked["pk"], int)
        if is_narrowed or conditions or not by_key:
            return super().get(*conditions, **asked)
        rows = run(_by_key(), asked)
        if not rows:
            raise self.model.DoesNotExist
        return self.model.from_db("default", _columns(), rows[0])

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(sign_in_name=username)


class User(AbstractBaseUser):
    """Somebody who can sign in. The e-mail is optional and two accounts may share one.

    ``given_at`` is set while the password is one that somebody else gave: it opens nothing but the
    page on which it is changed. ``given_key`` is the form by which it was given.
    What was made before ``shut_at`` (keys, the secret address, webhooks) acts no longer.
    """

    class Language(models.TextChoices):
        VIETNAMESE = "vi"
        ENGLISH = "en"

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    sign_in_name = models.CharField(max_length=150, unique=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.VIETNAMESE)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_for = models.CharField(
        max_length=20, choices=[(code.value, code.value) for code in Closing], blank=True
    )
    given_at = models.DateTimeField(null=True)
    given_key = models.UUIDField(null=True)
    shut_at = models.DateTimeField(null=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "sign_in_name"
    EMAIL_FIELD = "email"

    class Meta:
        db_table = "accounts_user"

    def __str__(self) -> str:
        return self.sign_in_name

    @property
    def named(self) -> Named:
        """What the journal calls this account."""
        return Named("user", self.uid)


@cache
def _columns() -> tuple[str, ...]:
    return tuple(field.attname for field in User._meta.concrete_fields)


@cache
def _by_key() -> str:
    """Return how an account is asked for by its key."""
    return f"SELECT {', '.join(_columns())} FROM accounts_user WHERE id = %(pk)s"  # noqa: S608


class CalendarFeed(models.Model):
    """A secret address at which programs read an account's deadlines without signing in.

    Of the secret only its SHA-256 is kept: it was shown once. ``client_key`` is the form that
    opened it.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="feeds")
    secret_hash = models.CharField(max_length=64, unique=True)
    client_key = models.UUIDField(unique=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_calendar_feed"
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                name="accounts_one_open_feed",
                condition=models.Q(closed_at=None),
            )
        ]


class ApiKey(models.Model):
    """What lets a program act for an account, within ``scopes``, up to and with ``last_day``.

    Only the ``digest`` of the secret is kept. ``held`` requests were in its store at ``held_at``.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="keys")
    name = models.CharField(max_length=100)
    scopes = ArrayField(
        models.CharField(max_length=20, choices=[(one.value, one.value) for one in Scope])
    )
    digest = models.CharField(max_length=64, unique=True)
    last_day = models.DateField()
    created_at = models.DateTimeField()
    used_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    held = models.FloatField()
    held_at = models.DateTimeField()
    client_key = models.UUIDField()

    class Meta:
        db_table = "accounts_key"
        constraints = [
            models.UniqueConstraint(fields=["user", "client_key"], name="accounts_key_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def named(self) -> Named:
        """What the journal calls this key."""
        return Named("key", self.uid)

    def opens_on(self, day: date) -> bool:
        """Say whether the key opens anything on that day."""
        return self.closed_at is None and day <= self.last_day


class ApiAnswer(models.Model):
    """What a program was answered when it wrote, to be given again for the same ``client_key``.

    ``digest`` is that of what it asked for.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    client_key = models.UUIDField()
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_answer"
        constraints = [
            models.UniqueConstraint(fields=["user", "client_key"], name="accounts_answer_once")
        ]
