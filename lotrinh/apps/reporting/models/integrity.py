"""Questions of integrity, what units answer, and how each is closed. Nothing of it ever changes.

A question is asked of a unit and a period by a rule; it changes no figure and no score. Whether it
is open, answered or closed follows from the rows beside it.
"""

from datetime import timedelta
from fractions import Fraction

from django.db import models
from django.db.models.functions import Now
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal.append_only import append_only_triggers
from lotrinh.apps.journal.services import Named
from lotrinh.apps.reporting.models.figures import Figure
from lotrinh.apps.reporting.models.periods import Collection, Period
from lotrinh.apps.units.models import Unit
from lotrinh.rules.integrity import IntegrityRule, Limits
from lotrinh.rules.integrity.closing import QuestionOutcome


class IntegritySetting(models.Model):
    """How much is much for the questions of integrity, from a day on: reference data.

    See ``rules.integrity.Limits``; ``last_minutes`` is its ``last``.
    """

    append_only = True

    since = models.DateField(unique=True)
    chance = models.DecimalField(max_digits=12, decimal_places=11)
    figures = models.PositiveSmallIntegerField()
    digits = models.PositiveSmallIntegerField()
    targets = models.PositiveSmallIntegerField()
    near = models.DecimalField(max_digits=7, decimal_places=6)
    clones = models.PositiveSmallIntegerField()
    smallest = models.PositiveIntegerField()
    history = models.PositiveSmallIntegerField()
    spreads = models.DecimalField(max_digits=9, decimal_places=3)
    jump = models.DecimalField(max_digits=9, decimal_places=3)
    lines = models.PositiveSmallIntegerField()
    holders = models.PositiveSmallIntegerField()
    parts_within = models.DecimalField(max_digits=7, decimal_places=6)
    wholes = models.PositiveSmallIntegerField()
    reports = models.PositiveSmallIntegerField()
    last_minutes = models.PositiveSmallIntegerField()
    legal_basis = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "reporting_integrity_setting"
        triggers = append_only_triggers()
        constraints = [
            models.CheckConstraint(
                name="reporting_integrity_setting_sound",
                condition=models.Q(
                    chance__gt=0, chance__lt=1, near__gt=0, jump__gte=1, spreads__gt=0
                ),
            )
        ]

    @property
    def rule(self) -> Limits:
        """The setting as the rules know it."""
        return Limits(
            chance=float(self.chance),
            figures=self.figures,
            digits=self.digits,
            targets=self.targets,
            near=Fraction(self.near),
            clones=self.clones,
            smallest=self.smallest,
            history=self.history,
            spreads=Fraction(self.spreads),
            jump=Fraction(self.jump),
            lines=self.lines,
            holders=self.holders,
            parts_within=Fraction(self.parts_within),
            wholes=self.wholes,
            reports=self.reports,
            last=timedelta(minutes=self.last_minutes),
        )


class IntegrityQuestion(models.Model):
    """One question to a unit about a period.

    ``grounds`` is canonical JSON of the rows on which it rests and the numbers that made it;
    ``content`` is the hash of the rows alone, so that they are asked about once, whatever the
    others tell since. ``collection`` is the one whose closing raised it.
    """

    append_only = True

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    collection = models.ForeignKey(Collection, models.PROTECT, related_name="integrity_questions")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=20, choices=[(rule, rule) for rule in IntegrityRule])
    grounds = models.TextField()
    content = models.CharField(max_length=64, unique=True)
    raised_on = models.DateField()
    raised_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "reporting_integrity_question"
        triggers = append_only_triggers()
        indexes = [models.Index(fields=["unit", "-id"], name="reporting_asked_of_unit")]

    @property
    def named(self) -> Named:
        """What the journal calls this question."""
        return Named("integrity_question", self.uid)


class IntegrityGround(models.Model):
    """A figure on which a question rests, so that its page can say that it was asked about."""

    append_only = True

    question = models.ForeignKey(IntegrityQuestion, models.PROTECT, related_name="figures")
    figure = models.ForeignKey(Figure, models.PROTECT, related_name="integrity_grounds")

    class Meta:
        db_table = "reporting_integrity_ground"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(
                fields=["question", "figure"], name="reporting_integrity_ground_once"
            )
        ]


class IntegrityAnswer(models.Model):
    """What the unit said to a question; it may say more than once."""

    append_only = True

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    question = models.ForeignKey(IntegrityQuestion, models.PROTECT, related_name="answers")
    text = models.CharField(max_length=4000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    client_key = models.UUIDField()

    class Meta:
        db_table = "reporting_integrity_answer"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(
                fields=["question", "client_key"], name="reporting_integrity_answer_once"
            )
        ]


class IntegrityClosing(models.Model):
    """How a question was closed, once, by somebody who did not answer it; ``note`` says why."""

    append_only = True

    question = models.OneToOneField(IntegrityQuestion, models.PROTECT, related_name="closing")
    outcome = models.CharField(max_length=12, choices=[(one, one) for one in QuestionOutcome])
    note = models.CharField(max_length=4000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    client_key = models.UUIDField()

    class Meta:
        db_table = "reporting_integrity_closing"
        triggers = append_only_triggers()
