"""The account: a sign-in name, a password, a language."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.journal.services import Named
from lotrinh.rules.closing import Closing


class UserManager(BaseUserManager["User"]):
    """Finds an account by its sign-in name."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(sign_in_name=username)


class User(AbstractBaseUser):
    """Somebody who can sign in. The e-mail is optional and two accounts may share one.

    ``given_at`` is set while the password is one that somebody else gave: it opens nothing but the
    page on which it is changed. ``given_key`` is the form by which it was given.
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
