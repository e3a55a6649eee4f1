"""Tables of reading runs, of what they propose, and of what people make of it.

Proposals and decisions are only ever added; the last turn of a proposal is what became of it.
"""

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
    """One reading of one text. ``facts`` holds everything found, as records of the command line.

    A reading by newer rules ``rereads`` the one from which people decide. It is only compared with
    that one: nothing is ever decided about what it proposes itself.
    """

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
    rereads = models.ForeignKey("self", models.PROTECT, null=True, related_name="rereadings")

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
    """A commitment that is proposed: the span ``[start, end)`` and what the words say.

    Reading proposes most (``read``). What a person added, made of others by splitting and merging
    them, took from a newer reading (``reread``) or with another text of the document (``carried``)
    names that person, the instant and the key of the form.
    """

    append_only = True

    class Kind(models.TextChoices):
        TASK = "task"
        TARGET = "target"

    class Origin(models.TextChoices):
        READ = "read"
        ADDED = "added"
        SPLIT = "split"
        MERGED = "merged"
        REREAD = "reread"
        CARRIED = "carried"

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
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.READ)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(null=True)
    client_key = models.UUIDField(null=True, db_index=True)

    class Meta:
        db_table = "intake_candidate"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(fields=["run", "ordinal"], name="intake_candidate_ordinal"),
            models.CheckConstraint(
                name="intake_candidate_not_empty", condition=models.Q(end__gt=models.F("start"))
            ),
            models.CheckConstraint(
                name="intake_candidate_by_somebody",
                condition=models.Q(origin="read", made_by__isnull=True)
                | (
                    ~models.Q(origin="read")
                    & models.Q(made_by__isnull=False, made_at__isnull=False)
                    & models.Q(client_key__isnull=False)
                ),
            ),
        ]

    @property
    def named(self) -> Named:
        """What the journal calls this candidate."""
        return Named("candidate", self.uid)


class Decision(models.Model):
    """What a person decided about a candidate in one turn; the last turn is what holds.

    ``reopened`` takes the turn before it back, ``replaced`` closes what was split or merged,
    ``withdrawn`` takes back what a person had added or made. One act of a person, such as a block,
    leaves many decisions under one ``client_key``. ``words_sha256`` is the digest of the words
    that were confirmed: the same form sent again is a repetition only with the same words. Where
    another text of the document was taken, its proposals have the decisions of the text before,
    each naming the one from which it was ``carried_from``.
    """

    append_only = True

    class Verdict(models.TextChoices):
        CONFIRMED = "confirmed"
        REJECTED = "rejected"
        REOPENED = "reopened"
        REPLACED = "replaced"
        WITHDRAWN = "withdrawn"

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="decisions")
    turn = models.PositiveIntegerField(default=1)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.CharField(max_length=30, blank=True)
    note = models.CharField(max_length=500, blank=True)
    duty = models.ForeignKey(Duty, models.PROTECT, null=True, related_name="+")
    target = models.ForeignKey(Target, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    client_key = models.UUIDField(db_index=True)
    words_sha256 = models.CharField(max_length=64, blank=True)
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="carried_to")

    class Meta:
        db_table = "intake_decision"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(fields=["candidate", "turn"], name="intake_decision_turn"),
            models.CheckConstraint(
                name="intake_decision_holds_one",
                condition=models.Q(
                    verdict__in=["rejected", "reopened", "replaced", "withdrawn"],
                    duty__isnull=True,
                    target__isnull=True,
                )
                | models.Q(verdict="confirmed", duty__isnull=False, target__isnull=True)
                | models.Q(verdict="confirmed", duty__isnull=True, target__isnull=False),
            ),
        ]


class Descent(models.Model):
    """That a proposal which was split or merged is followed by another: its successor."""

    append_only = True

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="descents")
    successor = models.ForeignKey(Candidate, models.PROTECT, related_name="descents")

    class Meta:
        db_table = "intake_descent"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(fields=["decision", "successor"], name="intake_descent_once")
        ]


class TypedWords(models.Model):
    """What somebody has typed for a proposal and not yet decided; thrown away with the decision."""

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="typed")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    values = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        db_table = "intake_typed"
        constraints = [
            models.UniqueConstraint(fields=["candidate", "by"], name="intake_typed_once")
        ]


class Presence(models.Model):
    """When somebody was last at the desk of a reading."""

    run = models.ForeignKey(ReadingRun, models.PROTECT, related_name="present")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        db_table = "intake_presence"
        constraints = [models.UniqueConstraint(fields=["run", "user"], name="intake_presence_once")]


class Arrival(models.Model):
    """One file of several that somebody handed in together, under one ``client_key``.

    It became a run, or was refused for a reason: a code with the data of its sentence. Of a file
    that bears a mark of State secrecy no name is kept.
    """

    append_only = True

    client_key = models.UUIDField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    place = models.PositiveSmallIntegerField()
    source_name = models.CharField(max_length=255, blank=True)
    sha256 = models.CharField(max_length=64)
    run = models.ForeignKey(ReadingRun, models.PROTECT, null=True, related_name="+")
    was_known = models.BooleanField(default=False)
    refusal = models.CharField(max_length=30, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        db_table = "intake_arrival"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(
                fields=["by", "client_key", "place"], name="intake_arrival_place"
            ),
            models.CheckConstraint(
                name="intake_arrival_read_or_refused",
                condition=models.Q(run__isnull=False, refusal="")
                | (models.Q(run__isnull=True) & ~models.Q(refusal="")),
            ),
        ]
