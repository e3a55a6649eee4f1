"""Keys of programs are closed by whoever made them, and by those who look after the account."""

from datetime import date, datetime

from django.db import transaction

from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.accounts.models import ApiKey, User
from lotrinh.apps.units.selectors.accounts import may_close_key
from lotrinh.apps.units.services.admitting import AccountNotAllowed


@transaction.atomic
def bar_key(*, key: ApiKey, user: User, on: date, at: datetime) -> ApiKey:
    """Let a key open nothing any more, for good. Raises AccountNotAllowed."""
    if not may_close_key(key=key, user_id=user.pk, on=on):
        raise AccountNotAllowed(str(key.uid))
    return accounts.close_key(key_id=key.pk, actor=user.named, at=at)
