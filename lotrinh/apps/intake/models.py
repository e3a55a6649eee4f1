"""Tables of reading runs, of what they propose, and of what people decided about it."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents.models import Clause, Rendition
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.journal.append_only import append_only_triggers
from lotrinh.apps.journal.services import Named
from lotrinh.apps.targets.models import Target


class ReadingRun(models.Model):
    """One reading of one text. ``facts`` holds everything found, as records of the command line."""

    class State(models.TextChoices):
        QUEUED = "queued"
        DONE = "done"
        FAILED = "failed"

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    rendition = models.ForeignKey(Rendition, models.PROTECT, related_name="runs")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    queued_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    queued_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    client_key = models.UUIDField()
    engine_version = models.CharField(max_length=40, blank=True)
    lexicon_hash = models.CharField(max_length=64, blank=True)
    facts = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "intake_run"
        constraints = [
            models.UniqueConstraint(
                fields=["queued_by", "client_key"], name="intake_run_once_a_key"
            )
        ]
        indexes = [
            models.Index(
                fields=["queued_at"], name="intake_waiting", condition=models.Q(state="queued")
            )
        ]

    @property
    def named(self) -> Named:
        """What the journal calls this run."""
        return Named("reading_run", self.uid)


class Candidate(models.Model):
    """A commitment that reading proposes: the span ``[start, end)`` and what the words say."""

    append_only = True

    class Kind(models.TextChoices):
        TASK = "task"
        TARGET = "target"

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    run = models.ForeignKey(ReadingRun, models.PROTECT, related_name="candidates")
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, related_name="+")
    ordinal = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    rule = models.CharField(max_length=80)
    confidence = models.FloatField()
    fields = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta:
        db_table = "intake_candidate"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(fields=["run", "ordinal"], name="intake_candidate_ordinal"),
            models.CheckConstraint(
                name="intake_candidate_not_empty", condition=models.Q(end__gt=models.F("start"))
            ),
        ]

    @property
    def named(self) -> Named:
        """What the journal calls this candidate."""
        return Named("candidate", self.uid)


class Decision(models.Model):
    """What a person decided about a candidate: once, and for good.

    ``words_sha256`` is the digest of the words that were confirmed: the same form sent again is a
    repetition only with the same words.
    """

    append_only = True

    class Verdict(models.TextChoices):
        CONFIRMED = "confirmed"
        REJECTED = "rejected"

    candidate = models.OneToOneField(Candidate, models.PROTECT, related_name="decision")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.CharField(max_length=30, blank=True)
    note = models.CharField(max_length=500, blank=True)
    duty = models.ForeignKey(Duty, models.PROTECT, null=True, related_name="+")
    target = models.ForeignKey(Target, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    client_key = models.UUIDField(db_index=True)
    words_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "intake_decision"
        triggers = append_only_triggers()
        constraints = [
            models.CheckConstraint(
                name="intake_decision_holds_one",
                condition=models.Q(verdict="rejected", duty__isnull=True, target__isnull=True)
                | models.Q(verdict="confirmed", duty__isnull=False, target__isnull=True)
                | models.Q(verdict="confirmed", duty__isnull=True, target__isnull=False),
            )
        ]
