"""Gives an account a temporary password, and tells it or the refusal as JSON."""

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts import selectors, services
from lotrinh.apps.journal.services import SYSTEM


class Command(BaseCommand):
    """Finds the account by its sign-in name; a closed one is reopened on the pages."""

    stealth_options = ("who",)

    def handle(self, *args: Any, **options: Any) -> str:
        """Return the password or why none is given, as JSON text."""
        user = selectors.user_by_sign_in_name(options["who"])
        if user is None:
            return json.dumps({"refused": "password.no_user"})
        try:
            given = services.give_password(
                user_id=user.pk,
                read=user.given_key,
                client_key=uuid7(),
                actor=SYSTEM,
                at=timezone.now(),
            )
        except (services.AccountClosed, services.AccountChangedMeanwhile):
            return json.dumps({"refused": "password.meanwhile"})
        return json.dumps({"password": given})
