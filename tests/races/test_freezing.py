"""Several at one instant: one edition of a review comes of it, and nothing written is lost."""

import pytest

from lotrinh.apps.reviews.models import Edition, Review, SectionText
from tests.cast import Cast
from tests.factories import key
from tests.ledgers import make_period
from tests.races.together import at_once, failures
from tests.reviewing import freeze, make_paper, make_review, write

MANY = 4


@pytest.fixture
def review(people: Cast) -> Review:
    paper = make_paper(keeper=people.city, user=people.chi)
    return make_review(paper, unit=people.city, period=make_period(), user=people.chi)


def test_of_several_who_freeze_one_makes_the_edition(people: Cast, review: Review) -> None:
    outcomes = at_once(*[lambda: freeze(review, user=people.thach)] * MANY)

    assert Edition.objects.filter(review=review).count() == 1
    assert failures(outcomes) == ["NoReason"] * (MANY - 1)


def test_the_same_form_sent_several_times_freezes_once(people: Cast, review: Review) -> None:
    sent = key()

    outcomes = at_once(*[lambda: freeze(review, user=people.thach, client_key=sent)] * MANY)

    assert failures(outcomes) == []
    assert Edition.objects.filter(review=review).count() == 1


def test_the_same_form_sent_several_times_begins_once(people: Cast, review: Review) -> None:
    sent, papers = key(), tuple(review.documents.all())
    given = {"unit": people.city, "period": review.period, "user": people.chi, "client_key": sent}

    outcomes = at_once(*[lambda: make_review(*papers, **given)] * MANY)

    assert failures(outcomes) == []
    assert Review.objects.filter(client_key=sent).count() == 1


def test_of_several_who_write_one_part_one_is_kept_and_the_others_are_shown_it(
    people: Cast, review: Review
) -> None:
    section = review.sections.get(place=6)
    texts = [f"Nguyên nhân {number}." for number in range(MANY)]

    outcomes = at_once(
        *[lambda text=text: write(section, text, user=people.chi, version=1) for text in texts]
    )

    refused = [one for one in outcomes if isinstance(one, Exception)]
    assert failures(outcomes) == ["SectionChangedMeanwhile"] * (MANY - 1)
    section.refresh_from_db()
    assert section.text in texts
    assert {one.text for one in refused} == {section.text}
    assert SectionText.objects.filter(section=section).count() == 2
