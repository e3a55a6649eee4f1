"""Acts of those who let others inspect: a mandate is given by a decision, and ended by another.

Each asks for the right at the unit that is inspected. A role from which others get their rights is
given only by those who define roles, and nobody gives a mandate to himself.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal import services as journal
from lotrinh.apps.units.models import Mandate, Person, Role, Unit
from lotrinh.apps.units.selectors.rights import may
from lotrinh.apps.units.selectors.roles import may_define
from lotrinh.apps.units.selectors.trees import place_of
from lotrinh.apps.units.services.people import EndsBeforeItBegins
from lotrinh.apps.units.services.posts import ScopeStandsNowhere
from lotrinh.apps.units.services.rights import give_mandate
from lotrinh.apps.units.services.turns import await_organisation
from lotrinh.rules.actions import STRONG, Action


class MandateNotAllowed(Exception):
    """The account may not give mandates over this unit, or not with this role."""


class MandateForHimself(Exception):
    """Nobody gives a mandate to himself."""


class MandateEnded(Exception):
    """The mandate has ended before, or ends before that day; days that have passed stay."""


class EndBasisMissing(Exception):
    """A mandate is ended early by a decision, which is named."""


@transaction.atomic
def issue_mandate(
    *,
    role: Role,
    scope: Unit,
    people: Iterable[Person],
    subject: str,
    legal_basis: str,
    since: date,
    until: date,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Mandate:
    """Let named persons inspect the subtree of ``scope`` for the days ``[since, until)``.

    Sending it twice is sending it once. Raises MandateNotAllowed, MandateForHimself,
    ScopeStandsNowhere, EndsBeforeItBegins, MandateNeedsPeople.
    """
    holders = list(people)
    await_organisation()
    _require(role, scope, user=user, on=on)
    if any(person.user_id == user.pk for person in holders):
        raise MandateForHimself(scope.code)
    known = Mandate.objects.filter(client_key=client_key).first()
    if known is not None:
        return known
    if until <= since:
        raise EndsBeforeItBegins(f"{since} to {until}")
    if place_of(unit_id=scope.pk, on=since) is None:
        raise ScopeStandsNowhere(scope.code)
    return give_mandate(
        role=role,
        scope=scope,
        people=holders,
        subject=subject.strip(),
        legal_basis=legal_basis.strip(),
        since=since,
        until=until,
        client_key=client_key,
        actor=user.named,
        at=at,
    )


@transaction.atomic
def end_mandate(
    *, mandate: Mandate, until: date, legal_basis: str, user: User, on: date, at: datetime
) -> Mandate:
    """Let a mandate end early: ``until`` is the first day on which it gives nothing.

    One that has not begun by then is withdrawn and never gives anything. Ending twice on one day,
    or withdrawing twice, by one decision is doing it once. Raises MandateNotAllowed,
    EndBasisMissing, MandateEnded.
    """
    await_organisation()
    held = Mandate.objects.select_related("role", "scope").get(pk=mandate.pk)
    _require(held.role, held.scope, user=user, on=on)
    if not legal_basis.strip():
        raise EndBasisMissing(str(held.uid))
    begun, ends = held.valid.lower, held.valid.upper
    is_withdrawn = held.begins is not None and held.valid.isempty and until <= held.begins
    if (ends == until or is_withdrawn) and held.end_basis == legal_basis.strip():
        return held
    if held.valid.isempty or until < on or (ends is not None and (ends <= on or until >= ends)):
        raise MandateEnded(f"{held.valid} before {until}")
    held.valid = DateRange(empty=True) if until <= begun else DateRange(begun, until)
    held.begins, held.end_basis = begun, legal_basis.strip()
    held.save(update_fields=["valid", "begins", "end_basis"])
    journal.record(
        "mandate.ended",
        held.named,
        actor=user.named,
        at=at,
        unit_uid=held.scope.uid,
        data={"since": begun.isoformat(), "until": until.isoformat()},
    )
    return held


def _require(role: Role, scope: Unit, *, user: User, on: date) -> None:
    """Raise unless the account may give mandates there; a strong role needs who defines roles."""
    allowed = may(user_id=user.pk, action=Action.GIVE_MANDATE, unit_id=scope.pk, on=on)
    is_strong = bool(STRONG & set(role.actions))
    if not allowed or (is_strong and not may_define(user_id=user.pk, on=on)):
        raise MandateNotAllowed(scope.code)
