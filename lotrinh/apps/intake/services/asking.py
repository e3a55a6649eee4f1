"""A difference that was taken is asked again once what took it is undone."""

from datetime import datetime
from uuid import UUID

from lotrinh.apps.accounts.models import User
from lotrinh.apps.intake import selectors
from lotrinh.apps.intake.models import Candidate, SettledDifference


def ask_again(*, candidate: Candidate, user: User, client_key: UUID, at: datetime) -> None:
    """Open the differences of which anything was taken into a proposal that is open again.

    The caller has the turn of the proposal. What was left stays left.
    """
    for row in selectors.taken_into(candidate):
        SettledDifference.objects.create(
            older_id=row.older_id,
            newer_id=row.newer_id,
            turn=row.turn + 1,
            fields=row.fields,
            is_reopened=True,
            by=user,
            at=at,
            client_key=client_key,
        )
