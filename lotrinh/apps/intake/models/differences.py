"""Tables of what people made of differences: between readings, texts and languages."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents.models import Rendition
from lotrinh.apps.intake.models.runs import Candidate
from lotrinh.apps.journal.append_only import append_only_triggers
from lotrinh.apps.journal.services import Named


class SettledDifference(models.Model):
    """That a person looked at what two readings say differently, and took it or left it.

    ``older`` is what was proposed before, None where only the newer reading proposes anything;
    ``newer`` is None where the newer one proposes nothing any more. ``fields`` holds by name what
    both said, and ``taken`` the names of those that were taken. The turns of a difference are
    numbered and the last one holds: ``is_reopened`` asks it again, because what had taken it was
    undone.
    """

    append_only = True

    older = models.ForeignKey(Candidate, models.PROTECT, null=True, related_name="+")
    newer = models.ForeignKey(Candidate, models.PROTECT, null=True, related_name="+")
    fields = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    taken = models.JSONField(default=list)
    turn = models.PositiveIntegerField(default=1)
    is_reopened = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    client_key = models.UUIDField(db_index=True)

    class Meta:
        db_table = "intake_settled_difference"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(
                fields=["older", "newer", "turn"],
                name="intake_settled_turn",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="intake_settled_reopened_takes_nothing",
                condition=models.Q(is_reopened=False) | models.Q(taken=[]),
            ),
            models.CheckConstraint(
                name="intake_settled_of_something",
                condition=models.Q(older__isnull=False) | models.Q(newer__isnull=False),
            ),
        ]


class Fingerprint(models.Model):
    """By which facts a text is found again among many: digests of its numbers, days and names."""

    append_only = True

    rendition = models.OneToOneField(Rendition, models.PROTECT, related_name="fingerprint")
    keys = ArrayField(models.BigIntegerField())

    class Meta:
        db_table = "intake_fingerprint"
        triggers = append_only_triggers()
        indexes = [GinIndex(fields=["keys"], name="intake_fingerprint_keys")]


class Likeness(models.Model):
    """That two texts were compared and seem to be one document, or one a part of the other.

    ``text`` came later than ``other``. ``differences`` are the facts in which they differ, each
    with its passages in both, as `lotrinh.reading.side_by_side` has them; ``shared_passages`` are
    the spans of those in which they agree, in ``text`` and in ``other``.
    """

    append_only = True

    class Verdict(models.TextChoices):
        SAME = "same"
        PART = "part"
        UNSURE = "unsure"
        DIFFERENT = "different"

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    text = models.ForeignKey(Rendition, models.PROTECT, related_name="likenesses")
    other = models.ForeignKey(Rendition, models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    score = models.FloatField()
    shared = models.PositiveIntegerField()
    differences = models.JSONField(default=list)
    shared_passages = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        db_table = "intake_likeness"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(fields=["text", "other"], name="intake_likeness_once")
        ]

    @property
    def named(self) -> Named:
        """What the journal calls this likeness."""
        return Named("likeness", self.uid)


class LikenessAnswer(models.Model):
    """What a person says of two texts that seem alike: one document, or another one."""

    append_only = True

    likeness = models.OneToOneField(Likeness, models.PROTECT, related_name="answer")
    is_one = models.BooleanField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    client_key = models.UUIDField()

    class Meta:
        db_table = "intake_likeness_answer"
        triggers = append_only_triggers()
