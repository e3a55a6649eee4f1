"""Editions: what was frozen, byte for byte, with the numbers that it prints."""

from django.db import models
from django.db.models.functions import Now
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.files.models import Blob
from lotrinh.apps.journal.append_only import append_only_triggers
from lotrinh.apps.journal.services import Named
from lotrinh.apps.reviews.models.reviews import Review


class Edition(models.Model):
    """A review as it was frozen. Nothing of it changes; what is corrected makes the next one.

    ``numbers`` is the canonical JSON of all its numbers with their rows
    (``rules.reviewing.numbers``) and ``words`` that of its text; ``changes`` is the list of what
    differs from the edition before, as JSON. ``root`` and ``seal_number`` are the last seal of the
    journal at that instant, where one had been made.
    """

    append_only = True

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    review = models.ForeignKey(Review, models.PROTECT, related_name="editions")
    ordinal = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=1000, blank=True)
    words = models.TextField()
    numbers = models.TextField()
    numbers_sha256 = models.CharField(max_length=64)
    changes = models.TextField(default="[]")
    docx = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    pdf = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    seal_number = models.PositiveBigIntegerField(null=True)
    root = models.CharField(max_length=64, blank=True)
    frozen_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    frozen_on = models.DateField()
    frozen_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    client_key = models.UUIDField(unique=True)

    class Meta:
        db_table = "reviews_edition"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(fields=["review", "ordinal"], name="reviews_edition_ordinal"),
            models.CheckConstraint(
                name="reviews_edition_says_why",
                condition=models.Q(ordinal=1) | ~models.Q(reason=""),
            ),
            models.CheckConstraint(
                name="reviews_edition_sha256",
                condition=models.Q(numbers_sha256__regex=r"^[0-9a-f]{64}$"),
            ),
        ]

    @property
    def named(self) -> Named:
        """What the journal calls this edition."""
        return Named("edition", self.uid)
