"""Delegates who are checked in one by one, where a law or a rule asks for names."""

from django.db import models
from django.db.models.functions import Now
from uuid_utils.compat import uuid7

from lotrinh.apps.dissemination.models.conferences import AttendeeClass, Conference, Site
from lotrinh.apps.journal.append_only import append_only_triggers
from lotrinh.apps.journal.services import Named
from lotrinh.apps.units.models import Person


class Delegate(models.Model):
    """Somebody who is called to a conference by name, to one site.

    Of a registered ``person`` no name is kept here. ``version`` is that of the pass given last.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    conference = models.ForeignKey(Conference, models.PROTECT, related_name="delegates")
    site = models.ForeignKey(Site, models.PROTECT, related_name="delegates")
    attendees = models.ForeignKey(AttendeeClass, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        db_table = "dissemination_delegate"
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "person"], name="dissemination_person_called_once"
            ),
            models.CheckConstraint(
                name="dissemination_delegate_named",
                condition=models.Q(person__isnull=False, name="")
                | (models.Q(person__isnull=True) & ~models.Q(name="")),
            ),
        ]

    @property
    def full_name(self) -> str:
        """The name as it is kept with the person, else as it was written here."""
        return self.person.full_name if self.person else self.name

    @property
    def named(self) -> Named:
        """What the journal calls this delegate."""
        return Named("delegate", self.uid)


class CheckIn(models.Model):
    """A delegate was let in at a site. The first time counts, wherever the pass is shown again.

    ``at`` is by the clock of the ``device``, which may have had no network then.
    """

    append_only = True

    delegate = models.OneToOneField(Delegate, models.PROTECT, related_name="check_in")
    site = models.ForeignKey(Site, models.PROTECT, related_name="check_ins")
    at = models.DateTimeField()
    device = models.UUIDField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "dissemination_check_in"
        triggers = append_only_triggers()


class Arrival(models.Model):
    """So many of a class arrived at a site, not folded into its count yet."""

    site = models.ForeignKey(
        Site, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    attendees = models.ForeignKey(
        AttendeeClass, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    people = models.PositiveIntegerField()

    class Meta:
        db_table = "dissemination_arrival"


class Arrived(models.Model):
    """How many of a class were checked in at a site, as far as folded; made of the check-ins."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="arrived")
    attendees = models.ForeignKey(AttendeeClass, models.PROTECT, related_name="+")
    people = models.PositiveIntegerField()

    class Meta:
        db_table = "dissemination_arrived"
        constraints = [
            models.UniqueConstraint(fields=["site", "attendees"], name="dissemination_arrived_once")
        ]
