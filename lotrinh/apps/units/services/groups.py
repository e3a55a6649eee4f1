"""Writes of saved groups: a choice of units is saved, means something else from a day, ends.

What a group meant on days that have passed stays: who asks for such a day is answered as then.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import Named
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.units.models import Group, Tree, Unit
from lotrinh.apps.units.selectors.groups import may_group
from lotrinh.apps.units.services.people import EndsBeforeItBegins
from lotrinh.apps.units.services.turns import await_organisation


class GroupNotAllowed(Exception):
    """The account may not change units everywhere where the group chooses some."""


class GroupCodeTaken(Exception):
    """Another group bears this code, now or at another time."""


class NothingChosen(Exception):
    """A group chooses by kind, by what stands above, or unit by unit."""


class GroupChangedMeanwhile(Exception):
    """Somebody else gave the group another meaning, or an end, since it was read."""


class DayPassed(Exception):
    """What a group meant on a day that has passed stays."""


class LaterMeaningKnown(Exception):
    """The group gets another meaning on a later day already."""

    def __init__(self, day: date) -> None:
        super().__init__(day.isoformat())
        self.day = day


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a group is called and which units it means; see ``Group``."""

    name_vi: str
    name_en: str
    tree: Tree
    kinds: Iterable[str] = ()
    below: Unit | None = None
    added: tuple[Unit, ...] = ()
    left_out: tuple[Unit, ...] = ()


@transaction.atomic
def save_group(
    *,
    code: str,
    choice: Choice,
    since: date | None = None,
    client_key: UUID | None = None,
    actor: Named,
    at: datetime,
) -> Group:
    """Let a new group mean these units from ``since`` (None: on all days). The caller checks the
    right.

    Raises GroupCodeTaken, NothingChosen.
    """
    take_turn("group", code)
    if Group.objects.filter(code=code).exists():
        raise GroupCodeTaken(code)
    return _write(code, choice, since, client_key=client_key, actor=actor, at=at)


@transaction.atomic
def create_group(
    *,
    code: str,
    choice: Choice,
    since: date,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Group:
    """Let a new group mean these units from ``since``, which may have passed.

    Raises GroupNotAllowed, GroupCodeTaken, NothingChosen.
    """
    await_organisation()
    _require(choice, user=user, on=on)
    known = _sent_before(client_key)
    if known is not None:
        return known
    return save_group(
        code=code, choice=choice, since=since, client_key=client_key, actor=user.named, at=at
    )


@transaction.atomic
def change_group(
    *,
    code: str,
    choice: Choice,
    since: date,
    read: str,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Group:
    """Let a group mean these units from ``since`` on, if its latest meaning is still as ``read``
    says: its ``version``.

    A group that has ended begins anew. Raises GroupNotAllowed, GroupChangedMeanwhile, DayPassed,
    LaterMeaningKnown, NothingChosen.
    """
    known = _sent_before(client_key)
    if known is not None:
        return known
    held = _latest(code, user=user, on=on)
    _require(choice, user=user, on=on)
    _require_unchanged(held, read)
    begun, ends = held.valid.lower, held.valid.upper
    if since < on:
        raise DayPassed(since.isoformat())
    if begun is not None and since < begun:
        raise LaterMeaningKnown(begun)
    if since == begun:
        held.delete()
    elif ends is None or ends > since:
        held.valid = DateRange(begun, since)
        held.save(update_fields=["valid"])
    return _write(code, choice, since, client_key=client_key, actor=user.named, at=at)


@transaction.atomic
def end_group(*, code: str, until: date, read: str, user: User, on: date, at: datetime) -> Group:
    """Let a group mean nothing from ``until`` on, if its latest meaning is still as ``read``
    says: its ``version``.

    Ending twice on one day is ending once. Raises GroupNotAllowed, GroupChangedMeanwhile,
    DayPassed, EndsBeforeItBegins.
    """
    held = _latest(code, user=user, on=on)
    begun, ends = held.valid.lower, held.valid.upper
    if ends == until and read.startswith(str(held.uid)):
        return held
    _require_unchanged(held, read)
    if until < on or (ends is not None and ends <= on):
        raise DayPassed(until.isoformat())
    if begun is not None and until <= begun:
        raise EndsBeforeItBegins(f"{begun} to {until}")
    held.valid = DateRange(begun, until)
    held.save(update_fields=["valid"])
    data = {"code": code, "until": until.isoformat()}
    journal.record("group.ended", held.named, actor=user.named, at=at, data=data)
    return held


def _latest(code: str, *, user: User, on: date) -> Group:
    """Return the latest meaning, which nobody else changes meanwhile; check the right over it."""
    take_turn("group", code)
    held = Group.objects.filter(code=code).order_by("-valid").first()
    if held is None:
        raise GroupChangedMeanwhile(code)
    added = held.added.values_list("pk", flat=True)
    if not may_group(below=held.below_id, added=added, user_id=user.pk, on=on):
        raise GroupNotAllowed(code)
    return held


def _require_unchanged(held: Group, read: str) -> None:
    if held.version != read:
        raise GroupChangedMeanwhile(held.code)


def _require(choice: Choice, *, user: User, on: date) -> None:
    below = choice.below.pk if choice.below else None
    added = [unit.pk for unit in choice.added]
    if not may_group(below=below, added=added, user_id=user.pk, on=on):
        raise GroupNotAllowed(choice.name_vi)


def _sent_before(client_key: UUID) -> Group | None:
    """Return the meaning that this form has saved already; two sendings take turns."""
    take_turn("grouping", client_key)
    return Group.objects.filter(client_key=client_key).first()


def _write(
    code: str,
    choice: Choice,
    since: date | None,
    *,
    client_key: UUID | None,
    actor: Named,
    at: datetime,
) -> Group:
    """Keep a meaning from ``since`` on, and record it."""
    kinds = sorted(set(choice.kinds))
    if not kinds and choice.below is None and not choice.added:
        raise NothingChosen(code)
    group = Group.objects.create(
        code=code,
        name_vi=choice.name_vi,
        name_en=choice.name_en,
        tree=choice.tree,
        kinds=kinds,
        below=choice.below,
        valid=DateRange(since, None),
        client_key=client_key,
    )
    group.added.set(choice.added)
    group.left_out.set(choice.left_out)
    journal.record(
        "group.defined",
        group.named,
        actor=actor,
        at=at,
        data={
            "code": code,
            "since": since.isoformat() if since else None,
            "tree": choice.tree.code,
            "kinds": kinds,
            "below": str(choice.below.uid) if choice.below else None,
            "added": sorted(str(unit.uid) for unit in choice.added),
            "left_out": sorted(str(unit.uid) for unit in choice.left_out),
        },
    )
    return group
