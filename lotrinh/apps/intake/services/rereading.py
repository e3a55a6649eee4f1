"""A text is read again by newer rules, beside the reading from which people decide."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.intake import selectors
from lotrinh.apps.intake.models import ReadingRun
from lotrinh.apps.intake.services.queueing import enqueue
from lotrinh.apps.intake.services.turns import run_for_decider
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import SYSTEM, Named
from lotrinh.apps.journal.turns import take_turn


class NothingNewer(Exception):
    """The text has been read by the rules of today, or nobody decides from its reading.

    That is one that waits still, a text that was left for another, and a translation.
    """


@transaction.atomic
def reread(*, run_id: int, user: User, client_key: UUID, on: date, at: datetime) -> ReadingRun:
    """Queue the text of a reading to be read again; return the new reading.

    Where one is on its way already, that one. Nothing that was decided changes by it. Raises
    NotAllowed, NothingNewer.
    """
    run = run_for_decider(run_id=run_id, user=user, on=on)
    take_turn("reading again", run.pk)
    known = run.rereadings.filter(queued_by=user, client_key=client_key).first()
    if known is not None:
        return known
    return _queued(run, by=user, actor=user.named, client_key=client_key, at=at)


@transaction.atomic
def reread_for_all(*, run_id: int, at: datetime) -> ReadingRun:
    """The same from the server, for whoever looks after the installation; asks no right.

    It stands under the account that handed the text in, and the journal says that the system
    did it. Raises NothingNewer.
    """
    run = ReadingRun.objects.select_related("rendition__document__keeper", "queued_by").get(
        pk=run_id
    )
    take_turn("reading again", run.pk)
    return _queued(run, by=run.queued_by, actor=SYSTEM, client_key=uuid7(), at=at)


def _queued(
    run: ReadingRun, *, by: User, actor: Named, client_key: UUID, at: datetime
) -> ReadingRun:
    if selectors.run_of(document=run.rendition.document) != run:
        raise NothingNewer(str(run.uid))
    last = selectors.rereading_of(run)
    if last is not None and last.state == ReadingRun.State.QUEUED:
        return last
    if not selectors.is_outdated(run, last):
        raise NothingNewer(str(run.uid))
    newer = ReadingRun.objects.create(
        rendition=run.rendition, rereads=run, queued_by=by, queued_at=at, client_key=client_key
    )
    journal.record(
        "reading.queued",
        newer.named,
        actor=actor,
        at=at,
        unit_uid=run.rendition.document.keeper.uid,
        data={"rereads": str(run.uid)},
    )
    enqueue(newer)
    return newer
