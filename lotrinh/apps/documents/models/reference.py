"""Tables of reference data: what a regulation fixes, each for the interval in which it does."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from lotrinh.apps.documents.models.documents import System
from lotrinh.apps.units.models import Unit


class DocumentType(models.Model):
    """A type of one system, valid for an interval: reference data that a regulation fixes.

    ``code`` is what stands in numbers; one code may stand for two types, and some types have none.
    ``key`` is the type's own.
    """

    system = models.CharField(max_length=10, choices=System.choices)
    key = models.CharField(max_length=30, default="")
    code = models.CharField(max_length=10, blank=True)
    name_vi = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    valid = DateRangeField()
    legal_basis = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "documents_type"
        constraints = [
            models.UniqueConstraint(fields=["system", "key", "valid"], name="documents_type_once")
        ]


class IssuerSuffix(models.Model):
    """What the end of a number says about its issuer, valid for an interval.

    A suffix seldom names one body. ``bodies`` are printed names it may stand for; where it
    ``is_shared`` every province or commune has a body of that name, and only the rest of the name
    tells them apart. ``refuses`` are codes of types that such a body may not issue.
    """

    system = models.CharField(max_length=10, choices=System.choices)
    suffix = models.CharField(max_length=20)
    bodies = models.JSONField(default=list)
    name_en = models.CharField(max_length=200, blank=True)
    is_shared = models.BooleanField()
    refuses = models.JSONField(default=list)
    valid = DateRangeField()
    legal_basis = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "documents_issuer_suffix"
        constraints = [
            models.UniqueConstraint(
                fields=["system", "suffix", "valid"], name="documents_issuer_suffix_once"
            )
        ]


class Term(models.Model):
    """A term between two congresses: of the Party as a whole, or of the committee of a unit.

    A day is empty while nobody has entered it. ``begun_by`` is a day on which the term had
    certainly begun, since a document of the term bears it.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    code = models.CharField(max_length=10)
    ordinal = models.PositiveSmallIntegerField()
    begins_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    begun_by = models.DateField(null=True)
    legal_basis = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "documents_term"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "code"], nulls_distinct=False, name="documents_term_once"
            ),
            models.CheckConstraint(
                name="documents_term_not_backwards",
                condition=models.Q(ends_on__isnull=True)
                | models.Q(begins_on__isnull=True)
                | models.Q(ends_on__gt=models.F("begins_on")),
            ),
        ]
