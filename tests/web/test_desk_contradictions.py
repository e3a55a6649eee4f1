"""The desk says first where the text contradicts its family, with a door to both passages."""

from tests.apps.intake.test_contradictions import annex, plan
from tests.cast import Cast
from tests.web.visiting import Visit, text_of


def test_a_contradiction_stands_first_with_both_values(cast: Cast) -> None:
    first, second = plan(cast), annex(cast)
    here, there = first.rendition.document, second.rendition.document

    shown = Visit(cast.chi).look(f"/documents/{here.uid}/desk/")

    issue = shown.context["issues"][0]
    mine = first.candidates.get(ordinal=1)
    assert (issue.here_text, issue.here_passage, issue.here_url) == ("41,7%", 7, f"#p{mine.start}")
    assert (issue.number, issue.there_text, issue.there_passage, issue.there_url) == (
        "4482/KH-UBND",
        "42%",
        7,
        f"/documents/{there.uid}/#d7",
    )
    assert 'id="d7"' in text_of(Visit(cast.chi).look(f"/documents/{there.uid}/"))
    cards = {card.n: card for card in shown.context["cards"]}
    assert [cards[n].questions[:1] for n in (1, 2, 3)] == [("contradicted",), (), ("unit",)]
    assert cards[1].looks[0].field == "value"
    assert "4482/KH-UBND" in cards[1].looks[0].why


def test_what_is_contradicted_comes_before_other_questions(cast: Cast) -> None:
    first = plan(cast, more="4. Sở Không Có chủ trì lập dự toán về hồ nước trước ngày 1/9/2024.\n")
    annex(cast, day="15/8/2024")
    visit = Visit(cast.chi)
    page = f"/documents/{first.rendition.document.uid}/desk/"

    shown = visit.look(page)

    assert [card.n for card in shown.context["window"].cards] == [1, 3, 4, 2]
    assert [issue.what for issue in shown.context["issues"]] == ["level", "deadline"]
    asked = visit.look(f"{page}?ask=contradicted")
    assert [card.n for card in asked.context["window"].cards] == [1, 3]
    assert visit.cost(page) <= 20
