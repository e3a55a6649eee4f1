"""Own programmes: which unit owes one, what it linked, what was found and asked about it."""

from django.db import models
from django.db.models.functions import Now
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.dissemination.models.conferences import Conference
from lotrinh.apps.documents.models import Document, Rendition
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.journal.append_only import append_only_triggers
from lotrinh.apps.journal.services import Named
from lotrinh.apps.units.models import Unit
from lotrinh.rules.programmes import ProgrammeOutcome


class ProgrammeCall(models.Model):
    """That units owe programmes of their own for a document which a conference carried."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    conference = models.ForeignKey(Conference, models.PROTECT, related_name="programme_calls")
    document = models.ForeignKey(Document, models.PROTECT, related_name="programme_calls")
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    begun_on = models.DateField()

    class Meta:
        db_table = "dissemination_programme_call"
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "document"], name="dissemination_called_for_once"
            )
        ]

    @property
    def named(self) -> Named:
        """What the journal calls this."""
        return Named("programme_call", self.uid)


class Programme(models.Model):
    """What one unit owes by a call. ``duty`` says by when; ``document`` is what it linked last.

    Whether it is issued or reviewed follows from the document and from ``ProgrammeReview``.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    call = models.ForeignKey(ProgrammeCall, models.PROTECT, related_name="programmes")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="programmes")
    duty = models.OneToOneField(Duty, models.PROTECT, related_name="programme")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="programmes")

    class Meta:
        db_table = "dissemination_programme"
        constraints = [
            models.UniqueConstraint(fields=["call", "unit"], name="dissemination_programme_once")
        ]

    @property
    def named(self) -> Named:
        """What the journal calls this programme."""
        return Named("programme", self.uid)


class ProgrammeLink(models.Model):
    """That a unit linked a document as its programme; the last one counts, all are kept."""

    append_only = True

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="links")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    client_key = models.UUIDField()

    class Meta:
        db_table = "dissemination_programme_link"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "client_key"], name="dissemination_linked_once"
            )
        ]


class ProgrammeReview(models.Model):
    """That the office has read an issued programme; it says nothing of its worth."""

    append_only = True

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="reviews")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    note = models.CharField(max_length=2000, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    client_key = models.UUIDField()

    class Meta:
        db_table = "dissemination_programme_review"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "document"], name="dissemination_reviewed_once"
            )
        ]


class ProgrammePlan(models.Model):
    """What a text says as a plan, read once: `reading.plans.Plan.record`. Can be made anew."""

    rendition = models.OneToOneField(Rendition, models.PROTECT, related_name="programme_plan")
    plan = models.JSONField()
    engine_version = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "dissemination_programme_plan"


class ProgrammeComparison(models.Model):
    """What comes of holding a programme against its document and all others. Can be made anew.

    ``own`` of ``counted`` sentences are its own, ``framed`` repeat the document carried out.
    ``alike`` lists passages: start, end, the id of the other text, start and end there, share.
    ``stated`` are the deadlines, numbers and persons that neither the document nor a programme with
    passages alike states; ``covered`` says which commitments of the document a clause answers.
    ``against`` is with how many other programmes it was compared.
    """

    programme = models.OneToOneField(Programme, models.PROTECT, related_name="comparison")
    rendition = models.ForeignKey(Rendition, models.PROTECT, related_name="+")
    against = models.PositiveIntegerField()
    own = models.PositiveIntegerField()
    counted = models.PositiveIntegerField()
    framed = models.PositiveIntegerField()
    tasks = models.PositiveIntegerField()
    clear = models.PositiveIntegerField()
    missing = models.JSONField(default=dict)
    stated = models.JSONField(default=dict)
    alike = models.JSONField(default=list)
    covered = models.JSONField(default=list)
    commitments = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        db_table = "dissemination_programme_comparison"


class ProgrammeQuestion(models.Model):
    """What the office asks a unit about its programme, with the passages that it asks about.

    ``passages`` are spans alone, as in ``ProgrammeComparison.alike``, with the id of the unit's own
    text first: whoever reads the question sees of other texts only what he may read.
    """

    append_only = True

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="questions")
    rendition = models.ForeignKey(Rendition, models.PROTECT, related_name="+")
    text = models.CharField(max_length=4000)
    passages = models.JSONField(default=list)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    client_key = models.UUIDField(unique=True)

    class Meta:
        db_table = "dissemination_programme_question"
        triggers = append_only_triggers()

    @property
    def named(self) -> Named:
        """What the journal calls this question."""
        return Named("programme_question", self.uid)


class ProgrammeAnswer(models.Model):
    """What the unit said to a question; it may say more than once."""

    append_only = True

    question = models.ForeignKey(ProgrammeQuestion, models.PROTECT, related_name="answers")
    text = models.CharField(max_length=4000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    client_key = models.UUIDField()

    class Meta:
        db_table = "dissemination_programme_answer"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(
                fields=["question", "client_key"], name="dissemination_answered_once"
            )
        ]


class ProgrammeClosing(models.Model):
    """How a question was closed, once, by somebody who did not answer it; ``note`` says why."""

    append_only = True

    question = models.OneToOneField(ProgrammeQuestion, models.PROTECT, related_name="closing")
    outcome = models.CharField(max_length=12, choices=[(one, one) for one in ProgrammeOutcome])
    note = models.CharField(max_length=4000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    client_key = models.UUIDField()

    class Meta:
        db_table = "dissemination_programme_closing"
        triggers = append_only_triggers()
