"""People, the posts of units, and who held which post."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from uuid_utils.compat import uuid7

from lotrinh.apps.journal.services import Named
from lotrinh.apps.units.models.rights import Role
from lotrinh.apps.units.models.trees import Unit


class Person(models.Model):
    """Somebody who may hold posts. The account is optional; two persons may share a name.

    ``sort_key`` puts the given name first; ``search_key`` is the name without marks.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    full_name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=1000, db_collation="C")
    search_key = models.CharField(max_length=1000, default="")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="person"
    )

    class Meta:
        db_table = "units_person"
        indexes = [
            GinIndex(fields=["search_key"], name="units_person_search", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["sort_key", "id"], name="units_person_order"),
        ]

    def __str__(self) -> str:
        return self.full_name


def always() -> DateRange:
    """Return the interval without beginning and end."""
    return DateRange(None, None)


def within(days: DateRange, whole: DateRange) -> bool:
    """Say whether an interval lies in another; None is an open end of either."""
    begins = whole.lower is None or (days.lower is not None and days.lower >= whole.lower)
    ends = whole.upper is None or (days.upper is not None and days.upper <= whole.upper)
    return begins and ends


class Post(models.Model):
    """A position in a unit. Its role is exercised over the subtree of ``scope``.

    The scope is mostly the unit itself; an office that works for the whole city has the city.
    There is the post for an interval ``[from, to)``, and it is held on no other day; an interval
    without a beginning means that none is known.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    scope = models.ForeignKey(Unit, models.PROTECT, related_name="posts_over")
    role = models.ForeignKey(Role, models.PROTECT, related_name="posts")
    title_vi = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    rank = models.PositiveSmallIntegerField(default=0)
    valid = DateRangeField(default=always)
    legal_basis = models.CharField(max_length=300, blank=True)
    client_key = models.UUIDField(unique=True, null=True)

    class Meta:
        db_table = "units_post"

    @property
    def named(self) -> Named:
        """What the journal calls this post."""
        return Named("post", self.uid)


class HeldAs(models.TextChoices):
    """In what way somebody holds a post."""

    APPOINTED = "appointed"
    ACTING = "acting"  # quyền, phụ trách: until somebody is appointed
    DELEGATED = "delegated"  # ủy quyền: the holder lends it for a time


class Appointment(models.Model):
    """That a person holds a post for an interval ``[from, to)``.

    A delegation is lent by an appointment, ``lent_by``, has an end, and gives nothing on a day on
    which the lender does not hold the post. ``actions`` narrows what it gives; None gives what the
    role carries.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    valid = DateRangeField()
    held_as = models.CharField(max_length=20, choices=HeldAs.choices, default=HeldAs.APPOINTED)
    legal_basis = models.CharField(max_length=300, blank=True)
    lent_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="lent")
    actions = ArrayField(models.CharField(max_length=40), null=True)
    change = models.ForeignKey("units.Change", models.PROTECT, null=True, related_name="+")
    client_key = models.UUIDField(unique=True, null=True)

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
            ),
            models.CheckConstraint(
                name="units_appointment_delegation_is_lent_and_ends",
                condition=models.Q(held_as="delegated", lent_by__isnull=False)
                & models.Q(valid__upper_inf=False)
                | ~models.Q(held_as="delegated") & models.Q(lent_by__isnull=True),
            ),
        ]
