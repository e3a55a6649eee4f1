"""What a document commits to: the proposals of its reading that nobody has rejected."""

from dataclasses import dataclass

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents.models import Document
from lotrinh.apps.intake import selectors as intake
from lotrinh.apps.intake.models import Decision
from lotrinh.rules.pinpoints import Piece, addresses


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """A commitment with its passage ``[start, end)`` and the address of its clause, if any.

    ``is_confirmed``: a person has accepted it as a duty or a target.
    """

    id: int
    kind: str
    start: int
    end: int
    text: str
    label: str
    address: str
    is_confirmed: bool


def commitments_of(document: Document) -> tuple[CommitmentRow, ...]:
    """Return what the text that counts commits to, in its order; nothing where it was not read."""
    text = documents.text_that_counts(document)
    run = intake.run_of(document=document)
    if text is None or run is None or run.rendition_id != text.pk:
        return ()
    clauses = documents.clauses_of(rendition=text)
    named = addresses([Piece(one.label, one.level) for one in clauses])
    address = dict(zip((one.pk for one in clauses), named, strict=True))
    found = []
    for one in intake.candidates_of(run=run):
        decision = intake.decision_of(one)
        verdict = decision.verdict if decision else ""
        if intake.is_gone(one) or verdict == Decision.Verdict.REJECTED:
            continue
        found.append(
            CommitmentRow(
                one.pk,
                one.kind,
                one.start,
                one.end,
                " ".join(text.text[one.start : one.end].split()),
                one.clause.label if one.clause else "",
                address.get(one.clause_id or 0, ""),
                verdict == Decision.Verdict.CONFIRMED,
            )
        )
    return tuple(found)
