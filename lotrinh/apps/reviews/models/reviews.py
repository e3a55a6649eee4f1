"""A review while it is written: its frame, its sections, the numbers it quotes, comments."""

from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents.models import Document
from lotrinh.apps.journal.append_only import append_only_triggers
from lotrinh.apps.journal.services import Named
from lotrinh.apps.reporting.models import Period
from lotrinh.apps.targets.models import Target
from lotrinh.apps.units.models import Unit
from lotrinh.rules.reviewing.quoting import Aspect, Source

SYSTEMS = [("state", "state"), ("party", "party")]


class Review(models.Model):
    """The official text of a unit on a period and the documents that it was to carry out.

    ``system`` and ``language`` are those of the text. ``counted_on`` is the day at whose end duties
    are counted. The rest is what stands around the text; lines are parted by line breaks. What is
    empty was not said and is left open in print. ``version`` counts changes of this row.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reviews")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    documents = models.ManyToManyField(
        Document, related_name="reviews", db_table="reviews_review_document"
    )
    system = models.CharField(max_length=10, choices=SYSTEMS)
    language = models.CharField(max_length=2)
    counted_on = models.DateField()
    about = models.CharField(max_length=500)
    superior = models.CharField(max_length=300, blank=True)
    issuer = models.CharField(max_length=300)
    symbol = models.CharField(max_length=60, blank=True)
    number = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=100, blank=True)
    day = models.DateField(null=True)
    addressed_to = models.TextField(blank=True)
    recipients = models.TextField(blank=True)
    capacity = models.TextField(blank=True)
    post = models.CharField(max_length=200, blank=True)
    signer = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    begun_on = models.DateField()
    client_key = models.UUIDField(unique=True)

    class Meta:
        db_table = "reviews_review"

    def __str__(self) -> str:
        return self.about

    @property
    def named(self) -> Named:
        """What the journal calls this review."""
        return Named("review", self.uid)


class Section(models.Model):
    """A part of the text. ``text`` quotes numbers as "[#3]"; an empty line parts paragraphs.

    ``mark`` and ``level`` are those of its heading. ``version`` counts its texts, the first is 1.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    review = models.ForeignKey(Review, models.PROTECT, related_name="sections")
    place = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField()
    mark = models.CharField(max_length=10)
    heading = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "reviews_section"
        constraints = [
            models.UniqueConstraint(fields=["review", "place"], name="reviews_section_place")
        ]

    def __str__(self) -> str:
        return f"{self.mark} {self.heading}"

    @property
    def named(self) -> Named:
        """What the journal calls this section."""
        return Named("section", self.uid)


class SectionText(models.Model):
    """A text that a section had: nothing that anybody wrote is lost."""

    append_only = True

    section = models.ForeignKey(Section, models.PROTECT, related_name="texts")
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "reviews_section_text"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(fields=["section", "version"], name="reviews_text_once")
        ]


class Quote(models.Model):
    """A number that a review quotes: ``number`` is its place in the list, for good.

    ``target`` is there where one target is the source; everything else is counted over the
    documents of the review.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="quotes")
    number = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=20, choices=[(one, one) for one in Source])
    aspect = models.CharField(max_length=20, choices=[(one, one) for one in Aspect])
    target = models.ForeignKey(Target, models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "reviews_quote"
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="reviews_quote_number"),
            models.UniqueConstraint(
                fields=["review", "source", "aspect", "target"],
                nulls_distinct=False,
                name="reviews_quote_once",
            ),
            models.CheckConstraint(
                name="reviews_quote_target",
                condition=models.Q(source=Source.TARGET, target__isnull=False)
                | (~models.Q(source=Source.TARGET) & models.Q(target__isnull=True)),
            ),
        ]


class Comment(models.Model):
    """What somebody says of a section to those who write it; one is ``settled`` when dealt with."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    section = models.ForeignKey(Section, models.PROTECT, related_name="comments")
    text = models.CharField(max_length=2000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    client_key = models.UUIDField(unique=True)

    class Meta:
        db_table = "reviews_comment"
        constraints = [
            models.CheckConstraint(
                name="reviews_comment_settled",
                condition=models.Q(settled_by__isnull=True, settled_at__isnull=True)
                | models.Q(settled_by__isnull=False, settled_at__isnull=False),
            )
        ]
