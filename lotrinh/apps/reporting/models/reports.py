"""Reports of figures: what a unit enters for a period, and every step until it counts.

The report's own row is the only one that changes: where it lies, how many stages it has passed,
its version. What was typed, said and decided is written beside it and stays.
"""

import pgtrigger
from django.db import models
from django.db.models.functions import Now
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.files.models import Blob
from lotrinh.apps.journal.append_only import append_only_triggers
from lotrinh.apps.journal.services import Named
from lotrinh.apps.reporting.models.periods import Collection
from lotrinh.apps.targets.models import Measure
from lotrinh.apps.units.models import Unit
from lotrinh.rules.report_states import REPORT_MOVES, ReportState, ReportStep
from lotrinh.rules.typed_cells import CellKind


class Report(models.Model):
    """The figures that a unit reports in a collection.

    ``passed`` counts the stages behind it, ``round`` how often it has been begun. ``duty`` is the
    unit's duty to report, None where no duty was made of it.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    collection = models.ForeignKey(Collection, models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reports")
    duty = models.OneToOneField(Duty, models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        max_length=10,
        choices=[(state, state) for state in ReportState],
        default=ReportState.OPEN,
    )
    passed = models.PositiveSmallIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)
    handed_in_on = models.DateField(null=True)
    handed_in_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_on = models.DateField(null=True)

    class Meta:
        db_table = "reporting_report"
        triggers = [
            pgtrigger.FSM(
                name="only_steps",
                field="state",
                transitions=sorted((str(one), str(other)) for one, other in REPORT_MOVES),
            )
        ]
        indexes = [models.Index(fields=["unit", "state"], name="reporting_by_unit")]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "unit"], name="reporting_report_once_a_unit"
            ),
            models.CheckConstraint(
                name="reporting_report_state", condition=models.Q(state__in=list(ReportState))
            ),
            models.CheckConstraint(
                name="reporting_report_handed_in",
                condition=models.Q(state=ReportState.OPEN, passed=0)
                | models.Q(
                    ~models.Q(state=ReportState.OPEN),
                    passed__gt=0,
                    handed_in_on__isnull=False,
                    handed_in_by__isnull=False,
                ),
            ),
        ]

    @property
    def named(self) -> Named:
        """What the journal calls this report."""
        return Named("report", self.uid)


class ReportEvent(models.Model):
    """A step that was taken: by whom, when, as of which version, with which content.

    ``content`` is the hash of all that the report said. ``details`` hold codes: the figures that
    were returned, the units below that were missing, by whose right it was done.
    """

    append_only = True

    report = models.ForeignKey(Report, models.PROTECT, related_name="events")
    step = models.CharField(max_length=10, choices=[(step, step) for step in ReportStep])
    version = models.PositiveIntegerField()
    round = models.PositiveSmallIntegerField()
    passed = models.PositiveSmallIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    client_key = models.UUIDField()
    content = models.CharField(max_length=64, blank=True)
    note = models.CharField(max_length=4000, blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        db_table = "reporting_report_event"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(fields=["report", "version"], name="reporting_event_version"),
            models.UniqueConstraint(
                fields=["report", "client_key"], name="reporting_event_once_a_key"
            ),
            models.UniqueConstraint(
                fields=["report", "round", "passed"],
                condition=models.Q(
                    step__in=[ReportStep.HAND_IN, ReportStep.CHECK, ReportStep.APPROVE]
                ),
                name="reporting_stage_passed_once",
            ),
        ]


class ReportCell(models.Model):
    """What somebody entered for a measure; the latest row of a measure counts.

    ``text`` is what was typed, in ``language``, and ``weight_text`` what it weighs; the numbers are
    there where it is a figure.
    """

    append_only = True

    event = models.ForeignKey(ReportEvent, models.PROTECT, related_name="cells")
    report = models.ForeignKey(Report, models.PROTECT, related_name="cells")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in CellKind])
    text = models.CharField(max_length=400, blank=True)
    weight_text = models.CharField(max_length=400, blank=True)
    language = models.CharField(max_length=2)
    value = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    numerator = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    denominator = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    weight = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    comment = models.CharField(max_length=2000, blank=True)

    class Meta:
        db_table = "reporting_report_cell"
        triggers = append_only_triggers()
        indexes = [models.Index(fields=["report", "measure", "-id"], name="reporting_latest_cell")]
        constraints = [
            models.CheckConstraint(
                name="reporting_cell_has_its_numbers",
                condition=models.Q(
                    ~models.Q(kind=CellKind.FIGURE),
                    value__isnull=True,
                    numerator__isnull=True,
                    denominator__isnull=True,
                )
                | models.Q(
                    kind=CellKind.FIGURE,
                    value__isnull=False,
                    numerator__isnull=True,
                    denominator__isnull=True,
                )
                | models.Q(
                    kind=CellKind.FIGURE,
                    value__isnull=True,
                    numerator__isnull=False,
                    denominator__isnull=False,
                ),
            )
        ]


class ReportEvidence(models.Model):
    """A file that supports a figure, or the report as a whole where ``measure`` is None."""

    append_only = True

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    event = models.ForeignKey(ReportEvent, models.PROTECT, related_name="evidence")
    report = models.ForeignKey(Report, models.PROTECT, related_name="evidence")
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, related_name="+")
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)

    class Meta:
        db_table = "reporting_report_evidence"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(
                fields=["report", "measure", "blob"],
                nulls_distinct=False,
                name="reporting_evidence_once",
            )
        ]
