"""Roles and mandates: what a post or a decision entitles to."""

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.journal.services import Named
from lotrinh.apps.units.models.trees import Unit


class Purpose(models.TextChoices):
    """For what a right is given. Rights for inspection come from mandates alone."""

    WORK = "work"
    PERSONNEL = "personnel"
    ADMINISTRATION = "administration"
    INSPECTION = "inspection"


class Role(models.Model):
    """What a post entitles to: reference data, loaded and changed without touching code.

    A role for inspection gives nothing by a post: its holder needs a mandate.
    """

    code = models.SlugField(max_length=40, unique=True)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    actions = ArrayField(models.CharField(max_length=40))
    purpose = models.CharField(max_length=20, choices=Purpose.choices, default=Purpose.WORK)

    class Meta:
        db_table = "units_role"


class Mandate(models.Model):
    """That named persons may inspect the subtree of ``scope`` for an interval ``[from, to)``.

    Given by a decision, ``legal_basis``; they may do what the role carries. Every page that they
    open in these days is recorded. Ended early by another decision, ``end_basis``; one that is
    withdrawn before it begins has an empty interval and ``begins`` alone tells when it would have.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    role = models.ForeignKey(Role, models.PROTECT, related_name="mandates")
    scope = models.ForeignKey(Unit, models.PROTECT, related_name="mandates_over")
    people = models.ManyToManyField(
        "units.Person", related_name="mandates", db_table="units_mandate_person"
    )
    subject = models.CharField(max_length=300)
    legal_basis = models.CharField(max_length=300)
    valid = DateRangeField()
    begins = models.DateField(null=True)
    end_basis = models.CharField(max_length=300, blank=True, default="")
    client_key = models.UUIDField(unique=True, null=True)

    class Meta:
        db_table = "units_mandate"

    @property
    def named(self) -> Named:
        """What the journal calls this mandate."""
        return Named("mandate", self.uid)
