"""Several files come in together: each is taken or refused by itself, under one key.

What was refused and why is kept beside what was taken, so that whoever handed the files in finds
the answer to each of them on one page. Sending the same files again changes nothing.
"""

import hashlib
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents.services import KeptElsewhere, TextEmpty
from lotrinh.apps.intake.models import Arrival
from lotrinh.apps.intake.rights import require_registrar
from lotrinh.apps.intake.services.submitting import Submission, refuse_secret, submit
from lotrinh.apps.intake.text import NotDeclared, SecretMarked, TooLong
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.units.models import Unit
from lotrinh.reading.readers import Unreadable

SECRET, TOO_LONG, EMPTY, KEPT_ELSEWHERE = "secret", "too_long", "empty", "kept_elsewhere"
NOT_DECLARED = "not_declared"
"""Why a file was refused, where it is not one of the codes of the readers."""


def take_file(
    *,
    submission: Submission,
    keeper: Unit,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Arrival:
    """Take one file of several in, or refuse it; either way it has its line under the key.

    The same file again under the same key is the line that there is. Of a file with a mark of
    State secrecy neither name nor content is kept. Raises NotAllowed.
    """
    require_registrar(keeper, user=user, on=on)
    sha256 = hashlib.sha256(submission.content).hexdigest()
    known = Arrival.objects.filter(by=user, client_key=client_key, sha256=sha256).first()
    if known:
        return known
    told: dict[str, object]
    try:
        run = submit(
            submission=submission,
            keeper=keeper,
            user=user,
            client_key=uuid5(client_key, sha256),
            on=on,
            at=at,
        )
    except SecretMarked as refused:
        refuse_secret(sha256=refused.sha256, keeper=keeper, user=user, at=at)
        told = {"refusal": SECRET, "detail": {"mark": refused.mark.value}, "source_name": ""}
    except NotDeclared as refused:
        seen = {"pages": refused.unread.pages, "pictures": refused.unread.pictures}
        told = {"refusal": NOT_DECLARED, "detail": seen}
    except TooLong:
        told = {"refusal": TOO_LONG}
    except TextEmpty:
        told = {"refusal": EMPTY}
    except KeptElsewhere as refused:
        told = {"refusal": KEPT_ELSEWHERE, "detail": {"number": str(refused)}}
    except Unreadable as refused:
        told = {"refusal": refused.code, "detail": dict(refused.data)}
    else:
        told = {"run": run, "was_known": run.queued_at != at}
    return _line(submission.source_name, sha256, told, user=user, client_key=client_key, at=at)


@transaction.atomic
def _line(
    name: str,
    sha256: str,
    told: dict[str, object],
    *,
    user: User,
    client_key: UUID,
    at: datetime,
) -> Arrival:
    """Write the line of a file; of two at the same instant the second finds the first's."""
    take_turn("arrivals", f"{user.pk} {client_key}")
    lines = Arrival.objects.filter(by=user, client_key=client_key)
    known = lines.filter(sha256=sha256).first()
    if known:
        return known
    columns: dict[str, object] = {"source_name": name[:255], **told}
    arrival = Arrival(
        by=user, client_key=client_key, at=at, place=lines.count() + 1, sha256=sha256, **columns
    )
    arrival.save(force_insert=True)
    journal.record(
        "file.received",
        arrival.run.named if arrival.run else user.named,
        actor=user.named,
        at=at,
        data={"sha256": sha256, "refusal": arrival.refusal},
    )
    return arrival
