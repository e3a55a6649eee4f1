"""Writes of rights: what roles carry, who inspects by which mandate, and what he opened."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import Named
from lotrinh.apps.units.models import Mandate, Person, Purpose, Role, Unit
from lotrinh.apps.units.selectors.asked import Inspection
from lotrinh.apps.units.selectors.roles import definers, holds_role, may_define
from lotrinh.apps.units.services.definers import definers_kept
from lotrinh.apps.units.services.turns import await_organisation
from lotrinh.rules.actions import Action


class ActionUnknown(Exception):
    """A role can carry only actions that the product asks for."""


class MandateNeedsPeople(Exception):
    """A mandate names those who hold it, a role for inspection, and the decision."""


class RoleNotAllowed(Exception):
    """The account may not define roles: that is asked at the root of the main tree."""


class RoleChangedMeanwhile(Exception):
    """Somebody else changed what the role carries since it was read."""


class WidensOwnRole(Exception):
    """Nobody adds to a role that he himself has, by a post, lent or by mandate."""


class NobodyCouldRestore(Exception):
    """Nobody else defines roles, who could give back what somebody takes from his own role."""


@transaction.atomic
def define_role(
    *,
    code: str,
    name_vi: str,
    name_en: str,
    actions: Iterable[str],
    purpose: str = Purpose.WORK,
    actor: Named,
    at: datetime,
) -> Role:
    """Make a role carry exactly ``actions`` from now on. Raises ActionUnknown."""
    wanted = sorted(set(actions))
    unknown = [name for name in wanted if name not in set(Action)]
    if unknown:
        raise ActionUnknown(", ".join(unknown))
    role, _ = Role.objects.update_or_create(
        code=code,
        defaults={
            "name_vi": name_vi,
            "name_en": name_en,
            "actions": wanted,
            "purpose": Purpose(purpose),
        },
    )
    journal.record(
        "role.defined",
        journal.reference("role", code),
        actor=actor,
        at=at,
        data={"code": code, "actions": wanted},
    )
    return role


@transaction.atomic
def change_role(
    *,
    role: Role,
    actions: Iterable[str],
    read: Iterable[str],
    user: User,
    on: date,
    at: datetime,
) -> Role:
    """Make a role carry exactly ``actions``, if it still carries what was ``read``.

    Whoever holds a post with it gains or loses at once. Nobody adds to a role that he himself has,
    and takes from it only while somebody else defines roles. Sending it twice is sending it once.
    Raises RoleNotAllowed, RoleChangedMeanwhile, ActionUnknown, WidensOwnRole, NobodyCouldRestore,
    NobodyDefines.
    """
    await_organisation()
    if not may_define(user_id=user.pk, on=on):
        raise RoleNotAllowed(role.code)
    held, wanted = Role.objects.select_for_update().get(pk=role.pk), set(actions)
    if set(held.actions) == wanted:
        return held
    if set(held.actions) != set(read):
        raise RoleChangedMeanwhile(role.code)
    is_own = holds_role(held, user_id=user.pk, on=on)
    if is_own and wanted - set(held.actions):
        raise WidensOwnRole(role.code)
    with definers_kept(since=on, by=role.code):
        changed = define_role(
            code=held.code,
            name_vi=held.name_vi,
            name_en=held.name_en,
            actions=wanted,
            purpose=held.purpose,
            actor=user.named,
            at=at,
        )
    if is_own and not definers(on=on) - {user.pk}:
        raise NobodyCouldRestore(role.code)
    return changed


@transaction.atomic
def give_mandate(
    *,
    role: Role,
    scope: Unit,
    people: Iterable[Person],
    subject: str,
    legal_basis: str,
    since: date,
    until: date | None,
    client_key: UUID | None = None,
    actor: Named,
    at: datetime,
) -> Mandate:
    """Let named persons inspect the subtree of ``scope`` for the days ``[since, until)``.

    The caller checks the right. Raises MandateNeedsPeople.
    """
    holders = list(people)
    if not holders or not legal_basis.strip() or role.purpose != Purpose.INSPECTION:
        raise MandateNeedsPeople(f"{len(holders)} people, role {role.code}, basis {legal_basis!r}")
    mandate = Mandate.objects.create(
        role=role,
        scope=scope,
        subject=subject,
        legal_basis=legal_basis,
        valid=DateRange(since, until),
        client_key=client_key,
    )
    mandate.people.set(holders)
    journal.record(
        "mandate.issued",
        mandate.named,
        actor=actor,
        at=at,
        unit_uid=scope.uid,
        data={
            "role": role.code,
            "holders": len(holders),
            "since": since.isoformat(),
            "until": until.isoformat() if until else None,
        },
    )
    return mandate


@transaction.atomic(savepoint=False)
def record_reading(
    *,
    inspections: Iterable[Inspection],
    page: str,
    object_uid: UUID | None,
    actor: Named,
    at: datetime,
) -> None:
    """Keep that the holder of mandates opened a page; ``page`` is the name of its address."""
    data = {"page": page, "object": str(object_uid) if object_uid else None}
    acts = [
        journal.Act("mandate.used", Named("mandate", held.mandate), held.scope, data)
        for held in inspections
    ]
    journal.record_all(acts=acts, actor=actor, at=at)
