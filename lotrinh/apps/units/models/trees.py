"""Units, and the trees in which they stand."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.journal.services import Named
from lotrinh.apps.units.ltree import LtreeField


class Unit(models.Model):
    """An organisation. It stays one row through every change of place and name.

    ``name_vi`` and ``name_en`` are the names that it bears now; those of any day are kept in
    ``UnitName``.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    code = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=40)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=1000, db_collation="C")

    class Meta:
        db_table = "units_unit"

    def __str__(self) -> str:
        return self.name_vi

    @property
    def named(self) -> Named:
        """What the journal calls this unit."""
        return Named("unit", self.uid)


class Tree(models.Model):
    """A hierarchy in which units stand, such as the city's political system."""

    code = models.SlugField(max_length=40, unique=True)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)

    class Meta:
        db_table = "units_tree"


class Placement(models.Model):
    """Where a unit stands in one tree for an interval ``[from, to)``; never twice on one day.

    ``change`` is the event with which the place began, where one was recorded.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="placements")
    tree = models.ForeignKey(Tree, models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="children")
    path = LtreeField()
    valid = DateRangeField()
    legal_basis = models.CharField(max_length=300, blank=True)
    change = models.ForeignKey(
        "units.Change", models.PROTECT, null=True, related_name="begun_places"
    )

    class Meta:
        db_table = "units_placement"
        constraints = [
            ExclusionConstraint(
                name="units_placement_one_place_a_day",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("tree", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="units_placement_not_its_own_parent",
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("unit")),
            ),
        ]
        indexes = [GistIndex(fields=["path", "valid"], name="units_placement_path_valid")]
