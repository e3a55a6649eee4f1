"""Tables of the relations between documents."""

from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents.models.documents import Document
from lotrinh.apps.documents.models.texts import Rendition
from lotrinh.apps.journal.services import Named


class Relation(models.Model):
    """That one document stands to another in a relation, and the passage that says so.

    Reading states relations from a text, people state them by hand (``stated_by``). An effect may
    be known before the document that causes it: then there is no ``source``. A relation that was
    wrong is ended with a reason and stays; the one that takes its place ``supersedes`` it.
    ``effective_from`` is None where the relation holds from the day on which the source is issued.
    Pinpoints are addresses as `rules.pinpoints` has them, empty for a whole document; ``verb`` is
    the word that the text prints.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    source = models.ForeignKey(Document, models.PROTECT, null=True, related_name="relations_out")
    target = models.ForeignKey(Document, models.PROTECT, related_name="relations_in")
    kind = models.CharField(max_length=30)
    rendition = models.ForeignKey(Rendition, models.PROTECT, null=True, related_name="+")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    verb = models.CharField(max_length=60, blank=True)
    effective_from = models.DateField(null=True)
    source_pinpoint = models.CharField(max_length=80, blank=True)
    target_pinpoint = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=300, blank=True)
    stated_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    stated_at = models.DateTimeField(null=True)
    client_key = models.UUIDField(null=True, unique=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by"
    )
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "documents_relation"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "kind", "source_pinpoint", "target_pinpoint"],
                condition=models.Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="documents_relation_stands_once",
            ),
            models.CheckConstraint(
                name="documents_relation_not_itself",
                condition=models.Q(source__isnull=True) | ~models.Q(source=models.F("target")),
            ),
            models.CheckConstraint(
                name="documents_relation_ends_with_a_reason",
                condition=models.Q(ended_at__isnull=True) | ~models.Q(ended_reason=""),
            ),
        ]

    @property
    def named(self) -> Named:
        """What the journal calls this relation."""
        return Named("relation", self.uid)
