"""Tables of the letters that carry notices, one a person and day."""

from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.duties.models.reminders import Notice
from lotrinh.apps.journal.append_only import append_only_triggers
from lotrinh.apps.journal.services import Named
from lotrinh.apps.units.models import Person
from lotrinh.rules.letters import Trouble


class Digest(models.Model):
    """The one letter of a person for a legal day, kept until the mail server has taken it.

    ``trouble`` is why the last try failed, ``next_at`` from when it may be tried again. One that
    has nothing left to say, or was refused too often, is dropped. While it waits it takes up what
    its person is told later, and is then the letter of that day. Neither the address nor the words
    are kept.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="digests")
    on = models.DateField()
    made_at = models.DateTimeField()
    next_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    refusals = models.PositiveIntegerField(default=0)
    trouble = models.CharField(
        max_length=20, choices=[(one.value, one.value) for one in Trouble], blank=True
    )
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "duties_digest"
        constraints = [
            models.UniqueConstraint(fields=["person", "on"], name="duties_digest_one_a_day")
        ]
        indexes = [
            models.Index(
                fields=["next_at", "id"],
                name="duties_digest_waiting",
                condition=models.Q(sent_at=None, dropped_at=None),
            )
        ]

    @property
    def named(self) -> Named:
        """What the journal calls this letter."""
        return Named("digest", self.uid)


class DigestLine(models.Model):
    """That a notice stands in a digest; it stands in one at most."""

    append_only = True

    digest = models.ForeignKey(Digest, models.PROTECT, related_name="lines")
    notice = models.OneToOneField(Notice, models.PROTECT, related_name="digest_line")

    class Meta:
        db_table = "duties_digest_line"
        triggers = append_only_triggers()
