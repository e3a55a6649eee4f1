"""Clear drafts wait for those who may issue them, and the table judges them as the rules do."""

from itertools import product

import pytest

from lotrinh.apps.duties import selectors
from lotrinh.apps.duties.models import Duty
from lotrinh.rules.clarities import missing_clarities
from tests.cast import Cast
from tests.factories import TODAY, make_duty

pytestmark = pytest.mark.django_db
WORDS = ("recurrence", "responsibility", "deliverable", "authority")


def test_the_condition_finds_what_the_rule_finds_clear(cast: Cast) -> None:
    ha = cast.person(cast.ha)
    drafts = Duty.objects.bulk_create(
        Duty(
            title=title,
            owed_to=cast.city,
            unit=unit,
            person=ha if unit else None,
            leader=leader,
            due=due,
            binding_due=None if words[0] else due,
            **dict(zip(WORDS, words, strict=True)),
        )
        for title, unit, leader, due in product(
            ("Lập danh mục", " "), (cast.ho_sen, None), (ha, None), (TODAY, None)
        )
        for words in product(("", "month"), ("\t", "Chủ trì"), ("", "Báo cáo"), (" ", "Chủ tịch"))
    )
    by_rule = {duty.pk for duty in drafts if not missing_clarities(duty.terms)}

    found = Duty.objects.filter(selectors.clear_filter()).values_list("pk", flat=True)

    assert set(found) == by_rule
    assert len(by_rule) == 9  # 3 of 4 in time, 3 of 4 in responsibility, one of each other


def test_a_clear_draft_waits_for_who_may_issue_on_both_sides(cast: Cast) -> None:
    clear = make_duty(
        owed_to=cast.city, user=cast.chi, unit=cast.ho_sen, person=cast.person(cast.ha)
    )
    make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)
    make_duty(
        owed_to=cast.city,
        user=cast.chi,
        unit=cast.ho_sen,
        person=cast.person(cast.ha),
        is_issued=True,
    )

    waiting = {
        name: list(selectors.ready_to_issue(seen_by=user.pk, on=TODAY))
        for name, user in cast.named_users().items()
    }
    morning = selectors.morning(seen_by=cast.thach.pk, on=TODAY)

    assert {name for name, found in waiting.items() if found} == {"chi", "thach"}
    assert waiting["chi"] == waiting["thach"] == [clear]
    assert (morning.to_issue, morning.ready) == (1, (clear,))
