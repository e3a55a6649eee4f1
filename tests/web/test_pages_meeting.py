"""Meeting mode: numbers stay as they were when it was entered; conclusions become drafts."""

import re
from datetime import date, timedelta

import pytest

from lotrinh.apps.duties import services
from lotrinh.apps.duties.models import Duty
from lotrinh.rules.duty_states import DutyState, Step
from tests.apps.duties.test_totals import drafted, step_on
from tests.cast import Cast
from tests.factories import NOW, TODAY, an_assignment, key
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db
NEW = "/meetings/new/"


def a_late_duty(cast: Cast) -> Duty:
    return step_on(drafted(cast, TODAY - timedelta(3)), Step.ISSUE, cast, date(2024, 7, 1))


def entered(visit: Visit, **about: object) -> str:
    return str(visit.send(NEW, about)["Location"])


def test_a_meeting_shows_the_document_then_who_is_late(cast: Cast) -> None:
    duty = a_late_duty(cast)
    document = duty.sources.get().rendition.document
    visit = Visit(cast.thach)

    here = entered(visit, document=document.uid)
    first = visit.look(here)
    second = visit.look(first.context["on_url"])

    assert (first.context["item"]["figure"], first.context["item"]["of"]) == ("0", "1")
    told = second.context["item"]
    assert (told["title"], told["figure"], told["lines"]) == (
        "Quận Hồ Sen",
        "1",
        [[duty.title, "chậm 3 ngày"]],
    )
    assert visit.look(told["url"]).context["total"] == 1
    assert (second.context["number"], second.context["on_url"]) == (2, None)
    assert re.search(r"\d{1,2}:\d\d, 7/8/2024", text_of(first))


def test_numbers_stay_as_they_were_when_the_meeting_was_entered(cast: Cast) -> None:
    duty = a_late_duty(cast)
    document = duty.sources.get().rendition.document
    visit = Visit(cast.thach)
    here = entered(visit, document=document.uid)

    claimed = step_on(duty, Step.CLAIM, cast, TODAY)
    step_on(claimed, Step.VERIFY, cast, TODAY)

    assert visit.look(here).context["item"]["figure"] == "0"
    anew = entered(visit, document=document.uid)
    assert visit.look(anew).context["item"]["figure"] == "1"


def test_a_conclusion_is_noted_as_a_draft_that_says_what_is_missing(cast: Cast) -> None:
    document = a_late_duty(cast).sources.get().rendition.document
    visit = Visit(cast.chi)
    here = entered(visit, document=document.uid)
    said = {"client_key": str(key()), "title": "Báo cáo nguyên nhân chậm", "due": "30/8/2024"}

    for _twice in range(2):
        visit.send(here, {**said, "unit": "Quận Hồ Sen"})

    draft = Duty.objects.get(title="Báo cáo nguyên nhân chậm")
    assert (draft.state, draft.unit, draft.due) == (
        DutyState.DRAFT,
        cast.ho_sen,
        date(2024, 8, 30),
    )
    assert draft.authority.startswith("Kết luận hội nghị kiểm điểm")
    assert not draft.sources.exists()  # the meeting said it, not the document
    (row,) = visit.look(here).context["drafts"]
    assert (row.uid, row.missing) == (draft.uid, ("person", "responsibility", "deliverable"))


def test_a_conclusion_of_a_units_meeting_has_the_meeting_alone_as_its_source(cast: Cast) -> None:
    a_late_duty(cast)
    visit = Visit(cast.chi)
    here = entered(visit, unit=cast.city.uid)

    visit.send(here, {"client_key": str(key()), "title": "Rà soát lại", "unit": "", "due": ""})

    draft = Duty.objects.get(title="Rà soát lại")
    assert (draft.owed_to, draft.unit, draft.sources.count()) == (cast.city, None, 0)
    visit.look(f"/duties/{draft.uid}/")
    visit.look(f"/duties/{draft.uid}/amend/")


def test_a_unit_is_looked_at_with_those_below_it_worst_first(cast: Cast) -> None:
    a_late_duty(cast)
    visit = Visit(cast.thach)

    here = entered(visit, unit=cast.city.uid)
    first = visit.look(here).context
    second = visit.look(first["on_url"]).context

    assert (first["item"]["title"], first["item"]["figure"], first["item"]["of"]) == (
        "Thành phố Hồ Sen",
        "0",
        "1",
    )
    assert second["item"]["title"] == "Quận Hồ Sen"
    assert visit.look(second["item"]["url"]).context["total"] == 1


def test_who_may_not_assign_is_told_who_may(cast: Cast) -> None:
    document = a_late_duty(cast).sources.get().rendition.document
    visit = Visit(cast.nghiem)
    here = entered(visit, document=document.uid)

    shown = visit.look(here).context

    assert (shown["form"], shown["who_text"] != "") == (None, True)
    refused = visit.send(
        here,
        {"client_key": str(key()), "title": "Rà soát", "unit": "", "due": ""},
        status=422,
    )
    assert Duty.objects.filter(title="Rà soát").count() == 0
    assert refused.context["form"] is None


def test_what_was_typed_wrongly_is_shown_again(cast: Cast) -> None:
    document = a_late_duty(cast).sources.get().rendition.document
    visit = Visit(cast.chi)
    here = entered(visit, document=document.uid)

    shown = visit.send(
        here, {"client_key": str(key()), "title": "", "due": "32/8/2024"}, status=422
    )

    assert set(shown.context["form"].errors) == {"title", "due"}


def test_a_meeting_is_of_the_session_that_entered_it(cast: Cast) -> None:
    document = a_late_duty(cast).sources.get().rendition.document
    here = entered(Visit(cast.thach), document=document.uid)

    Visit(cast.chi).look(here, status=404)
    Visit(cast.khe).look(f"{NEW}?document={document.uid}", status=404)
    Visit(cast.thach).look(NEW, status=404)


def test_a_draft_without_passage_says_by_whose_authority_it_is(cast: Cast) -> None:
    words = an_assignment(cast.ho_sen, cast.person(cast.ha))
    bare = services.Draft(services.Assignment(title=words.title, language="vi"), None, key())

    with pytest.raises(services.NoSource):
        services.draft_duties(drafts=[bare], owed_to=cast.city, user=cast.chi, on=TODAY, at=NOW)


def test_a_screen_costs_few_queries(cast: Cast) -> None:
    document = a_late_duty(cast).sources.get().rendition.document
    visit = Visit(cast.chi)
    here = entered(visit, document=document.uid)

    assert visit.cost(here) <= 20
