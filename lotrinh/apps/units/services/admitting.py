"""Acts of those who look after accounts: somebody is let in, shut out, let in again.

Each asks for the right over all that the account gives, see ``selectors.accounts``. Nobody acts on
his own account, and somebody is always left who can define roles. Nor does one let in whom one has
appointed, for that would be a second account of one's own; only where nobody else could do it this
is allowed, and the journal says so. Posts and whatever was done stay
as they are. A password is returned once, for the page that shows it, and kept nowhere.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import Named
from lotrinh.apps.units.models import Person
from lotrinh.apps.units.selectors.accounts import (
    appointed_by,
    may_manage,
    may_manage_account,
    others_manage,
)
from lotrinh.apps.units.selectors.people import person_of
from lotrinh.apps.units.services.definers import definers_kept
from lotrinh.apps.units.services.turns import await_organisation
from lotrinh.rules.closing import Closing


class AccountNotAllowed(Exception):
    """The account gives more than those who may act on it can give or take."""


class OwnAccount(Exception):
    """Nobody closes his own account, or gives himself a password."""


class AppointedByOneself(Exception):
    """Whoever appointed somebody does not give him his password too, where somebody else may."""


class AccountThere(Exception):
    """The person has an account already."""


@transaction.atomic
def admit_person(
    *,
    person: Person,
    sign_in_name: str,
    language: str,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> str:
    """Open an account for somebody who has none; return what opens it until that is changed.

    Raises AccountNotAllowed, AccountThere, AppointedByOneself, SignInNameTaken, GivenAlready.
    """
    await_organisation()
    if not may_manage(person=person, user_id=user.pk, on=on):
        raise AccountNotAllowed(str(person.uid))
    held = Person.objects.select_for_update(of=("self",)).select_related("user").get(pk=person.pk)
    if held.user is not None:
        sent_before = held.user.given_key == client_key
        raise (accounts.GivenAlready if sent_before else AccountThere)(str(person.uid))
    _require_other(held, user=user, on=on, at=at)
    opened = accounts.create_user(
        sign_in_name=sign_in_name, password=None, language=language, actor=user.named, at=at
    )
    held.user = opened
    held.save(update_fields=["user"])
    journal.name_subject(uid=opened.uid, name=held.full_name)
    journal.record(
        "person.admitted",
        Named("person", held.uid),
        actor=user.named,
        at=at,
        data={"account": str(opened.uid)},
    )
    return accounts.give_password(
        user_id=opened.pk, read=None, client_key=client_key, actor=user.named, at=at
    )


@transaction.atomic
def bar_account(*, account: User, reason: Closing, user: User, on: date, at: datetime) -> User:
    """Close an account: whoever has it open is asked to sign in, and cannot.

    Raises AccountNotAllowed, OwnAccount, AccountChangedMeanwhile, NobodyDefines.
    """
    _require(account, user=user, on=on)
    with definers_kept(since=on, by=str(account.uid)):
        return accounts.close_account(user_id=account.pk, reason=reason, actor=user.named, at=at)


@transaction.atomic
def readmit_account(
    *, account: User, read: UUID | None, user: User, client_key: UUID, on: date, at: datetime
) -> str:
    """Open a closed account again and return the password that opens it until changed.

    Raises AccountNotAllowed, OwnAccount, AppointedByOneself, GivenAlready,
    AccountChangedMeanwhile.
    """
    _require(account, user=user, on=on)
    _require_other(person_of(user_id=account.pk), user=user, on=on, at=at)
    return accounts.reopen_account(
        user_id=account.pk, read=read, client_key=client_key, actor=user.named, at=at
    )


@transaction.atomic
def renew_password(
    *, account: User, read: UUID | None, user: User, client_key: UUID, on: date, at: datetime
) -> str:
    """Return a password for somebody who has forgotten his; it opens the account until changed.

    Raises AccountNotAllowed, OwnAccount, AppointedByOneself, AccountClosed, GivenAlready,
    AccountChangedMeanwhile.
    """
    _require(account, user=user, on=on)
    _require_other(person_of(user_id=account.pk), user=user, on=on, at=at)
    return accounts.give_password(
        user_id=account.pk, read=read, client_key=client_key, actor=user.named, at=at
    )


def _require(account: User, *, user: User, on: date) -> None:
    await_organisation()
    if not may_manage_account(account=account, user_id=user.pk, on=on):
        raise AccountNotAllowed(str(account.uid))
    if account.pk == user.pk:
        raise OwnAccount(str(account.uid))


def _require_other(person: Person | None, *, user: User, on: date, at: datetime) -> None:
    """Raise AppointedByOneself where somebody else can do it; where nobody can, record that."""
    if person is None or not appointed_by(person=person, user=user, on=on):
        return
    if others_manage(person=person, user=user, on=on):
        raise AppointedByOneself(str(person.uid))
    named = Named("person", person.uid)
    journal.record("person.appointee_admitted", named, actor=user.named, at=at)
