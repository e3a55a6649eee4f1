"""Writes of how units count deadlines: from a day on, for the unit and all below it."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties.models import CountingRule
from lotrinh.apps.duties.selectors.counting import OwnCounting
from lotrinh.apps.duties.services.refusals import NotAllowed
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.actions import Action

_SAID = (
    "before",
    "closes_at",
    "default_days",
    "soon_days",
    "report_days",
    "silent_periods",
)


class RuleChangedMeanwhile(Exception):
    """Somebody else set how this unit counts since the page was shown."""


class RuleInThePast(Exception):
    """How a unit counted on days that have passed stays."""


class LaterRuleKnown(Exception):
    """Another rule begins later already."""

    def __init__(self, day: date) -> None:
        super().__init__(day.isoformat())
        self.day = day


@transaction.atomic
def set_counting(
    *,
    unit: Unit,
    own: OwnCounting,
    since: date,
    read: UUID | None,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> CountingRule:
    """Let a unit count deadlines so from ``since`` on, if its last rule is the one of ``read``.

    What ``own`` leaves out is inherited from above. A rule that would begin on the same day is
    replaced. Raises NotAllowed, RuleInThePast, RuleChangedMeanwhile, LaterRuleKnown.
    """
    if not units.may(user_id=user.pk, action=Action.CHANGE_UNIT, unit_id=unit.pk, on=on):
        raise NotAllowed(Action.CHANGE_UNIT)
    take_turn("counting", str(unit.uid))
    sent = CountingRule.objects.filter(client_key=client_key, unit=unit).first()
    if sent is not None:
        return sent
    if since < on:
        raise RuleInThePast(since.isoformat())
    last = CountingRule.objects.filter(unit=unit).order_by("valid").last()
    if (last.uid if last else None) != read:
        raise RuleChangedMeanwhile(str(unit.uid))
    if last is not None:
        _end(last, since)
    rule = CountingRule.objects.create(
        unit=unit,
        before=own.before or "",
        closes_at=own.closes_at,
        default_days=own.default_days,
        soon_days=own.soon_days,
        report_days=own.report_days,
        silent_periods=own.silent_periods,
        valid=DateRange(since, None),
        client_key=client_key,
    )
    said = {name: getattr(rule, name) for name in _SAID}
    journal.record(
        "unit.counting_changed",
        unit.named,
        actor=user.named,
        at=at,
        unit_uid=unit.uid,
        data={"since": since.isoformat(), **said},
    )
    return rule


def _end(last: CountingRule, since: date) -> None:
    """Let a rule hold until the next one begins; one that had not held a day is taken away."""
    if last.valid.lower > since:
        raise LaterRuleKnown(last.valid.lower)
    if last.valid.lower == since:
        last.delete()
        return
    last.valid = DateRange(last.valid.lower, since)
    last.save()
