"""Taking a change back: whole, and only until the day before it takes effect."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import Named
from lotrinh.apps.units.models import (
    Appointment,
    Change,
    Placement,
    Post,
    Succession,
    Unit,
    UnitCode,
    UnitName,
)
from lotrinh.apps.units.selectors.rights import may_change
from lotrinh.apps.units.services.change_rows import uncut
from lotrinh.apps.units.services.changes import ChangeNotAllowed
from lotrinh.apps.units.services.definers import definers_kept
from lotrinh.apps.units.services.people import withdraw_appointment
from lotrinh.apps.units.services.turns import await_organisation
from lotrinh.rules.placement import LaterChangeKnown
from lotrinh.rules.succession import ChangeKind


class ChangeReached(Exception):
    """The day of the change has come: it is history and cannot be taken back."""


@transaction.atomic
def undo_change(*, change: Change, user: User, on: date, at: datetime) -> Change:
    """Take a change back whole; allowed until the day before it takes effect.

    A unit whose establishment is taken back never was: nobody is appointed to it, nothing is found
    under its names, and its code is free. Its row stays, so that whatever points to it can say so.
    Raises ChangeNotAllowed, ChangeReached, LaterChangeKnown, NobodyDefines. Undoing twice is
    undoing once.
    """
    await_organisation()
    held = Change.objects.select_for_update().get(pk=change.pk)
    if held.undone_at is not None:
        return held
    units = list(held.units.all())
    if not may_change(change=held, user_id=user.pk, on=on):
        raise ChangeNotAllowed(str(held.uid))
    if held.day <= on:
        raise ChangeReached(held.day.isoformat())
    later = Change.objects.filter(undone_at=None, pk__gt=held.pk, units__in=units).order_by("pk")
    if latest := later.first():
        raise LaterChangeKnown(units[0].pk, latest.day)
    with definers_kept(since=held.day, by=str(held.uid)):
        _take_back(held, units, actor=user.named, at=at)
    held.undone_at = at
    held.save(update_fields=["undone_at"])
    journal.record(
        "change.undone", held.named, actor=user.named, at=at, data={"kind": str(held.kind)}
    )
    return held


def _take_back(change: Change, units: Sequence[Unit], *, actor: Named, at: datetime) -> None:
    _check_nobody_stands_on(change)
    Placement.objects.filter(change=change).delete()
    UnitName.objects.filter(change=change).delete()
    Succession.objects.filter(change=change).delete()
    if change.kind == ChangeKind.CREATE:
        for unit in units:
            _forget(unit, actor=actor, at=at)
    try:
        with transaction.atomic():
            for row in change.ended:
                uncut(kept=row, day=change.day)
    except IntegrityError as taken:
        raise LaterChangeKnown(units[0].pk, change.day) from taken
    _check_restored(change)


def _forget(unit: Unit, *, actor: Named, at: datetime) -> None:
    """Let nothing be held in, or found under the names and codes of, a unit that never began."""
    elsewhere = Placement.objects.filter(unit=unit).first()
    if elsewhere is not None:
        raise LaterChangeKnown(unit.pk, elsewhere.valid.lower)
    held = Appointment.objects.filter(post__unit=unit, lent_by=None)
    for one in held.select_related("person", "post__unit"):
        withdraw_appointment(appointment=one, actor=actor, at=at)
    Post.objects.filter(unit=unit).delete()
    UnitName.objects.filter(unit=unit).delete()
    UnitCode.objects.filter(unit=unit).delete()
    Unit.objects.filter(pk=unit.pk).update(code=f"undone-{unit.uid.hex}")


def _check_nobody_stands_on(change: Change) -> None:
    """Refuse to take back a place on which a unit that came later stands."""
    for place in Placement.objects.filter(change=change):
        later = Placement.objects.filter(
            tree=place.tree_id, path__within=place.path, valid__overlap=place.valid
        ).exclude(change=change)
        if found := later.first():
            raise LaterChangeKnown(found.unit_id, found.valid.lower)


def _check_restored(change: Change) -> None:
    """Refuse to restore a place whose superior has ended or moved meanwhile."""
    restored = [row["id"] for row in change.ended if row["table"] == "place"]
    for place in Placement.objects.filter(pk__in=restored, parent__isnull=False):
        above, _, _ = str(place.path).rpartition(".")
        stands = Placement.objects.filter(
            tree=place.tree_id, unit=place.parent_id, path=above, valid__contains=place.valid
        )
        if place.parent_id is not None and not stands.exists():
            raise LaterChangeKnown(place.parent_id, change.day)
