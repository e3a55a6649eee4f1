"""Whether a conference is being sent to its sites, and what is presented now."""

from django.db import models

from lotrinh.apps.dissemination.models.conferences import AgendaItem, Conference


class Broadcast(models.Model):
    """The stream of a conference as it stands: sent or not since when, and the present item.

    The journal has what it was before. An item can be named only once the run sheet is fixed.
    """

    conference = models.OneToOneField(Conference, models.PROTECT, related_name="broadcast")
    is_on = models.BooleanField(default=False)
    since = models.DateTimeField(null=True)
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "dissemination_broadcast"
