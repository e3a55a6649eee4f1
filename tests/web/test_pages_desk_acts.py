"""The desk beyond one proposal: questions first, undo, split, merge, add, many at once, company."""

from typing import Any

import pytest

from lotrinh.apps.duties.models import Duty
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.models import Candidate, Decision, ReadingRun, TypedWords
from tests.cast import Cast
from tests.factories import NOW, TEXT, TODAY, key, make_officer, make_run
from tests.web.visiting import Visit, text_of

ASKING = """ỦY BAN NHÂN DÂN
Số: 412/KH-UBND
Ngày 2 tháng 5 năm 2024

KẾ HOẠCH

1. Giao Quận Hồ Sen chủ trì rà soát các quy định, báo cáo trước ngày 2/6/2025.
2. Giao Sở Không Có chủ trì, phối hợp với Sở Nội vụ xây dựng kế hoạch đào tạo trong quý IV năm 2024.
3. Giao Sở Không Có chủ trì lập dự toán trước ngày 1/9/2024 và báo cáo kết quả trước ngày 1/12/2024.
4. Giao Huyện Đồng Gạo chủ trì kiểm tra hồ nước, báo cáo trước ngày 15/9.
"""
"""A plan in which a unit is not known, a year is not stated and two deadlines stand in one task."""


@pytest.fixture
def run(cast: Cast) -> ReadingRun:
    return make_run(keeper=cast.office, user=cast.chi, text=TEXT)


@pytest.fixture
def asking(cast: Cast) -> ReadingRun:
    return make_run(keeper=cast.office, user=cast.chi, text=ASKING)


def desk_of(run: ReadingRun) -> str:
    return f"/documents/{run.rendition.document.uid}/desk/"


def proposal(run: ReadingRun, n: int) -> Candidate:
    return Candidate.objects.get(run=run, ordinal=n)


def act(run: ReadingRun, n: int, name: str) -> str:
    return f"/proposals/{proposal(run, n).uid}/{name}/"


def shown_numbers(answer: Any) -> list[int]:
    return [card.n for card, _near in answer.context["rows"]]


def dropped(**changed: object) -> dict[str, object]:
    return {"client_key": key(), "reason": "duplicate", **changed}


# ---------- questions first


def test_what_has_a_question_stands_first_and_can_be_filtered(
    cast: Cast, asking: ReadingRun
) -> None:
    visit = Visit(cast.chi)
    answer = visit.look(desk_of(asking))

    asked = {card.n: card.questions for card in answer.context["cards"]}
    assert asked == {1: (), 2: ("unit",), 3: ("unit", "deadlines"), 4: ("year",)}
    assert shown_numbers(answer) == [2, 3, 4, 1]
    assert answer.context["here"] == 2
    chips = [(chip.count, chip.url.partition("?")[2]) for chip in answer.context["chips"]]
    assert chips == [
        (4, ""),
        (3, "ask=any"),
        (2, "ask=unit"),
        (1, "ask=year"),
        (1, "ask=deadlines"),
    ]
    assert shown_numbers(visit.look(f"{desk_of(asking)}?order=text")) == [1, 2, 3, 4]
    assert shown_numbers(visit.look(f"{desk_of(asking)}?ask=unit")) == [2, 3]
    assert shown_numbers(visit.look(f"{desk_of(asking)}?ask=nonsense")) == [2, 3, 4, 1]


def test_a_decision_leads_back_to_the_same_view(cast: Cast, asking: ReadingRun) -> None:
    answer = Visit(cast.chi).send(
        act(asking, 2, "reject"), dropped(ask="unit", order="text", then="3")
    )

    assert answer["Location"] == f"{desk_of(asking)}?at=3&ask=unit&order=text#c3"


def test_each_field_knows_its_own_words(cast: Cast, run: ReadingRun) -> None:
    answer = Visit(cast.chi).look(desk_of(run))

    text = run.rendition.text
    said = {
        card.n: {name: text[span[0] : span[1]] for name, span in card.words.items()}
        for card in answer.context["cards"]
    }
    assert said[1] == {
        "title": "tỷ lệ thất nghiệp khu vực thành thị",
        "value": "3%",
        "due": "năm 2030",
    }
    assert {name: said[3][name] for name in ("unit", "due", "deliverable", "responsibility")} == {
        "unit": "Ủy ban nhân dân Quận Hồ Sen",
        "due": "ngày 30/9/2024",
        "deliverable": "kế hoạch đào tạo cán bộ",
        "responsibility": "Sở Nội vụ",
    }
    start = text.index("ngày 30/9/2024")
    page = text_of(answer)
    assert f'href="#w{start}" data-from="{start}" data-to="{start + 14}"' in page
    assert f'id="w{start}" data-w="{start}">ngày 30/9/2024</span>' in page


# ---------- undo


def test_the_last_act_is_undone_from_the_page(cast: Cast, run: ReadingRun) -> None:
    visit = Visit(cast.chi)
    visit.send(act(run, 3, "accept"), {"client_key": key(), "title": "Việc"})
    shown = visit.look(desk_of(run)).context["last_act"]

    answer = visit.send(f"{desk_of(run)}undo/", {"client_key": key(), "act": shown.key})

    assert answer["Location"] == f"{desk_of(run)}?at=3#c3"
    assert Duty.objects.get().state == "withdrawn"
    assert visit.look(desk_of(run)).context["last_act"] is None


def test_undoing_nothing_says_so(cast: Cast, run: ReadingRun) -> None:
    visit = Visit(cast.chi)

    for form in ({"client_key": key(), "act": key()}, {"client_key": "x"}):
        answer = visit.send(f"{desk_of(run)}undo/", form)
        assert "usa-alert--warning" in text_of(visit.look(answer["Location"]))


def test_one_decision_is_taken_back_from_the_list(cast: Cast, run: ReadingRun) -> None:
    visit = Visit(cast.chi)
    visit.send(act(run, 3, "reject"), dropped())

    answer = visit.send(act(run, 3, "reopen"), {"client_key": key(), "turn": "1"})

    assert answer["Location"] == f"{desk_of(run)}?at=3#c3"
    verdicts = Decision.objects.order_by("turn").values_list("verdict", flat=True)
    assert list(verdicts) == ["rejected", "reopened"]


# ---------- two at one desk


def test_who_comes_second_is_told_who_did_what_and_keeps_what_he_typed(
    cast: Cast, run: ReadingRun
) -> None:
    other = make_officer(cast.city, full_name="Lý Thị Sen")
    Visit(cast.chi).send(act(run, 3, "reject"), dropped())
    second = Visit(other)

    answer = second.send(
        act(run, 3, "accept"), {"client_key": key(), "title": "Việc của tôi", "turn": "0"}
    )

    page = second.look(answer["Location"])
    assert "Trần Mộc Chi" in text_of(page)
    card = next(card for card in page.context["cards"] if card.n == 3)
    assert card.typed == ("Việc của tôi",)
    assert not Duty.objects.exists()
    second.send(act(run, 3, "reopen"), {"client_key": key(), "turn": "1"})
    card = next(card for card in second.look(desk_of(run)).context["cards"] if card.n == 3)
    assert (card.title, card.is_kept) == ("Việc của tôi", True)


def test_a_page_that_is_a_turn_behind_decides_nothing(cast: Cast, run: ReadingRun) -> None:
    visit = Visit(cast.chi)
    visit.send(act(run, 3, "reject"), dropped())
    visit.send(act(run, 3, "reopen"), {"client_key": key(), "turn": "1"})

    visit.send(act(run, 3, "accept"), {"client_key": key(), "title": "Việc", "turn": "0"})

    assert not Duty.objects.exists()


def test_what_is_typed_comes_back_after_a_lost_session(cast: Cast, run: ReadingRun) -> None:
    form = {"title": "Sửa tên", "unit": "Quận Hồ Sen", "client_key": key(), "note": "x"}
    Visit(cast.chi).send(act(run, 3, "keep"), form, status=204)

    card = Visit(cast.chi).look(desk_of(run)).context["cards"][2]

    assert (card.title, card.unit, card.is_kept) == ("Sửa tên", "Quận Hồ Sen", True)
    assert TypedWords.objects.get().values == {"title": "Sửa tên", "unit": "Quận Hồ Sen"}
    Visit(cast.chi).send(act(run, 3, "reject"), dropped())
    assert not TypedWords.objects.exists()


def test_each_sees_who_else_is_here_and_what_was_decided(cast: Cast, run: ReadingRun) -> None:
    other = make_officer(cast.city, full_name="Lý Thị Sen")
    news = f"{desk_of(run)}news/"
    Visit(other).look(news)
    Visit(cast.chi).send(act(run, 3, "reject"), dropped())

    told = Visit(other).look(f"{news}?after=0")

    assert told.context["present"] == ()
    (said,) = told.context["meanwhile"]
    assert "Trần Mộc Chi" in said and "3" in said
    assert Visit(cast.chi).look(f"{news}?after=0").context["meanwhile"] == []
    after = Visit(other).look(desk_of(run)).context["last_decision"]
    assert Visit(other).look(f"{news}?after={after}").context["meanwhile"] == []
    assert Visit(cast.chi).look(desk_of(run)).context["present"] == ["Lý Thị Sen"]
    assert Visit(cast.chi).cost(desk_of(run)) <= 20


# ---------- split, merge, add


def test_a_proposal_is_split_at_a_word_without_a_script(cast: Cast, run: ReadingRun) -> None:
    visit = Visit(cast.chi)
    page = visit.look(act(run, 3, "split"))
    number = next(n for n, word in page.context["words"] if word == "hoàn")

    answer = visit.send(act(run, 3, "split"), {"client_key": key(), "word": number, "turn": "0"})

    assert answer["Location"] == f"{desk_of(run)}?at=5#c5"
    cards = {card.n: card for card in visit.look(desk_of(run)).context["cards"]}
    assert (cards[3].state, cards[5].made_from, cards[6].made_from) == ("gone", (3,), (3,))
    assert cards[6].due == cards[5].due == "29/9/2024"


@pytest.mark.parametrize("word", ["", "1", "0", "999", "x", "9" * 4400])
def test_a_place_that_is_none_splits_nothing(cast: Cast, run: ReadingRun, word: str) -> None:
    form = {"client_key": key(), "word": word}

    answer = Visit(cast.chi).send(act(run, 3, "split"), form, status=422)

    assert list(answer.context["form"].errors) == ["word"]
    assert not Decision.objects.exists()


def test_neighbours_are_merged(cast: Cast, run: ReadingRun) -> None:
    visit = Visit(cast.chi)
    near = {card.n: near for card, near in visit.look(desk_of(run)).context["rows"]}
    assert (near[3].follower.n, near[4].follower) == (4, None)

    answer = visit.send(act(run, 3, "merge"), {"client_key": key(), "other": "4"})

    assert answer["Location"] == f"{desk_of(run)}?at=5#c5"
    form = {"client_key": key(), "other": "5"}
    visit.send(act(run, 1, "merge"), form)
    assert Candidate.objects.count() == 5


def test_a_commitment_is_added_by_its_passage_and_words(cast: Cast, run: ReadingRun) -> None:
    visit, form = Visit(cast.chi), {"client_key": key(), "kind": "task", "passage": "13"}
    path = f"{desk_of(run)}add/"
    words = "phối hợp với Sở Tài chính\n  tham mưu báo cáo"

    wrong = visit.send(path, {**form, "words": "không có trong văn bản"}, status=422)
    unknown = visit.send(path, {**form, "words": words, "passage": "99"}, status=422)
    answer = visit.send(path, {**form, "words": words})

    assert list(wrong.context["form"].errors) == ["words"]
    assert list(unknown.context["form"].errors) == ["passage"]
    assert answer["Location"] == f"{desk_of(run)}?at=5#c5"
    assert visit.look(f"{path}?passage=13").context["quote"].startswith("2. Giao Văn phòng")
    added = proposal(run, 5)
    assert run.rendition.text[added.start : added.end] == " ".join(words.split())


def test_words_that_stand_twice_are_taken_where_they_were_chosen(
    cast: Cast, run: ReadingRun
) -> None:
    text = run.rendition.text
    second = text.index("chủ trì", text.index("Văn phòng Thành ủy chủ trì"))
    form = {"client_key": key(), "kind": "task", "words": "chủ trì", "at": second}

    Visit(cast.chi).send(f"{desk_of(run)}add/", form)

    assert proposal(run, 5).start == second


# ---------- many at once


def test_one_unit_for_all_that_name_it(cast: Cast, asking: ReadingRun) -> None:
    visit, path = Visit(cast.chi), f"{desk_of(asking)}several/"
    shown = visit.look(f"{path}?act=unit&name=Sở Không Có")
    assert [line.card.n for line in shown.context["lines"]] == [2, 3]
    form = {"client_key": key(), "act": "unit", "offered": ["2", "3"], "row": ["2", "3"]}

    wrong = visit.send(path, {**form, "unit": "Sở Nào"}, status=422)
    visit.send(path, {**form, "unit": "Quận Hồ Sen"})

    assert list(wrong.context["form"].errors) == ["unit"]
    cards = {card.n: card for card in visit.look(desk_of(asking)).context["cards"]}
    assert (cards[2].unit, cards[3].unit) == ("Quận Hồ Sen", "Quận Hồ Sen")
    assert (cards[2].questions, cards[3].questions) == ((), ("deadlines",))
    assert not Decision.objects.exists()


def test_all_found_in_one_way_are_dropped_for_one_reason(cast: Cast, asking: ReadingRun) -> None:
    visit, path = Visit(cast.chi), f"{desk_of(asking)}several/"
    offered = [line.card.n for line in visit.look(f"{path}?act=reject&alike=2").context["lines"]]
    form = {"client_key": key(), "act": "reject", "offered": offered, "row": offered}

    visit.send(path, form, status=422)
    visit.send(path, {**form, "reason": "not_commitment", "note": "chỉ là lời kêu gọi"})

    assert offered == [1, 2, 3, 4]
    assert set(Decision.objects.values_list("reason", "note")) == {
        ("not_commitment", "chỉ là lời kêu gọi")
    }


def test_only_what_was_shown_is_accepted(cast: Cast, run: ReadingRun) -> None:
    visit, path = Visit(cast.chi), f"{desk_of(run)}several/"
    shown = visit.look(f"{path}?act=accept&row=3&row=4")
    form = {
        "client_key": key(),
        "act": "accept",
        "offered": ["3", "4"],
        "row": ["3", "4"],
        "said": shown.context["said"],
    }
    Visit(cast.chi).send(act(run, 3, "keep"), {"title": "Đổi"}, status=204)

    again = visit.send(path, form, status=422)

    assert not Duty.objects.exists()
    visit.send(path, {**form, "said": again.context["said"]})
    assert sorted(Duty.objects.values_list("title", flat=True))[1] == "Đổi"


def test_the_good_ones_are_taken_and_the_others_listed(cast: Cast, run: ReadingRun) -> None:
    visit, path = Visit(cast.chi), f"{desk_of(run)}several/"
    visit.send(act(run, 4, "keep"), {"unit": "Quận Không Có"}, status=204)
    shown = visit.look(f"{path}?act=accept&row=3&row=4")
    form = {
        "client_key": key(),
        "act": "accept",
        "offered": ["3", "4"],
        "row": ["3", "4"],
        "said": shown.context["said"],
    }

    whole = visit.send(path, {**form, "whole": "on"}, status=422)
    assert [line.card.n for line in whole.context["lines"]] == [3, 4]
    assert not Duty.objects.exists()
    rest = visit.send(path, form, status=422)

    assert [(line.card.n, bool(line.fault_text)) for line in rest.context["lines"]] == [(4, True)]
    assert Duty.objects.count() == 1


def test_choosing_none_is_said(cast: Cast, run: ReadingRun) -> None:
    form = {"client_key": key(), "act": "reject", "reason": "duplicate", "offered": ["3"]}

    answer = Visit(cast.chi).send(f"{desk_of(run)}several/", form, status=422)

    assert answer.context["form"].non_field_errors()


def test_a_target_taken_back_has_its_page_and_says_so(cast: Cast, run: ReadingRun) -> None:
    visit = Visit(cast.chi)
    visit.send(
        act(run, 1, "accept"),
        {"client_key": key(), "title": "Tỷ lệ", "comparator": "<", "value": "3"},
    )
    url = visit.look(desk_of(run)).context["cards"][0].url
    intake.reopen_candidate(
        candidate_id=proposal(run, 1).pk,
        turn=1,
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )

    assert visit.look(url).context["target"].withdrawn_on == TODAY
    assert visit.look("/targets/").context["total"] == 0
