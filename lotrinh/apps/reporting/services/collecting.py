"""Opening a period of a regime: every unit of its group owes a report, with a duty of its own.

The stages and the form are copied, so that a regime which ends or is followed by another leaves
reports that are on their way alone.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from uuid import UUID, uuid5

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties import selectors as duties_read
from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.services import Assignment, ReportOwed
from lotrinh.apps.journal import services as journal
from lotrinh.apps.reporting.models import (
    Collection,
    CollectionLine,
    CollectionStage,
    Period,
    Regime,
    Report,
)
from lotrinh.apps.reporting.selectors.asked import officers_for, units_asked
from lotrinh.apps.reporting.services.opening import open_collection, open_period
from lotrinh.apps.reporting.services.queueing import queue_questions
from lotrinh.apps.reporting.services.refusals import (
    CollectionClosed,
    NobodyAsked,
    NotAllowed,
    NoWords,
    WrongPeriod,
)
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.cut_offs import SendBy, Sending, send_by
from lotrinh.rules.figures import Basis
from lotrinh.rules.period_words import period_name


@transaction.atomic
def open_reports(
    *,
    regime_id: int,
    starts: date,
    ends: date,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Collection:
    """Let every unit of the regime's group owe the report of a period; again is the same.

    The group has the meaning of that day and the units of the period's last one. Each gets an open
    report and a duty to report, which binds where it is clear who is to do it. Raises NotAllowed,
    WrongPeriod where the regime does not ask for that period, NobodyAsked, KeyTaken.
    """
    rows = Regime.objects.select_for_update(of=("self",)).select_related("kind", "owed_to")
    regime = rows.get(pk=regime_id)
    if not units.may(user_id=user.pk, action=Action.ASSIGN_DUTY, unit_id=regime.owed_to_id, on=on):
        raise NotAllowed(f"{Action.ASSIGN_DUTY} at {regime.owed_to.code}")
    period = open_period(
        kind=regime.kind.code, starts=starts, ends=ends, on=on, actor=user.named, at=at
    )
    known = Collection.objects.filter(regime=regime, period=period).first()
    if known is not None:
        return known
    _require_asked(regime, period)
    asked = units_asked(regime=regime, period=period.rule, on=on)
    if not asked:
        raise NobodyAsked(regime.group)
    lines = list(regime.lines.select_related("measure").order_by("position"))
    made = open_collection(
        period=period,
        basis=Basis(regime.basis),
        measures=[line.measure for line in lines],
        unit_ids=[unit.pk for unit in asked],
        user=user,
        client_key=client_key,
        on=on,
        at=at,
    )
    made.regime = regime
    made.save(update_fields=["regime"])
    CollectionLine.objects.bulk_create(
        CollectionLine(collection=made, measure=line.measure, position=line.position)
        for line in lines
    )
    sent = _keep_stages(made, regime, period)
    _owe(made, regime, asked, due=sent[0].due, act=_act(user, client_key, on, at))
    return made


@transaction.atomic
def close_collection(*, collection_id: int, user: User, on: date, at: datetime) -> Collection:
    """Let a collection take nothing more in, and return it; again changes nothing.

    What is missing stays missing and owed; a worker asks what is odd in what came. Raises
    NotAllowed, and CollectionClosed where somebody else has closed it.
    """
    rows = Collection.objects.select_for_update(of=("self",)).select_related("regime__owed_to")
    collection = rows.get(pk=collection_id)
    _require_keeper(collection, user=user, on=on)
    if collection.closed_on is not None:
        if collection.closed_by_id != user.pk:
            raise CollectionClosed(collection)
        return collection
    collection.closed_on, collection.closed_by = on, user
    collection.save(update_fields=["closed_on", "closed_by"])
    journal.record("collection.closed", collection.named, actor=user.named, at=at, data={})
    transaction.on_commit(partial(queue_questions, collection_id=collection.pk))
    return collection


@transaction.atomic
def reopen_collection(
    *, collection_id: int, reason: str, user: User, on: date, at: datetime
) -> Collection:
    """Let a closed collection take reports in again, saying why; an open one stays as it is.

    Raises NotAllowed, NoWords.
    """
    rows = Collection.objects.select_for_update(of=("self",)).select_related("regime__owed_to")
    collection = rows.get(pk=collection_id)
    _require_keeper(collection, user=user, on=on)
    if collection.closed_on is None:
        return collection
    if not reason.strip():
        raise NoWords("reopen")
    collection.closed_on, collection.closed_by = None, None
    collection.save(update_fields=["closed_on", "closed_by"])
    journal.record(
        "collection.reopened",
        collection.named,
        actor=user.named,
        at=at,
        data={"reason": reason.strip()[:2000]},
    )
    return collection


def _require_keeper(collection: Collection, *, user: User, on: date) -> None:
    if collection.regime is None:
        raise NobodyAsked(str(collection.uid))
    owed_to = collection.regime.owed_to
    if not units.may(user_id=user.pk, action=Action.ASSIGN_DUTY, unit_id=owed_to.pk, on=on):
        raise NotAllowed(f"{Action.ASSIGN_DUTY} at {owed_to.code}")


def _require_asked(regime: Regime, period: Period) -> None:
    """Raise unless the data of the period close while the regime is in force."""
    closes = period.rule_of_data.last
    ended = regime.until is not None and closes >= regime.until
    if closes < regime.since or ended:
        raise WrongPeriod(f"{period.code} closes outside {regime.name}")


def _keep_stages(made: Collection, regime: Regime, period: Period) -> tuple[SendBy, ...]:
    stages = list(regime.stages.order_by("position"))
    sent = send_by(
        period.rule,
        cut_off=period.kind.cut_off,
        sendings=[Sending(str(one.position), one.day, one.months) for one in stages],
        calendar=duties_read.working_days(),
        working_days=regime.working_days,
    )
    CollectionStage.objects.bulk_create(
        CollectionStage(
            collection=made,
            position=one.position,
            step=one.step,
            height=one.height,
            due=day.due,
            stated=day.stated,
        )
        for one, day in zip(stages, sent, strict=True)
    )
    return sent


def _act(user: User, client_key: UUID, on: date, at: datetime) -> duties.Act:
    return duties.Act(user, uuid5(client_key, "duties"), on, at, version=1)


def _owe(
    made: Collection, regime: Regime, asked: Sequence[Unit], *, due: date, act: duties.Act
) -> None:
    """Write the report and the duty of each unit."""
    name = period_name(made.period.rule, language=regime.language)
    officers = officers_for(unit_ids=[unit.pk for unit in asked], on=act.on)
    keys = {unit.pk: uuid5(made.uid, str(unit.uid)) for unit in asked}
    owed = [
        ReportOwed(
            Assignment(
                title=f"{regime.name}: {name}",
                language=regime.language,
                unit=unit,
                person=officers.get(unit.pk),
                due=due,
                responsibility=regime.name,
                deliverable=regime.content or regime.name,
                authority=regime.legal_basis,
            ),
            keys[unit.pk],
        )
        for unit in asked
    ]
    held = duties.owe_reports(owed=owed, owed_to=regime.owed_to, act=act)
    Report.objects.bulk_create(
        Report(collection=made, unit=unit, duty=held[keys[unit.pk]]) for unit in asked
    )
