"""What a newer reading, or the reading of another text, says differently from the one before.

Nothing here is stored: two readings are matched when somebody looks. Stored is only what people
made of the differences (``selectors.settled``).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, QuerySet

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents.models import Document, Rendition, TextChoice
from lotrinh.apps.intake.differing import Changes, changes
from lotrinh.apps.intake.models import Candidate, Decision, ReadingRun
from lotrinh.apps.intake.selectors.lexicon import rules_of_today
from lotrinh.apps.intake.selectors.proposals import (
    candidates_of_runs,
    confirmations_of,
    decision_of,
    is_gone,
)
from lotrinh.apps.intake.selectors.runs import first_readings
from lotrinh.apps.intake.selectors.settled import Difference, settlements
from lotrinh.reading.matching import Mention, OtherText, Places, SameText, match, mention

Pair = tuple[Candidate, Candidate]
Thing = tuple[int | None, int | None]
"""The ids of a duty and of a target; one of them is None."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two readings beside each other. ``pairs`` are all that match, the unchanged among them.

    ``unchanged`` is how many commitments both state in the same way.
    """

    pairs: tuple[Pair, ...]
    changed: tuple[Difference, ...]
    new: tuple[Difference, ...]
    gone: tuple[Difference, ...]
    unchanged: int

    @property
    def all(self) -> tuple[Difference, ...]:
        """Every difference: what changed, what is new, what is gone."""
        return (*self.changed, *self.new, *self.gone)


def compared(older: ReadingRun, newer: ReadingRun) -> Compared:
    """Match what two readings propose, one to one, and say in what they differ.

    What was split, merged or taken back counts on neither side. The runs come with their
    renditions.
    """
    mine, theirs = _standing(older, newer)
    texts = older.rendition.text, newer.rendition.text
    is_one = older.rendition_id == newer.rendition_id
    places: Places = SameText() if is_one else OtherText(*texts)
    found = match(_mentions(mine, texts[0]), _mentions(theirs, texts[1]), places)
    pairs = tuple((mine[one], theirs[other]) for one, other in found)
    matched_older, matched_newer = {one for one, _ in found}, {other for _, other in found}
    differing = [Difference(one, other, _changes(one, other, texts)) for one, other in pairs]
    changed = tuple(row for row in differing if row.fields)
    return Compared(
        pairs=pairs,
        changed=changed,
        new=tuple(Difference(None, row) for n, row in enumerate(theirs) if n not in matched_newer),
        gone=tuple(Difference(row, None) for n, row in enumerate(mine) if n not in matched_older),
        unchanged=len(pairs) - len(changed),
    )


def still_asked(found: Compared) -> Compared:
    """Return the comparison without the differences that somebody took or left already."""
    rows = found.all
    if not rows:
        return found
    settled = settlements(rows)
    return replace(
        found,
        changed=tuple(row for row in found.changed if not settled.holds(row)),
        new=tuple(row for row in found.new if not settled.holds(row)),
        gone=tuple(row for row in found.gone if not settled.holds(row)),
    )


def asked_of_readings(run: ReadingRun, again: ReadingRun | None) -> Compared | None:
    """Return what a newer reading says differently and nobody looked at yet.

    ``again`` is ``rereading_of`` the run; None where there is none, or it still waits.
    """
    if again is None or {run.state, again.state} != {ReadingRun.State.DONE}:
        return None
    again.rendition = run.rendition
    return still_asked(compared(run, again))


def asked_of_texts(pair: tuple[ReadingRun, ReadingRun]) -> Compared:
    """Return what is to be looked at after another text was taken.

    What nobody had decided is decided on the desk as the new text has it, and what is new waits
    there already. Gone is what was made of any text that was left, and no proposal holds any more:
    once each, whichever texts it stood in.
    """
    found = compared(*pair)
    asked = still_asked(replace(found, new=(), gone=()))
    return replace(
        asked,
        changed=tuple(row for row in asked.changed if row.newer and decision_of(row.newer)),
        gone=_gone_with_texts(pair, found.gone),
    )


def _gone_with_texts(
    pair: tuple[ReadingRun, ReadingRun], gone: Iterable[Difference]
) -> tuple[Difference, ...]:
    older, newer = pair
    further = runs_of_further_texts(older, newer)
    rows = [*gone, *(row for run in further for row in compared(run, newer).gone)]
    settled, held = settlements(rows), made_by(newer)
    asked: dict[Thing, Difference] = {}
    over: set[Thing] = set(held)
    for row in rows:
        thing = thing_of(row.older) if row.older is not None else None
        if thing is not None:
            asked.setdefault(thing, row)
            over |= {thing} if settled.holds(row) else set()
    return tuple(row for thing, row in asked.items() if thing not in over)


def thing_of(candidate: Candidate) -> Thing | None:
    """Return the ids of the duty or the target that was made of a proposal; None without."""
    decision = decision_of(candidate)
    if decision is None or decision.verdict != Decision.Verdict.CONFIRMED:
        return None
    return decision.duty_id, decision.target_id


def made_by(run: ReadingRun) -> frozenset[Thing]:
    """Return the duties and targets that the proposals of a reading hold."""
    return frozenset((row.duty_id, row.target_id) for row in confirmations_of(run=run))


def rereading_of(run: ReadingRun) -> ReadingRun | None:
    """Return the last reading again of this one that was not given up, or None."""
    rows = run.rereadings.exclude(state=ReadingRun.State.FAILED)
    return rows.select_related("rendition").order_by("-id").first()


def is_outdated(
    run: ReadingRun, again: ReadingRun | None, *, rules: tuple[str, str] | None = None
) -> bool:
    """Say whether newer rules would read what was read here; what waits to be read is not.

    ``again`` is ``rereading_of`` the run; ``rules`` are those of today where they are known.
    """
    last = again or run
    is_done = last.state == ReadingRun.State.DONE
    return is_done and by_rules(last) != (rules or rules_of_today())


def by_rules(run: ReadingRun) -> tuple[str, str]:
    """Return the version of the grammar and the fingerprint of the words by which a run read."""
    return run.engine_version, run.lexicon_hash


def outdated_runs(*, numbers: Collection[str] = ()) -> tuple[ReadingRun, ...]:
    """Return the readings on desks that newer rules would read again, whoever keeps them.

    For the administrator of the server; ``numbers`` leaves the documents that bear one of them.
    """
    done, rules = _on_desks(numbers).defer("facts").order_by("id"), rules_of_today()
    return tuple(run for run in done.iterator() if is_outdated(run, rereading_of(run), rules=rules))


def runs_read(*, numbers: Collection[str] = ()) -> int:
    """Count the readings on desks, of all documents or of those with one of the numbers."""
    return _on_desks(numbers).count()


def read_numbers(*, numbers: Collection[str]) -> frozenset[str]:
    """Return those of the numbers that a document bears which was read."""
    return frozenset(_read_of(numbers).values_list("rendition__document__number", flat=True))


def _read_of(numbers: Collection[str]) -> QuerySet[ReadingRun]:
    done = first_readings().filter(state=ReadingRun.State.DONE)
    return done.filter(rendition__document__number__in=list(numbers)) if numbers else done


def _on_desks(numbers: Collection[str]) -> QuerySet[ReadingRun]:
    """Return those of the text that counts: from a translation or a text left nobody decides."""
    counting = documents.counting_text("rendition__document")
    return _read_of(numbers).filter(rendition=counting)


def _texts_taken(document: Document) -> tuple[int, int] | None:
    """Return the ids of the text that counted before and of the one that was taken, or None."""
    choices = TextChoice.objects.filter(documents.belongs("rendition"), document=document)
    choices = choices.order_by("-turn")
    taken = list(choices.values_list("rendition_id", flat=True))
    if not taken:
        return None
    now = taken[0]
    before = next((pk for pk in taken if pk != now), None)
    if before is None:  # it was never taken: the first original
        held = document.renditions.filter(documents.belongs())
        texts = held.order_by("id").values_list("pk", "kind")
        others = sorted(texts, key=lambda row: (row[1] != Rendition.Kind.ORIGINAL, row[0]))
        before = next((pk for pk, _kind in others if pk != now), None)
    return (before, now) if before is not None else None


def is_left(rendition: Rendition) -> bool:
    """Say whether nothing is decided from this text any more.

    Either people took another text of the document, or the document turned out to be another one,
    or the text went back to the document that it came with.
    """
    if not Rendition.objects.filter(documents.belongs(), pk=rendition.pk).exists():
        return True
    if Document.objects.filter(pk=rendition.document_id, merged_into__isnull=False).exists():
        return True
    taken = TextChoice.objects.filter(
        documents.belongs("rendition"), document=rendition.document_id
    ).order_by("-turn")
    last = taken.values_list("rendition_id", flat=True).first()
    return last is not None and last != rendition.pk


def done_run_of(rendition: Rendition) -> ReadingRun | None:
    """Return the reading of a text from which people decide, once it is done; else None."""
    done = first_readings(rendition.runs).filter(state=ReadingRun.State.DONE)
    return done.select_related("rendition__document__keeper").order_by("-id").first()


def runs_of_texts(document: Document) -> tuple[ReadingRun, ReadingRun] | None:
    """Return the reading of the text that counted before and of the one that counts, or None."""
    texts = _texts_taken(document)
    if texts is None:
        return None
    done = first_readings().filter(rendition__in=texts, state=ReadingRun.State.DONE)
    latest = {run.rendition_id: run for run in done.select_related("rendition").order_by("id")}
    for run in latest.values():
        run.rendition.document = document
    older, newer = (latest.get(pk) for pk in texts)
    return (older, newer) if older and newer else None


def runs_of_further_texts(older: ReadingRun, newer: ReadingRun) -> tuple[ReadingRun, ...]:
    """Return the readings of the other texts of their document of which anything was decided.

    The last first. The document is that of ``newer``.
    """
    document = newer.rendition.document
    others = first_readings().filter(
        Exists(Decision.objects.filter(candidate__run=OuterRef("pk"))),
        rendition__document=document,
        state=ReadingRun.State.DONE,
    )
    others = others.exclude(rendition__in=[older.rendition_id, newer.rendition_id])
    found = tuple(others.select_related("rendition").order_by("-id"))
    for run in found:
        run.rendition.document = document
    return found


def standing(run: ReadingRun) -> tuple[Candidate, ...]:
    """Return the proposals of a reading for which no others stand, with it at hand."""
    (rows,) = _standing(run)
    return rows


def _standing(*runs: ReadingRun) -> tuple[tuple[Candidate, ...], ...]:
    """Return for each reading the proposals for which no others stand, with it at hand."""
    found: dict[int, list[Candidate]] = {run.pk: [] for run in runs}
    by_id = {run.pk: run for run in runs}
    for row in candidates_of_runs(runs):
        if not is_gone(row):
            row.run = by_id[row.run_id]  # its text and facts are large: once is enough
            found[row.run_id].append(row)
    return tuple(tuple(found[run.pk]) for run in runs)


def _mentions(rows: Iterable[Candidate], text: str) -> list[Mention]:
    return [mention(row.kind, text, row.start, row.end) for row in rows]


def _changes(older: Candidate, newer: Candidate, texts: tuple[str, str]) -> Changes:
    words = texts[0][older.start : older.end], texts[1][newer.start : newer.end]
    return changes(older.kind, older.fields, newer.fields, words)
