"""A small city that has published: one document with three promises, one of few persons."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from lotrinh.apps.accounts.models import User
from lotrinh.apps.publishing import selectors, services
from lotrinh.apps.publishing.models import PublicationRecord
from lotrinh.apps.publishing.selectors import Chosen
from lotrinh.apps.publishing.services import Decision
from lotrinh.apps.targets.models import Target
from lotrinh.apps.targets.services import Promise
from lotrinh.rules.publication.canonical import digest_of_papers
from lotrinh.rules.target_terms import Comparator, Rollup
from tests.cast import Cast, gather
from tests.factories import NOW, TODAY, key, make_document, make_rendition, make_target
from tests.ledgers import approve, fold, make_period, told
from tests.stories import tell

DECIDED = Decision("17-QĐ/TU", date(2024, 8, 5))
_PROMISE = Promise(
    measure="Số hộ được công nhận gia đình văn hóa",
    language="vi",
    comparator=Comparator.AT_LEAST,
    value=Decimal(1000),
    unit_of_measure="hộ",
    due=date(2025, 12, 31),
    rollup=Rollup.SUM,
)


@dataclass(frozen=True, slots=True)
class PublicCity:
    """The people of the story, and its promises by what they count."""

    cast: Cast
    families: Target
    trained: Target
    untold: Target

    @property
    def all(self) -> tuple[Target, ...]:
        """Every promise."""
        return (self.families, self.trained, self.untold)


def make_city(cast: Cast) -> PublicCity:
    """Let a document promise three things, and a ward tell of two of them."""
    document = make_document(keeper=cast.city, user=cast.chi, number="97-CTr/TU", issuer=cast.city)
    given: dict[str, Any] = {
        "owed_to": cast.city,
        "user": cast.chi,
        "rendition": make_rendition(document),
    }
    people = replace(_PROMISE, measure="Số cán bộ được bồi dưỡng", unit_of_measure="người")
    untold = replace(_PROMISE, measure="=Số nhà văn hóa được xây mới", unit_of_measure="nhà")
    city = PublicCity(
        cast,
        make_target(promise=_PROMISE, **given),
        make_target(promise=people, **given),
        make_target(promise=untold, **given),
    )
    figures = [told(city.families.measure, 120), told(city.trained.measure, 3)]
    approve(cast.sen_tay, figures, period=make_period(), entered_by=cast.chi, user=cast.thach)
    fold()
    return city


def shown(*targets: Target, user: User) -> str:
    """Return the digest of what would be public of these targets."""
    papers = selectors.papers_of(chosen=chosen(*targets), seen_by=user.pk, on=TODAY)
    return digest_of_papers(papers, TODAY)


def chosen(*targets: Target) -> Chosen:
    """Return these targets as somebody ticked them."""
    return Chosen(frozenset(target.uid for target in targets))


def publish(
    *targets: Target,
    user: User,
    decision: Decision = DECIDED,
    client_key: UUID | None = None,
    content: str | None = None,
) -> PublicationRecord:
    """Publish these targets as they stand."""
    return services.publish(
        chosen=chosen(*targets),
        shown=content or shown(*targets, user=user),
        decision=decision,
        user=user,
        client_key=client_key or key(),
        on=TODAY,
        at=NOW,
    )


def published_city() -> PublicCity:
    """Return the city after its first publication."""
    city = make_city(gather())
    publish(*city.all, user=city.cast.chi)
    return city


tell("public_city", published_city)
