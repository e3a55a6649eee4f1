"""Events in the life of the organisation, and which unit follows which."""

from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.journal.services import Named
from lotrinh.apps.units.models.trees import Unit
from lotrinh.rules.succession import ChangeKind


class Change(models.Model):
    """One change of the organisation with its day and legal basis.

    ``ended`` remembers what the change cut short, so that it can be taken back until its day is
    reached: rows {"table", "id", "until"} with the end that they had before, None for no end.
    ``undone_at`` is set where it was taken back; the row itself stays.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(
        max_length=20, choices=[(kind.value, kind.value) for kind in ChangeKind]
    )
    day = models.DateField()
    legal_basis = models.CharField(max_length=300)
    units = models.ManyToManyField(Unit, related_name="changes", db_table="units_change_unit")
    ended = models.JSONField(default=list)
    client_key = models.UUIDField(unique=True, null=True)
    recorded_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "units_change"
        indexes = [models.Index(fields=["day"], name="units_change_day")]

    @property
    def named(self) -> Named:
        """What the journal calls this change."""
        return Named("change", self.uid)


class Succession(models.Model):
    """That one unit follows another since a change; see ``rules.succession.Edge``."""

    change = models.ForeignKey(Change, models.CASCADE, related_name="successions")
    source = models.ForeignKey(Unit, models.PROTECT, related_name="followed_by")
    target = models.ForeignKey(Unit, models.PROTECT, related_name="follows")
    answers = models.BooleanField()
    whole = models.BooleanField()
    share = models.DecimalField(max_digits=6, decimal_places=5, null=True)
    share_of = models.CharField(max_length=20, blank=True)

    class Meta:
        db_table = "units_succession"
        constraints = [
            models.UniqueConstraint(
                name="units_succession_one_answers",
                fields=["source"],
                condition=models.Q(answers=True),
            ),
            models.UniqueConstraint(
                name="units_succession_edge_once", fields=["change", "source", "target"]
            ),
            models.CheckConstraint(
                name="units_succession_not_itself", condition=~models.Q(source=models.F("target"))
            ),
            models.CheckConstraint(
                name="units_succession_share",
                condition=models.Q(share__isnull=True) | models.Q(share__gt=0, share__lte=1),
            ),
        ]
