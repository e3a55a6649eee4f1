"""What is public now: the tables of the schema ``published``, which the public role alone reads.

They hold what the rules call a publication, column for column, and nothing that leads elsewhere: no
key of another table, no person, no address of an inner page. Headings stay, so that a feed can tell
of every publication; of the rest only the newest is there.
"""

from django.db import models


class PublicHeading(models.Model):
    """The heading of a publication; ``sha256`` names its content."""

    number = models.PositiveIntegerField(unique=True)
    as_of = models.DateField()
    decision = models.CharField(max_length=200)
    decided_on = models.DateField()
    office_vi = models.CharField(max_length=300)
    office_en = models.CharField(max_length=300)
    published_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        db_table = '"published"."heading"'


class PublicPaper(models.Model):
    """A document, with its duties by class."""

    heading = models.ForeignKey(PublicHeading, models.PROTECT, related_name="papers")
    uid = models.UUIDField()
    number = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=1000, blank=True)
    language = models.CharField(max_length=2)
    issuer_vi = models.CharField(max_length=300, blank=True)
    issuer_en = models.CharField(max_length=300, blank=True)
    issued_on = models.DateField(null=True)
    done_on_time = models.PositiveIntegerField()
    done_late = models.PositiveIntegerField()
    open_in_term = models.PositiveIntegerField()
    open_overdue = models.PositiveIntegerField()
    done_without_deadline = models.PositiveIntegerField()
    open_without_deadline = models.PositiveIntegerField()

    class Meta:
        db_table = '"published"."paper"'


class PublicPromise(models.Model):
    """A target of a document: plan, newest approved figure, what became of it, its sentence."""

    paper = models.ForeignKey(PublicPaper, models.PROTECT, related_name="promises")
    uid = models.UUIDField()
    title = models.CharField(max_length=500)
    language = models.CharField(max_length=2)
    comparator = models.CharField(max_length=5)
    planned = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    high = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    unit_of_measure = models.CharField(max_length=60, blank=True)
    decimals = models.PositiveSmallIntegerField()
    due = models.DateField(null=True)
    is_soft = models.BooleanField()
    agency_vi = models.CharField(max_length=300, blank=True)
    agency_en = models.CharField(max_length=300, blank=True)
    definition = models.CharField(max_length=2000, blank=True)
    divided_by = models.CharField(max_length=500, blank=True)
    data_source = models.CharField(max_length=500, blank=True)
    clause = models.CharField(max_length=200, blank=True)
    passage = models.TextField(blank=True)
    verdict = models.CharField(max_length=20)
    attainment = models.CharField(max_length=20)
    because = models.CharField(max_length=30, blank=True)
    basis = models.CharField(max_length=20, blank=True)
    is_estimated = models.BooleanField()
    is_added_up = models.BooleanField()
    actual = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    numerator = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    denominator = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    period_vi = models.CharField(max_length=100, blank=True)
    period_en = models.CharField(max_length=100, blank=True)
    period_last = models.DateField(null=True)
    is_held_back = models.BooleanField()

    class Meta:
        db_table = '"published"."promise"'


class PublicStep(models.Model):
    """What was reached of a promise by the end of a period."""

    promise = models.ForeignKey(PublicPromise, models.PROTECT, related_name="steps")
    name_vi = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    last = models.DateField()
    basis = models.CharField(max_length=20, blank=True)
    level = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    is_held_back = models.BooleanField()

    class Meta:
        db_table = '"published"."step"'


class PublicPart(models.Model):
    """What one unit has reached of a promise."""

    promise = models.ForeignKey(PublicPromise, models.PROTECT, related_name="parts")
    uid = models.UUIDField()
    name_vi = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)
    level = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    is_held_back = models.BooleanField()

    class Meta:
        db_table = '"published"."part"'
