"""Several duties urged in one act: each once, those that cannot be are told beside their row."""

import re
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest

from lotrinh.apps.duties.models import Duty, DutyEvent
from lotrinh.apps.duties.selectors import LastUrging
from lotrinh.rules.duty_states import Step
from tests.apps.duties.test_totals import drafted, step_on
from tests.cast import Cast
from tests.factories import TODAY, key
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db
URGE = "/duties/urge/"


def late(cast: Cast, count: int) -> list[Duty]:
    due = TODAY - timedelta(days=1)
    return [step_on(drafted(cast, due), Step.ISSUE, cast, date(2024, 1, 2)) for _ in range(count)]


def form_of(duties: list[Duty], **words: str) -> dict[str, object]:
    shown = {f"version-{duty.uid}": str(duty.version) for duty in duties}
    return {"client_key": str(key()), "duty": [str(one.uid) for one in duties], **shown, **words}


def reminders() -> int:
    return DutyEvent.objects.filter(step=Step.REMIND).count()


def test_those_that_were_chosen_are_shown_with_their_number_and_urged_once(cast: Cast) -> None:
    chosen, visit = late(cast, 2), Visit(cast.thach)
    asked = urlencode([("duty", str(one.uid)) for one in chosen])

    shown = visit.look(f"{URGE}?{asked}").context
    form = form_of(chosen, note="Báo cáo trước thứ sáu.")
    sent = visit.send(URGE, form)
    visit.send(URGE, form)

    assert (shown["count"], shown["units"], reminders()) == (2, 1, 2)
    assert sent["Location"] == "/duties/silent/"
    assert set(DutyEvent.objects.filter(step=Step.REMIND).values_list("note", flat=True)) == {
        "Báo cáo trước thứ sáu."
    }


def test_what_has_changed_meanwhile_is_told_and_the_others_are_urged(cast: Cast) -> None:
    chosen, visit = late(cast, 3), Visit(cast.thach)
    form = form_of(chosen, note="Gấp.")
    step_on(chosen[0], Step.ACCEPT, cast, TODAY)
    step_on(chosen[1], Step.CANCEL, cast, TODAY)

    told = visit.send(URGE, form, status=422)

    assert reminders() == 1
    assert {one.row.uid: one.is_chosen for one in told.context["rows"]} == {
        chosen[0].uid: True,
        chosen[1].uid: False,
    }
    assert all(one.fault_text for one in told.context["rows"])
    assert "Gấp." in text_of(told)


def test_who_does_not_judge_urges_nobody_and_what_is_not_seen_is_missing(cast: Cast) -> None:
    chosen = late(cast, 1)

    told = Visit(cast.ha).send(URGE, form_of(chosen), status=422)
    hidden = Visit(cast.khe).send(URGE, form_of(chosen), status=422)

    assert [one.is_chosen for one in told.context["rows"]] == [False]
    assert hidden.context["rows"] == []
    assert reminders() == 0


def test_who_was_urged_finds_it_among_his_notices_and_counted_on_every_page(cast: Cast) -> None:
    chosen = late(cast, 2)
    Visit(cast.thach).send(URGE, form_of(chosen, note="Báo cáo\ntrước thứ sáu."))

    told = Visit(cast.ha).look("/notices/")

    assert [(line.rung_name, line.note) for line in told.context["notices"]] == [
        ("Đôn đốc", "Báo cáo\ntrước thứ sáu.")
    ] * 2
    assert told.context["frame"].notices == 2
    name = cast.person(cast.thach).full_name
    assert f"{name} đôn đốc: Báo cáo<br>trước thứ sáu." in text_of(told)
    assert Visit(cast.ha).look(f"/duties/{chosen[0].uid}/").context["frame"].notices == 2


def test_whoever_was_urged_since_he_fell_silent_is_marked_and_not_ticked(cast: Cast) -> None:
    silent_since = date(2024, 3, 3)
    duties = [step_on(drafted(cast), Step.ISSUE, cast, date(2024, 1, 2)) for _ in range(3)]
    for duty, on in ((duties[0], silent_since), (duties[1], silent_since - timedelta(days=1))):
        step_on(duty, Step.REMIND, cast, on)
    visit = Visit(cast.thach)

    shown = visit.look("/duties/silent/")

    (group,) = shown.context["groups"]
    name = cast.person(cast.chi).full_name
    told = {row.row.uid: (row.urged, row.is_picked) for row in group.rows}
    assert told == {
        duties[0].uid: (LastUrging(silent_since, name), False),
        duties[1].uid: (LastUrging(silent_since - timedelta(days=1), name), True),
        duties[2].uid: (None, True),
    }
    assert f"đã đôn đốc 3/3/2024, {name}" in text_of(shown)
    ticked = r'name="duty"[^>]*\schecked>'
    assert len(re.findall(ticked, text_of(shown))) == 2
    asked = urlencode({"duty": str(duties[0].uid)})
    (row,) = visit.look(f"{URGE}?{asked}").context["rows"]
    assert row.urged == LastUrging(silent_since, name)
    lines = visit.look("/duties/silent.csv").content.decode("utf-8-sig").splitlines()
    assert sum(f"2024-03-03;{name}" in line.replace(",", ";") for line in lines) == 1


def test_who_urges_from_the_morning_comes_back_there(cast: Cast) -> None:
    (duty,) = late(cast, 1)
    visit = Visit(cast.thach)
    door = f"{URGE}?duty={duty.uid}&amp;from=morning"
    assert door in text_of(visit.look("/duties/morning/"))

    shown = visit.look(door.replace("&amp;", "&")).context
    sent = visit.send(URGE, form_of([duty], **{"from": "morning"}))

    assert (shown["back_url"], sent["Location"]) == ("/duties/morning/", "/duties/morning/")


def test_rows_are_chosen_on_the_page_of_silence_and_on_a_document_at_a_glance(cast: Cast) -> None:
    (duty,) = late(cast, 1)
    document = duty.sources.get().rendition.document
    pages = ("/duties/silent/", f"/documents/{document.uid}/glance/")
    box = f'name="duty" value="{duty.uid}"'

    assert [box in text_of(Visit(cast.thach).look(page)) for page in pages] == [True, True]
    assert [box in text_of(Visit(cast.ha).look(page)) for page in pages] == [False, False]
    assert Visit(cast.thach).cost(pages[1]) <= 20
