"""The ledger: approved figures, and the acts by which they were approved. Nothing changes in it."""

import pgtrigger
from django.db import models
from django.db.models.functions import Now
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal.append_only import append_only_triggers
from lotrinh.apps.journal.services import Named
from lotrinh.apps.reporting.models.periods import BASES, Period
from lotrinh.apps.targets.models import Measure
from lotrinh.apps.units.models import Unit

_VALUE = models.Q(value__isnull=False, numerator__isnull=True, denominator__isnull=True)
_SHARE = models.Q(
    value__isnull=True, numerator__isnull=False, denominator__isnull=False, weight__isnull=True
)
_NOTHING = models.Q(
    value__isnull=True, numerator__isnull=True, denominator__isnull=True, weight__isnull=True
)

_SAME_SERIES = """
IF EXISTS (
    SELECT 1 FROM written JOIN reporting_figure AS held ON held.id = written.supersedes_id
    WHERE (held.unit_id, held.measure_id, held.period_id, held.basis)
        IS DISTINCT FROM (written.unit_id, written.measure_id, written.period_id, written.basis)
) THEN
    RAISE EXCEPTION 'reporting: a figure supersedes one of another series';
END IF;
IF EXISTS (
    SELECT 1 FROM written WHERE NOT EXISTS (
        SELECT 1 FROM reporting_approval AS act
        WHERE act.id = written.approval_id AND act.unit_id = written.unit_id
            AND act.period_id = written.period_id AND act.basis = written.basis
    )
) THEN
    RAISE EXCEPTION 'reporting: a figure differs from its approval';
END IF;
IF EXISTS (
    SELECT 1 FROM written WHERE NOT EXISTS (
        SELECT 1 FROM targets_measure AS measure WHERE measure.id = written.measure_id
    )
) THEN
    RAISE EXCEPTION 'reporting: a figure is of no measure' USING ERRCODE = 'foreign_key_violation';
END IF;
RETURN NULL;
"""


class Approval(models.Model):
    """One act by which figures of a unit for a period were approved by another than entered them.

    ``source`` is the uid of what they were handed in with, where there is such a thing. ``on`` and
    ``at`` are the legal day and the instant that the act states, ``recorded_at`` is the database's
    own clock.
    """

    append_only = True

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    period = models.ForeignKey(Period, models.PROTECT, db_index=False, related_name="approvals")
    basis = models.CharField(max_length=20, choices=BASES)
    entered_by = models.ForeignKey(User, models.PROTECT, db_index=False, related_name="+")
    entered_on = models.DateField()
    approved_by = models.ForeignKey(User, models.PROTECT, db_index=False, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    source = models.UUIDField(null=True)
    client_key = models.UUIDField(unique=True)

    class Meta:
        db_table = "reporting_approval"
        triggers = append_only_triggers()
        constraints = [
            models.CheckConstraint(
                name="reporting_two_people",
                condition=~models.Q(entered_by=models.F("approved_by")),
            ),
            models.CheckConstraint(
                name="reporting_entered_first", condition=models.Q(entered_on__lte=models.F("on"))
            ),
        ]

    @property
    def named(self) -> Named:
        """What the journal calls this act."""
        return Named("approval", self.uid)


class Figure(models.Model):
    """One approved value of one measure for one unit, period and basis.

    Zero is a value; what is missing has no row. A figure is a ``value`` (with a ``weight`` where
    the measure is weighed), or a ``numerator`` and a ``denominator``. One that ``supersedes``
    another says why, and stands in its place from then on; without any number it withdraws it. The
    figure that counts is the one of its series that nothing supersedes.

    Twenty figures of an act have one approval, one unit and one period: a trigger holds all of them
    at once against the act, whose own keys the database has checked, and against the measures. A
    foreign key would look up each of them four times, and lock what all units tell of at once.
    """

    append_only = True

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    approval = models.ForeignKey(
        Approval, models.PROTECT, db_constraint=False, related_name="figures"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, db_constraint=False, db_index=False, related_name="figures"
    )
    measure = models.ForeignKey(
        Measure, models.PROTECT, db_constraint=False, db_index=False, related_name="figures"
    )
    period = models.ForeignKey(
        Period, models.PROTECT, db_constraint=False, db_index=False, related_name="figures"
    )
    basis = models.CharField(max_length=20, choices=BASES)
    value = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    numerator = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    denominator = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    weight = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by"
    )
    reason = models.CharField(max_length=2000, blank=True)

    class Meta:
        db_table = "reporting_figure"
        triggers = [
            *append_only_triggers(),
            pgtrigger.Trigger(
                name="same_series",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(new="written"),  # type: ignore[no-untyped-call]
                func=_SAME_SERIES,
            ),
        ]
        indexes = [
            models.Index(fields=["period", "basis", "measure", "unit"], name="reporting_by_measure")
        ]
        constraints = [
            models.UniqueConstraint(
                name="reporting_series_begins_once",
                fields=["period", "basis", "unit", "measure"],
                condition=models.Q(supersedes__isnull=True),
            ),
            models.CheckConstraint(
                name="reporting_figure_one_form",
                condition=_VALUE | _SHARE | (_NOTHING & models.Q(supersedes__isnull=False)),
            ),
            models.CheckConstraint(
                name="reporting_figure_weight", condition=models.Q(weight__gte=0)
            ),
            models.CheckConstraint(
                name="reporting_figure_denominator", condition=models.Q(denominator__gte=0)
            ),
            models.CheckConstraint(
                name="reporting_figure_says_why",
                condition=models.Q(supersedes__isnull=True, reason="")
                | (models.Q(supersedes__isnull=False) & ~models.Q(reason="")),
            ),
        ]

    @property
    def named(self) -> Named:
        """What the journal calls this figure."""
        return Named("figure", self.uid)
