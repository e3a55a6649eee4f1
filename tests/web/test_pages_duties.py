"""The duties one may see split into classes that add up; a draft is issued when all is clear."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from lotrinh.apps.documents.models import Recipient
from lotrinh.apps.duties import services
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.intake import services as intake
from lotrinh.apps.units.models import Unit
from tests.cast import Cast
from tests.factories import (
    NOW,
    TEXT,
    TODAY,
    act,
    an_assignment,
    key,
    make_document,
    make_duty,
    make_rendition,
    make_run,
)
from tests.web.visiting import Visit, text_of


def owed(cast: Cast, due: date | None, *, unit: Unit | None = None, is_issued: bool = True) -> Duty:
    """Let Hồ Sen (or another unit) owe something by a day; without one, every month."""
    debtor = unit or cast.ho_sen
    holder = {cast.ho_sen.pk: cast.ha, cast.dong_gao.pk: cast.khe, cast.sen_tay.pk: cast.mai}
    words = replace(
        an_assignment(debtor, cast.person(holder[debtor.pk])),
        due=due,
        recurrence="" if due else "continuous",
    )
    return make_duty(owed_to=cast.office, user=cast.chi, assignment=words, is_issued=is_issued)


def page_of(duty: Duty) -> str:
    return f"/duties/{duty.uid}/"


def issue_form(shown: Any) -> dict[str, Any]:
    return {"client_key": shown.context["client_key"], "version": shown.context["duty"].version}


# --- the list


def test_the_six_classes_add_up_and_each_is_a_door(cast: Cast) -> None:
    late = [owed(cast, TODAY - timedelta(days=days)) for days in (1, 40)]
    in_term = [owed(cast, TODAY + timedelta(days=days)) for days in (0, 30, 300)]
    undated = [owed(cast, None)]
    draft = owed(cast, TODAY, is_issued=False)
    visit = Visit(cast.chi)

    shown = visit.look("/duties/")

    classes = {one.code: one for one in shown.context["classes"]}
    assert {code: one.count for code, one in classes.items()} == {
        "done_on_time": 0,
        "done_late": 0,
        "open_in_term": 3,
        "open_overdue": 2,
        "done_undated": 0,
        "open_undated": 1,
    }
    assert shown.context["total_issued"] == sum(one.count for one in classes.values()) == 6
    assert len(shown.context["ticks"]) == 6
    assert (shown.context["drafts"], len(shown.context["duties"])) == (1, 7)
    doors = {
        "open_overdue": late,
        "open_in_term": in_term,
        "open_undated": undated,
        "done_on_time": [],
    }
    for code, expected in doors.items():
        behind = visit.look(classes[code].url)
        assert {row.uid for row in behind.context["duties"]} == {duty.uid for duty in expected}
        assert [one.code for one in behind.context["classes"] if one.is_current] == [code]
    drafts = visit.look(shown.context["drafts_url"]).context["duties"]
    assert [row.uid for row in drafts] == [draft.uid]


def test_rows_say_how_each_stands(cast: Cast) -> None:
    for days in (-40, -1, 0, 7, 8):
        owed(cast, TODAY + timedelta(days=days))
    owed(cast, None)

    rows = Visit(cast.chi).look("/duties/").context["duties"]

    assert [(row.status.code, row.status.days) for row in rows] == [
        ("late", 40),
        ("late", 1),
        ("soon", 0),
        ("soon", 7),
        ("open", 0),
        ("undated", 0),
    ]
    assert rows[-1].due_on is None
    assert rows[-1].due_text is not None


def test_each_sees_what_his_units_owe(cast: Cast) -> None:
    of_hosen = owed(cast, TODAY)
    of_gao = owed(cast, TODAY, unit=cast.dong_gao)
    of_ward = owed(cast, TODAY, unit=cast.sen_tay)
    everything = {of_hosen.uid, of_gao.uid, of_ward.uid}

    def seen(name: str) -> set[Any]:
        shown = Visit(cast.named_users()[name]).look("/duties/")
        assert shown.context["total_issued"] == len(shown.context["duties"])
        return {row.uid for row in shown.context["duties"]}

    assert seen("chi") == seen("thach") == seen("nghiem") == everything
    assert seen("ha") == {of_hosen.uid, of_ward.uid}
    assert seen("mai") == {of_ward.uid}
    assert seen("khe") == seen("bach") == {of_gao.uid}
    assert seen("an") == seen("tung") == set()


def test_the_list_of_one_unit_counts_that_unit(cast: Cast) -> None:
    owed(cast, TODAY - timedelta(days=1))
    gao = owed(cast, TODAY - timedelta(days=2), unit=cast.dong_gao)

    shown = Visit(cast.chi).look(f"/duties/?class=open_overdue&unit={cast.dong_gao.uid}")

    assert [row.uid for row in shown.context["duties"]] == [gao.uid]
    assert shown.context["total_issued"] == 1
    assert all(f"unit={cast.dong_gao.uid}" in one.url for one in shown.context["classes"])


def test_pages_follow_one_another_through_equal_and_missing_deadlines(cast: Cast) -> None:
    rendition = make_rendition(make_document(keeper=cast.office, user=cast.chi))
    for number in range(103):
        make_duty(
            owed_to=cast.office,
            user=cast.chi,
            rendition=rendition,
            assignment=replace(an_assignment(), due=None if number % 2 else TODAY),
        )
    visit, rows, path = Visit(cast.chi), [], "/duties/?state=draft&path=x"

    while path:
        shown = visit.look(path)
        rows += [row.uid for row in shown.context["duties"]]
        path = shown.context["next_url"]

    assert (len(rows), len(set(rows))) == (103, 103)


@pytest.mark.parametrize("query", ["?class=nonsense", "?class=done_late"])
def test_a_class_that_holds_nothing_shows_nothing(cast: Cast, query: str) -> None:
    owed(cast, TODAY)

    assert Visit(cast.chi).look(f"/duties/{query}").context["duties"] == []


# --- one duty


def test_the_way_back_to_the_sentence(cast: Cast) -> None:
    run = make_run(keeper=cast.office, user=cast.chi, text=TEXT)
    task = run.candidates.get(ordinal=4)
    duty = intake.confirm_task(
        candidate_id=task.pk,
        assignment=replace(an_assignment(), due=date(2024, 12, 31)),
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )
    visit = Visit(cast.chi)

    shown = visit.look(page_of(duty))

    (source,) = shown.context["sources"]
    document = run.rendition.document
    assert (
        source.document_url == f"/documents/{document.uid}/?text={run.rendition.uid}#p{task.start}"
    )
    clause = run.rendition.clauses.get(ordinal=13)
    whole = run.rendition.text[clause.start : clause.end]
    assert source.before + source.quote + source.after == whole
    assert source.quote == run.rendition.text[task.start : task.end]
    assert source.clause_number == 13
    assert "IV" in shown.context["duty"].due_text
    assert f'id="p{task.start}"' in text_of(visit.look(f"/documents/{document.uid}/"))


def test_a_deadline_that_a_person_set_is_printed_as_a_day(cast: Cast) -> None:
    run = make_run(keeper=cast.office, user=cast.chi, text=TEXT)
    duty = intake.confirm_task(
        candidate_id=run.candidates.get(ordinal=4).pk,
        assignment=replace(an_assignment(), due=date(2024, 11, 30)),
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )

    shown = Visit(cast.chi).look(page_of(duty)).context["duty"]

    assert (shown.due_on, shown.due_text) == (date(2024, 11, 30), None)


def test_the_six_clarities_say_what_is_missing(cast: Cast) -> None:
    duty = make_duty(
        owed_to=cast.office,
        user=cast.chi,
        assignment=replace(an_assignment(cast.ho_sen), authority="", due=None),
    )

    shown = Visit(cast.chi).look(page_of(duty))

    assert [(one.code, one.is_clear) for one in shown.context["clarities"]] == [
        ("person", False),
        ("work", True),
        ("deadline", False),
        ("responsibility", True),
        ("deliverable", True),
        ("authority", False),
    ]
    assert shown.context["may_issue"] is False
    assert shown.context["refused_text"] is None


# --- issuing


def test_issuing_binds_the_unit_and_lets_it_read_the_document(cast: Cast) -> None:
    draft = owed(cast, TODAY + timedelta(days=30), is_issued=False)
    visit = Visit(cast.chi)
    form = issue_form(visit.look(page_of(draft)))

    answers = [visit.send(f"{page_of(draft)}issue/", form)["Location"] for _time in range(2)]

    draft.refresh_from_db()
    assert answers == [page_of(draft)] * 2
    assert (draft.state, draft.issued_on, draft.version) == ("issued", TODAY, 2)
    assert Recipient.objects.get().unit == cast.ho_sen
    shown = Visit(cast.ha).look(page_of(draft))
    assert [moment.by_name for moment in shown.context["moments"]] == ["Trần Mộc Chi"]
    assert shown.context["moments"][0].words_text != "duty.issued"


def test_an_unclear_draft_is_not_issued(cast: Cast) -> None:
    draft = make_duty(owed_to=cast.office, user=cast.chi, unit=cast.ho_sen)
    visit = Visit(cast.chi)
    form = issue_form(visit.look(page_of(draft)))

    answer = visit.send(f"{page_of(draft)}issue/", form, status=422)

    draft.refresh_from_db()
    assert draft.state == "draft"
    assert "usa-alert--error" in text_of(answer)


def test_a_draft_changed_meanwhile_is_not_issued_unread(cast: Cast) -> None:
    draft = owed(cast, TODAY + timedelta(days=30), is_issued=False)
    visit = Visit(cast.chi)
    form = issue_form(visit.look(page_of(draft)))
    services.amend_draft(
        duty_id=draft.pk,
        act=act(cast.chi, draft.version),
        assignment=replace(
            an_assignment(cast.ho_sen, cast.person(cast.ha)), title="Đã đổi sang việc khác"
        ),
    )

    answer = visit.send(f"{page_of(draft)}issue/", form, status=422)

    draft.refresh_from_db()
    assert draft.state == "draft"
    assert answer.context["duty"].title == "Đã đổi sang việc khác"


def test_who_may_not_issue_reads_who_may(cast: Cast) -> None:
    draft = owed(cast, TODAY + timedelta(days=30), is_issued=False)
    visit = Visit(cast.nghiem)

    shown = visit.look(page_of(draft))
    visit.send(f"{page_of(draft)}issue/", issue_form(shown), status=403)

    draft.refresh_from_db()
    assert draft.state == "draft"
    assert shown.context["may_issue"] is False
    assert "Phó Bí thư, Thành phố Hồ Sen" in shown.context["refused_text"]
    assert "Trưởng phòng Tổng hợp, Văn phòng Thành ủy" in shown.context["refused_text"]


def test_a_draft_is_not_there_for_who_would_owe_it_until_it_is_issued(cast: Cast) -> None:
    draft = owed(cast, TODAY + timedelta(days=30), is_issued=False)
    office, debtor = Visit(cast.chi), Visit(cast.ha)
    form = issue_form(office.look(page_of(draft)))

    hidden = debtor.look(page_of(draft), status=404)
    missing = debtor.look(f"/duties/{key()}/", status=404)
    debtor.send(f"{page_of(draft)}issue/", form, status=404)
    listed = debtor.look("/duties/").context
    assert hidden.content == missing.content
    assert (listed["drafts"], listed["duties"]) == (0, [])

    office.send(f"{page_of(draft)}issue/", form)

    assert [row.uid for row in debtor.look("/duties/").context["duties"]] == [draft.uid]
    debtor.look(page_of(draft))


def test_a_broken_form_is_refused(cast: Cast) -> None:
    draft = owed(cast, TODAY + timedelta(days=30), is_issued=False)

    for form in ({}, {"client_key": "x"}, {"client_key": key(), "version": "-3"}):
        Visit(cast.chi).send(f"{page_of(draft)}issue/", form, status=422)

    draft.refresh_from_db()
    assert draft.state == "draft"


def test_hidden_and_missing_look_the_same(cast: Cast) -> None:
    duty = owed(cast, TODAY)
    visit = Visit(cast.khe)

    hidden, missing = (
        visit.look(page_of(duty), status=404),
        visit.look(f"/duties/{key()}/", status=404),
    )

    assert hidden.content == missing.content
    visit.send(f"{page_of(duty)}issue/", {"client_key": key()}, status=404)


def test_cost_does_not_grow_with_the_list(cast: Cast) -> None:
    duty = owed(cast, TODAY)
    visit = Visit(cast.chi)
    few = visit.cost("/duties/")
    for days in range(5):
        owed(cast, TODAY + timedelta(days=days), unit=cast.dong_gao)

    assert (few, visit.cost("/duties/")) == (6, 6)
    assert visit.cost(page_of(duty)) == 13
