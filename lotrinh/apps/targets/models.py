"""Tables of measures, targets and the passages they come from."""

from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.documents.models import Clause, Rendition
from lotrinh.apps.journal.append_only import append_only_triggers
from lotrinh.apps.journal.services import Named
from lotrinh.apps.units.models import Unit
from lotrinh.rules.target_terms import Comparator, Rollup, TargetTerms


class Measure(models.Model):
    """Something that is counted or weighed in one unit of measure; ``rollup``: how it adds up."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=500)
    language = models.CharField(max_length=2)
    unit_of_measure = models.CharField(max_length=60, blank=True)
    rollup = models.CharField(max_length=20, blank=True, choices=[(rule, rule) for rule in Rollup])

    class Meta:
        db_table = "targets_measure"

    def __str__(self) -> str:
        return self.name

    @property
    def named(self) -> Named:
        """What the journal calls this measure."""
        return Named("measure", self.uid)


class Target(models.Model):
    """A planned value of a measure by a day. ``high`` is set for a range alone.

    One that was withdrawn stays readable and counts nowhere.
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

    class Meta:
        db_table = "targets_target"
        indexes = [models.Index(fields=["unit", "due"], name="targets_by_unit")]
        constraints = [
            models.CheckConstraint(
                name="targets_range_has_two_ends",
                condition=models.Q(comparator=Comparator.RANGE, high__gt=models.F("value"))
                | (~models.Q(comparator=Comparator.RANGE) & models.Q(high__isnull=True)),
            )
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
        )


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
