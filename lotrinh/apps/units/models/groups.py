"""Saved groups of units: what each means, and for which days."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.journal.services import Named, reference
from lotrinh.apps.units.models.trees import Tree, Unit


class Group(models.Model):
    """What a saved choice of units, such as "all communes", means for an interval ``[from, to)``.

    A group is known by its ``code``; each time that it is given another meaning is a row of its
    own, never two for one day. Its members are worked out anew for every day: the units of
    ``kinds`` (none: of every kind, where ``below`` is given) that stand in the tree at or below
    ``below`` (None: anywhere in it), with ``added`` and without ``left_out``, as far as these stand
    on the day.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    code = models.SlugField(max_length=80)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    tree = models.ForeignKey(Tree, models.PROTECT, related_name="groups")
    kinds = ArrayField(models.CharField(max_length=40), default=list)
    below = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    added = models.ManyToManyField(Unit, related_name="+", db_table="units_group_added")
    left_out = models.ManyToManyField(Unit, related_name="+", db_table="units_group_left_out")
    valid = DateRangeField()
    client_key = models.UUIDField(unique=True, null=True)

    class Meta:
        db_table = "units_group"
        constraints = [
            ExclusionConstraint(
                name="units_group_one_meaning_a_day",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]

    @property
    def named(self) -> Named:
        """What the journal calls this group, whatever it means."""
        return reference("group", self.code)

    @property
    def version(self) -> str:
        """What tells this meaning with this end from every other; one that is open has its uid."""
        ends = self.valid.upper
        return f"{self.uid}~{ends.isoformat()}" if ends else str(self.uid)
