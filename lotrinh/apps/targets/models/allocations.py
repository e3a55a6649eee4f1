"""Tables of allocations: how a target is divided among units, what each says, what was decided."""

import pgtrigger
from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents.models import Document
from lotrinh.apps.journal.append_only import append_only_triggers
from lotrinh.apps.journal.services import Named
from lotrinh.apps.targets.models.targets import Target
from lotrinh.apps.units.models import Unit
from lotrinh.rules.allocation_states import (
    ALLOCATION_TRANSITIONS,
    OPEN_ALLOCATIONS,
    AllocationMethod,
    AllocationState,
    AllocationStep,
    ShareAnswer,
)

_CLOSED = "('decided', 'superseded', 'withdrawn')"


class Allocation(models.Model):
    """How a target is divided among units.

    ``version`` rises with every step of those who allocate and guards against two at once.
    ``whole`` is the planned value as it stood when the figures were last worked out, ``base_words``
    say what the bases of the shares are, ``difference_reason`` why the parts do not make the whole.
    The units are those of ``as_of``; ``left_out`` holds by uid why one of them has no share.
    ``replaces`` is the decided allocation whose place it takes, ``not_carried`` what of
    that one found no unit.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    target = models.ForeignKey(Target, models.PROTECT, related_name="allocations")
    state = models.CharField(
        max_length=12,
        choices=[(state, state) for state in AllocationState],
        default=AllocationState.DRAFT,
    )
    version = models.PositiveIntegerField(default=1)
    method = models.CharField(max_length=12, choices=[(way, way) for way in AllocationMethod])
    whole = models.DecimalField(max_digits=30, decimal_places=6)
    base_words = models.CharField(max_length=500, blank=True)
    difference_reason = models.CharField(max_length=1000, blank=True)
    as_of = models.DateField()
    answers_due = models.DateField(null=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    drafting_key = models.UUIDField(unique=True)
    basis = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    not_carried = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    left_out = models.JSONField(default=dict)

    class Meta:
        db_table = "targets_allocation"
        triggers = [
            pgtrigger.FSM(
                name="only_steps",
                field="state",
                transitions=sorted(
                    {(was, to) for (was, _), to in ALLOCATION_TRANSITIONS.items() if was != to}
                ),
            ),
            pgtrigger.Trigger(
                name="decided_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                condition=pgtrigger.Condition(f"OLD.state IN {_CLOSED}"),
                func="IF (TG_OP = 'DELETE' OR (to_jsonb(NEW) - '{state,version}'::text[])"
                " IS DISTINCT FROM (to_jsonb(OLD) - '{state,version}'::text[]))"
                " THEN RAISE EXCEPTION 'decided: what was allocated stays'; END IF; RETURN NEW;",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["target"],
                condition=models.Q(state__in=list(OPEN_ALLOCATIONS)),
                name="targets_one_open_allocation",
            ),
            models.UniqueConstraint(
                fields=["target"],
                condition=models.Q(state=AllocationState.DECIDED),
                name="targets_one_decided_allocation",
            ),
            models.CheckConstraint(
                name="targets_decided_by_document",
                condition=~models.Q(state__in=[AllocationState.DECIDED, AllocationState.SUPERSEDED])
                | models.Q(basis__isnull=False, decided_on__isnull=False),
            ),
        ]

    @property
    def named(self) -> Named:
        """What the journal calls this allocation."""
        return Named("allocation", self.uid)


class AllocationShare(models.Model):
    """What one unit is to reach, by its ``base``, and what the unit says of it.

    ``version`` rises with its figure and with each answer: an answer is to the figure that was
    shown. ``previous`` is what the allocation before gave the unit and those that it follows.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="shares")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    rank = models.PositiveIntegerField()
    value = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    base = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    previous = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    version = models.PositiveIntegerField(default=1)
    answer = models.CharField(
        max_length=10, blank=True, choices=[(said, said) for said in ShareAnswer]
    )
    asked = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    reason = models.CharField(max_length=2000, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True)

    class Meta:
        db_table = "targets_allocation_share"
        triggers = [
            pgtrigger.Trigger(
                name="decided_stays",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func="IF (TG_OP = 'DELETE' OR (SELECT state FROM targets_allocation WHERE id ="
                " NEW.allocation_id) IN ('decided', 'superseded', 'withdrawn')) THEN RAISE"
                " EXCEPTION 'decided: what was allocated stays'; END IF; RETURN NEW;",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["allocation", "unit"], name="targets_one_share_a_unit"),
            models.CheckConstraint(
                name="targets_answer_whole",
                condition=models.Q(
                    answer="", asked__isnull=True, reason="", answered_by__isnull=True
                )
                | models.Q(answer=ShareAnswer.AGREES, asked__isnull=True, answered_by__isnull=False)
                | (
                    models.Q(
                        answer=ShareAnswer.ASKS, asked__isnull=False, answered_by__isnull=False
                    )
                    & ~models.Q(reason="")
                ),
            ),
        ]


class AllocationEvent(models.Model):
    """A step that was taken: by whom, when, of which unit, and what the figures were before.

    By the client's key, sending it twice is sending it once. ``figures`` holds by the uid of a unit
    what was said before and after the step.
    """

    append_only = True

    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="events")
    step = models.CharField(max_length=12, choices=[(step, step) for step in AllocationStep])
    version = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    on = models.DateField()
    client_key = models.UUIDField()
    note = models.CharField(max_length=2000, blank=True)
    figures = models.JSONField(default=dict)

    class Meta:
        db_table = "targets_allocation_event"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(
                fields=["allocation", "step", "client_key"], name="targets_step_once_a_key"
            )
        ]
        indexes = [models.Index(fields=["allocation", "id"], name="targets_step_in_order")]
