"""Tables of documents as such, and of whom they were sent to."""

from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal.services import Named
from lotrinh.apps.units.models import Unit


class System(models.TextChoices):
    """Which rules of form a document follows; a press report follows none."""

    PARTY = "party"
    STATE = "state"
    PRESS = "press"


class Language(models.TextChoices):
    """The language in which a text is written."""

    VIETNAMESE = "vi"
    ENGLISH = "en"


class Document(models.Model):
    """A document as such.

    Numbers of the State run through a ``year``, those of the Party through a ``term``, the code of
    which is empty where the day does not settle it. ``issuer_key`` is the key of the printed name
    of an issuer that is no registered unit, so that plan 12 of one commune is never taken for plan
    12 of another. ``effective_from`` is None where it is the day of issue. A stub that turned out
    to be another document is ``merged_into`` that one, and never into a merged one.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    system = models.CharField(max_length=10, choices=System.choices)
    type_code = models.CharField(max_length=10, blank=True)
    number = models.CharField(max_length=60, blank=True)
    issuer = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="issued_documents")
    issuer_text = models.CharField(max_length=200, blank=True)
    issuer_key = models.CharField(max_length=250, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    term = models.CharField(max_length=10, blank=True)
    issued_on = models.DateField(null=True)
    effective_from = models.DateField(null=True)
    title = models.CharField(max_length=1000, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices)
    is_stub = models.BooleanField(default=False)
    keeper = models.ForeignKey(Unit, models.PROTECT, related_name="kept_documents")
    registered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    registered_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged_from")

    class Meta:
        db_table = "documents_document"
        constraints = [
            models.UniqueConstraint(
                fields=["system", "type_code", "number", "issuer", "issuer_key", "year", "term"],
                condition=~models.Q(number="") & models.Q(merged_into__isnull=True),
                nulls_distinct=False,
                name="documents_identity",
            ),
            models.CheckConstraint(
                name="documents_only_stubs_merge",
                condition=models.Q(merged_into__isnull=True) | models.Q(is_stub=True),
            ),
        ]
        indexes = [
            models.Index(fields=["number"], name="documents_by_number"),
            models.Index(fields=["issuer", "type_code", "year"], name="documents_by_series"),
            models.Index(fields=["type_code", "year"], name="documents_by_type"),
            models.Index(  # the way through the register, with all that sight is judged by
                models.F("issued_on").desc(nulls_last=True),
                models.F("id").desc(),
                "keeper",
                "is_stub",
                condition=models.Q(merged_into__isnull=True),
                name="documents_seen_by_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.title

    @property
    def named(self) -> Named:
        """What the journal calls this document."""
        return Named("document", self.uid)


class Recipient(models.Model):
    """A unit that a document was sent to, and that may therefore read it."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="recipients")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        db_table = "documents_recipient"
        constraints = [
            models.UniqueConstraint(fields=["document", "unit"], name="documents_recipient_once")
        ]
