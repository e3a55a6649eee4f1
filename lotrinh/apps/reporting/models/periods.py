"""Periods of reporting, the kinds they are of, and which units owe figures for one."""

from django.db import models
from django.db.models.functions import Now
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal.services import Named, reference
from lotrinh.apps.targets.models import Measure
from lotrinh.apps.units.models import Unit
from lotrinh.rules.cut_offs import CutOff
from lotrinh.rules.figures import Basis
from lotrinh.rules.periods import Period as PeriodRule
from lotrinh.rules.periods import PeriodKind as KindRule

BASES = [(basis.value, basis.value) for basis in Basis]


class PeriodKind(models.Model):
    """A kind of period: reference data, see ``rules.periods.PeriodKind``.

    ``first`` and ``last`` are its months, which come again ``every`` so many months, counted from
    January of ``from_year``; where there is a ``cycle`` of months each counts from its beginning. A
    kind without months (``any``) holds periods of any days. Data close by ``cut_off_day`` of the
    month ``cut_off_months`` away from the one after the period. The kind is offered on the days
    ``[since, until)``.
    """

    code = models.SlugField(max_length=30, unique=True)
    name_vi = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    first = models.PositiveSmallIntegerField(null=True)
    last = models.PositiveSmallIntegerField(null=True)
    every = models.PositiveSmallIntegerField(default=12)
    from_year = models.PositiveSmallIntegerField(default=2021)
    cycle = models.PositiveSmallIntegerField(default=0)
    cut_off_day = models.PositiveSmallIntegerField(default=1)
    cut_off_months = models.SmallIntegerField(default=0)
    legal_basis = models.CharField(max_length=300, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        db_table = "reporting_period_kind"
        constraints = [
            models.CheckConstraint(
                name="reporting_period_kind_months",
                condition=models.Q(first__isnull=True, last__isnull=True)
                | models.Q(first__gte=1, last__gte=models.F("first")),
            ),
            models.CheckConstraint(
                name="reporting_period_kind_cut_off",
                condition=models.Q(cut_off_day__gte=1, cut_off_day__lte=31),
            ),
        ]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def named(self) -> Named:
        """What the journal calls this kind."""
        return reference("period_kind", self.code)

    @property
    def rule(self) -> KindRule | None:
        """The kind as the rules know it; None of one that has no months."""
        if self.first is None or self.last is None:
            return None
        return KindRule(self.code, self.first, self.last, self.every, self.from_year, self.cycle)

    @property
    def cut_off(self) -> CutOff:
        """When data of its periods close."""
        return CutOff(self.cut_off_day, self.cut_off_months)


class Period(models.Model):
    """A named interval ``[starts, ends)`` of one kind; data are those of ``[data_from, data_to)``.

    ``code`` is what machines call its days (``rules.periods.Period.code``): two kinds may have a
    period of the same days, and each has its own figures.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.ForeignKey(PeriodKind, models.PROTECT, related_name="periods")
    code = models.CharField(max_length=30)
    starts = models.DateField()
    ends = models.DateField()
    data_from = models.DateField()
    data_to = models.DateField()

    class Meta:
        db_table = "reporting_period"
        constraints = [
            models.UniqueConstraint(name="reporting_period_once", fields=["kind", "code"]),
            models.CheckConstraint(
                name="reporting_period_has_days",
                condition=models.Q(ends__gt=models.F("starts"), data_to__gt=models.F("data_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def named(self) -> Named:
        """What the journal calls this period."""
        return Named("period", self.uid)

    @property
    def rule(self) -> PeriodRule:
        """The period as the rules know it."""
        return PeriodRule(self.starts, self.ends, self.kind.code)

    @property
    def rule_of_data(self) -> PeriodRule:
        """The days whose data count."""
        return PeriodRule(self.data_from, self.data_to, self.kind.code)


class Collection(models.Model):
    """That units owe figures of some measures for a period: each unit all of the measures.

    Several collections of one period add up: who owes a measure is whom any of them names. One that
    a ``regime`` asks for has reports, with the stages and the form that the regime had by then.
    Once closed it takes nothing more in; what is late is then told of, not waited for.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    period = models.ForeignKey(Period, models.PROTECT, related_name="collections")
    basis = models.CharField(max_length=20, choices=BASES)
    measures = models.ManyToManyField(
        Measure, related_name="+", db_table="reporting_collection_measure"
    )
    units = models.ManyToManyField(Unit, related_name="+", db_table="reporting_collection_unit")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    client_key = models.UUIDField(unique=True)
    regime = models.ForeignKey(
        "reporting.Regime", models.PROTECT, null=True, related_name="collections"
    )
    closed_on = models.DateField(null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "reporting_collection"
        indexes = [models.Index(fields=["period", "basis"], name="reporting_collected")]
        constraints = [
            models.UniqueConstraint(
                fields=["regime", "period"], name="reporting_regime_once_a_period"
            ),
            models.CheckConstraint(
                name="reporting_collection_closed",
                condition=models.Q(closed_on__isnull=True, closed_by__isnull=True)
                | models.Q(closed_on__isnull=False, closed_by__isnull=False),
            ),
        ]

    @property
    def named(self) -> Named:
        """What the journal calls this collection."""
        return Named("collection", self.uid)
