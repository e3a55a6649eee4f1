"""Totals: derived rows that ``lotrinh recount`` holds against the ledger, and what waits for them.

Every row of a sheet has the same lanes, one for each of the sheet's measures: three packed rows of
numbers (``rules.lanes``) hold amounts, bases (denominators or weights) and answering units. The
database checks no foreign key of these rows: they are written by the thousand from others that it
has checked, and can be made anew from them.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from lotrinh.apps.reporting.models.figures import Approval
from lotrinh.apps.reporting.models.periods import BASES, Period
from lotrinh.apps.units.models import Unit
from lotrinh.rules.lanes import NARROW


class Delta(models.Model):
    """What one approval adds to the totals; the worker that folds it in takes the row away.

    ``payload`` holds one list for each number that comes or goes: measure, +1 or -1, amount, base,
    and the rule by which it was counted; lines of before that rule was kept end with the base.
    """

    approval = models.OneToOneField(Approval, models.PROTECT, db_constraint=False, related_name="+")
    unit = models.ForeignKey(
        Unit, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    period = models.ForeignKey(
        Period, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    basis = models.CharField(max_length=20, choices=BASES)
    payload = models.JSONField()

    class Meta:
        db_table = "reporting_delta"


class TotalSheet(models.Model):
    """The totals of one period and basis: which lanes they have and as of when they hold.

    ``measures`` are the ids of the measures in the order of the lanes, ``width`` the bytes of a
    lane, ``bound`` what no amount or base of the sheet exceeds. ``structure`` is the digest of the
    tree along which it was folded and ``rules`` that of how its measures add up: once one of them
    differs the sheet is folded anew, or made anew from the ledger.
    """

    period = models.ForeignKey(Period, models.PROTECT, related_name="sheets")
    basis = models.CharField(max_length=20, choices=BASES)
    measures = ArrayField(models.BigIntegerField(), default=list)
    width = models.PositiveSmallIntegerField(default=NARROW)
    bound = models.DecimalField(max_digits=60, decimal_places=0, default=0)
    structure = models.CharField(max_length=64, blank=True)
    rules = models.CharField(max_length=64, blank=True)
    as_of = models.DateTimeField()

    class Meta:
        db_table = "reporting_total_sheet"
        constraints = [
            models.UniqueConstraint(name="reporting_sheet_once", fields=["period", "basis"])
        ]


class OwnPart(models.Model):
    """What a unit itself has told, packed in the lanes of a sheet; values that are picked too."""

    sheet = models.ForeignKey(
        TotalSheet, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    amounts = models.BinaryField()
    bases = models.BinaryField()
    answers = models.BinaryField()

    class Meta:
        db_table = "reporting_own_part"
        constraints = [
            models.UniqueConstraint(name="reporting_own_part_once", fields=["sheet", "unit"])
        ]


class Total(models.Model):
    """The total of a unit: what it told and what was told below it, in the lanes of a sheet."""

    sheet = models.ForeignKey(
        TotalSheet, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    amounts = models.BinaryField()
    bases = models.BinaryField()
    answers = models.BinaryField()

    class Meta:
        db_table = "reporting_total"
        constraints = [
            models.UniqueConstraint(name="reporting_total_once", fields=["sheet", "unit"])
        ]
