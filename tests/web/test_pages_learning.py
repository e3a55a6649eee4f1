"""What was learned is used on the desk, says where it comes from, and is undone on a page."""

from datetime import date
from typing import Any

from django.urls import reverse

from lotrinh.apps.accounts.models import User
from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.models import LearnedName, LexiconLine, ReadingRun
from lotrinh.apps.units import services as units
from lotrinh.apps.units.models import Unit
from lotrinh.web.presenters.desk import Card
from tests.cast import Cast
from tests.factories import NOW, TODAY, an_assignment, key, make_run, make_unit
from tests.web.visiting import Visit, text_of

NAMED = "Phòng Bãi Bồi"
TEXT = """THÀNH ỦY HÀ NỘI
*
Số {number}-CTr/TU
Hà Nội, ngày 10 tháng 5 năm 2024

CHƯƠNG TRÌNH HÀNH ĐỘNG

II. NHIỆM VỤ
1. Giao Phòng Bãi Bồi chủ trì xây dựng kế hoạch đào tạo cán bộ, hoàn thành trong năm 2024.
"""
OPENINGS = "".join(
    f"{n}. Tổ chức thành công {what} là thắng lợi to lớn.\n"
    for n, what in enumerate(("đại hội", "hội diễn", "ngày hội"), start=2)
)


def read(number: int, *, keeper: Unit, user: User, more: str = "") -> ReadingRun:
    return make_run(keeper=keeper, user=user, text=TEXT.format(number=number) + more)


def teach(run: ReadingRun, unit: Unit, user: User) -> None:
    first = readings.candidates_of(run=run)[0]
    intake.confirm_task(
        candidate_id=first.pk,
        assignment=an_assignment(unit),
        user=user,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )


def first_card(visit: Visit, run: ReadingRun) -> Card:
    path = reverse("desk", kwargs={"uid": run.rendition.document.uid})
    card: Card = visit.look(path).context["cards"][0]
    return card


def in_english(user: User) -> Visit:
    visit = Visit(user)
    visit.send("/language/", {"language": "en", "next": "/"}, status=302)
    return visit


def test_the_desk_fills_in_what_was_learned_and_says_from_where(cast: Cast) -> None:
    first = read(201, keeper=cast.office, user=cast.chi)
    visit = in_english(cast.chi)
    before = first_card(visit, first)
    assert (before.unit, before.unit_as_read, before.questions) == ("", NAMED, ("unit",))
    teach(first, cast.ho_sen, cast.chi)
    second = read(202, keeper=cast.office, user=cast.chi)

    card = first_card(visit, second)

    assert (card.unit, card.unit_as_read, card.questions) == (cast.ho_sen.name_en, None, ())
    document = first.rendition.document
    assert card.known is not None
    assert (card.known.who, card.known.document) == ("Trần Mộc Chi", "201-CTr/TU")
    page = text_of(visit.look(f"/documents/{second.rendition.document.uid}/desk/"))
    assert "known here since 7 Aug 2024 by Trần Mộc Chi" in page
    assert f'<a href="/documents/{document.uid}/">201-CTr/TU</a>' in page


def test_the_source_is_not_told_to_who_may_not_see_it(cast: Cast) -> None:
    teach(read(201, keeper=cast.office, user=cast.chi), cast.ho_sen, cast.chi)
    theirs = read(203, keeper=cast.ho_sen, user=cast.ha)

    card = first_card(Visit(cast.ha), theirs)

    assert card.unit == cast.ho_sen.name_vi
    assert card.known is not None
    assert (card.known.who, card.known.document, card.known.url) == ("", "", "")


def test_where_people_disagree_both_are_offered_and_nothing_is_filled_in(cast: Cast) -> None:
    teach(read(201, keeper=cast.office, user=cast.chi), cast.ho_sen, cast.chi)
    teach(read(203, keeper=cast.ho_sen, user=cast.ha), cast.sen_tay, cast.ha)
    third = read(204, keeper=cast.office, user=cast.chi)

    card = first_card(Visit(cast.chi), third)

    assert (card.unit, card.known, card.questions) == ("", None, ("units",))
    assert card.choices == (cast.ho_sen.name_vi, cast.sen_tay.name_vi)
    assert [cast.sen_tay.name_vi in look.why for look in card.looks if look.field == "unit"] == [
        True
    ]
    rows = Visit(cast.chi).look("/learning/names/").context["names"]
    assert [row.state for row in rows] == ["disputed", "disputed"]


def test_a_unit_that_has_ended_is_never_filled_in_and_its_successor_offered(cast: Cast) -> None:
    gone = make_unit("ban-cu", parent=cast.city, name_vi="Ban Cũ", name_en="Old board")
    teach(read(201, keeper=cast.office, user=cast.chi), gone, cast.chi)
    units.abolish_unit(
        unit=gone,
        receiver=cast.dong_gao,
        day=date(2024, 8, 1),
        legal_basis="Nghị quyết số 2",
        user=cast.chi,
        on=TODAY,
        at=NOW,
    )
    second = read(202, keeper=cast.office, user=cast.chi)

    card = first_card(Visit(cast.chi), second)

    assert (card.unit, card.known, card.questions) == ("", None, ("unit",))
    assert card.choices == (cast.dong_gao.name_vi,)
    (why,) = (look.why for look in card.looks if look.field == "unit")
    assert "Ban Cũ" in why
    (row,) = Visit(cast.chi).look("/learning/names/").context["names"]
    assert row.state == "gone"


def test_accepting_what_was_filled_in_counts_as_a_use(cast: Cast) -> None:
    teach(read(201, keeper=cast.office, user=cast.chi), cast.ho_sen, cast.chi)
    second = read(202, keeper=cast.office, user=cast.chi)
    visit = Visit(cast.chi)
    card = first_card(visit, second)

    visit.send(
        f"/proposals/{card.uid}/accept/",
        {"client_key": key(), "title": card.title, "unit": card.unit, "due": card.due},
    )

    (row,) = visit.look("/learning/names/").context["names"]
    assert (row.used, row.state, row.unit_name) == (1, "used", cast.ho_sen.name_vi)
    assert row.scope_text == "THÀNH ỦY HÀ NỘI"  # as it is printed


def test_a_learned_name_is_ended_with_a_reason_on_its_page(cast: Cast) -> None:
    teach(read(201, keeper=cast.office, user=cast.chi), cast.ho_sen, cast.chi)
    learned, visit = LearnedName.objects.get(), in_english(cast.chi)
    page, form = f"/learning/names/{learned.uid}/", {"client_key": key()}

    again = visit.send(f"{page}end/", {**form, "reason": " "}, status=422)
    assert "reason" in again.context["form"].errors
    visit.send(f"{page}end/", {**form, "reason": "another board"})
    visit.send(f"{page}end/", {**form, "reason": "another board"})  # sent twice
    visit.send(f"{page}end/", {"client_key": key(), "reason": "me too"})

    shown = text_of(visit.look(page))
    assert "another board" in shown
    assert "Somebody else has ended this meanwhile" in shown
    assert "me too" not in shown
    assert visit.look(page).context["form"] is None
    assert first_card(visit, read(202, keeper=cast.office, user=cast.chi)).unit == ""


def test_who_may_not_end_it_is_told_who_may(cast: Cast) -> None:
    teach(read(201, keeper=cast.office, user=cast.chi), cast.ho_sen, cast.chi)
    page = f"/learning/names/{LearnedName.objects.get().uid}/"

    shown = in_english(cast.thach).look(page)

    assert shown.context["form"] is None
    assert shown.context["refused_text"].startswith("This may be done by: ")


def proposed(cast: Cast) -> LexiconLine:
    run = read(301, keeper=cast.office, user=cast.chi, more=OPENINGS)
    _task, *rows = readings.candidates_of(run=run)
    intake.reject_block(
        run_id=run.pk,
        turns={row.pk: 0 for row in rows},
        reason="not_commitment",
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )
    (line,) = intake.find_lines(at=NOW)
    return line


def decide(visit: Visit, line: LexiconLine, verdict: str, turn: int, **changed: Any) -> Any:
    status = changed.pop("status", 303)
    form = {"client_key": key(), "turn": turn, "verdict": verdict, "reason": "đã xem", **changed}
    return visit.send(f"/learning/lexicon/{line.uid}/decide/", form, status=status)


def test_a_line_shows_its_passages_and_what_it_would_change(
    cast: Cast, settings: Any, tmp_path: Any
) -> None:
    settings.LABELLED_SET = tmp_path / "tests" / "reading" / "labelled"
    line, visit = proposed(cast), in_english(cast.chi)
    page = f"/learning/lexicon/{line.uid}/"
    assert "Not measured yet" in text_of(visit.look(page))
    intake.measure_line(uid=line.uid, at=NOW)

    shown = visit.look(page)

    assert [one.words for one in shown.context["passages"]] == [
        "Tổ chức thành công đại hội là thắng lợi to lớn",
        "Tổ chức thành công hội diễn là thắng lợi to lớn",
        "Tổ chức thành công ngày hội là thắng lợi to lớn",
    ]
    assert [(len(found), more) for _, found, more in shown.context["changes"]] == [
        (0, 0),
        (0, 0),
        (3, 0),
        (0, 0),
    ]
    assert "This machine has no labelled set. Measured on 1 document of your own" in text_of(shown)
    (listed,) = visit.look("/learning/lexicon/").context["lines"]
    assert (listed.supported, listed.in_documents, listed.state) == (3, 1, "")


def test_a_line_is_applied_taken_back_and_two_at_once_are_told(cast: Cast) -> None:
    line, visit = proposed(cast), in_english(cast.chi)
    page = f"/learning/lexicon/{line.uid}/"

    empty = decide(visit, line, "applied", 0, reason="", status=422)
    assert "reason" in empty.context["form"].errors
    decide(visit, line, "applied", 0)
    late = decide(visit, line, "dismissed", 0, reason="my own words", status=422)
    assert "Somebody has decided about this line meanwhile" in text_of(late)
    assert "my own words" in text_of(late)
    assert len(readings.lexicon_lines()) == 1

    decide(visit, line, "removed", 1)
    assert readings.lexicon_lines() == ()
    turns = visit.look(page).context["line"].decided
    assert [(str(word), turn.by_name) for word, turn in turns] == [
        ("applied", "Trần Mộc Chi"),
        ("taken back", "Trần Mộc Chi"),
    ]


def test_the_page_of_the_rules_counts_and_names_its_faults(cast: Cast) -> None:
    proposed(cast)
    visit = in_english(cast.chi)

    (row,) = visit.look("/learning/rules/").context["rules"]
    assert (row.total, row.accepted, row.dropped, row.share_text) == (3, 0, 3, "0%")
    assert row.reasons_text == "not a commitment: 3"
    assert row.interval_text == "0% – 56.1%"
    assert not row.is_measured

    assert visit.look("/learning/rules/?since=8/8/2024").context["rules"] == []
    assert len(visit.look("/learning/rules/?since=7/8/2024&until=7/8/2024").context["rules"]) == 1
    assert "“31/2/2024” is no day" in text_of(visit.look("/learning/rules/?since=31/2/2024"))


def test_a_measured_rule_says_so_on_its_cards(cast: Cast) -> None:
    more = "".join(f"{n}. Xây dựng kế hoạch số {n} của thành phố.\n" for n in range(2, 33))
    run = read(302, keeper=cast.office, user=cast.chi, more=more)
    rows = [row for row in readings.candidates_of(run=run) if row.rule == "task.imperative"]
    assert len(rows) == 31
    said: dict[str, Any] = {"user": cast.chi, "on": TODAY, "at": NOW}
    for row in rows[:27]:
        intake.confirm_task(
            candidate_id=row.pk, assignment=an_assignment(), client_key=key(), **said
        )
    for row in rows[27:30]:
        intake.reject_candidate(candidate_id=row.pk, reason="duplicate", client_key=key(), **said)

    shown = in_english(cast.chi).look(f"/documents/{run.rendition.document.uid}/desk/")

    card = shown.context["cards"][-1]
    assert card.measured is not None
    assert (card.measured.right, card.measured.total, card.certainty) == (27, 30, "look")
    assert "Measured: 27 of 30 proposals found in this way were accepted" in text_of(shown)


def test_the_desk_with_learned_names_costs_no_more_than_twenty(cast: Cast) -> None:
    teach(read(201, keeper=cast.office, user=cast.chi), cast.ho_sen, cast.chi)
    teach(read(203, keeper=cast.ho_sen, user=cast.ha), cast.sen_tay, cast.ha)
    third = read(204, keeper=cast.office, user=cast.chi)
    visit = Visit(cast.chi)
    line = proposed(cast)

    paths = [
        f"/documents/{third.rendition.document.uid}/desk/",
        "/learning/names/",
        f"/learning/names/{LearnedName.objects.earliest('id').uid}/",
        "/learning/lexicon/",
        f"/learning/lexicon/{line.uid}/",
        "/learning/rules/",
    ]

    costs = {path: visit.cost(path) for path in paths}

    assert {path: cost for path, cost in costs.items() if cost > 20} == {}
