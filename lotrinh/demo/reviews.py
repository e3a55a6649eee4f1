"""The reviews of the demonstration: begun, written and frozen through the services."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.reporting.services import open_period
from lotrinh.apps.reviews import services
from lotrinh.apps.reviews.services import Addresses, Frame, ReviewSaid
from lotrinh.apps.units import selectors as units
from lotrinh.demo.cast import data
from lotrinh.demo.titles import user_of_story

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.documents.models import Document
    from lotrinh.apps.reviews.models import Review

AFTERNOON = time(15, 0)


def review_all(*, zone: ZoneInfo) -> int:
    """Begin, write and freeze the reviews of ``reviews.toml``; return how many there are."""
    rows = data("reviews")["review"]
    for row in rows:
        review = _begin(row, zone)
        _frame(review, row, zone)
        _write(review, row, zone)
        if "frozen_by" in row:
            _freeze(review, row, zone)
    return len(rows)


def _begin(row: Mapping[str, Any], zone: ZoneInfo) -> "Review":
    on = row["begun_on"]
    user, at = user_of_story(row["by"]), _at(on, zone)
    period = open_period(
        kind=row["kind"], starts=row["starts"], ends=row["ends"], on=on, actor=SYSTEM, at=at
    )
    unit = units.unit_by_code(row["unit"])
    if unit is None:
        raise LookupError(row["unit"])
    said = ReviewSaid(
        unit=unit,
        period=period,
        documents=[_document(number, user, on) for number in row["documents"]],
        system=row["system"],
        language=row["language"],
        counted_on=row["counted_on"],
        about=row["about"],
    )
    return services.begin_review(
        said=said, user=user, on=on, at=at, client_key=_key(row["key"], "begin")
    )


def _frame(review: "Review", row: Mapping[str, Any], zone: ZoneInfo) -> None:
    held = {name: getattr(review, name) for name in asdict(_EMPTY)}
    services.frame_review(
        review_id=review.pk,
        version=review.version,
        frame=replace(_EMPTY, **{**held, **row["frame"]}),
        **_by(row, zone),
    )


def _write(review: "Review", row: Mapping[str, Any], zone: ZoneInfo) -> None:
    for section in review.sections.order_by("place"):
        text = row["texts"].get(str(section.place))
        if text:
            services.write_section(
                section_id=section.pk, version=section.version, text=text, **_by(row, zone)
            )


def _freeze(review: "Review", row: Mapping[str, Any], zone: ZoneInfo) -> None:
    on = row["frozen_on"]
    services.freeze_edition(
        review_id=review.pk,
        addresses=Addresses(_edition, _number),
        user=user_of_story(row["frozen_by"]),
        on=on,
        at=_at(on, zone),
        client_key=_key(row["key"], "freeze"),
    )


def _edition(uid: UUID) -> str:
    return settings.LOTRINH_ADDRESS + reverse("verify", kwargs={"uid": uid})


def _number(uid: UUID, number: int) -> str:
    where = {"uid": uid, "number": number}
    return settings.LOTRINH_ADDRESS + reverse("edition-number", kwargs=where)


def _document(number: str, user: "User", on: date) -> "Document":
    return registry.visible(seen_by=user.pk, on=on).filter(number=number).order_by("pk")[0]


def _by(row: Mapping[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    on = row["begun_on"]
    return {"user": user_of_story(row["by"]), "on": on, "at": _at(on, zone)}


def _at(on: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, AFTERNOON, zone)


def _key(*parts: str) -> UUID:
    return uuid5(NAMESPACE_URL, ":".join(("urn:lotrinh:demo:reviews", *parts)))


_EMPTY = Frame(
    about="",
    superior="",
    issuer="",
    symbol="",
    number="",
    place="",
    day=None,
    addressed_to="",
    recipients="",
    capacity="",
    post="",
    signer="",
    counted_on=date(2024, 1, 1),
)
