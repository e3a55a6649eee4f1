"""The record of publications: by whose decision, and every byte that was published."""

from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal.append_only import append_only_triggers
from lotrinh.apps.journal.services import Named


class PublicationRecord(models.Model):
    """One publication. ``content`` is its canonical JSON, ``sha256`` the hash of these bytes.

    A later one takes its place and leaves it as it is: withdrawing something is publishing again
    without it, with a ``reason``.
    """

    append_only = True

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    number = models.PositiveIntegerField(unique=True)
    as_of = models.DateField()
    decision = models.CharField(max_length=200)
    decided_on = models.DateField()
    reason = models.CharField(max_length=500, blank=True)
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    client_key = models.UUIDField(unique=True)

    class Meta:
        db_table = "publishing_publication"
        triggers = append_only_triggers()
        constraints = [
            models.CheckConstraint(
                name="publishing_decision_stated", condition=~models.Q(decision="")
            ),
            models.CheckConstraint(
                name="publishing_decided_first",
                condition=models.Q(decided_on__lte=models.F("as_of")),
            ),
        ]

    @property
    def named(self) -> Named:
        """What the journal calls this publication."""
        return Named("publication", self.uid)
