"""Founds the authority of a new installation: its reference data, root unit and first officer."""

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.documents.reference import load_reference
from lotrinh.apps.duties.reference import load_calendar
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units import services
from lotrinh.apps.units.reference import load_roles
from lotrinh.cli.words import say
from lotrinh.rules.days import legal_day

ROOT = "root"
FIRST_ROLES = ("planning_officer", "administrator")
"""What the first officer may do: the work, and whatever lets others come to theirs."""


class Command(BaseCommand):
    """Refuses where the main tree has a unit already."""

    stealth_options = ("name", "admin", "full_name", "password", "since")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write everything in one transaction or nothing."""
        if units.unit_by_code(ROOT):
            raise CommandError(say("init.exists"))
        try:
            _found(options)
        except ValidationError as weak:
            raise CommandError(" ".join(weak.messages)) from weak


@transaction.atomic
def _found(options: dict[str, Any]) -> None:
    at = timezone.now()
    today = legal_day(at, ZoneInfo(settings.TIME_ZONE))
    by: dict[str, Any] = {"actor": SYSTEM, "at": at}
    load_roles(**by)
    load_reference(**by)
    load_calendar(**by)
    name = options["name"]
    tree = services.create_tree(code=units.MAIN_TREE, name_vi=name, name_en=name, **by)
    unit = services.create_unit(code=ROOT, kind="city", name_vi=name, name_en=name, **by)
    since = options.get("since") or today
    services.place_unit(unit=unit, tree=tree, parent=None, since=since, **by)
    user = accounts.create_user(sign_in_name=options["admin"], password=options["password"], **by)
    person = services.register_person(full_name=options["full_name"], user=user, **by)
    for rank, code in enumerate(FIRST_ROLES):
        role = units.role_by_code(code)
        if role is None:
            raise CommandError(code)
        post = services.create_post(
            unit=unit, role=role, title_vi=role.name_vi, title_en=role.name_en, rank=rank, **by
        )
        services.appoint(person=person, post=post, since=today, **by)
