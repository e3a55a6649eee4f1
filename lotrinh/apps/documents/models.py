"""Tables of documents, renditions, clauses, relations and recipients."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.files.models import Blob
from lotrinh.apps.journal.append_only import append_only_triggers
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


class Document(models.Model):
    """A document as such. ``year`` separates the series of numbers that begin again.

    ``issuer_key`` is the key of the printed name of an issuer that is no registered unit, so that
    plan 12 of one commune is never taken for plan 12 of another.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    system = models.CharField(max_length=10, choices=System.choices)
    type_code = models.CharField(max_length=10, blank=True)
    number = models.CharField(max_length=60, blank=True)
    issuer = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="issued_documents")
    issuer_text = models.CharField(max_length=200, blank=True)
    issuer_key = models.CharField(max_length=250, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    issued_on = models.DateField(null=True)
    title = models.CharField(max_length=1000, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices)
    is_stub = models.BooleanField(default=False)
    keeper = models.ForeignKey(Unit, models.PROTECT, related_name="kept_documents")
    registered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    registered_at = models.DateTimeField()

    class Meta:
        db_table = "documents_document"
        constraints = [
            models.UniqueConstraint(
                fields=["system", "type_code", "number", "issuer", "issuer_key", "year"],
                condition=~models.Q(number=""),
                nulls_distinct=False,
                name="documents_identity",
            )
        ]
        indexes = [models.Index(fields=["number"], name="documents_by_number")]

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


class Rendition(models.Model):
    """One text of a document, written once. Spans count code points of ``text``.

    ``tables`` says which pieces of the text are cells of tables, as `reading.Table.record` has it;
    ``notes`` what its readers must be told of the file, each a code of `reading.paper` with data.
    """

    append_only = True

    class Kind(models.TextChoices):
        ORIGINAL = "original"
        TRANSLATION = "translation"
        REPORT = "report"

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="renditions")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    language = models.CharField(max_length=2, choices=Language.choices)
    text = models.TextField()
    tables = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+")
    source_name = models.CharField(max_length=255, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "documents_rendition"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(fields=["document", "sha256"], name="documents_rendition_once")
        ]


class Clause(models.Model):
    """A numbered piece of a rendition, from ``start`` to before ``end``."""

    append_only = True

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    rendition = models.ForeignKey(Rendition, models.PROTECT, related_name="clauses")
    ordinal = models.PositiveIntegerField()
    label = models.CharField(max_length=60, blank=True)
    level = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=20)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        db_table = "documents_clause"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(
                fields=["rendition", "ordinal"], name="documents_clause_ordinal"
            ),
            models.CheckConstraint(
                name="documents_clause_not_empty", condition=models.Q(end__gt=models.F("start"))
            ),
        ]


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
