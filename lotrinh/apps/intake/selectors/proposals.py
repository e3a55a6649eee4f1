"""Proposals with what became of them: the last turn of each is what holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.intake.models import Candidate, Decision, ReadingRun, TypedWords

Verdict = Decision.Verdict
GONE = (Verdict.REPLACED, Verdict.WITHDRAWN)
"""Verdicts after which a proposal is counted nowhere: others stand for it, or it never was one."""
_UNDONE_BY_TURN = (Verdict.CONFIRMED, Verdict.REJECTED, Verdict.REPLACED)
"""Verdicts that can be taken back."""
UNDECIDED = ""
"""What ``with_verdict`` says of a proposal that nobody has decided, or that is open again."""


@dataclass(frozen=True, slots=True)
class DoneAct:
    """One act of a person on one desk that still holds: what he did, to how many proposals.

    ``verdict`` is that of its decisions; None where he added a proposal.
    """

    client_key: UUID
    verdict: str | None
    count: int
    ordinal: int


def candidates_of(*, run: ReadingRun, typed_by: int | None = None) -> tuple[Candidate, ...]:
    """Return all proposals of a reading in the order of the text, each with its turns.

    With ``typed_by`` each comes with what that account has typed for it and not yet decided.
    """
    return candidates_of_runs([run], typed_by=typed_by)


def candidates_of_runs(
    runs: Iterable[ReadingRun], *, typed_by: int | None = None
) -> tuple[Candidate, ...]:
    """Return all proposals of some readings as ``candidates_of`` has them, in as few queries."""
    known = {run.pk: run for run in runs}
    rows = Candidate.objects.filter(run__in=list(known))
    rows = rows.select_related("clause").prefetch_related(_turns())
    if typed_by is not None:
        typed = TypedWords.objects.filter(candidate=OuterRef("pk"), by_id=typed_by)
        rows = rows.annotate(typed_values=Subquery(typed.values("values")[:1]))
    found = tuple(rows.order_by("start", "end", "ordinal"))
    for row in found:
        row.run = known[row.run_id]
    return found


def confirmations_of(*, run: ReadingRun) -> tuple[Decision, ...]:
    """Return the confirmations that hold of a reading, in the order of the text, in one query."""
    rows = holding().filter(candidate__run=run, verdict=Verdict.CONFIRMED)
    order = ("candidate__start", "candidate__end", "candidate__ordinal")
    return tuple(rows.select_related("candidate").order_by(*order))


def decision_of(candidate: Candidate) -> Decision | None:
    """Return the decision that holds, or None where nobody has decided or it is open again."""
    last = last_turn(candidate)
    return None if last is None or last.verdict == Verdict.REOPENED else last


def last_turn(candidate: Candidate) -> Decision | None:
    """Return the last that was done to a candidate, or None."""
    turns: list[Decision] | None = getattr(candidate, "turns", None)
    if turns is not None:
        return turns[-1] if turns else None
    rows = candidate.decisions.select_related("duty", "target", "by")
    return rows.order_by("-turn").first()


def turns_of(candidate: Candidate) -> tuple[Decision, ...]:
    """Return everything that was decided about a candidate, oldest first."""
    turns: list[Decision] | None = getattr(candidate, "turns", None)
    return tuple(candidate.decisions.order_by("turn") if turns is None else turns)


def turn_of(candidate: Candidate) -> int:
    """Return the number of the last turn, 0 before the first."""
    last = last_turn(candidate)
    return last.turn if last else 0


def is_gone(candidate: Candidate) -> bool:
    """Say whether others stand for this proposal, or it was taken back."""
    decision = decision_of(candidate)
    return decision is not None and decision.verdict in GONE


def candidate_by_uid(uid: UUID, *, seen_by: int, on: date) -> Candidate | None:
    """Return the candidate, or None where it is missing or its document may not be seen."""
    return (
        Candidate.objects.filter(
            uid=uid,
            run__rereads__isnull=True,
            run__rendition__document__in=documents.visible(seen_by=seen_by, on=on),
        )
        .select_related("run__rendition__document__keeper")
        .prefetch_related(_turns())
        .first()
    )


def successors_of(decision: Decision) -> tuple[Candidate, ...]:
    """Return the proposals that stand for the one which this decision replaced."""
    rows = Candidate.objects.filter(descents__decision=decision)
    return tuple(rows.prefetch_related(_turns()).order_by("start", "ordinal"))


def last_act(candidates: Iterable[Candidate], *, user_id: int) -> DoneAct | None:
    """Return what the account did last on this desk and can still take back, or None.

    The candidates are those of ``candidates_of``; nothing more is asked for.
    """
    acts: dict[UUID, list[tuple[datetime | None, int, str | None, int]]] = {}
    for row in candidates:
        last = last_turn(row)
        is_mine = last is not None and last.by_id == user_id and last.carried_from_id is None
        if last is not None and is_mine and last.verdict in _UNDONE_BY_TURN:
            at = (last.at, last.pk, last.verdict, row.ordinal)
            acts.setdefault(last.client_key, []).append(at)
        elif last is None and row.client_key and row.made_by_id == user_id and _is_added(row):
            made = (row.made_at, 0, None, row.ordinal)
            acts.setdefault(row.client_key, []).append(made)
    if not acts:
        return None
    key, done = max(acts.items(), key=lambda act: max((at, pk) for at, pk, *_ in act[1]))
    return DoneAct(key, done[0][2], len(done), min(ordinal for *_, ordinal in done))


def holding_too(decision: Decision) -> tuple[Candidate, ...]:
    """Return the other proposals for which this decision holds: those of other texts.

    What a confirmation made is held by each of them; a rejection was carried from one to another.
    """
    if decision.verdict == Verdict.CONFIRMED:
        same = Q(duty=decision.duty_id) if decision.duty_id else Q(target=decision.target_id)
    else:
        same = Q(pk__in=_carried_with(decision))
    rows = holding().filter(same, verdict=decision.verdict).exclude(candidate=decision.candidate_id)
    return tuple(
        row.candidate for row in rows.select_related("candidate__run__rendition__document")
    )


def _carried_with(decision: Decision) -> set[int]:
    """Return the ids of the decisions from which this was carried, or to which, and so on."""
    known = {decision.pk}
    while True:
        near = Q(carried_from__in=known) | Q(carried_to__in=known)
        found = set(Decision.objects.filter(near).values_list("pk", flat=True))
        if found <= known:
            return known
        known |= found


def made_from(candidates: Iterable[Candidate]) -> dict[int, tuple[int, ...]]:
    """Return by candidate id the numbers of the proposals that it was split or merged from.

    The candidates are those of ``candidates_of``; what replaced and what followed has one key.
    """
    rows = tuple(candidates)
    replaced: dict[tuple[UUID, int], list[int]] = {}
    for row in rows:
        for turn in turns_of(row):
            if turn.verdict == Verdict.REPLACED:
                replaced.setdefault((turn.client_key, turn.by_id), []).append(row.ordinal)
    return {
        row.pk: tuple(sorted(replaced.get((row.client_key, row.made_by_id), ())))
        for row in rows
        if row.client_key is not None and row.made_by_id is not None
    }


def stated_dues(target_ids: Iterable[int]) -> dict[int, str]:
    """Return the deadlines of targets as their texts state them ("2030"), by target id."""
    rows = Decision.objects.filter(target__in=list(target_ids)).select_related("candidate")
    rows = rows.order_by("-id")  # of several texts the one counts from which it was made first
    return {row.target_id: row.candidate.fields.get("due") or "" for row in rows if row.target_id}


def accepted_as(
    *, duty_id: int | None = None, target_id: int | None = None
) -> tuple[Candidate, ...]:
    """Return the proposals from which a duty or a target was made, first accepted first.

    The caller has asked whether the duty or target may be seen.
    """
    made = Decision.objects.select_related("candidate__run").defer("candidate__run__facts")
    made = made.order_by("id")
    if duty_id is not None:
        return tuple(row.candidate for row in made.filter(duty_id=duty_id))
    return tuple(row.candidate for row in made.filter(target_id__in=[target_id]))


def decision_keys() -> frozenset[UUID]:
    """Return the client keys under which decisions were taken; they name nobody and nothing."""
    return frozenset(Decision.objects.values_list("client_key", flat=True))


def holding() -> QuerySet[Decision]:
    """Return the decisions that hold: the last turn of each proposal."""
    later = Decision.objects.filter(candidate=OuterRef("candidate"), turn__gt=OuterRef("turn"))
    return Decision.objects.filter(~Exists(later))


def by_people(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """Return those that a person took himself: what went along with a text teaches nothing twice.

    Nothing is learned of a reading again, from which nobody decides.
    """
    return decisions.filter(carried_from__isnull=True, candidate__run__rereads__isnull=True)


def with_verdict(rows: QuerySet[Candidate]) -> QuerySet[Candidate]:
    """Return the candidates with the verdict that ``holds``, ``UNDECIDED`` where none does."""
    turns = Decision.objects.filter(candidate=OuterRef("pk")).order_by("-turn")
    return rows.annotate(
        last_verdict=Coalesce(Subquery(turns.values("verdict")[:1]), Value(UNDECIDED))
    ).annotate(
        holds=Case(
            When(last_verdict=Verdict.REOPENED, then=Value(UNDECIDED)), default="last_verdict"
        )
    )


def act_done(*, run: ReadingRun, client_key: UUID, user_id: int) -> bool:
    """Say whether the account has decided anything on this desk under this key."""
    done = Decision.objects.filter(candidate__run=run, client_key=client_key, by_id=user_id)
    return done.exists()


def _is_added(candidate: Candidate) -> bool:
    return candidate.origin == Candidate.Origin.ADDED


def _turns() -> "Prefetch[str, QuerySet[Decision], str]":
    rows = Decision.objects.select_related("duty", "target", "by").order_by("turn")
    return Prefetch("decisions", rows, to_attr="turns")
