"""What tests of reviews share: a document with two targets, told by two units for July."""

import pytest

from lotrinh.rules.target_terms import Rollup
from tests.ledgers import make_period
from tests.reviewing import make_paper, make_review, set_target, tell


@pytest.fixture
def paper(cast):
    return make_paper(keeper=cast.city, user=cast.chi)


@pytest.fixture
def july(db):
    return make_period()


@pytest.fixture
def families(paper, cast):
    return set_target(paper, owed_to=cast.city, user=cast.chi)


@pytest.fixture
def schooled(paper, cast):
    return set_target(
        paper,
        owed_to=cast.city,
        user=cast.chi,
        name="Tỷ lệ trẻ đến trường",
        value=80,
        rollup=Rollup.RATIO_OF_SUMS,
        unit_of_measure="%",
    )


@pytest.fixture
def counted(families, schooled, july, cast):
    """Let Sen Tây and Đồng Gạo tell of both in July."""
    by = {"period": july, "entered_by": cast.chi, "user": cast.thach}
    tell(families, {cast.sen_tay: 700, cast.dong_gao: 560}, **by)
    tell(schooled, {cast.sen_tay: (18, 24), cast.dong_gao: (30, 36)}, **by)
    return families, schooled


@pytest.fixture
def review(paper, counted, july, cast):
    return make_review(paper, unit=cast.city, period=july, user=cast.chi)
