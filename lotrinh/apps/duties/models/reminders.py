"""Tables of the ladder of reminders, and of who was told what on which day."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.duties.models.duty import Duty
from lotrinh.apps.duties.models.events import DutyEvent
from lotrinh.apps.journal.append_only import append_only_triggers
from lotrinh.apps.journal.services import Named
from lotrinh.apps.units.models import Person
from lotrinh.rules.reminders import Informed, Rung


class LadderRung(models.Model):
    """A rung of the ladder of reminders, for the days of ``valid``; see ``rules.reminders``.

    ``days`` are counted from the deadline that holds, negative before it; ``kind`` empty means
    every kind of duty that has no rungs of its own.
    """

    code = models.CharField(max_length=30)
    kind = models.CharField(max_length=30, blank=True)
    days = models.SmallIntegerField()
    informed = ArrayField(models.CharField(max_length=10))
    name_vi = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    valid = DateRangeField()

    class Meta:
        db_table = "duties_ladder_rung"
        constraints = [
            ExclusionConstraint(
                name="duties_ladder_one_rung_a_day",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]

    @property
    def as_rule(self) -> Rung:
        """Return the rung as the rules read it."""
        return Rung(self.code, self.days, tuple(map(Informed, self.informed)), self.kind)


class LadderSetting(models.Model):
    """That the ladder of every kind was set anew from the day ``since`` on, by one form."""

    append_only = True

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    since = models.DateField()
    client_key = models.UUIDField(unique=True)

    class Meta:
        db_table = "duties_ladder_setting"
        triggers = append_only_triggers()

    @property
    def named(self) -> Named:
        """What the journal calls this setting."""
        return Named("ladder_setting", self.uid)


class Notice(models.Model):
    """That a duty has climbed a rung on the legal day ``on``, or was urged, told to one person.

    ``due`` is the deadline that held: a later one begins the ladder anew. An urging has no rung but
    the event ``urging``, which holds who urged and with which words; what is urged may have no
    deadline.
    """

    append_only = True

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="notices")
    rung = models.CharField(max_length=30, blank=True)
    urging = models.ForeignKey(
        DutyEvent, models.PROTECT, null=True, related_name="notices", db_index=False
    )
    due = models.DateField(null=True)
    on = models.DateField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="notices")
    at = models.DateTimeField()

    class Meta:
        db_table = "duties_notice"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "rung", "due", "person"],
                condition=models.Q(urging=None),
                name="duties_notice_once",
            ),
            models.UniqueConstraint(
                fields=["urging", "person"], name="duties_notice_once_an_urging"
            ),
            models.CheckConstraint(
                name="duties_notice_of_rung_or_urging",
                condition=(models.Q(urging=None, due__isnull=False) & ~models.Q(rung=""))
                | models.Q(urging__isnull=False, rung=""),
            ),
        ]
        indexes = [models.Index(fields=["person", "-on", "-id"], name="duties_notice_by_person")]


class NoticeReading(models.Model):
    """That the person has marked a notice as read; a notice is of one person, so once."""

    append_only = True

    notice = models.OneToOneField(Notice, models.PROTECT, related_name="reading")
    at = models.DateTimeField()

    class Meta:
        db_table = "duties_notice_reading"
        triggers = append_only_triggers()
