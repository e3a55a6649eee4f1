"""How the rules of reading fared: what people accepted, changed and dropped of their proposals.

Only what reading proposed counts, and only decisions that hold. What was split or merged is told
apart: the commitment was there, its passage was not.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.intake.models import Candidate, Correction, Decision, Descent, RuleTally
from lotrinh.apps.intake.selectors.proposals import by_people, holding
from lotrinh.rules.certainty import Share

WINDOW = timedelta(days=365)
"""How far back decisions count for the certainty of a rule."""
Verdict = Decision.Verdict
Origin = Candidate.Origin


@dataclass(slots=True)
class RuleRecord:
    """What became of the proposals of one rule; ``dropped`` by reason.

    ``accepted`` were taken as they were read, ``changed`` with a field put right, ``reshaped`` were
    split or merged.
    """

    rule: str
    kind: str
    accepted: int = 0
    changed: int = 0
    reshaped: int = 0
    dropped: dict[str, int] = field(default_factory=dict)

    @property
    def share(self) -> Share:
        """How many were commitments indeed, of those accepted or dropped."""
        right = self.accepted + self.changed
        return Share(right, right + sum(self.dropped.values()))


def rule_records(
    *, seen_by: int | None, on: date, since: date | None = None, until: date | None = None
) -> tuple[RuleRecord, ...]:
    """Return how each rule fared from ``since`` to before ``until``, by the local day, by rule.

    Of documents that the account may see that day; with ``seen_by=None`` of all: counts name
    nobody. What newer rules replaced was found by reading, not put right by a person.
    """
    again = Descent.objects.filter(decision=OuterRef("pk"), successor__origin=Origin.REREAD)
    rows = _decided(since, until).filter(~Exists(again))
    if seen_by is not None:
        seen = documents.visible(seen_by=seen_by, on=on).order_by()
        rows = rows.filter(candidate__run__rendition__document__in=seen)
    corrected = Exists(Correction.objects.filter(decision=OuterRef("pk")))
    counted = (
        rows.annotate(corrected=corrected)
        .order_by()
        .values_list("candidate__rule", "candidate__kind", "verdict", "reason", "corrected")
        .annotate(n=Count("pk"))
    )
    records: dict[tuple[str, str], RuleRecord] = {}
    for rule, kind, verdict, reason, changed, n in counted:
        record = records.setdefault((rule, kind), RuleRecord(rule, kind))
        if verdict == Verdict.REJECTED:
            record.dropped[reason] = record.dropped.get(reason, 0) + n
        elif verdict == Verdict.REPLACED:
            record.reshaped += n
        elif changed:
            record.changed += n
        else:
            record.accepted += n
    return tuple(records[name] for name in sorted(records))


def measured_shares(rules: Iterable[str], *, on: date) -> Mapping[str, Share]:
    """Return how sure rules are by the decisions of the year before, where there are enough."""
    rows = RuleTally.objects.filter(rule__in=set(rules), day__gte=on - WINDOW).order_by()
    summed = rows.values_list("rule").annotate(right=Sum("accepted"), wrong=Sum("dropped"))
    shares = {rule: Share(right, right + wrong) for rule, right, wrong in summed}
    return {rule: share for rule, share in shares.items() if share.is_measured}


def tallied_anew() -> Mapping[tuple[str, date], tuple[int, int]]:
    """Return how many findings were accepted and dropped, by rule and local day, all counted."""
    counted = (
        _decided(None, None)
        .order_by()
        .annotate(day=TruncDate("at"))
        .values_list("candidate__rule", "day")
        .annotate(
            accepted=Count("pk", filter=Q(verdict=Verdict.CONFIRMED)),
            dropped=Count("pk", filter=Q(verdict=Verdict.REJECTED)),
        )
    )
    return {
        (rule, day): (accepted, dropped)
        for rule, day, accepted, dropped in counted
        if accepted or dropped
    }


def _decided(since: date | None, until: date | None) -> QuerySet[Decision]:
    """Return the decisions of people that hold about what reading proposed, in the days asked."""
    rows = by_people(holding()).filter(
        candidate__origin=Origin.READ,
        verdict__in=(Verdict.CONFIRMED, Verdict.REJECTED, Verdict.REPLACED),
    )
    if since is not None:
        rows = rows.filter(at__date__gte=since)
    if until is not None:
        rows = rows.filter(at__date__lt=until)
    return rows
