"""The page of reports: what one writes, what waits for one's approval, what one collects."""

from datetime import date

import pytest

from lotrinh.apps.reporting import services
from tests.factories import NOW, TODAY, make_officer
from tests.reports import (
    BY_DISTRICT,
    BY_UNIT,
    HAND_IN,
    approve,
    fill,
    fresh,
    hand_in,
    make_group,
    make_regime,
    open_month,
)
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def collection(cast, families):
    make_group(cast.ho_sen, cast.sen_tay, cast.dong_gao)
    regime = make_regime(
        owed_to=cast.city,
        measures=[families],
        user=cast.chi,
        stages=[HAND_IN, BY_UNIT, BY_DISTRICT],
    )
    return open_month(regime, user=cast.chi)


@pytest.fixture
def ward(collection, cast):
    return collection.reports.get(unit=cast.sen_tay)


def page(user):
    return Visit(user).look("/reports/").context


def waits_for(user):
    return [row["unit_name"] for row in page(user)["passing"]]


def test_an_officer_sees_what_he_has_to_write_and_how_late_it_is(cast, ward, families):
    shown = page(cast.mai)

    (row,) = shown["writing"]
    assert (row["unit_name"], row["due"]) == ("Phường Sen Tây", date(2024, 7, 16))
    assert (row["filled"], row["lines"], row["status"].code, row["status"].days) == (
        0,
        1,
        "late",
        22,
    )
    assert (shown["to_write"], shown["late"], shown["waiting"]) == (1, 1, 0)

    fill(ward, cast.mai, {families: "120"})
    assert page(cast.mai)["writing"][0]["filled"] == 1
    hand_in(ward, cast.mai)
    assert page(cast.mai)["to_write"] == 0


def test_a_report_waits_for_those_of_the_next_stage_alone(cast, ward, families, tam):
    judge = make_officer(cast.ho_sen, full_name="Quách Văn Ba")
    fill(ward, cast.mai, {families: "120"})
    assert waits_for(tam) == []

    hand_in(ward, cast.mai)
    assert waits_for(tam) == ["Phường Sen Tây"]
    assert waits_for(cast.mai) == []

    approve(fresh(ward), tam)
    assert waits_for(tam) == []
    assert waits_for(judge) == ["Phường Sen Tây"]
    assert waits_for(cast.khe) == []

    approve(fresh(ward), judge)
    assert waits_for(judge) == []


def test_who_entered_a_figure_that_counts_is_not_asked_to_approve(cast, ward, families, tam):
    fill(ward, tam, {families: "120"})
    hand_in(ward, cast.mai)
    assert waits_for(tam) == []


def test_what_was_closed_waits_for_nobody(cast, collection, ward, families, tam):
    fill(ward, cast.mai, {families: "120"})
    hand_in(ward, cast.mai)
    services.close_collection(collection_id=collection.pk, user=cast.chi, on=TODAY, at=NOW)

    assert waits_for(tam) == []
    shown = page(cast.chi)
    assert (shown["to_write"], len(shown["collections"]), len(shown["closed"])) == (0, 0, 1)


def test_who_collects_sees_the_numbers_and_each_leads_to_its_list(cast, ward, families):
    fill(ward, cast.mai, {families: "120"})
    hand_in(ward, cast.mai)
    visit = Visit(cast.chi)

    (line,) = visit.look("/reports/").context["collections"]
    assert line.asked == 3
    assert {one.code: one.count for one in line.numbers} == {
        "approved": 0,
        "handed_in": 1,
        "late": 3,
    }
    for one in line.numbers:
        assert visit.look(one.url).context["shown"] == one.count


def test_collections_of_others_are_not_listed(cast, collection):
    assert page(cast.mai)["collections"] == []
    assert page(cast.khe)["collections"] == []
    assert len(page(cast.nghiem)["collections"]) == 1


def test_who_has_no_post_finds_an_empty_page_that_says_so(cast, collection):
    visit = Visit(cast.an)
    visit.send("/language/", {"language": "en", "next": "/"}, status=302)
    body = text_of(visit.look("/reports/"))
    assert "You have no report to write." in body
    assert "No period is collected where you may read figures of the whole." in body


def test_the_rail_leads_to_the_reports(cast):
    body = text_of(Visit(cast.mai).look("/duties/"))
    assert body.count('href="/reports/"') == 2
