"""Writes of what somebody has read of the notices that he was given."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties.models import NoticeReading
from lotrinh.apps.duties.selectors.ladder import notices_until, unread_of
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn


@transaction.atomic
def mark_read(*, until: UUID, user: User, on: date, at: datetime) -> int:
    """Mark the notice ``until`` of the account and all older ones as read; return how many are new.

    What came after that one was not on the page and stays unread. Doing it twice is doing it once.
    A notice of somebody else marks nothing.
    """
    take_turn("notices", user.pk)
    told = unread_of(seen_by=user.pk, on=on)
    found = list(notices_until(told, until, seen_by=user.pk))
    NoticeReading.objects.bulk_create(
        (NoticeReading(notice=one, at=at) for one in found), batch_size=1000
    )
    if found:
        data: dict[str, journal.Value] = {"count": len(found)}
        journal.record("user.notices_marked", user.named, actor=user.named, at=at, data=data)
    return len(found)
