"""Scenarios of reviews: before, and the one call that is watched."""

from collections.abc import Callable
from dataclasses import asdict

from lotrinh.apps.reviews import services
from lotrinh.apps.reviews.models import Comment, Review, Section
from lotrinh.apps.reviews.services import Frame
from lotrinh.rules.reviewing.quoting import Aspect, Source
from tests.cast import Cast
from tests.factories import NOW, TODAY, key
from tests.ledgers import make_period
from tests.reviewing import freeze, make_paper, make_review, write

Act = Callable[[], object]


def begun(cast: Cast) -> Review:
    """Begin a review of the city for July."""
    paper = make_paper(keeper=cast.city, user=cast.chi)
    return make_review(paper, unit=cast.city, period=make_period(), user=cast.chi)


def part(cast: Cast) -> Section:
    return begun(cast).sections.get(place=6)


def begin_review(cast: Cast) -> Act:
    paper, july = make_paper(keeper=cast.city, user=cast.chi), make_period()
    return lambda: make_review(paper, unit=cast.city, period=july, user=cast.chi)


def write_section(cast: Cast) -> Act:
    section = part(cast)
    return lambda: write(section, "Thiếu người.", user=cast.chi)


def quote_number(cast: Cast) -> Act:
    review = begun(cast)
    return lambda: services.quote_number(
        review_id=review.pk,
        source=Source.DUTIES,
        aspect=Aspect.ON_TIME,
        target=None,
        user=cast.chi,
        on=TODAY,
        at=NOW,
    )


def frame_review(cast: Cast) -> Act:
    review = begun(cast)
    names = Frame.__dataclass_fields__
    held = {name: getattr(review, name) for name in names} | {"place": "Hồ Sen"}
    frame = Frame(**held)
    assert asdict(frame)["place"] == "Hồ Sen"
    return lambda: services.frame_review(
        review_id=review.pk, version=1, frame=frame, user=cast.chi, on=TODAY, at=NOW
    )


def said(section: Section, cast: Cast) -> Comment:
    return services.comment_section(
        section_id=section.pk,
        text="Nêu rõ đơn vị.",
        user=cast.chi,
        on=TODAY,
        at=NOW,
        client_key=key(),
    )


def comment_section(cast: Cast) -> Act:
    section = part(cast)
    return lambda: said(section, cast)


def settle_comment(cast: Cast) -> Act:
    comment = said(part(cast), cast)
    return lambda: services.settle_comment(comment_id=comment.pk, user=cast.chi, on=TODAY, at=NOW)


def freeze_edition(cast: Cast) -> Act:
    review = begun(cast)
    return lambda: freeze(review, user=cast.thach)


REVIEW_SCENARIOS = {
    "reviews.begin_review": begin_review,
    "reviews.write_section": write_section,
    "reviews.quote_number": quote_number,
    "reviews.frame_review": frame_review,
    "reviews.comment_section": comment_section,
    "reviews.settle_comment": settle_comment,
    "reviews.freeze_edition": freeze_edition,
}
