"""Tables of measures, targets, their interim values and the passages they come from."""

import pgtrigger
from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents.models import Clause, Rendition
from lotrinh.apps.journal.append_only import append_only_triggers
from lotrinh.apps.journal.services import Named
from lotrinh.apps.units.models import Unit
from lotrinh.rules.comparing import Yardstick
from lotrinh.rules.target_terms import Comparator, Direction, Reckoning, Rollup, TargetTerms

_NEVER_MOVED = ("value", "high", "comparator", "reckoning", "measure_id", "unit_id", "due")
"""What a target that was allocated says until another allocation takes its place."""


class Measure(models.Model):
    """Something that is counted or weighed in one unit of measure; ``rollup``: how it adds up.

    What is empty or None was not said. ``decimals`` is how finely it is stated, ``denominator``
    what a share of it is divided by, ``accumulates`` whether what is reported grows through the
    year, ``counts_persons`` whether it counts persons or is a share of them, ``collected_by`` who
    gathers it.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=500)
    language = models.CharField(max_length=2)
    unit_of_measure = models.CharField(max_length=60, blank=True)
    rollup = models.CharField(max_length=20, blank=True, choices=[(rule, rule) for rule in Rollup])
    direction = models.CharField(
        max_length=10, blank=True, choices=[(way, way) for way in Direction]
    )
    decimals = models.PositiveSmallIntegerField(null=True)
    definition = models.CharField(max_length=2000, blank=True)
    data_source = models.CharField(max_length=500, blank=True)
    denominator = models.CharField(max_length=500, blank=True)
    accumulates = models.BooleanField(null=True)
    counts_persons = models.BooleanField(null=True)
    collected_by = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "targets_measure"
        constraints = [
            models.CheckConstraint(
                name="targets_measure_decimals",
                condition=models.Q(decimals__isnull=True) | models.Q(decimals__lte=6),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def named(self) -> Named:
        """What the journal calls this measure."""
        return Named("measure", self.uid)


class Target(models.Model):
    """A planned value of a measure by a day. ``high`` is set for a range alone.

    One that was withdrawn stays readable and counts nowhere. ``base`` is what a change, a share or
    a fold is reckoned from, and ``base_words`` say what that is; ``judged_by`` judges one of words,
    by ``rubric``. ``soft``: an aspiration. ``superior`` is the target that this one serves. One
    that an ``allocation`` gave to its unit says the same until another allocation is decided.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="targets")
    owed_to = models.ForeignKey(Unit, models.PROTECT, related_name="targets_set")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="targets")
    comparator = models.CharField(max_length=5, choices=[(sign, sign) for sign in Comparator])
    value = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    high = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    baseline = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    due = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    reckoning = models.CharField(
        max_length=10, choices=[(way, way) for way in Reckoning], default=Reckoning.LEVEL
    )
    tolerance = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    base = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    base_words = models.CharField(max_length=200, blank=True)
    years = models.PositiveSmallIntegerField(null=True)
    soft = models.BooleanField(default=False)
    judged_by = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    rubric = models.CharField(max_length=1000, blank=True)
    superior = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    allocation = models.ForeignKey(
        "targets.Allocation", models.PROTECT, null=True, related_name="targets"
    )

    class Meta:
        db_table = "targets_target"
        indexes = [models.Index(fields=["unit", "due"], name="targets_by_unit")]
        triggers = [
            pgtrigger.Trigger(
                name="allocated_stays",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Condition("OLD.allocation_id IS NOT NULL"),
                func="IF ("
                + " OR ".join(f"NEW.{each} IS DISTINCT FROM OLD.{each}" for each in _NEVER_MOVED)
                + ") THEN RAISE EXCEPTION 'allocated: another allocation takes its place';"
                " END IF; RETURN NEW;",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["allocation", "unit"], name="targets_one_a_unit_by_allocation"
            ),
            models.CheckConstraint(
                name="targets_allocated_whole",
                condition=models.Q(allocation__isnull=True)
                | models.Q(superior__isnull=False, unit__isnull=False, value__isnull=False),
            ),
            models.CheckConstraint(
                name="targets_tolerance",
                condition=models.Q(tolerance__isnull=True) | models.Q(tolerance__gte=0),
            ),
            models.CheckConstraint(
                name="targets_years", condition=models.Q(years__isnull=True) | models.Q(years__gt=0)
            ),
            models.CheckConstraint(
                name="targets_range_has_two_ends",
                condition=models.Q(comparator=Comparator.RANGE, high__gt=models.F("value"))
                | (~models.Q(comparator=Comparator.RANGE) & models.Q(high__isnull=True)),
            ),
        ]

    @property
    def named(self) -> Named:
        """What the journal calls this target."""
        return Named("target", self.uid)

    @property
    def terms(self) -> TargetTerms:
        """What the target says so far, as the rules judge it."""
        return TargetTerms(
            lead=self.unit_id is not None,
            value=self.value,
            due=self.due,
            baseline=self.baseline,
            rollup=Rollup(self.measure.rollup) if self.measure.rollup else None,
            comparator=Comparator(self.comparator),
        )

    @property
    def yardstick(self) -> Yardstick:
        """What the target promises, as the rules hold an actual number against it."""
        return Yardstick(
            comparator=Comparator(self.comparator),
            planned=self.value,
            high=self.high,
            tolerance=self.tolerance,
            base=self.baseline if self.base is None else self.base,
            years=self.years,
            reckoning=Reckoning(self.reckoning),
            direction=Direction(self.measure.direction) if self.measure.direction else None,
            soft=self.soft,
        )

    @property
    def holder(self) -> Unit:
        """Who may divide it: the unit that it was given to, else the one that it is owed to."""
        if self.allocation_id is not None and self.unit is not None:
            return self.unit
        return self.owed_to


class TargetSource(models.Model):
    """The passage of a document that sets a target."""

    append_only = True

    target = models.ForeignKey(Target, models.PROTECT, related_name="sources")
    rendition = models.ForeignKey(Rendition, models.PROTECT, related_name="+")
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        db_table = "targets_source"
        triggers = append_only_triggers()
        constraints = [
            models.CheckConstraint(
                name="targets_source_not_empty", condition=models.Q(end__gt=models.F("start"))
            )
        ]


class InterimValue(models.Model):
    """What a target is to stand at on a day before its last.

    The latest row of a day counts; one without a value takes the day back.
    """

    append_only = True

    target = models.ForeignKey(Target, models.PROTECT, related_name="interim_values")
    day = models.DateField()
    value = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "targets_interim_value"
        triggers = append_only_triggers()
        indexes = [models.Index(fields=["target", "day", "-id"], name="targets_interim_by_day")]
