"""Reporting regimes: which figures units report, how often, to whom, and by which stages."""

from django.db import models
from django.db.models.functions import Now
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal.append_only import append_only_triggers
from lotrinh.apps.journal.services import Named
from lotrinh.apps.reporting.models.periods import BASES, Collection, PeriodKind
from lotrinh.apps.targets.models import Measure
from lotrinh.apps.units.models import Unit
from lotrinh.rules.report_states import PASSING, ReportStep, Stage

STAGE_STEPS = [(step.value, step.value) for step in (ReportStep.HAND_IN, *PASSING)]


class Regime(models.Model):
    """What units of a group report of each period of a kind, on the days ``[since, until)``.

    ``group`` is the code of a group of units, whose meaning is that of the day on which a period is
    opened. ``content`` is the outline of what is reported, ``method`` how it is sent,
    ``working_days`` how many lie at least between the last day of the data and the day of sending.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=300)
    language = models.CharField(max_length=2)
    legal_basis = models.CharField(max_length=500, blank=True)
    content = models.TextField(max_length=4000, blank=True)
    method = models.CharField(max_length=300, blank=True)
    kind = models.ForeignKey(PeriodKind, models.PROTECT, related_name="+")
    basis = models.CharField(max_length=20, choices=BASES)
    owed_to = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    group = models.CharField(max_length=60)
    working_days = models.PositiveSmallIntegerField(default=1)
    since = models.DateField()
    until = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    client_key = models.UUIDField(unique=True)

    class Meta:
        db_table = "reporting_regime"
        constraints = [
            models.CheckConstraint(
                name="reporting_regime_has_days",
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("since")),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def named(self) -> Named:
        """What the journal calls this regime."""
        return Named("regime", self.uid)


class RegimeMeasure(models.Model):
    """A measure that a regime asks for, in the order of its form."""

    append_only = True

    regime = models.ForeignKey(Regime, models.PROTECT, related_name="lines")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "reporting_regime_measure"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(
                fields=["regime", "measure"], name="reporting_regime_measure_once"
            ),
            models.UniqueConstraint(
                fields=["regime", "position"], name="reporting_regime_measure_in_order"
            ),
        ]


class RegimeStage(models.Model):
    """One stage that a report passes: who passes it, and by which day of which month.

    ``height`` is how many levels above the unit it is; ``day`` and ``months`` are those of
    ``rules.cut_offs.Sending``.
    """

    append_only = True

    regime = models.ForeignKey(Regime, models.PROTECT, related_name="stages")
    position = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=10, choices=STAGE_STEPS)
    height = models.PositiveSmallIntegerField(default=0)
    day = models.PositiveSmallIntegerField()
    months = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "reporting_regime_stage"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(
                fields=["regime", "position"], name="reporting_regime_stage_in_order"
            ),
            models.CheckConstraint(
                name="reporting_regime_stage_day", condition=models.Q(day__gte=1, day__lte=31)
            ),
        ]


class CollectionStage(models.Model):
    """A stage of the reports of one collection, as the regime had it when that was opened.

    ``due`` is the last day in term; ``stated`` the one that the regime names.
    """

    append_only = True

    collection = models.ForeignKey(Collection, models.PROTECT, related_name="stages")
    position = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=10, choices=STAGE_STEPS)
    height = models.PositiveSmallIntegerField(default=0)
    due = models.DateField()
    stated = models.DateField()

    class Meta:
        db_table = "reporting_collection_stage"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "position"], name="reporting_collection_stage_in_order"
            )
        ]

    @property
    def rule(self) -> Stage:
        """The stage as the rules know it."""
        return Stage(ReportStep(self.step), self.height)


class CollectionLine(models.Model):
    """A measure of one collection, in the order of its form."""

    append_only = True

    collection = models.ForeignKey(Collection, models.PROTECT, related_name="lines")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "reporting_collection_line"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "measure"], name="reporting_collection_line_once"
            )
        ]


class CheckSetting(models.Model):
    """How much is much for the questions on figures, from a day on: reference data.

    See ``rules.figure_checks.Thresholds``.
    """

    append_only = True

    since = models.DateField(unique=True)
    jump = models.DecimalField(max_digits=9, decimal_places=3)
    slip_within = models.DecimalField(max_digits=9, decimal_places=3)
    parts_within = models.DecimalField(max_digits=9, decimal_places=6)
    legal_basis = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "reporting_check_setting"
        triggers = append_only_triggers()
        constraints = [
            models.CheckConstraint(
                name="reporting_check_setting_sound",
                condition=models.Q(jump__gte=1, slip_within__gte=1, parts_within__gte=0),
            )
        ]
