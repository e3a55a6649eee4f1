"""Readings as one account may see them: how far each has come, and what waits for a decision."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Manager,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, JSONArray

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents.models import Document, TextChoice
from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.intake.models import Candidate, Decision, Likeness, ReadingRun
from lotrinh.apps.intake.selectors.company import present_at
from lotrinh.apps.intake.selectors.lexicon import lines_of_today
from lotrinh.apps.intake.selectors.proposals import GONE, UNDECIDED, holding, with_verdict

_PARTY_ORDER = re.compile(r"^\d+[a-zđ]?-[A-ZĐa-z]+/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading of a document has come; ``state`` is None where it was never read."""

    state: str | None
    proposals: int
    confirmed: int
    rejected: int
    error: str

    @property
    def undecided(self) -> int:
        """How many proposals still wait for a person."""
        return self.proposals - self.confirmed - self.rejected


NOT_READ = Progress(state=None, proposals=0, confirmed=0, rejected=0, error="")


def _repeats() -> Case:
    """Say whether a reading repeats what the text that counts says already, as translations do.

    A new expression for each query: one that stood in a subquery keeps the names that it had there.
    """
    counts = When(rendition=documents.counting_text("rendition__document"), then=Value(0))
    return Case(counts, default=Value(1))


def run_of_text(*, text: str, seen_by: int, on: date) -> ReadingRun | None:
    """Return the latest reading of exactly this text in a document that the account may see."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    rendition = documents.same_text(sha256=digest, seen_by=seen_by, on=on)
    return first_readings(rendition.runs).order_by("-id").first() if rendition else None


def run_of(*, document: Document) -> ReadingRun | None:
    """Return the latest reading of a document that the caller may see, or None.

    Where there are several texts, of the one that counts: a translation repeats the commitments of
    its original, and nobody should decide them twice.
    """
    runs = first_readings().filter(rendition__document=document)
    return runs.select_related("rendition").order_by(_repeats().asc(), "-id").first()


def readings_of(
    *,
    document: Document,
    beside: tuple[int, datetime] | None = None,
) -> tuple[tuple[ReadingRun, Progress], ...]:
    """Return the latest reading of each text of a document that the caller may see.

    That of ``run_of`` comes first; each with how far it has come. Each says by what it was read
    again last (``again``: state, grammar and words of that reading, None without one), whether a
    person took a text of the document (``is_chosen``), and whether a text of the document was
    compared with another (``is_alike``), one of its own (``is_compared``). Which other document
    that is may be seen by others alone. ``lines`` are those by which texts are read today, for
    ``rules_of_today``. Where an account and an instant are given ``here_too`` are the names of
    ``others_present`` beside it, and ``is_counted`` says whether any unit has said how it counts.
    """
    runs: QuerySet[Any] = _with_what_is_known(
        first_readings().filter(rendition__document=document).select_related("rendition")
    ).annotate(lines=lines_of_today())
    if beside is not None:
        runs = runs.annotate(
            here_too=present_at(user_id=beside[0], at=beside[1]),
            is_counted=duties.any_counting(),
        )
    latest: dict[int, tuple[ReadingRun, Progress]] = {}
    for run in _counted(runs).order_by(_repeats().asc(), "-id"):
        row = Progress(
            state=run.state,
            proposals=run.proposals,
            confirmed=run.confirmed,
            rejected=run.rejected,
            error=run.error,
        )
        run.rendition.document = document
        latest.setdefault(run.rendition_id, (run, row))
    return tuple(latest.values())


def progress_of(found: Iterable[Document]) -> dict[int, Progress]:
    """Return by document id how far ``run_of`` has come; unread documents are absent."""
    rows = (
        _counted(first_readings().filter(rendition__document__in=list(found)))
        .order_by(_repeats().desc(), "id")
        .values_list(
            "rendition__document_id", "state", "proposals", "confirmed", "rejected", "error"
        )
    )
    return {row[0]: Progress(*row[1:]) for row in rows}


def totals(*, seen_by: int, on: date) -> Progress:
    """Return the proposals on the desks of all documents that the account may see, in one sum."""
    seen = documents.visible(seen_by=seen_by, on=on).order_by()
    mine = Q(run__rendition__document__in=seen)
    row = (
        on_desks()
        .filter(mine)
        .aggregate(
            proposals=Count("pk", filter=~Q(holds__in=GONE)),
            confirmed=Count("pk", filter=Q(holds=Decision.Verdict.CONFIRMED)),
            rejected=Count("pk", filter=Q(holds=Decision.Verdict.REJECTED)),
        )
    )
    return Progress(state=None, error="", **row)


def waiting(*, seen_by: int, on: date) -> tuple[int, int]:
    """Return how many visible documents wait for a decision, and on how many proposals."""
    seen = documents.visible(seen_by=seen_by, on=on).order_by()
    row = (
        _undecided()
        .filter(run__rendition__document__in=seen)
        .aggregate(
            documents=Count("run__rendition__document", distinct=True), proposals=Count("pk")
        )
    )
    return row["documents"], row["proposals"]


def in_state(found: QuerySet[Document], state: str) -> QuerySet[Document]:
    """Return those of the documents whose reading is in a state.

    ``waiting`` has proposals to decide, ``queued`` waits for the reader, ``failed`` could not be
    read; any other word matches nothing.
    """
    if state == "waiting":
        return found.filter(pk__in=_undecided().values("run__rendition__document"))
    if state in {ReadingRun.State.QUEUED, ReadingRun.State.FAILED}:
        runs = first_readings().filter(state=state)
        return found.filter(pk__in=runs.values("rendition__document"))
    return found.none()


def _with_what_is_known(runs: QuerySet[ReadingRun]) -> QuerySet[ReadingRun]:
    again = ReadingRun.objects.filter(rereads=OuterRef("pk")).exclude(state=ReadingRun.State.FAILED)
    chosen = TextChoice.objects.filter(
        documents.belongs("rendition"), document=OuterRef("rendition__document")
    )
    text = OuterRef("rendition__document")
    alike = Likeness.objects.filter(
        Q(text__document=text) | Q(other__document=text),
        documents.belongs("text"),
        documents.belongs("other"),
    )
    return runs.annotate(
        again=Subquery(
            again.order_by("-id").values(
                read_by=JSONArray("state", "engine_version", "lexicon_hash")
            )[:1]
        ),
        is_chosen=Exists(chosen),
        is_alike=Exists(alike),
        is_compared=Exists(alike.filter(text__document=F("other__document"))),
    )


def settled_readings() -> QuerySet[ReadingRun]:
    """Return of each document one reading about which people have decided, the latest first.

    That of the text that counts, where they decided about it. For the worker that measures rules;
    it shows nothing to anybody.
    """
    decided = Decision.objects.filter(candidate__run=OuterRef("pk"))
    done = first_readings().filter(Exists(decided), state=ReadingRun.State.DONE)
    document = "rendition__document_id"
    one = done.order_by(document, _repeats().asc(), "-id").distinct(document)
    return ReadingRun.objects.filter(pk__in=one.values("pk")).order_by("-id")


def first_readings(runs: "Manager[ReadingRun] | None" = None) -> QuerySet[ReadingRun]:
    """Return the readings from which people decide: no reading again, which is only compared.

    Nor one of a text that is no longer a text of its document.
    """
    found: Manager[ReadingRun] = ReadingRun.objects if runs is None else runs
    return found.filter(documents.belongs("rendition"), rereads__isnull=True)


def _counted(runs: QuerySet[ReadingRun]) -> QuerySet[Any]:
    """Return the readings with how much each proposes, and what was decided about it."""
    made = Candidate.objects.filter(run=OuterRef("pk")).order_by().values("run")
    decided = holding().filter(candidate__run=OuterRef("pk")).order_by().values("candidate__run")
    return runs.annotate(
        proposals=_how_many(made) - _how_many(decided.filter(verdict__in=GONE)),
        confirmed=_how_many(decided.filter(verdict=Decision.Verdict.CONFIRMED)),
        rejected=_how_many(decided.filter(verdict=Decision.Verdict.REJECTED)),
    )


def _how_many(rows: QuerySet[Any, Any]) -> Coalesce:
    counted = Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return Coalesce(counted, Value(0))


def on_desks() -> QuerySet[Candidate]:
    """Return the proposals that the desk of their document shows: those of ``run_of``."""
    latest = first_readings().filter(rendition=OuterRef("counting")).order_by("-id").values("pk")
    counting = documents.counting_text("run__rendition__document")
    read = Candidate.objects.annotate(counting=counting).filter(run=Subquery(latest[:1]))
    return with_verdict(read)


def _undecided() -> QuerySet[Candidate]:
    return on_desks().filter(Q(holds=UNDECIDED))


def system_of(number: str) -> str:
    """Return whose order of parts a canonical number follows: Party "45-NQ/TW" or State.

    >>> system_of("45-NQ/TW"), system_of("59/2019/NĐ-CP"), system_of("176/KH-UBND")
    ('party', 'state', 'state')
    """
    return "party" if _PARTY_ORDER.match(number) else "state"


def runs_seen(*, seen_by: int, on: date) -> tuple[ReadingRun, ...]:
    """Return every reading of the documents that the account may see, oldest first."""
    seen = documents.visible(seen_by=seen_by, on=on).order_by()
    runs = ReadingRun.objects.filter(rendition__document__in=seen).select_related("rendition")
    return tuple(runs.order_by("id"))


def read_documents(*, seen_by: int, on: date) -> int:
    """Count the documents that the account may see and that have been read."""
    seen = documents.visible(seen_by=seen_by, on=on).order_by()
    done = ReadingRun.objects.filter(rendition__document__in=seen, state=ReadingRun.State.DONE)
    return done.values("rendition__document").distinct().count()


def read_texts(*, seen_by: int, on: date) -> int:
    """Count the texts that have been read of documents that the account may see."""
    done = [run for run in runs_seen(seen_by=seen_by, on=on) if run.state == ReadingRun.State.DONE]
    return len({run.rendition_id for run in done})


def waiting_runs() -> int:
    """Count the texts that wait to be read, for whoever looks after the installation."""
    return ReadingRun.objects.filter(state=ReadingRun.State.QUEUED).count()
