"""Tables of what the reader has learned: names of units, fields put right, lines of the lexicon."""

from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.intake.models.runs import Decision
from lotrinh.apps.journal.append_only import append_only_triggers
from lotrinh.apps.journal.services import Named
from lotrinh.apps.units.models import Unit


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


class RuleTally(models.Model):
    """How many findings of a rule were accepted and dropped on one day, by decisions that hold.

    All of it is derived and can be made anew at any time. Several rows may stand for one rule and
    day, and only their sums say something: who decides adds to a row that nobody else holds, so
    that nobody waits. ``day`` is the local day of the decision; what is taken back is taken off
    that day again.
    """

    rule = models.CharField(max_length=80)
    day = models.DateField()
    accepted = models.IntegerField(default=0)
    dropped = models.IntegerField(default=0)

    class Meta:
        db_table = "intake_rule_tally"
        indexes = [models.Index(fields=["rule", "day"], name="intake_rule_tally_by_day")]


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
