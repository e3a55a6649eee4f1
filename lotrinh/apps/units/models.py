"""Tables of units, trees, placements, roles, people, posts and appointments."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.journal.services import Named
from lotrinh.apps.units.ltree import LtreeField


class Unit(models.Model):
    """An organisation. It stays one row through every change of place."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    code = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=40)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    aliases = ArrayField(models.CharField(max_length=200), default=list)
    name_keys = ArrayField(models.CharField(max_length=250), default=list)
    sort_key = models.CharField(max_length=1000, db_collation="C")

    class Meta:
        db_table = "units_unit"
        indexes = [GinIndex(fields=["name_keys"], name="units_unit_name_keys")]

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
    """Where a unit stands in one tree for an interval ``[from, to)``; never twice on one day."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="placements")
    tree = models.ForeignKey(Tree, models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="children")
    path = LtreeField()
    valid = DateRangeField()
    legal_basis = models.CharField(max_length=300, blank=True)

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


class Role(models.Model):
    """What a post entitles to: reference data, loaded and changed without touching code."""

    code = models.SlugField(max_length=40, unique=True)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    actions = ArrayField(models.CharField(max_length=40))

    class Meta:
        db_table = "units_role"


class Person(models.Model):
    """Somebody who may hold posts. The account is optional; two persons may share a name."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    full_name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=1000, db_collation="C")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="person"
    )

    class Meta:
        db_table = "units_person"

    def __str__(self) -> str:
        return self.full_name


class Post(models.Model):
    """A position in a unit. Its role is exercised over the subtree of ``scope``.

    The scope is mostly the unit itself; an office that works for the whole city has the city.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    scope = models.ForeignKey(Unit, models.PROTECT, related_name="posts_over")
    role = models.ForeignKey(Role, models.PROTECT, related_name="posts")
    title_vi = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "units_post"


class Appointment(models.Model):
    """That a person holds a post for an interval ``[from, to)``."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    valid = DateRangeField()

    class Meta:
        db_table = "units_appointment"
        constraints = [
            ExclusionConstraint(
                name="units_appointment_once_a_day",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("post", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]
