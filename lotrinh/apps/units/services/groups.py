"""Writes of saved groups of units."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import Named
from lotrinh.apps.units.models import Group, Tree, Unit


@transaction.atomic
def save_group(
    *,
    code: str,
    name_vi: str,
    name_en: str,
    tree: Tree,
    kinds: Iterable[str] = (),
    below: Unit | None = None,
    added: Iterable[Unit] = (),
    left_out: Iterable[Unit] = (),
    actor: Named,
    at: datetime,
) -> Group:
    """Make the group with this code mean exactly these units; it is worked out for each day."""
    group, _ = Group.objects.update_or_create(
        code=code,
        defaults={
            "name_vi": name_vi,
            "name_en": name_en,
            "tree": tree,
            "kinds": sorted(set(kinds)),
            "below": below,
        },
    )
    group.added.set(added)
    group.left_out.set(left_out)
    journal.record(
        "group.defined",
        Named("group", group.uid),
        actor=actor,
        at=at,
        data={"code": code, "kinds": group.kinds, "below": str(below.uid) if below else None},
    )
    return group
