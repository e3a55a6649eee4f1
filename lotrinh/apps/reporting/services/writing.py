"""Writing an act of approval: the act, its figures and what they add, in one statement.

A report of twenty figures is one way to the database and back, and nobody holds anything while
he waits for the next.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal.statements import run
from lotrinh.apps.reporting.models import Approval, Period
from lotrinh.apps.reporting.services.queueing import queue_fold
from lotrinh.apps.reporting.services.telling import Change, Entry, Told, payload_of
from lotrinh.apps.units.models import Unit

_KNOWN = """
SELECT
    EXISTS (SELECT 1 FROM reporting_approval WHERE client_key = %(client_key)s),
    EXISTS (
        SELECT 1 FROM reporting_figure
        WHERE period_id = %(period)s AND basis = %(basis)s AND unit_id = %(unit)s
            AND measure_id = ANY(%(measures)s::bigint[]) AND supersedes_id IS NULL
    )
"""
_ACT = """
WITH act AS (
    INSERT INTO reporting_approval
        (uid, unit_id, period_id, basis, entered_by_id, entered_on, approved_by_id, "on", at,
        source, client_key)
    VALUES (%(uid)s, %(unit)s, %(period)s, %(basis)s, %(entered_by)s, %(entered_on)s,
        %(approved_by)s, %(on)s, %(at)s, %(source)s, %(client_key)s)
    RETURNING id, recorded_at
), told AS (
    INSERT INTO reporting_figure
        (uid, approval_id, unit_id, measure_id, period_id, basis, value, numerator, denominator,
        weight, reason)
    SELECT given.uid, act.id, %(unit)s, given.measure, %(period)s, %(basis)s, given.value,
        given.numerator, given.denominator, given.weight, ''
    FROM act, unnest(%(uids)s::uuid[], %(measures)s::bigint[], %(values)s::numeric[],
        %(numerators)s::numeric[], %(denominators)s::numeric[], %(weights)s::numeric[])
        AS given (uid, measure, value, numerator, denominator, weight)
), added AS (
    INSERT INTO reporting_delta (approval_id, unit_id, period_id, basis, payload)
    SELECT id, %(unit)s, %(period)s, %(basis)s, %(payload)s::jsonb FROM act
)
SELECT id, recorded_at FROM act
"""


def known_of(
    *, client_key: UUID, figures: Sequence[Told], unit: Unit, period: Period, basis: str
) -> tuple[bool, bool]:
    """Say whether there is an act with this key, and whether any of the series has begun."""
    given = {
        "client_key": client_key,
        "measures": [told.measure.pk for told in figures],
        "unit": unit.pk,
        "period": period.pk,
        "basis": str(basis),
    }
    ((is_known, has_begun),) = run(_KNOWN, given)
    return is_known, has_begun


def write_act(
    *,
    figures: Sequence[Told],
    changes: Sequence[Change],
    unit: Unit,
    period: Period,
    basis: str,
    entry: Entry,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Approval:
    """Write an act with its figures and what they add, and ask for a fold once it is committed."""
    act = Approval(
        uid=uuid7(),
        unit=unit,
        period=period,
        basis=basis,
        entered_by=entry.by,
        entered_on=entry.on,
        approved_by=user,
        on=on,
        at=at,
        source=entry.source,
        client_key=client_key,
    )
    given = {
        "uid": act.uid,
        "unit": unit.pk,
        "period": period.pk,
        "basis": str(basis),
        "entered_by": entry.by.pk,
        "entered_on": entry.on,
        "approved_by": user.pk,
        "on": on,
        "at": at,
        "source": entry.source,
        "client_key": client_key,
        "payload": json.dumps(payload_of(changes=changes)),
    }
    ((act.pk, act.recorded_at),) = run(_ACT, given | _columns(figures))
    act._state.adding, act._state.db = False, connection.alias
    transaction.on_commit(queue_fold)
    return act


def _columns(figures: Sequence[Told]) -> dict[str, list[object]]:
    """Return the figures column by column, each with a uid of its own."""
    return {
        "uids": [uuid7() for _ in figures],
        "measures": [told.measure.pk for told in figures],
        "values": [told.value for told in figures],
        "numerators": [told.numerator for told in figures],
        "denominators": [told.denominator for told in figures],
        "weights": [told.weight for told in figures],
    }
