"""A target shows how far, by when and who, with the sentence that set it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from lotrinh.apps.intake import services as intake
from lotrinh.rules.target_terms import Comparator
from tests.cast import Cast
from tests.factories import NOW, TEXT, TODAY, a_promise, key, make_run, make_target
from tests.web.visiting import Visit, text_of


def test_a_target_read_from_a_text_keeps_its_words(cast: Cast) -> None:
    run = make_run(keeper=cast.office, user=cast.chi, text=TEXT)
    found = run.candidates.get(ordinal=1)
    target = intake.confirm_target(
        candidate_id=found.pk,
        promise=replace(a_promise(cast.ho_sen), baseline=None),
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )
    visit = Visit(cast.chi)

    (row,) = visit.look("/targets/").context["targets"]
    shown = visit.look(f"/targets/{target.uid}/")

    assert (row.title, row.value_text, row.baseline_text) == (
        "Tỷ lệ thất nghiệp khu vực thành thị",
        "< 3%",
        None,
    )
    assert (row.due_on, row.due_text) == (date(2030, 12, 31), "2030")
    assert row.unit_name == "Quận Hồ Sen"
    assert row.source_url == (
        f"/documents/{run.rendition.document.uid}/?text={run.rendition.uid}#p{found.start}"
    )
    (source,) = shown.context["sources"]
    assert source.quote == run.rendition.text[found.start : found.end]
    assert shown.context["target"].is_draft is True
    history = visit.look(f"/targets/{target.uid}/history/")
    assert [event.actor_name for event in history.context["events"]] == ["Trần Mộc Chi"]


def test_values_are_written_as_each_language_writes_them(cast: Cast) -> None:
    promise = replace(
        a_promise(),
        comparator=Comparator.AT_LEAST,
        value=Decimal("492309000000000"),
        unit_of_measure="VND",
        baseline=Decimal("1270"),
    )
    make_target(owed_to=cast.office, user=cast.chi, promise=promise)
    visit = Visit(cast.chi)

    (vietnamese,) = visit.look("/targets/").context["targets"]
    visit.send("/language/", {"language": "en", "next": "/targets/"}, status=302)
    (english,) = visit.look("/targets/").context["targets"]

    assert "492.309" in vietnamese.value_text
    assert vietnamese.baseline_text.startswith("1.270 ")
    assert english.value_text == "≥ 492,309 billion VND"
    assert english.baseline_text == "1,270 dong"


def test_a_range_and_a_target_without_a_level(cast: Cast) -> None:
    words = a_promise()
    make_target(
        owed_to=cast.office,
        user=cast.chi,
        promise=replace(words, comparator=Comparator.RANGE, value=Decimal(20), high=Decimal(25)),
    )
    make_target(owed_to=cast.office, user=cast.chi, promise=replace(words, value=None, due=None))

    rows = Visit(cast.chi).look("/targets/").context["targets"]

    assert [(row.value_text, row.due_on) for row in rows] == [
        ("20–25%", date(2030, 12, 31)),
        ("", None),
    ]


def test_each_sees_what_his_units_have_set(cast: Cast) -> None:
    """Hà's district would lead the target; it is a draft of the office, so she does not see it."""
    target = make_target(owed_to=cast.office, user=cast.chi, unit=cast.ho_sen)

    for user in (cast.chi, cast.nghiem):
        assert Visit(user).look("/targets/").context["total"] == 1
        Visit(user).look(f"/targets/{target.uid}/")
    for user in (cast.ha, cast.khe):
        hidden_from = Visit(user)
        assert hidden_from.look("/targets/").context["total"] == 0
        hidden = hidden_from.look(f"/targets/{target.uid}/", status=404)
        missing = hidden_from.look(f"/targets/{key()}/", status=404)
        assert hidden.content == missing.content


def test_pages_follow_one_another(cast: Cast) -> None:
    for number in range(52):
        due = None if number % 2 else date(2030, 12, 31)
        make_target(owed_to=cast.office, user=cast.chi, promise=replace(a_promise(), due=due))
    visit = Visit(cast.chi)

    first = visit.look("/targets/")
    second = visit.look(first.context["next_url"])

    rows = [row.uid for page in (first, second) for row in page.context["targets"]]
    assert (len(rows), len(set(rows)), second.context["next_url"]) == (52, 52, None)
    assert 'href="/targets/pace/"' in text_of(first)


def test_cost_does_not_grow_with_the_list(cast: Cast) -> None:
    target = make_target(owed_to=cast.office, user=cast.chi)
    visit = Visit(cast.chi)
    few = visit.cost("/targets/")
    for _each in range(5):
        make_target(owed_to=cast.office, user=cast.chi, unit=cast.ho_sen)

    assert (few, visit.cost("/targets/")) == (9, 9)
    assert visit.cost(f"/targets/{target.uid}/") == 12
