"""Tables of the relations between documents."""

from django.db import models

from lotrinh.apps.documents.models.documents import Document
from lotrinh.apps.documents.models.texts import Rendition


class Relation(models.Model):
    """That one document stands to another in a relation, and the passage that says so."""

    source = models.ForeignKey(Document, models.PROTECT, related_name="relations_out")
    target = models.ForeignKey(Document, models.PROTECT, related_name="relations_in")
    kind = models.CharField(max_length=30)
    rendition = models.ForeignKey(Rendition, models.PROTECT, null=True, related_name="+")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)

    class Meta:
        db_table = "documents_relation"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "kind"], name="documents_relation_once"
            ),
            models.CheckConstraint(
                name="documents_relation_not_itself", condition=~models.Q(source=models.F("target"))
            ),
        ]
