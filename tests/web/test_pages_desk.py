"""The reading desk shows what was read, and keeps what a person makes of it: once, and whole."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from lotrinh.apps.documents.models import Document
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.models import Candidate, Decision, ReadingRun
from lotrinh.apps.targets.models import Target
from lotrinh.web.presenters.questions import Look
from tests.cast import Cast
from tests.factories import NOW, TEXT, key, make_run
from tests.web.visiting import Visit, text_of


@pytest.fixture
def run(cast: Cast) -> ReadingRun:
    return make_run(keeper=cast.office, user=cast.chi, text=TEXT)


def document_of(run: ReadingRun) -> Document:
    return run.rendition.document


def desk_of(run: ReadingRun) -> str:
    return f"/documents/{document_of(run).uid}/desk/"


def proposal(run: ReadingRun, n: int) -> Candidate:
    return run.candidates.get(ordinal=n)


def accept_url(run: ReadingRun, n: int) -> str:
    return f"/proposals/{proposal(run, n).uid}/accept/"


def reject_url(run: ReadingRun, n: int) -> str:
    return f"/proposals/{proposal(run, n).uid}/reject/"


def task_form(**changed: object) -> dict[str, Any]:
    return {
        "client_key": key(),
        "title": "Xây dựng kế hoạch đào tạo cán bộ",
        "unit": "Quận Hồ Sen",
        "person": "Phan Thu Hà",
        "due": "29/9/2024",
        "deliverable": "Kế hoạch",
        "responsibility": "Chủ trì",
        "authority": "Chủ tịch quận",
        **changed,
    }


def target_form(**changed: object) -> dict[str, Any]:
    return {
        "client_key": key(),
        "title": "Tỷ lệ thất nghiệp",
        "unit": "",
        "due": "31/12/2030",
        "comparator": "<",
        "value": "3",
        **changed,
    }


def test_cards_hold_what_was_read_in_the_order_of_the_text(cast: Cast, run: ReadingRun) -> None:
    shown = Visit(cast.chi).look(desk_of(run))

    cards = shown.context["cards"]
    assert [card.n for card in cards] == [1, 2, 3, 4]
    assert [card.kind for card in cards] == ["target", "target", "task", "task"]
    assert [card.clause_number for card in cards] == [9, 10, 12, 13]
    assert cards[0].short_text == "< 3% · 2030"
    assert (cards[0].value, cards[0].comparator, cards[0].measure_text) == ("3", "<", "%")
    assert (cards[0].due, cards[0].due_text) == ("31/12/2030", "2030")
    assert cards[2].unit == "Quận Hồ Sen"
    assert (cards[2].due, cards[2].due_text) == ("29/9/2024", "ngày 30/9/2024")
    assert cards[2].missing == ("person", "authority")
    assert cards[2].looks == (
        Look("due", "Văn bản ghi “trước” ngày đó; ngày liền trước là ngày cuối còn trong hạn."),
    )
    assert shown.context["here"] == 1
    assert "Phan Thu Hà (Chuyên viên, Quận Hồ Sen)" in shown.context["person_names"]


def test_clauses_joined_are_the_clauses_of_the_text(cast: Cast, run: ReadingRun) -> None:
    clauses = Visit(cast.chi).look(desk_of(run)).context["clauses"]

    text = run.rendition.text
    joined = ["".join(part.text for part in clause.parts) for clause in clauses]
    rows = run.rendition.clauses.order_by("ordinal")
    assert joined == [text[row.start : row.end] for row in rows]
    marked = [part for clause in clauses for part in clause.parts if part.n is not None]
    assert [(part.n, part.start) for part in marked] == [
        (row.ordinal, row.start) for row in run.candidates.order_by("ordinal")
    ]
    assert [part.text for part in marked] == [
        text[row.start : row.end] for row in run.candidates.order_by("ordinal")
    ]


def test_accepting_a_task_leaves_a_draft_with_its_passage(cast: Cast, run: ReadingRun) -> None:
    answer = Visit(cast.chi).send(accept_url(run, 3), task_form())

    duty = Duty.objects.get()
    assert answer["Location"] == f"{desk_of(run)}?at=4#c4"
    assert (duty.title, duty.unit, duty.due) == (
        "Xây dựng kế hoạch đào tạo cán bộ",
        cast.ho_sen,
        date(2024, 9, 29),
    )
    assert duty.person == cast.person(cast.ha)
    source = duty.sources.get()
    assert (source.start, source.end) == (proposal(run, 3).start, proposal(run, 3).end)


def test_sending_the_same_acceptance_twice_makes_one_duty(cast: Cast, run: ReadingRun) -> None:
    visit, form = Visit(cast.chi), task_form()

    answers = [visit.send(accept_url(run, 3), form)["Location"] for _time in range(2)]

    assert answers[0] == answers[1]
    assert Duty.objects.count() == 1
    assert Decision.objects.count() == 1


def test_accepting_a_target_reads_numbers_as_the_page_writes_them(
    cast: Cast, run: ReadingRun
) -> None:
    Visit(cast.chi).send(
        accept_url(run, 1), target_form(comparator="range", value="1.270 – 45.000,5")
    )

    target = Target.objects.get()
    assert (target.comparator, target.value, target.high) == (
        "range",
        Decimal("1270"),
        Decimal("45000.5"),
    )
    assert target.measure.unit_of_measure == "%"


@pytest.mark.parametrize(
    ("n", "changed", "field"),
    [
        (3, {"title": "   "}, "title"),
        (3, {"unit": "Quận Không Có"}, "unit"),
        (3, {"unit": "Phường Sen Cũ"}, "unit"),  # it was abolished
        (3, {"unit": ""}, "person"),
        (3, {"person": "Lê Minh Khê"}, "person"),  # he sits in the other district
        (3, {"due": "30/2/2024"}, "due"),
        (3, {"due": "cuối năm"}, "due"),
        (3, {"client_key": "x"}, "client_key"),
        (1, {"value": "ba phần trăm"}, "value"),
        (1, {"comparator": "range", "value": "25 – 20"}, "value"),
        (1, {"comparator": "range", "value": "25"}, "value"),
        (1, {"person": "Phan Thu Hà"}, "person"),
    ],
)
def test_bad_input_changes_nothing_and_keeps_what_was_typed(
    cast: Cast, run: ReadingRun, n: int, changed: dict[str, str], field: str
) -> None:
    form = task_form(**changed) if n == 3 else target_form(**changed)

    answer = Visit(cast.chi).send(accept_url(run, n), form, status=422)

    card = next(card for card in answer.context["cards"] if card.n == n)
    assert list(card.errors) == [field]
    for name in ("title", "unit", "due"):
        assert getattr(card, name) == form[name]
    assert answer.context["here"] == n
    assert answer.context["return_url"] == desk_of(run)
    assert Duty.objects.count() + Target.objects.count() + Decision.objects.count() == 0


def test_a_unit_out_of_reach_is_refused_beside_its_field(cast: Cast) -> None:
    run = make_run(keeper=cast.ho_sen, user=cast.ha, text=TEXT)
    form = task_form(unit="Huyện Đồng Gạo", person="")

    answer = Visit(cast.ha).send(accept_url(run, 3), form, status=422)

    card = next(card for card in answer.context["cards"] if card.n == 3)
    assert list(card.errors) == ["unit"]
    assert "Trưởng phòng Tổng hợp, Văn phòng Thành ủy" in card.errors["unit"]
    assert not Duty.objects.exists()


def test_two_of_one_name_are_told_apart_by_title(cast: Cast, run: ReadingRun) -> None:
    answer = Visit(cast.chi).send(
        accept_url(run, 3), task_form(person="Phan Thu Hà (Chuyên viên, Quận Hồ Sen)")
    )

    assert answer.status_code == 303
    assert Duty.objects.get().person == cast.person(cast.ha)


def test_dropping_keeps_the_reason_and_goes_on(cast: Cast, run: ReadingRun) -> None:
    visit = Visit(cast.chi)

    answer = visit.send(
        reject_url(run, 4),
        {"client_key": key(), "reason": "duplicate", "note": "trùng với mục 1"},
    )

    decision = Decision.objects.get()
    assert (decision.verdict, decision.reason, decision.note) == (
        "rejected",
        "duplicate",
        "trùng với mục 1",
    )
    assert answer["Location"] == f"{desk_of(run)}?at=1#c1"
    card = visit.look(desk_of(run)).context["cards"][3]
    assert card.state == "rejected"
    assert card.reason_text.endswith(": trùng với mục 1")


def test_dropping_without_a_known_reason_is_refused(cast: Cast, run: ReadingRun) -> None:
    form = {"client_key": key(), "reason": "no such reason"}

    answer = Visit(cast.chi).send(reject_url(run, 4), form, status=422)

    assert list(answer.context["cards"][3].errors) == ["reason"]
    assert not Decision.objects.exists()


def test_who_comes_second_is_told_and_nothing_of_his_is_kept(cast: Cast, run: ReadingRun) -> None:
    Visit(cast.chi).send(reject_url(run, 3), {"client_key": key(), "reason": "duplicate"})
    second = Visit(cast.chi)

    answer = second.send(accept_url(run, 3), task_form())

    assert answer["Location"] == f"{desk_of(run)}?at=4#c4"
    assert not Duty.objects.exists()
    assert "usa-alert--warning" in text_of(second.look(answer["Location"]))


def test_who_may_only_read_sees_no_form_and_who_may(cast: Cast, run: ReadingRun) -> None:
    shown = Visit(cast.thach).look(desk_of(run))

    assert shown.context["may_decide"] is False
    assert "Trưởng phòng Tổng hợp, Văn phòng Thành ủy" in shown.context["refused_text"]
    assert "data-proposal" not in text_of(shown)


def test_who_may_only_read_decides_nothing(cast: Cast, run: ReadingRun) -> None:
    visit = Visit(cast.thach)

    visit.send(accept_url(run, 3), task_form(), status=403)
    visit.send(reject_url(run, 3), {"client_key": key(), "reason": "duplicate"}, status=403)
    visit.send(f"/documents/{document_of(run).uid}/read-again/", {}, status=403)

    assert not Decision.objects.exists()


def test_hidden_and_missing_look_the_same(cast: Cast, run: ReadingRun) -> None:
    visit = Visit(cast.khe)

    hidden = visit.look(desk_of(run), status=404)
    missing = visit.look(f"/documents/{key()}/desk/", status=404)

    assert hidden.content == missing.content
    visit.send(accept_url(run, 3), task_form(), status=404)
    assert not Decision.objects.exists()


def test_a_text_that_waits_is_shown_without_proposals(cast: Cast) -> None:
    run = make_run(keeper=cast.office, user=cast.chi, text=TEXT, is_read=False)

    shown = Visit(cast.chi).look(desk_of(run))

    assert shown.context["reading"].code == "queued"
    assert shown.context["cards"] == []
    lines = [line.strip() for line in TEXT.splitlines() if line.strip()]
    joined = ["".join(p.text for p in c.parts).strip() for c in shown.context["clauses"]]
    assert joined == lines


def test_a_failed_reading_says_why_and_can_be_tried_again(cast: Cast) -> None:
    run = make_run(keeper=cast.office, user=cast.chi, text=TEXT, is_read=False)
    intake.give_up_run(uid=run.uid, error="MemoryError", at=NOW)
    visit, again = Visit(cast.chi), f"/documents/{document_of(run).uid}/read-again/"

    assert "MemoryError" in visit.look(desk_of(run)).context["reading"].error_text
    first, second = visit.send(again, {}), visit.send(again, {})

    run.refresh_from_db()
    assert run.state == "queued"
    assert first["Location"] == second["Location"] == desk_of(run)


def test_at_opens_the_proposal_asked_for_or_the_next_open_one(cast: Cast, run: ReadingRun) -> None:
    visit = Visit(cast.chi)
    visit.send(reject_url(run, 2), {"client_key": key(), "reason": "duplicate"})

    here = [
        visit.look(f"{desk_of(run)}?at={asked}").context["here"]
        for asked in ("2", "4", "9", "", "x", "-1")
    ]

    assert here == [3, 4, 1, 1, 1, 1]


def test_the_desk_is_shown_in_the_language_of_the_account(cast: Cast, run: ReadingRun) -> None:
    vietnamese = text_of(Visit(cast.chi).look(desk_of(run)))
    english = Visit(cast.chi)
    english.send("/language/", {"language": "en", "next": desk_of(run)}, status=302)

    assert "Bàn đọc" in vietnamese
    shown = text_of(english.look(desk_of(run)))
    assert '<html lang="en">' in shown
    assert "Reading desk" in shown


def test_cost(cast: Cast, run: ReadingRun) -> None:
    Visit(cast.chi).send(accept_url(run, 3), task_form())
    Visit(cast.chi).send(accept_url(run, 1), target_form())

    assert Visit(cast.chi).cost(desk_of(run)) == 16
    assert Visit(cast.thach).cost(desk_of(run)) == 15


def test_enter_in_a_field_decides_nothing(run: ReadingRun) -> None:
    """A browser presses the first button of a form; that one is there to be dead."""
    shown = text_of(Visit(run.queued_by).look(desk_of(run)))

    forms = shown.split("data-proposal ")[1:]
    assert forms
    for form in forms:
        first = form[form.index("<button") :].split(">")[0]
        assert "disabled" in first
