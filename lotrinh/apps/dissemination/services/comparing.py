"""Holding the programmes of a call against each other and against the document they carry out.

Everything here can be made anew from the texts. A text is read once and what it says is kept; all
programmes are then compared at once, since a new one may be what an older one is alike to. What is
found decides nothing: it is shown to people, who may ask the unit.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app as jobs
from procrastinate.exceptions import AlreadyEnqueued

from lotrinh.apps.dissemination.models import (
    Programme,
    ProgrammeCall,
    ProgrammeComparison,
    ProgrammePlan,
)
from lotrinh.apps.dissemination.selectors.commitments import commitments_of
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents.models import Document, Rendition
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.intake.papers import read_today
from lotrinh.apps.journal.turns import take_turn
from lotrinh.reading.near_copy import syllables_at
from lotrinh.reading.plans import Plan, levels_at, own_among, plan_of
from lotrinh.rules.duty_states import BINDING
from lotrinh.rules.originality import Originality
from lotrinh.rules.originality_of_many import judge_all
from lotrinh.rules.programmes import Commitment, answers_of

COMPARE_JOB = "dissemination.compare_programmes"
NEAREST = 5
"""With so many programmes, those that share the most, is compared what a programme states."""


@dataclass(frozen=True, slots=True)
class _Parent:
    """The document that is carried out: what it says, and its commitments by their ids."""

    plan: Plan | None
    number: str
    ids: tuple[int, ...]
    commitments: tuple[Commitment, ...]


def queue_comparison(*, call_id: int) -> None:
    """Ask a worker to compare the programmes of a call; asking while it waits changes nothing."""
    lock = f"{COMPARE_JOB}:{call_id}"
    job = jobs.configure_task(COMPARE_JOB, queue="extract", queueing_lock=lock)
    try:
        with transaction.atomic():
            job.defer(call_id=call_id)
    except AlreadyEnqueued:
        return


@transaction.atomic
def compare_programmes(*, call_id: int, at: datetime) -> int:
    """Compare all programmes of a call that have a text, and say how many; twice is once.

    What was found before is replaced.
    """
    take_turn("compare programmes", call_id)
    call = ProgrammeCall.objects.select_related("document").get(pk=call_id)
    held = _with_texts(call)
    parent = _parent(call.document)
    plans = _plans([text for _one, text in held])
    said = [plans[text.pk] for _one, text in held]
    frame = parent.plan.passages if parent.plan else ()
    found = judge_all([plan.passages for plan in said], frame)
    ProgrammeComparison.objects.filter(programme__call=call).delete()
    ProgrammeComparison.objects.bulk_create(
        (_comparison(place, held, said, found[place], parent, at=at) for place in range(len(held))),
        batch_size=500,
    )
    return len(held)


def _with_texts(call: ProgrammeCall) -> list[tuple[Programme, Rendition]]:
    """Return the programmes that have a text, each with the one that counts."""
    owed = Duty.objects.filter(state__in=BINDING)
    rows = Programme.objects.filter(call=call, document__isnull=False, duty__in=owed)
    rows = rows.annotate(text=documents.counting_text("document")).order_by("pk")
    linked = [one for one in rows if one.text is not None]
    texts = Rendition.objects.in_bulk([one.text for one in linked])
    return [(one, texts[one.text]) for one in linked]


def _plans(texts: Iterable[Rendition]) -> dict[int, Plan]:
    """Return what each text says; one that was not read before is read now and kept."""
    wanted = {text.pk: text for text in texts}
    kept = ProgrammePlan.objects.filter(rendition__in=wanted)
    found = {row.rendition_id: Plan.from_record(row.plan) for row in kept}
    for pk, text in wanted.items():
        if pk not in found:
            reading = read_today(text)
            found[pk] = plan_of(reading)
            ProgrammePlan.objects.create(
                rendition=text, plan=found[pk].record(), engine_version=reading.engine_version
            )
    return found


def _parent(document: Document) -> _Parent:
    text = documents.text_that_counts(document)
    if text is None:
        return _Parent(None, document.number, (), ())
    reading = read_today(text)
    held = commitments_of(document)
    spans = [(one.start, one.end) for one in held]
    commitments = (
        Commitment(syllables, levels, one.address)
        for one, syllables, levels in zip(
            held, syllables_at(reading, spans), levels_at(reading, spans), strict=True
        )
    )
    ids = tuple(one.id for one in held)
    return _Parent(plan_of(reading), document.number, ids, tuple(commitments))


def _comparison(
    place: int,
    held: Sequence[tuple[Programme, Rendition]],
    said: Sequence[Plan],
    found: Originality,
    parent: _Parent,
    *,
    at: datetime,
) -> ProgrammeComparison:
    programme, text = held[place]
    plan = said[place]
    near = Counter(one.source for one in found.copied)
    others = [said[source] for source, _n in near.most_common(NEAREST)]
    return ProgrammeComparison(
        programme=programme,
        rendition=text,
        against=len(held) - 1,
        own=found.own,
        counted=found.counted,
        framed=found.framed,
        tasks=plan.tasks,
        clear=plan.clear,
        missing={str(one): count for one, count in plan.missing.items()},
        stated=_stated(plan, [*others, *([parent.plan] if parent.plan else [])]),
        alike=[
            [
                one.start,
                one.end,
                held[one.source][1].pk,
                one.source_start,
                one.source_end,
                round(one.share, 3),
            ]
            for one in found.copied
        ],
        covered=_covered(plan, parent),
        commitments=len(parent.ids),
        at=at,
    )


def _stated(plan: Plan, others: Sequence[Plan]) -> Mapping[str, list[str]]:
    """Return what the plan states that neither the document nor what it is alike to states."""
    return {
        "deadlines": list(own_among(plan.deadlines, [one.deadlines for one in others])),
        "numbers": list(own_among(plan.numbers, [one.numbers for one in others])),
        "people": list(own_among(plan.people, [one.people for one in others])),
    }


def _covered(plan: Plan, parent: _Parent) -> list[list[object]]:
    """Return for each commitment that is answered its id, the clause, how, and how nearly."""
    clauses = plan.clauses(parent.number)
    return [
        [
            parent.ids[one.commitment],
            clauses[one.clause].start,
            clauses[one.clause].end,
            str(one.how),
            round(one.share, 3),
        ]
        for one in answers_of(parent.commitments, clauses)
    ]
