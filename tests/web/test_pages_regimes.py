"""Reporting regimes: said, shown, saved; a period is opened for whom it asks; the end."""

import re
from datetime import date

import pytest

from lotrinh.apps.duties.models import Duty
from lotrinh.apps.reporting.models import Collection, Regime, Report
from tests.factories import TODAY, key, make_officer, make_unit
from tests.ledgers import make_measure
from tests.reports import GROUP, make_group, make_regime, open_month
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db
NEW = "/regimes/new/"


@pytest.fixture
def group(cast):
    make_group(cast.ho_sen, cast.sen_tay, cast.sen_cu)


@pytest.fixture
def regime(cast, families, schooled, group):
    return make_regime(owed_to=cast.city, measures=[families, schooled], user=cast.chi)


def said(*measures, **more):
    """Return a form that says a whole regime of these measures."""
    form = {
        "client_key": str(key()),
        "name": "Báo cáo gia đình văn hóa",
        "legal_basis": "Kế hoạch số 15/KH-UBND",
        "kind": "month",
        "basis": "self_reported",
        "owed_to": "Thành phố Hồ Sen",
        "group": GROUP,
        "measure": [str(one.uid) for one in measures],
        "day_1": "16",
        "step_2": "approve",
        "height_2": "1",
        "day_2": "20",
        "working_days": "1",
        "since": "1/7/2024",
    }
    return form | more


OTHER = "nhom-khac"


def asks(cast, measure, *members, **more):
    """Set up a regime that asks these units, in a group of their own."""
    make_group(*members, code=OTHER)
    said_so = {"owed_to": cast.city, "measures": [measure], "user": cast.chi}
    return make_regime(**(said_so | more), group=OTHER)


def in_english(user):
    visit = Visit(user)
    visit.send("/language/", {"language": "en", "next": "/"}, status=302)
    return visit


def faults(answer):
    """Return every fault of the form, by its field."""
    return {name: list(told) for name, told in answer.context["form"].errors.items()}


def test_a_regime_is_shown_with_its_days_before_it_is_saved(cast, families, schooled, group):
    visit = in_english(cast.chi)
    form = said(families, schooled, **{f"place-{schooled.uid}": "1"})

    shown = visit.send(NEW, form, status=200)

    assert not Regime.objects.exists()
    preview = shown.context["preview"]
    assert (preview["units"], preview["without_writer"]) == (2, 0)
    name, data, dues = preview["examples"][0]
    assert (name, data.since, data.last) == ("August 2024", date(2024, 7, 15), date(2024, 8, 14))
    assert [(one.name, one.due) for one in dues] == [
        ("handing in", date(2024, 8, 16)),
        ("approval, one level above the unit", date(2024, 8, 20)),
    ]

    visit.send(NEW, form | {"confirm": shown.context["form"].said})
    made = Regime.objects.get()
    assert [line.measure for line in made.lines.order_by("position")] == [schooled, families]
    assert (made.owed_to, made.group, made.since) == (cast.city, GROUP, date(2024, 7, 1))


def test_what_was_changed_after_it_was_shown_is_shown_again(cast, families, group):
    visit = Visit(cast.chi)
    form = said(families)
    shown = visit.send(NEW, form, status=200)

    again = visit.send(
        NEW, form | {"name": "Khác", "confirm": shown.context["form"].said}, status=200
    )

    assert again.context["preview"] is not None
    assert not Regime.objects.exists()


def test_sent_twice_it_is_one_regime(cast, families, group):
    visit = Visit(cast.chi)
    form = said(families)
    form["confirm"] = visit.send(NEW, form, status=200).context["form"].said
    for _ in range(2):
        visit.send(NEW, form)
    assert Regime.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field", "told"),
    [
        ({"measure": []}, "measures", "Tick at least one measure."),
        ({"legal_basis": ""}, "legal_basis", "Name the document that asks for it"),
        ({"group": ""}, "group", "Choose the group."),
        ({"owed_to": "Xã Không Có"}, "owed_to", "No unit that stands today"),
        ({"day_2": "32"}, "day_2", "Type a day of the month from 1 to 31."),
        ({"day_2": ""}, "day_2", "Type a day of the month from 1 to 31."),
        ({"step_2": "", "day_2": ""}, "step_2", "The last stage is an approval"),
        ({"step_2": "check"}, "step_2", "The last stage is an approval"),
        (
            {"step_3": "approve", "height_3": "0", "day_3": "22"},
            "step_3",
            "put the heights in order",
        ),
        ({"last": "30/6/2024"}, "last", "The last day lies before the first."),
        ({"working_days": "0"}, "working_days", "from 1 to 60"),
        ({"since": "hôm nay"}, "since", "is no day"),
    ],
)
def test_every_refusal_says_its_cure(cast, families, group, wrong, field, told):
    answer = in_english(cast.chi).send(NEW, said(families) | wrong, status=422)

    assert list(faults(answer)) == [field]
    assert told in text_of(answer)
    assert not Regime.objects.exists()


def test_a_place_that_is_no_number_is_told_beside_the_measures(cast, families, group):
    form = said(families, **{f"place-{families.uid}": "đầu"})
    answer = in_english(cast.chi).send(NEW, form, status=422)
    assert "“đầu” beside" in faults(answer)["measures"][0]


def test_nobody_asks_for_reports_to_a_unit_that_is_not_his(cast, group):
    own = make_measure(owed_to=cast.ho_sen, user=cast.chi)
    answer = in_english(cast.ha).send(NEW, said(own), status=422)

    assert "You may not ask for reports to “Ho Sen City”." in faults(answer)["owed_to"][0]
    assert not Regime.objects.exists()


def test_only_measures_that_the_reader_sees_are_offered(cast, families):
    own = make_measure(owed_to=cast.dong_gao, user=cast.chi)
    offered = Visit(cast.khe).look(NEW).context["measures"]
    assert [row.uid for row in offered] == [str(own.uid)]


def test_words_narrow_the_measures_and_what_is_ticked_stays(cast, families, schooled, group):
    form = said(families) | {"q": "khong co", "narrow": "1"}
    shown = Visit(cast.chi).send(NEW, form, status=200)

    assert [row.uid for row in shown.context["measures"]] == [str(families.uid)]
    assert shown.context["measures"][0].is_chosen
    assert shown.context["form"]["name"].value() == "Báo cáo gia đình văn hóa"
    assert "lt-errors" not in text_of(shown)


def test_who_assigns_nowhere_sets_up_nothing(cast):
    Visit(cast.thach).look(NEW, status=403)
    assert f'href="{NEW}"' not in text_of(Visit(cast.thach).look("/regimes/"))
    assert f'href="{NEW}"' in text_of(Visit(cast.chi).look("/regimes/"))


def test_the_list_parts_what_is_in_force_from_what_has_ended(cast, families, regime):
    over = make_regime(
        owed_to=cast.city, measures=[families], user=cast.chi, until=date(2024, 8, 1), name="Đã hết"
    )
    context = Visit(cast.an).look("/regimes/").context

    assert [row.uid for row in context["regimes"]] == [regime.uid]
    assert [(row.uid, row.last) for row in context["ended"]] == [(over.uid, date(2024, 7, 31))]


def test_the_page_of_a_regime_offers_the_periods_that_have_begun(cast, regime):
    opened = open_month(regime, user=cast.chi)
    shown = in_english(cast.chi).look(f"/regimes/{regime.uid}/")

    lines = {line.name: line for line in shown.context["periods"]}
    assert lines["July 2024"].count.collection == opened
    assert lines["July 2024"].open_url == ""
    assert lines["August 2024"].open_url == (
        f"/regimes/{regime.uid}/open/?first=2024-08-01&last=2024-08-31"
    )
    assert lines["September 2024"].open_url == ""
    assert "0 of 2 approved" in text_of(shown)


def test_who_may_not_issue_duties_is_told_who_opens_periods(cast, regime):
    shown = in_english(cast.ha).look(f"/regimes/{regime.uid}/")

    assert not any(line.open_url for line in shown.context["periods"])
    assert "This may be done by" in shown.context["refused_text"]
    Visit(cast.ha).look(f"/regimes/{regime.uid}/open/?first=2024-07-01&last=2024-07-31", status=403)


def test_a_period_is_shown_before_it_is_opened(cast, families):
    regime = asks(cast, families, cast.ho_sen, cast.sen_tay, cast.dong_gao, cast.office)
    visit = in_english(cast.chi)
    path = f"/regimes/{regime.uid}/open/"

    shown = visit.look(f"{path}?first=2024-07-01&last=2024-07-31")

    rows = {one.name: one.writer for one in shown.context["units"]}
    assert rows["Sen Tay Ward"] == "Vũ Thị Mai"
    assert shown.context["total"] == 4
    assert not Report.objects.exists()

    form = {"client_key": str(key()), "first": "2024-07-01", "last": "2024-07-31"}
    answer = visit.send(path, form)
    made = Collection.objects.get()
    assert answer.url == f"/collections/{made.uid}/"
    assert made.reports.count() == 4
    visit.send(path, form)
    assert Duty.objects.filter(kind="period_report").count() == 4


def test_units_in_which_nobody_writes_are_named_before(cast, families):
    empty = make_unit("phuong-vang", parent=cast.ho_sen, kind="commune")
    regime = asks(cast, families, cast.sen_tay, empty)
    path = f"/regimes/{regime.uid}/open/?first=2024-07-01&last=2024-07-31"

    shown = in_english(cast.chi).look(path)

    assert [one.name for one in shown.context["lacking"]] == [empty.name_en]
    assert "In 1 unit nobody may enter figures" in text_of(shown)


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ("first=2024-07-02&last=2024-07-31", "first"),
        ("first=2022-07-01&last=2022-07-31", "first"),
        ("first=2024-07-31&last=2024-07-01", "last"),
        ("first=x&last=2024-07-31", "first"),
        ("last=2024-07-31", "first"),
    ],
)
def test_days_that_are_no_period_of_the_regime_are_refused(cast, regime, days, field):
    answer = Visit(cast.chi).look(f"/regimes/{regime.uid}/open/?{days}", status=422)
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["period"] is None


def test_a_group_that_means_nobody_opens_nothing(cast, families):
    regime = asks(cast, families, cast.sen_cu)
    path = f"/regimes/{regime.uid}/open/"
    shown = in_english(cast.chi).look(f"{path}?first=2024-07-01&last=2024-07-31")
    assert "nobody would be asked" in text_of(shown)

    form = {"client_key": str(key()), "first": "2024-07-01", "last": "2024-07-31"}
    answer = in_english(cast.chi).send(path, form, status=422)
    assert "nobody would be asked" in answer.context["form"].non_field_errors()[0]
    assert not Collection.objects.exists()


def test_a_regime_of_any_days_takes_the_days_that_are_typed(cast, families, group):
    regime = make_regime(owed_to=cast.city, measures=[families], user=cast.chi, kind="any")
    visit = in_english(cast.chi)
    path = f"/regimes/{regime.uid}/open/"
    assert f'href="{path}"' in text_of(visit.look(f"/regimes/{regime.uid}/"))
    assert visit.look(path).context["period"] is None

    shown = visit.look(f"{path}?first=5/7/2024&last=19/7/2024")
    assert shown.context["period_text"] == "5 Jul 2024 to 19 Jul 2024"
    visit.send(path, {"client_key": str(key()), "first": "2024-07-05", "last": "2024-07-19"})
    period = Collection.objects.get().period
    assert (period.starts, period.ends) == (date(2024, 7, 5), date(2024, 7, 20))


def test_a_period_is_not_opened_over_units_that_are_not_the_readers(cast, families):
    boss = make_officer(cast.ho_sen, full_name="Quách Văn Ba")
    regime = asks(cast, families, cast.sen_tay, cast.dong_gao, owed_to=cast.ho_sen, user=boss)
    visit, path = in_english(boss), f"/regimes/{regime.uid}/open/"

    shown = visit.look(f"{path}?first=2024-07-01&last=2024-07-31")
    assert [one.name for one in shown.context["beyond"]] == ["Dong Gao District"]
    form = {"client_key": str(key()), "first": "2024-07-01", "last": "2024-07-31"}
    answer = visit.send(path, form, status=422)
    assert "You may not give duties" in answer.context["form"].non_field_errors()[0]
    assert not Collection.objects.exists()


def test_a_regime_ends_on_a_day_that_somebody_says(cast, regime):
    visit, path = in_english(cast.chi), f"/regimes/{regime.uid}/end/"
    form = {"client_key": str(key()), "version": "1", "last": "31/12/2022"}
    answer = visit.send(path, form, status=422)
    assert "It began on 1\xa0Jan\xa02023" in faults(answer)["last"][0]

    stale = visit.send(path, form | {"last": "7/8/2024", "version": "9"}, status=422)
    assert "Somebody else changed this regime" in faults(stale)["__all__"][0]

    visit.send(path, form | {"last": "7/8/2024"})
    regime.refresh_from_db()
    assert (regime.until, regime.version) == (date(2024, 8, 8), 2)


def test_only_those_it_is_owed_to_end_a_regime(cast, regime):
    Visit(cast.ha).look(f"/regimes/{regime.uid}/end/", status=403)
    form = {"client_key": str(key()), "version": "1", "last": "7/8/2024"}
    Visit(cast.ha).send(f"/regimes/{regime.uid}/end/", form, status=403)
    regime.refresh_from_db()
    assert regime.until is None


@pytest.mark.parametrize(
    "page", ["/regimes/", NEW, "/regimes/{}/", "/regimes/{}/open/", "/regimes/{}/end/"]
)
def test_pages_of_regimes_cost_few_queries(cast, regime, page):
    open_month(regime, user=cast.chi)
    path = page.format(regime.uid)
    if "open" in path:
        path += "?first=2024-08-01&last=2024-08-31"
    assert Visit(cast.chi).cost(path) <= 20


def test_both_languages_are_whole(cast, regime):
    for path in ("/regimes/", NEW, f"/regimes/{regime.uid}/", f"/regimes/{regime.uid}/end/"):
        body = text_of(Visit(cast.chi).look(path))
        assert not re.search(r">(Reporting regimes|New regime|End the regime)<", body), path
    assert date(2024, 8, 7) == TODAY
