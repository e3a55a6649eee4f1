"""Writes of webhooks: an address is told, is told no more; steps are queued and sent.

A step is queued once for each hook, by the unique key of the two. It is sent at least once: a
receiver that saw the uid of a delivery before has had it.
"""

import json
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties.models import DutyEvent
from lotrinh.apps.duties.services import VERBS
from lotrinh.apps.hooks.models import Hook, HookDelivery
from lotrinh.apps.hooks.posting import Outcome, post
from lotrinh.apps.hooks.selectors import may_hook, secret_of
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import SYSTEM, Named
from lotrinh.rules.duty_states import Step
from lotrinh.rules.outward import PAUSES, AddressFault, fault_of, host_of, next_try, signature

MOST_HOOKS = 5
"""How many open hooks an account has at most."""
MOST_QUEUED = 1000
"""How many steps are queued for a hook at once."""
COMMITTED = timedelta(minutes=15)
"""After so long no step is still being written: ids of later ones are then all higher."""
TAKEN_FOR = timedelta(minutes=5)
"""For so long nobody else tries a delivery that somebody has begun."""


class HookNotAllowed(Exception):
    """The account sees no duty, so there is nothing that could be told."""


class AddressRefused(Exception):
    """The address is none to which something may be sent; ``fault`` says why."""

    def __init__(self, fault: AddressFault) -> None:
        super().__init__(fault)
        self.fault = fault


class TooManyHooks(Exception):
    """The account has as many open hooks as it may have."""


class SecretShown(Exception):
    """This form has made its hook, and the secret was shown."""


@transaction.atomic
def add_hook(
    *, name: str, url: str, user: User, client_key: UUID, on: date, at: datetime
) -> tuple[Hook, str]:
    """Let an address be told from now on; return the hook and, this once, its secret.

    Raises HookNotAllowed, AddressRefused, TooManyHooks, SecretShown.
    """
    User.objects.select_for_update().get(pk=user.pk)
    if Hook.objects.filter(owner=user, client_key=client_key).exists():
        raise SecretShown(str(client_key))
    if not may_hook(user_id=user.pk, on=on):
        raise HookNotAllowed(str(user.uid))
    fault = fault_of(url, own=settings.LOTRINH_HOOK_NETWORKS)
    if fault is not None:
        raise AddressRefused(fault)
    if Hook.objects.filter(owner=user, closed_at=None).count() >= MOST_HOOKS:
        raise TooManyHooks(str(user.uid))
    hook = Hook.objects.create(
        owner=user,
        name=name.strip()[:100],
        url=url,
        created_at=at,
        read_to=DutyEvent.objects.aggregate(last=Max("pk"))["last"] or 0,
        client_key=client_key,
    )
    journal.record("hook.added", hook.named, actor=user.named, at=at, data={"host": host_of(url)})
    return hook, secret_of(hook)


@transaction.atomic
def close_hook(*, hook: Hook, user: User, at: datetime) -> Hook:
    """Tell this address nothing more, neither what waits; closed before, it stays as it is.

    Raises HookNotAllowed for a hook of somebody else.
    """
    held = Hook.objects.select_for_update().get(pk=hook.pk)
    if held.owner_id != user.pk:
        raise HookNotAllowed(str(held.uid))
    if held.closed_at is None:
        _close(held, actor=user.named, at=at)
    return held


def queue_deliveries(*, on: date, at: datetime) -> int:
    """Queue the steps that the open hooks have not been told of; return how many.

    Only of duties that the owner sees on that day, and only while his account is open. Hooks from
    before his ways in were last shut are closed first.
    """
    _close_shut(at=at)
    hooks = Hook.objects.filter(closed_at=None, owner__is_active=True).order_by("pk")
    return sum(_queue(hook.pk, on=on, at=at) for hook in hooks)


def send_next(*, on: date, at: datetime) -> bool:
    """Send what has been due the longest; return whether anything was.

    Where it does not arrive, whatever else waits for that receiver waits on: one that does not
    answer costs one try, and the others are told meanwhile.
    """
    taken = _begin(at=at)
    if taken is None:
        return False
    _end(taken, _send(taken, on=on, at=at), at=at)
    return True


def _close(hook: Hook, *, actor: Named, at: datetime) -> None:
    hook.closed_at = at
    hook.save(update_fields=["closed_at"])
    hook.deliveries.filter(next_at__isnull=False).update(next_at=None, fault="closed")
    journal.record("hook.closed", hook.named, actor=actor, at=at)


@transaction.atomic
def _close_shut(*, at: datetime) -> None:
    """Close the hooks that were made before the ways into their owner's account were shut."""
    rows = Hook.objects.select_for_update(of=("self",))
    for hook in rows.filter(closed_at=None, created_at__lt=F("owner__shut_at")).order_by("pk"):
        _close(hook, actor=SYSTEM, at=at)


@transaction.atomic
def _queue(hook_id: int, *, on: date, at: datetime) -> int:
    hook = Hook.objects.select_for_update().get(pk=hook_id)
    known = HookDelivery.objects.filter(hook=hook, event=OuterRef("pk"))
    seen = duties.visible(seen_by=hook.owner_id, on=on).order_by().prefetch_related(None)
    unread = DutyEvent.objects.filter(pk__gt=hook.read_to, at__gte=hook.created_at)
    fresh = unread.filter(~Exists(known), duty__in=seen.values("pk")).order_by("pk")
    rows = list(fresh[:MOST_QUEUED])
    HookDelivery.objects.bulk_create(
        HookDelivery(hook=hook, event=event, created_at=at, next_at=at) for event in rows
    )
    if len(rows) < MOST_QUEUED:
        settled = DutyEvent.objects.filter(pk__gt=hook.read_to, at__lt=at - COMMITTED)
        last = settled.aggregate(last=Max("pk"))["last"]
        if last is not None:
            hook.read_to = last
            hook.save(update_fields=["read_to"])
    return len(rows)


@transaction.atomic
def _begin(*, at: datetime) -> HookDelivery | None:
    """Take a delivery for a while, so that no other worker sends it at the same time."""
    rows = HookDelivery.objects.select_for_update(skip_locked=True, of=("self",))
    due = rows.select_related("hook__owner", "event__duty").filter(next_at__lte=at)
    found = due.order_by("next_at", "pk").first()
    if found is not None:
        found.tries += 1
        found.tried_at, found.next_at = at, at + TAKEN_FOR
        found.save(update_fields=["tries", "tried_at", "next_at"])
    return found


def _send(delivery: HookDelivery, *, on: date, at: datetime) -> Outcome | None:
    """Send a delivery; None where its hook is to be told nothing any more."""
    hook, event = delivery.hook, delivery.event
    if hook.closed_at is not None or not hook.owner.is_active or hook.is_shut:
        return None
    if not duties.sees(event.duty, seen_by=hook.owner_id, on=on):
        return None
    body = json.dumps(
        {
            "delivery": str(delivery.uid),
            "event": VERBS[Step(event.step)],
            "at": event.at.isoformat(),
            "duty": str(event.duty.uid),
            "version": event.version,
            "from_state": event.from_state,
            "to_state": event.to_state,
        },
        sort_keys=True,
    ).encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Lotrinh",
        "Lotrinh-Delivery": str(delivery.uid),
        "Lotrinh-Signature": signature(secret_of(hook), at=at, body=body),
    }
    return post(hook.url, body=body, headers=headers)


@transaction.atomic
def _end(delivery: HookDelivery, outcome: Outcome | None, *, at: datetime) -> None:
    """Write down what came of a try, unless the hook was closed meanwhile."""
    row = HookDelivery.objects.select_for_update().get(pk=delivery.pk)
    if outcome is None:
        row.next_at, row.fault = None, "closed"
    else:
        row.status, row.fault = outcome.status, str(outcome.fault)
        waits = row.next_at is not None and not outcome.has_arrived
        row.next_at = next_try(row.tries, at=at) if waits else None
        row.arrived_at = at if outcome.has_arrived else None
    row.save(update_fields=["status", "fault", "next_at", "arrived_at"])
    if outcome is not None and not outcome.has_arrived:
        others = HookDelivery.objects.filter(hook=row.hook_id, next_at__lte=at)
        others.update(next_at=at + PAUSES[0])
