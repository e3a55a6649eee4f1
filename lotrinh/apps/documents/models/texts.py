"""Tables of the texts of a document, their clauses, and what people said of a text."""

from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents.models.documents import Document, Language
from lotrinh.apps.files.models import Blob
from lotrinh.apps.journal.append_only import append_only_triggers


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


class JoinedText(models.Model):
    """That a text is kept with a document because of another text, its ``origin``.

    Two documents were said to be one, and ``rendition`` is the text of the other as it stands in
    this one: it belongs here while the document of ``origin`` is merged into this one. What was a
    text of the document by itself has no row; handed in again by itself it is its own ``origin``.
    """

    append_only = True

    rendition = models.ForeignKey(Rendition, models.PROTECT, related_name="joined")
    origin = models.ForeignKey(Rendition, models.PROTECT, related_name="kept_as")
    at = models.DateTimeField()

    class Meta:
        db_table = "documents_joined_text"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(
                fields=["rendition", "origin"], name="documents_joined_text_once"
            )
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


class TextChoice(models.Model):
    """That a person took this text for the one that counts; the last turn of a document holds."""

    append_only = True

    document = models.ForeignKey(Document, models.PROTECT, related_name="text_choices")
    rendition = models.ForeignKey(Rendition, models.PROTECT, related_name="+")
    turn = models.PositiveIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    client_key = models.UUIDField(unique=True)

    class Meta:
        db_table = "documents_text_choice"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(fields=["document", "turn"], name="documents_text_choice_turn")
        ]


class Verification(models.Model):
    """That a person held a text against the signed copy; ``remark`` says what he found."""

    append_only = True

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    rendition = models.ForeignKey(Rendition, models.PROTECT, related_name="verifications")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    remark = models.CharField(max_length=300, blank=True)
    client_key = models.UUIDField(unique=True)

    class Meta:
        db_table = "documents_verification"
        triggers = append_only_triggers()
