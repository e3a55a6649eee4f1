"""Reads of webhooks and of what was sent to them."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from lotrinh.apps.hooks.models import Hook, HookDelivery
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action


def may_hook(*, user_id: int, on: date) -> bool:
    """Say whether the account may let an address be told: it sees duties at all."""
    return bool(units.reach(user_id=user_id, action=Action.READ_DUTY, on=on))


def hooks_of(*, seen_by: int) -> QuerySet[Hook]:
    """Return the hooks of the account, the newest first."""
    return Hook.objects.filter(owner_id=seen_by).order_by("-id")


def hook_by_uid(uid: UUID, *, seen_by: int) -> Hook | None:
    """Return the hook, or None where it is missing or somebody else's."""
    return hooks_of(seen_by=seen_by).filter(uid=uid).first()


def deliveries_of(*, hook: Hook) -> QuerySet[HookDelivery]:
    """Return what was or is to be sent to a hook, the newest first."""
    return hook.deliveries.select_related("event__duty").order_by("-id")


def deliveries_after(found: QuerySet[HookDelivery], uid: UUID) -> QuerySet[HookDelivery]:
    """Return what follows the delivery ``uid`` in the order of ``deliveries_of``."""
    last = found.filter(uid=uid).values_list("pk", flat=True).first()
    return found.filter(pk__lt=last) if last else found.filter(Q(pk__in=[]))


def secret_of(hook: Hook) -> str:
    """Return the secret by which what is sent to the hook is signed."""
    return (
        "lotrinh_hook_" + salted_hmac("lotrinh.hooks", hook.uid.hex, algorithm="sha256").hexdigest()
    )
