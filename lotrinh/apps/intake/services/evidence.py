"""What is handed in for a duty or beside a figure comes through the gate: minutes, a photograph.

A file that can be read is read, under limits, and refused where it bears a mark of State secrecy.
A photograph cannot be read: whoever hands it in declares that it shows no State secret.
"""

from datetime import date, datetime

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.files import services as files
from lotrinh.apps.files.models import Blob
from lotrinh.apps.intake.rights import NotAllowed
from lotrinh.apps.intake.services.submitting import Submission
from lotrinh.apps.intake.text import MOST_BYTES, NotDeclared, TooLong, Unread, opened
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.actions import Action

_PHOTOGRAPHS = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))


@transaction.atomic
def take_evidence(*, duty: Duty, handed: Submission, user: User, on: date, at: datetime) -> Blob:
    """Keep a file that the unit hands in with a step, once it has passed the gate.

    The same file again is the one that there is. Raises NotAllowed, ``text.SecretMarked``,
    ``text.NotDeclared``, ``text.TooLong``, ``reading.readers.Unreadable``; then nothing is kept.
    """
    place = duty.unit_id or duty.owed_to_id
    if not units.may(user_id=user.pk, action=Action.DO_DUTY, unit_id=place, on=on):
        raise NotAllowed(str(duty.uid))
    return _kept(handed, user, at)


@transaction.atomic
def take_figure_evidence(
    *, unit: Unit, handed: Submission, user: User, on: date, at: datetime
) -> Blob:
    """Keep a file that supports a figure of the unit, once it has passed the gate.

    Raises as ``take_evidence`` does; then nothing is kept.
    """
    if not units.may(user_id=user.pk, action=Action.ENTER_FIGURE, unit_id=unit.pk, on=on):
        raise NotAllowed(str(unit.uid))
    return _kept(handed, user, at)


def _kept(handed: Submission, user: User, at: datetime) -> Blob:
    media_type, unread = _through_the_gate(handed)
    blob = files.store(content=handed.content, media_type=media_type, actor=user.named, at=at)
    if unread:
        files.declare_no_secret(
            blob=blob, pages=unread.pages, pictures=unread.pictures, user=user, at=at
        )
    return blob


def _through_the_gate(handed: Submission) -> tuple[str, Unread]:
    """Return what the file is, and which parts of it nobody could read."""
    found = [kind for head, kind in _PHOTOGRAPHS if handed.content.startswith(head)]
    if not found:
        document = opened(handed.content, handed.source_name, is_declared=handed.is_declared)
        return document.media_type, document.unread
    if len(handed.content) > MOST_BYTES:
        raise TooLong(str(len(handed.content)))
    if not handed.is_declared:
        raise NotDeclared(Unread(pictures=1))
    return found[0], Unread(pictures=1)
