"""Builders of reviews, through the services alone: July 2024 of a document with two targets."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents.models import Document
from lotrinh.apps.reporting.models import Period
from lotrinh.apps.reviews import services
from lotrinh.apps.reviews.models import Edition, Review, Section
from lotrinh.apps.reviews.services import Addresses, ReviewSaid
from lotrinh.apps.targets.models import Target
from lotrinh.apps.targets.services import Promise
from lotrinh.apps.units.models import Unit
from lotrinh.rules.target_terms import Comparator, Rollup
from tests.factories import NOW, TODAY, key, make_document, make_rendition, make_target
from tests.ledgers import approve, fold, told

ADDRESSES = Addresses(
    edition=lambda uid: f"https://lotrinh.example/verify/{uid}/",
    number=lambda uid, number: f"https://lotrinh.example/editions/{uid}/numbers/{number}/",
)


def make_paper(*, keeper: Unit, user: User) -> Document:
    """Register a document with a text that sets targets."""
    document = make_document(keeper=keeper, user=user)
    make_rendition(document)
    return document


def set_target(
    document: Document,
    *,
    owed_to: Unit,
    user: User,
    name: str = "Số hộ được công nhận",
    value: int = 1000,
    rollup: Rollup = Rollup.SUM,
    unit_of_measure: str = "hộ",
) -> Target:
    """Hold a target that the document sets for the end of 2024."""
    promise = Promise(
        measure=name,
        language="vi",
        comparator=Comparator.AT_LEAST,
        value=Decimal(value),
        unit_of_measure=unit_of_measure,
        due=date(2024, 12, 31),
        rollup=rollup,
    )
    rendition = document.renditions.get()
    return make_target(owed_to=owed_to, user=user, promise=promise, rendition=rendition)


def tell(
    target: Target, numbers: dict[Unit, object], *, period: Period, entered_by: User, user: User
) -> None:
    """Let units tell of a target, and count it."""
    for unit, said in numbers.items():
        given = said if isinstance(said, tuple) else (said,)
        approve(
            unit,
            [told(target.measure, *given)],
            period=period,
            entered_by=entered_by,
            user=user,
        )
    fold()


def make_review(
    *documents: Document,
    unit: Unit,
    period: Period,
    user: User,
    language: str = "vi",
    system: str = "state",
    client_key: UUID | None = None,
) -> Review:
    """Begin a review today."""
    return services.begin_review(
        said=ReviewSaid(
            unit=unit,
            period=period,
            documents=documents,
            system=system,
            language=language,
            counted_on=TODAY,
            about="Kết quả thực hiện chương trình hành động",
        ),
        user=user,
        on=TODAY,
        at=NOW,
        client_key=client_key or key(),
    )


def write(section: Section, text: str, *, user: User, version: int | None = None) -> Section:
    """Let a section say this."""
    return services.write_section(
        section_id=section.pk,
        version=section.version if version is None else version,
        text=text,
        user=user,
        on=TODAY,
        at=NOW,
    )


def freeze(
    review: Review, *, user: User, reason: str = "", client_key: UUID | None = None
) -> Edition:
    """Freeze a review today."""
    return services.freeze_edition(
        review_id=review.pk,
        addresses=ADDRESSES,
        user=user,
        on=TODAY,
        at=NOW,
        client_key=client_key or key(),
        reason=reason,
    )
