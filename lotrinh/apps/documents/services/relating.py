"""Writes of relations: read from a text, stated, corrected and withdrawn by people.

Reading never takes back what a person decided: a relation that somebody withdrew or put right is
not stated again, however often its text is read.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents import selectors
from lotrinh.apps.documents.models import Document, Relation, Rendition
from lotrinh.apps.documents.rights import answering, require_keeper
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import SYSTEM, Named
from lotrinh.apps.journal.turns import take_turn
from lotrinh.rules.pinpoints import pinpoint_before
from lotrinh.rules.validity import EFFECTS


class RelationEnded(Exception):
    """This relation was withdrawn or put right meanwhile."""


class RelationStands(Exception):
    """The two documents stand in just this relation already; its uid is the argument."""


class RelatedToItself(Exception):
    """A document stands in no relation to itself."""


class CauseUnknown(Exception):
    """Only an effect may be known without the document that causes it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a person says of two documents. ``source`` is None where only the effect is known.

    Pinpoints are addresses as `rules.pinpoints` has them, empty for the whole document.
    """

    source: Document | None
    target: Document
    kind: str
    effective_from: date | None = None
    source_pinpoint: str = ""
    target_pinpoint: str = ""
    verb: str = ""
    note: str = ""


@transaction.atomic
def relate(
    *,
    source: Document,
    target: Document,
    kind: str,
    rendition: Rendition | None,
    span: tuple[int, int] | None,
    verb: str = "",
    actor: Named = SYSTEM,
    at: datetime,
) -> Relation | None:
    """State what a text says: that ``source`` stands to ``target`` in ``kind``, once.

    What ends or changes a part alone keeps the address that the text prints before the document.
    None where nothing is stated: nothing relates to itself, and what a person ended stays ended.
    """
    source, target = source.merged_into or source, target.merged_into or target
    if source.pk == target.pk:
        return None
    start, end = span or (None, None)
    take_turn("relation", f"{source.pk}:{target.pk}")
    pair = Relation.objects.filter(
        kind=kind,
        source__in=selectors.ids_of(source),
        target__in=selectors.ids_of(target),
    )
    known = pair.filter(ended_at__isnull=True).first()
    if known is not None or pair.exists():
        return known
    relation = Relation.objects.create(
        source=source,
        target=target,
        kind=kind,
        rendition=rendition,
        start=start,
        end=end,
        verb=verb[:60],
        target_pinpoint=_printed_part(kind, rendition, start),
        stated_at=at,
    )
    journal.record(
        "document.related",
        source.named,
        actor=actor,
        at=at,
        unit_uid=source.keeper.uid,
        data={"kind": kind, "target": str(target.uid)},
    )
    return relation


@transaction.atomic
def state_relation(
    *,
    statement: Statement,
    reason: str,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Relation:
    """State a relation by hand; sending it again changes nothing.

    It is for those who keep the source, and where that is a stub or unknown for those who keep the
    target. Raises NotAllowed, RelatedToItself, CauseUnknown, RelationStands.
    """
    take_turn("statement", client_key)
    sent = Relation.objects.filter(client_key=client_key).first()
    if sent is not None:
        return sent
    require_keeper(answering(statement.source, statement.target), user=user, on=on)
    return _state(statement, reason, user=user, client_key=client_key, at=at, supersedes=None)


@transaction.atomic
def correct_relation(
    *,
    relation: Relation,
    statement: Statement,
    reason: str,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Relation:
    """Let another statement take the place of a relation, which stays as it was, ended.

    The passage of the text goes with it. Raises NotAllowed, RelationEnded, RelatedToItself,
    CauseUnknown, RelationStands.
    """
    take_turn("statement", client_key)
    sent = Relation.objects.filter(client_key=client_key).first()
    if sent is not None:
        return sent
    row = _standing(relation)
    require_keeper(answering(row.source, row.target), user=user, on=on)
    require_keeper(answering(statement.source, statement.target), user=user, on=on)
    _end(row, reason, user=user, at=at)
    return _state(statement, reason, user=user, client_key=client_key, at=at, supersedes=row)


@transaction.atomic
def withdraw_relation(
    *, relation: Relation, reason: str, user: User, on: date, at: datetime
) -> Relation:
    """Say that a relation does not hold. It stays to be read, with the reason; reading it again
    does not bring it back. Raises NotAllowed, RelationEnded.
    """
    row = _standing(relation)
    owner = answering(row.source, row.target)
    require_keeper(owner, user=user, on=on)
    _end(row, reason, user=user, at=at)
    journal.record(
        "relation.withdrawn",
        owner.named,
        actor=user.named,
        at=at,
        unit_uid=owner.keeper.uid,
        data={"relation": str(row.uid), "kind": row.kind, "reason": reason[:300]},
    )
    return row


def _printed_part(kind: str, rendition: Rendition | None, start: int | None) -> str:
    """Return which part of the other document a text says that it touches; empty for the whole."""
    if kind not in EFFECTS or rendition is None or start is None:
        return ""
    return pinpoint_before(rendition.text[max(0, start - 200) : start])


def _standing(relation: Relation) -> Relation:
    row = (
        Relation.objects.select_for_update(of=("self",))
        .select_related("source__keeper", "target__keeper")
        .get(pk=relation.pk)
    )
    if row.ended_at is not None:
        raise RelationEnded(str(row.uid))
    return row


def _end(row: Relation, reason: str, *, user: User, at: datetime) -> None:
    row.ended_by, row.ended_at, row.ended_reason = user, at, reason[:300]
    row.save(update_fields=["ended_by", "ended_at", "ended_reason"])


def _state(
    said: Statement,
    reason: str,
    *,
    user: User,
    client_key: UUID,
    at: datetime,
    supersedes: Relation | None,
) -> Relation:
    _refuse(said)
    made = Relation.objects.create(
        source=said.source,
        target=said.target,
        kind=said.kind,
        effective_from=said.effective_from,
        source_pinpoint=said.source_pinpoint[:80],
        target_pinpoint=said.target_pinpoint[:80],
        verb=said.verb[:60],
        note=said.note[:300],
        rendition=supersedes.rendition if supersedes else None,
        start=supersedes.start if supersedes else None,
        end=supersedes.end if supersedes else None,
        stated_by=user,
        stated_at=at,
        client_key=client_key,
        supersedes=supersedes,
    )
    owner = answering(said.source, said.target)
    journal.record(
        "relation.corrected" if supersedes else "document.related",
        owner.named,
        actor=user.named,
        at=at,
        unit_uid=owner.keeper.uid,
        data={
            "relation": str(made.uid),
            "kind": said.kind,
            "target": str(said.target.uid),
            "reason": reason[:300],
        },
    )
    return made


def _refuse(said: Statement) -> None:
    """Raise what the statement itself contradicts."""
    if said.source is None and said.kind not in EFFECTS:
        raise CauseUnknown(said.kind)
    if said.source is not None and said.source.pk == said.target.pk:
        raise RelatedToItself(said.target.number)
    take_turn("relation", f"{said.source.pk if said.source else None}:{said.target.pk}")
    standing = Relation.objects.filter(
        source=said.source,
        target=said.target,
        kind=said.kind,
        source_pinpoint=said.source_pinpoint,
        target_pinpoint=said.target_pinpoint,
        ended_at__isnull=True,
    ).first()
    if standing is not None:
        raise RelationStands(str(standing.uid))
