"""Tables of reference data: what a regulation fixes, each for the interval in which it does."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from lotrinh.apps.documents.models.documents import System


class DocumentType(models.Model):
    """A type of one system, valid for an interval: reference data that a regulation fixes."""

    system = models.CharField(max_length=10, choices=System.choices)
    code = models.CharField(max_length=10)
    name_vi = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    valid = DateRangeField()
    legal_basis = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "documents_type"
        constraints = [
            models.UniqueConstraint(fields=["system", "code", "valid"], name="documents_type_once")
        ]
