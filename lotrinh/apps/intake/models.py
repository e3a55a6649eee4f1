"""Tables of reading runs, of what they propose, and of what people make of it.

Proposals and decisions are only ever added. What became of a proposal is its last decision: the
turns of one proposal are numbered, and whoever decides names the turn that he saw.
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
from lotrinh.apps.units.models import Unit


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
    """A commitment that is proposed: the span ``[start, end)`` and what the words say.

    Reading proposes most (``read``). What a person added, or made of others by splitting and
    merging them, names that person, the instant and the key of the form.
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
    that were confirmed: the same form sent again is a repetition only with the same words.
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


class LearnedName(models.Model):
    """That a name, as documents of one issuer print it, means a unit: said by whoever confirmed it.

    ``scope`` says whose documents: those of ``scope_unit`` as issuer, those whose issuer is printed
    as ``scope_words`` and is no unit, or, where nobody is known to have issued them, those that
    ``scope_unit`` keeps. It holds while its decision does and nobody has ended it.
    """

    append_only = True

    class Scope(models.TextChoices):
        ISSUER = "issuer"
        ISSUER_PRINTED = "printed"
        KEEPER = "keeper"

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    scope = models.CharField(max_length=10, choices=Scope.choices)
    scope_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    scope_words = models.CharField(max_length=250, blank=True)
    key = models.CharField(max_length=1000)
    text = models.CharField(max_length=500)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="taught")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "intake_learned_name"
        triggers = append_only_triggers()
        constraints = [
            models.CheckConstraint(
                name="intake_learned_name_scope",
                condition=models.Q(scope="printed", scope_unit__isnull=True)
                | (~models.Q(scope="printed") & models.Q(scope_unit__isnull=False)),
            )
        ]
        indexes = [
            models.Index(
                fields=["key", "scope_unit", "scope_words"], name="intake_learned_name_key"
            )
        ]

    @property
    def named(self) -> Named:
        """What the journal calls this learned name."""
        return Named("learned_name", self.uid)


class LearnedNameUse(models.Model):
    """That a decision took the unit which a learned name had filled in."""

    append_only = True

    learned = models.ForeignKey(LearnedName, models.PROTECT, related_name="uses")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="used")

    class Meta:
        db_table = "intake_learned_name_use"
        triggers = append_only_triggers()


class LearnedNameEnd(models.Model):
    """That somebody ended a learned name, and why."""

    append_only = True

    learned = models.OneToOneField(LearnedName, models.PROTECT, related_name="ending")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    client_key = models.UUIDField()

    class Meta:
        db_table = "intake_learned_name_end"
        triggers = append_only_triggers()


class Correction(models.Model):
    """That a field was confirmed otherwise than reading had filled it in."""

    append_only = True

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="corrections")
    field = models.CharField(max_length=20)
    was = models.CharField(max_length=500)
    became = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "intake_correction"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(fields=["decision", "field"], name="intake_correction_once")
        ]


class LexiconLine(models.Model):
    """A line that a lexicon file could have, proposed because people corrected the same thing.

    ``place`` is the list that the words would join, such as ``verbs.imperative.vi``.
    """

    append_only = True

    class Cause(models.TextChoices):
        MISSED_VERB = "missed_verb"
        DROPPED_OPENING = "dropped_opening"
        CHANGED_COMPARATOR = "changed_comparator"

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    place = models.CharField(max_length=60)
    words = models.CharField(max_length=100)
    cause = models.CharField(max_length=20, choices=Cause.choices)
    found_at = models.DateTimeField()

    class Meta:
        db_table = "intake_lexicon_line"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(fields=["place", "words"], name="intake_lexicon_line_once")
        ]

    @property
    def named(self) -> Named:
        """What the journal calls this line."""
        return Named("lexicon_line", self.uid)


class LexiconSupport(models.Model):
    """That a decision of a person speaks for a line."""

    append_only = True

    line = models.ForeignKey(LexiconLine, models.PROTECT, related_name="support")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")

    class Meta:
        db_table = "intake_lexicon_support"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(fields=["line", "decision"], name="intake_support_once")
        ]


class LexiconMeasure(models.Model):
    """What a line would change on a set of texts whose commitments are known.

    ``measured_on`` is the labelled set or, where this machine has none, the installation's own
    decided documents. ``gained`` and ``lost`` are what would be found that is missed now and the
    other way round; ``false_gone`` and ``false_new`` what is found wrongly. Each is a list of
    records with the document, the kind and the words; those of own documents name the proposal.
    """

    append_only = True

    class MeasuredOn(models.TextChoices):
        LABELLED = "labelled"
        OWN = "own"

    line = models.ForeignKey(LexiconLine, models.PROTECT, related_name="measures")
    measured_on = models.CharField(max_length=10, choices=MeasuredOn.choices)
    base_hash = models.CharField(max_length=64)
    documents = models.PositiveIntegerField()
    known = models.PositiveIntegerField()
    gained = models.JSONField(default=list)
    lost = models.JSONField(default=list)
    false_gone = models.JSONField(default=list)
    false_new = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        db_table = "intake_lexicon_measure"
        triggers = append_only_triggers()


class LexiconTurn(models.Model):
    """What somebody decided about a line; the last turn holds, and only ``applied`` is read by."""

    append_only = True

    class Verdict(models.TextChoices):
        APPLIED = "applied"
        DISMISSED = "dismissed"
        REMOVED = "removed"

    line = models.ForeignKey(LexiconLine, models.PROTECT, related_name="turns")
    turn = models.PositiveIntegerField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    client_key = models.UUIDField(db_index=True)

    class Meta:
        db_table = "intake_lexicon_turn"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(fields=["line", "turn"], name="intake_lexicon_turn_once")
        ]
