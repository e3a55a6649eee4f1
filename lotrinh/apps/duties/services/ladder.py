"""The ladder of reminders is set anew from a day to come; what was climbed before stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties.models import LadderRung, LadderSetting
from lotrinh.apps.duties.selectors.ladder import last_ladder_setting
from lotrinh.apps.duties.services.refusals import NotAllowed
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.reminders import LadderFault, Rung, ladder_fault


class NoLadder(Exception):
    """These rungs make no ladder; ``fault`` says why."""

    def __init__(self, fault: LadderFault) -> None:
        super().__init__(str(fault))
        self.fault = fault


class LadderInThePast(Exception):
    """By today's ladder duties climb already: another one begins tomorrow at the earliest."""


class LadderChangedMeanwhile(Exception):
    """Somebody else set the ladder since the page was shown."""


class LaterLadderKnown(Exception):
    """Another ladder begins later already."""

    def __init__(self, day: date) -> None:
        super().__init__(day.isoformat())
        self.day = day


@dataclass(frozen=True, slots=True)
class RungSaid:
    """A rung and what it is called."""

    rung: Rung
    name_vi: str
    name_en: str


@transaction.atomic
def set_ladder(
    *,
    rungs: Sequence[RungSaid],
    since: date,
    read: UUID | None,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> LadderSetting:
    """Let these rungs, for every kind without rungs of its own, hold from ``since`` on.

    If the last setting is the one of ``read``. The rungs before hold until then; a ladder that
    would begin on the same day is replaced. The same key again changes nothing. Raises NotAllowed,
    NoLadder, LadderInThePast, LadderChangedMeanwhile, LaterLadderKnown.
    """
    if not units.may_define(user_id=user.pk, on=on):
        raise NotAllowed(Action.DEFINE_ROLE)
    take_turn("ladder", "duties")
    sent = LadderSetting.objects.filter(client_key=client_key).first()
    if sent is not None:
        return sent
    fault = ladder_fault(said.rung for said in rungs)
    if fault is not None:
        raise NoLadder(fault)
    if since <= on:
        raise LadderInThePast(since.isoformat())
    last = last_ladder_setting()
    if (last.uid if last else None) != read:
        raise LadderChangedMeanwhile(since.isoformat())
    _end_before(since)
    setting = LadderSetting.objects.create(since=since, client_key=client_key)
    LadderRung.objects.bulk_create(_row(said, since) for said in rungs)
    told = "; ".join(f"{said.rung.code} {said.rung.days:+d}" for said in rungs)
    data = {"since": since.isoformat(), "rungs": told}
    journal.record("ladder.set", setting.named, actor=user.named, at=at, data=data)
    return setting


def _row(said: RungSaid, since: date) -> LadderRung:
    return LadderRung(
        code=said.rung.code,
        days=said.rung.days,
        informed=[str(one) for one in said.rung.informed],
        name_vi=said.name_vi,
        name_en=said.name_en,
        valid=DateRange(since, None),
    )


def _end_before(since: date) -> None:
    """Let the rungs of every kind hold until a day; those that would begin then are taken away."""
    rows = list(LadderRung.objects.filter(kind="", valid__endswith=None))
    later = max((row.valid.lower for row in rows if row.valid.lower), default=None)
    if later is not None and later > since:
        raise LaterLadderKnown(later)
    for row in rows:
        if row.valid.lower == since:
            row.delete()
        else:
            row.valid = DateRange(row.valid.lower, since)
            row.save()
