"""A document at a glance: headlines, who has its own document, both deadlines, what happened."""

from datetime import timedelta

import pytest

from lotrinh.rules.duty_states import Step
from tests.apps.duties.test_totals import step_on
from tests.architecture.walking import walked
from tests.cast import Cast
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db


def test_a_duty_with_more_time_is_late_by_its_first_deadline_alone(cast: Cast) -> None:
    duty = walked(cast, (Step.ISSUE, Step.ACCEPT, Step.ASK, Step.EXTEND))
    duty = step_on(duty, Step.CLAIM, cast, duty.due + timedelta(1))
    duty = step_on(duty, Step.VERIFY, cast, duty.due + timedelta(2))
    document = duty.sources.get().rendition.document
    visit = Visit(cast.thach)

    page = visit.look(f"/documents/{document.uid}/glance/")
    shown = page.context

    assert f'<span class="lt-no">{document.number}</span></span>' in text_of(page)
    first, granted = shown["kept"]
    assert (first.share.part, first.share.whole, first.late) == (0, 1, 1)
    assert (granted.share.part, granted.share.whole, granted.late) == (1, 1, 0)
    assert visit.look(first.late_url).context["total"] == 1
    assert visit.look(first.kept_url).context["total"] == 0
    assert visit.look(granted.kept_url).context["total"] == 1
    assert (shown["moved"], visit.look(shown["moved_url"]).context["total"]) == (1, 1)
    assert (shown["done"].part, shown["done"].whole) == (1, 1)


def test_the_last_steps_are_told_newest_first(cast: Cast) -> None:
    duty = walked(cast, (Step.ISSUE, Step.ACCEPT, Step.CLAIM))
    document = duty.sources.get().rendition.document

    shown = Visit(cast.thach).look(f"/documents/{document.uid}/glance/").context

    assert [line.words_text for line in shown["events"]] == [
        "đã báo cáo hoàn thành",
        "đã nhận",
        "đã giao",
    ]
    assert {line.unit_name for line in shown["events"]} == {"Quận Hồ Sen"}


def test_units_without_a_document_of_their_own_are_named(cast: Cast) -> None:
    duty = walked(cast, (Step.ISSUE,))
    document = duty.sources.get().rendition.document

    shown = Visit(cast.thach).look(f"/documents/{document.uid}/glance/").context

    issuing = shown["issuing"]
    assert (issuing.part, issuing.whole) == (0, 1)
    assert [name for name, _ in issuing.missing] == ["Quận Hồ Sen"]


def test_a_glance_costs_few_queries(cast: Cast) -> None:
    duty = walked(cast, (Step.ISSUE, Step.ACCEPT, Step.CLAIM))
    document = duty.sources.get().rendition.document

    assert Visit(cast.thach).cost(f"/documents/{document.uid}/glance/") <= 20
