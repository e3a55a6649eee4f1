"""Writes of accounts."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import Named


class SignInNameTaken(Exception):
    """Another account already signs in with this name."""


class LanguageUnknown(Exception):
    """Only languages with a complete catalogue can be chosen."""


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

    The caller checks the right (``lotrinh.apps.units`` stands above). Raises SignInNameTaken,
    and Django's ValidationError for a password that the settings hold too weak.
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
