"""Tables of webhooks and of what was sent to them."""

from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties.models import DutyEvent
from lotrinh.apps.journal.services import Named


class Hook(models.Model):
    """An address that is told of every step of the duties that ``owner`` may see.

    Steps up to the id ``read_to`` need not be looked at again. The secret is not kept: it is made
    from the key of the installation and the uid.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    owner = models.ForeignKey(User, models.PROTECT, related_name="hooks")
    name = models.CharField(max_length=100)
    url = models.CharField(max_length=500)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    read_to = models.BigIntegerField()
    client_key = models.UUIDField()

    class Meta:
        db_table = "hooks_hook"
        constraints = [
            models.UniqueConstraint(fields=["owner", "client_key"], name="hooks_hook_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def named(self) -> Named:
        """What the journal calls this hook."""
        return Named("hook", self.uid)

    @property
    def is_shut(self) -> bool:
        """Whether the ways into the owner's account were shut after the hook was made."""
        return self.owner.shut_at is not None and self.created_at < self.owner.shut_at


class HookDelivery(models.Model):
    """That one step is told to one hook: once, however often it takes.

    ``next_at`` is when it is tried next, None where it has arrived or was given up; ``status`` the
    last answer (0: none), ``fault`` why there was none.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    hook = models.ForeignKey(Hook, models.PROTECT, related_name="deliveries")
    event = models.ForeignKey(DutyEvent, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=20, blank=True)

    class Meta:
        db_table = "hooks_delivery"
        constraints = [
            models.UniqueConstraint(fields=["hook", "event"], name="hooks_delivery_once")
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=models.Q(next_at__isnull=False),
                name="hooks_delivery_due",
            )
        ]
