"""Silence is told of what the reader still sees when the page is made."""

import pytest

from lotrinh.apps.duties import selectors as duties
from lotrinh.rules.duty_states import Step
from lotrinh.web.pages.silence import _lines
from lotrinh.web.presenters.silence import by_unit
from tests.apps.duties.test_totals import drafted, step_on
from tests.cast import Cast
from tests.factories import TODAY

pytestmark = pytest.mark.django_db


def test_a_duty_that_is_hidden_after_the_list_was_read_is_left_out(cast: Cast) -> None:
    duty = step_on(drafted(cast), Step.ISSUE, cast, TODAY)
    one = duties.Unheard(duty.pk, cast.ho_sen.pk, {}, None, TODAY)

    (group,) = by_unit([one], [one], seen_by=cast.thach.pk, on=TODAY)

    assert [row.row.uid for row in group.rows] == [duty.uid]
    assert by_unit([one], [one], seen_by=cast.khe.pk, on=TODAY) == ()
    assert len(_lines([one], seen_by=cast.thach.pk, on=TODAY)) == 1
    assert _lines([one], seen_by=cast.khe.pk, on=TODAY) == []
