"""Tables of how days are counted: which depart from the working week, and the rules of units."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.journal.services import Named
from lotrinh.apps.units.models import Unit
from lotrinh.rules.due_days import Before
from lotrinh.rules.working_days import DayKind


class CalendarDay(models.Model):
    """A day that departs from the working week, by the decision that says so.

    One that was entered wrongly is withdrawn and stays readable; of the others there is one a day.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in DayKind])
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    basis = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    client_key = models.UUIDField(unique=True, null=True)

    class Meta:
        db_table = "duties_calendar_day"
        constraints = [
            models.UniqueConstraint(
                fields=["day"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="duties_calendar_one_a_day",
            ),
            models.CheckConstraint(
                name="duties_calendar_kind", condition=models.Q(kind__in=list(DayKind))
            ),
        ]

    @property
    def named(self) -> Named:
        """What the journal calls this day."""
        return Named("calendar_day", self.uid)


class CountingRule(models.Model):
    """How a unit, and every unit below it that says nothing else, counts deadlines for some days.

    An empty column is inherited from above; see ``rules.due_days.Counting``. A unit has at most one
    rule for a day.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="counting_rules")
    before = models.CharField(max_length=12, blank=True, choices=[(one, one) for one in Before])
    closes_at = models.PositiveSmallIntegerField(null=True)
    default_days = models.PositiveSmallIntegerField(null=True)
    soon_days = models.PositiveSmallIntegerField(null=True)
    report_days = models.PositiveSmallIntegerField(null=True)
    silent_periods = models.PositiveSmallIntegerField(null=True)
    valid = DateRangeField()
    client_key = models.UUIDField(unique=True, null=True)

    class Meta:
        db_table = "duties_counting_rule"
        constraints = [
            ExclusionConstraint(
                name="duties_counting_one_rule_a_day",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]
