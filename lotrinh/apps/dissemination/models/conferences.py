"""A conference: what is presented, by whom, at which sites, and who is called to each."""

import pgtrigger
from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents.models import Document
from lotrinh.apps.journal.services import Named
from lotrinh.apps.units.models import Post, Unit
from lotrinh.rules.conferences import CONFERENCE_MOVES, ConferenceState, Counting


class AttendeeClass(models.Model):
    """A class of delegates that is called and counted, such as leaders or officials.

    What a city calls is its own: the installation begins with none but a general one.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    code = models.SlugField(max_length=30, unique=True)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    place = models.PositiveSmallIntegerField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "dissemination_attendee_class"

    @property
    def named(self) -> Named:
        """What the journal calls this class."""
        return Named("attendee_class", self.uid)


class Conference(models.Model):
    """An afternoon on which documents are carried to many units at once.

    ``place`` is where the main site sits, ``talk_url`` the room of whoever speaks back, and
    ``counting`` what is counted at the doors. ``version`` counts changes of this row.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    organiser = models.ForeignKey(Unit, models.PROTECT, related_name="conferences")
    title = models.CharField(max_length=500)
    language = models.CharField(max_length=2)
    day = models.DateField()
    begins = models.TimeField(null=True)
    place = models.CharField(max_length=300, blank=True)
    talk_url = models.URLField(max_length=500, blank=True)
    counting = models.CharField(max_length=10, choices=[(one, one) for one in Counting])
    documents = models.ManyToManyField(
        Document, related_name="conferences", db_table="dissemination_conference_document"
    )
    state = models.CharField(
        max_length=12,
        choices=[(one, one) for one in ConferenceState],
        default=ConferenceState.PREPARED,
    )
    version = models.PositiveIntegerField(default=1)
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    begun_on = models.DateField()
    client_key = models.UUIDField(unique=True)

    class Meta:
        db_table = "dissemination_conference"
        indexes = [models.Index(fields=["organiser", "-day"], name="dissemination_by_day")]
        triggers = [
            pgtrigger.FSM(
                name="only_steps",
                field="state",
                transitions=sorted((str(one), str(other)) for one, other in CONFERENCE_MOVES),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def named(self) -> Named:
        """What the journal calls this conference."""
        return Named("conference", self.uid)


class AgendaItem(models.Model):
    """An item of the run sheet: what is presented, and the post that presents it.

    Whoever holds the post on the day of the conference is the presenter; ``presenter`` names
    somebody who holds no registered post.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    conference = models.ForeignKey(Conference, models.PROTECT, related_name="agenda")
    place = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=500)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    presenter = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True)

    class Meta:
        db_table = "dissemination_agenda_item"
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "place"],
                name="dissemination_item_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="dissemination_one_presenter",
                condition=models.Q(post__isnull=True) | models.Q(presenter=""),
            ),
        ]


class Site(models.Model):
    """A connected site: a unit's room, with the post that answers for it.

    One unit may have several rooms; the main site is the one from which is presented.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    conference = models.ForeignKey(Conference, models.PROTECT, related_name="sites")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sites")
    name = models.CharField(max_length=200, blank=True)
    is_main = models.BooleanField(default=False)

    class Meta:
        db_table = "dissemination_site"
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "unit", "name"], name="dissemination_site_once"
            ),
            models.UniqueConstraint(
                fields=["conference"],
                condition=models.Q(is_main=True),
                name="dissemination_one_main_site",
            ),
        ]

    @property
    def named(self) -> Named:
        """What the journal calls this site."""
        return Named("site", self.uid)


class Summons(models.Model):
    """How many of a class of delegates are called to a site."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="summons")
    attendees = models.ForeignKey(AttendeeClass, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()

    class Meta:
        db_table = "dissemination_summons"
        constraints = [
            models.UniqueConstraint(fields=["site", "attendees"], name="dissemination_called_once")
        ]
