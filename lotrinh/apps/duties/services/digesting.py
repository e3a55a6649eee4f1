"""Writes of the letters that remind: one for a person and legal day, sent at least once.

A letter is a row before it is a letter. It is sent while its row is locked, and marked as sent in
the same transaction: of two workers one sends it, and whatever the mail server has acknowledged is
not sent again. Only where the worker, or the database, is lost after the server has said yes and
before the transaction ends is it sent a second time, under the same number (Message-ID).
"""

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPSenderRefused

from django.db import transaction

from lotrinh.apps.duties.letters import Mailer, letter
from lotrinh.apps.duties.models import Digest, DigestLine, LadderRung, Notice
from lotrinh.apps.duties.selectors.counting import working_days
from lotrinh.apps.duties.selectors.digests import lines_of, sendable, untold, waiting
from lotrinh.apps.duties.selectors.ladder import ladder_on
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import SYSTEM, Act
from lotrinh.apps.journal.turns import take_turn
from lotrinh.rules.letters import MOST_REFUSALS, QuietHours, Trouble, may_send, wait_after

_REFUSALS = (SMTPRecipientsRefused, SMTPDataError, SMTPSenderRefused, ValueError)
"""What concerns one letter alone; a ValueError is an address that none is."""


class QuietNow(Exception):
    """In the quiet hours, and on days on which offices do not work, no letter goes out."""


@transaction.atomic
def collect_digests(*, on: date, at: datetime) -> int:
    """Let everybody with an address have a letter of the day, of what he has not read or been sent.

    Return how many are new. Where an earlier one still waits it takes this up and becomes the one
    of the day. Who has had one for that day gets no second: what he is told later stands in the
    next. Doing it twice is doing it once; of two at once the second waits.
    """
    take_turn("digests", "duties")
    told: dict[int, list[Notice]] = {}
    for notice in untold(on=on).exclude(person__digests__on=on).order_by("pk"):
        told.setdefault(notice.person_id, []).append(notice)
    waits = _waiting_of(told)
    Digest.objects.filter(pk__in=[digest.pk for digest in waits.values()]).update(on=on)
    new = Digest.objects.bulk_create(
        (Digest(person_id=who, on=on, made_at=at, next_at=at) for who in told if who not in waits),
        batch_size=1000,
    )
    digests = [*waits.values(), *new]
    DigestLine.objects.bulk_create(
        (
            DigestLine(digest=digest, notice=one)
            for digest in digests
            for one in told[digest.person_id]
        ),
        batch_size=1000,
    )
    acts = [
        Act("digest.collected", one.named, data={"lines": len(told[one.person_id])})
        for one in digests
    ]
    if acts:
        journal.record_all(acts=acts, actor=SYSTEM, at=at)
    return len(new)


def _waiting_of(people: Iterable[int]) -> dict[int, Digest]:
    """Return by person the latest letter that waits, locked; not one that is being sent."""
    found = waiting().filter(person__in=list(people)).order_by("on")
    return {one.person_id: one for one in found.select_for_update(skip_locked=True, of=("self",))}


@transaction.atomic
def send_digest(
    *, mailer: Mailer, hours: QuietHours, zone: tzinfo, on: date, at: datetime
) -> Digest | None:
    """Send the letter that has waited longest and return it as it is now; None where none waits.

    Where the mail server does not take it, it waits and says why (``trouble``); refused too often
    it is dropped. So is one that has nothing left to say, because its duties are closed, not seen
    any more, or read. Letters that another worker is sending are passed over. Raises QuietNow.
    """
    if not may_send(hours, working_days(), on=on, local=at.astimezone(zone)):
        raise QuietNow(at.isoformat())
    digest = sendable(at=at).select_for_update(skip_locked=True, of=("self",)).first()
    if digest is None:
        return None
    notices = lines_of(digest, on=on)
    if not notices:
        digest.dropped_at = at
        digest.save(update_fields=["dropped_at"])
        journal.record("digest.dropped", digest.named, actor=SYSTEM, at=at)
        return digest
    rungs = {rung.code: rung for rung in ladder_on(on=on)}
    _keep(digest, _sent(digest, notices, rungs, mailer), at=at)
    return digest


def _keep(digest: Digest, trouble: Trouble | None, *, at: datetime) -> None:
    """Write what came of one try."""
    verb, data = "digest.sent", {} if trouble is None else {"trouble": str(trouble)}
    digest.tries += 1
    digest.refusals += trouble is Trouble.REFUSED
    digest.trouble = trouble or ""
    if trouble is None:
        digest.sent_at = at
    elif digest.refusals >= MOST_REFUSALS:
        verb, digest.dropped_at = "digest.dropped", at
    else:
        verb, digest.next_at = "digest.delayed", at + wait_after(digest.tries)
    digest.save()
    journal.record(verb, digest.named, actor=SYSTEM, at=at, data=data)


def _sent(
    digest: Digest, notices: list[Notice], rungs: dict[str, LadderRung], mailer: Mailer
) -> Trouble | None:
    """Hand a letter to the mail server; return why it was not taken, None where it was."""
    try:
        letter(digest, notices=notices, rungs=rungs, mailer=mailer).send()
    except _REFUSALS:
        return Trouble.REFUSED
    except (SMTPException, OSError):
        return Trouble.UNREACHABLE
    return None
