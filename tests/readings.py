"""Readings that older rules left behind, and further texts of a document."""

from collections.abc import Callable
from typing import Any

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents.models import Document
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.models import Candidate, ReadingRun
from lotrinh.apps.intake.services import Submission
from lotrinh.apps.units.models import Unit
from lotrinh.reading import read_text
from tests.factories import NOW, TEXT, TODAY, key, make_run

Older = Callable[[dict[str, Any]], dict[str, Any] | None]


def read_by_older_rules(
    *, keeper: Unit, user: User, older: Older = lambda said: said, text: str = TEXT
) -> ReadingRun:
    """Leave a reading as rules of the past made it; ``older`` says what they made of a proposal.

    It is given what the rules of today say (kind, start, end, fields) and returns what the older
    ones said, None where they found nothing.
    """
    run = make_run(keeper=keeper, user=user, text=text, is_read=False)
    found = [fact for fact in read_text(text).facts if fact.kind in Candidate.Kind.values]
    for ordinal, fact in enumerate(found, start=1):
        said = older(
            {"kind": fact.kind, "start": fact.start, "end": fact.end, "fields": fact.fields()}
        )
        if said is not None:
            Candidate.objects.create(run=run, ordinal=ordinal, rule="older", confidence=0.9, **said)
    run.state, run.finished_at = ReadingRun.State.DONE, NOW
    run.engine_version, run.lexicon_hash = "1", "0" * 64
    run.facts = [fact.record("") for fact in read_text(text).facts]
    run.save()
    return run


def read_again_now(run: ReadingRun, user: User) -> ReadingRun:
    """Let a text be read by the rules of today, beside the reading that there is."""
    newer = intake.reread(run_id=run.pk, user=user, client_key=key(), on=TODAY, at=NOW)
    return intake.read_run(uid=newer.uid, at=NOW)


def hand_in(
    text: str,
    *,
    keeper: Unit,
    user: User,
    document: Document | None = None,
    kind: str = "original",
    source_name: str = "ban-ky.txt",
) -> ReadingRun:
    """Hand a text in, as a further one of a document where that is named, and let it be read."""
    run = intake.submit(
        submission=Submission(content=text.encode(), source_name=source_name, kind=kind),
        keeper=keeper,
        user=user,
        client_key=key(),
        on=TODAY,
        at=NOW,
        rendition_of=document,
    )
    return intake.read_run(uid=run.uid, at=NOW)
