"""The working calendar and how units count, on their pages: read by all, set by who may."""

from datetime import date

import pytest

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties.reference import load_calendar
from lotrinh.apps.journal.services import SYSTEM
from tests.cast import Cast
from tests.factories import NOW, key
from tests.unchanged import nothing_changes
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db

TET = {
    "day": "28/1/2025",
    "kind": "holiday",
    "name_vi": "Tết Nguyên đán",
    "name_en": "Lunar New Year",
    "basis": "Thông báo 1",
}
SHEET = """day;kind;name_vi;name_en;basis
28/1/2025;holiday;Tết Nguyên đán;Lunar New Year;Thông báo 1
26/4/2025;worked;Làm bù ngày 2/5;Worked for 2 May;
"""


def new(**more: str) -> dict[str, str]:
    return {"client_key": str(key()), **TET, **more}


def pasted(rows: str) -> dict[str, str]:
    return {"client_key": str(key()), "rows": rows}


def entered(year: int = 2025) -> list[tuple[date, str]]:
    return [(row.day, row.kind) for row in duties.days_entered(year=year)]


def test_everybody_reads_the_days_of_a_year(cast: Cast) -> None:
    load_calendar(actor=SYSTEM, at=NOW)
    visit = Visit(cast.an)

    days = [row.day for row in visit.look("/calendar/").context["days"]]
    assert days == sorted(days)
    assert {date(2024, 1, 1), date(2024, 2, 10), date(2024, 5, 4)} <= set(days)
    other = visit.look("/calendar/?year=2030").context
    assert (other["year"], other["days"], other["may_enter"]) == (2030, (), False)
    assert "Trưởng phòng Tổng hợp" in other["refused_text"]
    assert visit.look("/calendar/?year=20x4").context["year"] == 2024


def test_a_day_is_entered_once_and_taken_out(cast: Cast) -> None:
    visit, words = Visit(cast.chi), new()

    answer = visit.send("/calendar/new/", words)
    assert answer["Location"] == "/calendar/?year=2025"
    assert entered() == [(date(2025, 1, 28), "holiday")]
    with nothing_changes():
        visit.send("/calendar/new/", words)
    (row,) = duties.days_entered(year=2025)
    visit.send(f"/calendar/{row.uid}/withdraw/", {})
    assert entered() == []


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"day": "31/2/2025"}, "day"),
        ({"name_vi": ""}, "name_vi"),
        ({"kind": "worked"}, "day"),  # a Tuesday is worked anyway
        ({"kind": "x"}, "kind"),
    ],
)
def test_a_fault_is_told_where_it_is_and_nothing_typed_is_lost(
    cast: Cast, more: dict[str, str], field: str
) -> None:
    visit = Visit(cast.chi)
    with nothing_changes():
        answer = visit.send("/calendar/new/", new(**more), status=422)

    assert list(answer.context["form"].errors) == [field]
    assert "Lunar New Year" in text_of(answer)


def test_another_meaning_has_to_be_taken_out_first(cast: Cast) -> None:
    visit = Visit(cast.chi)
    visit.send("/calendar/new/", new())

    answer = visit.send("/calendar/new/", new(name_vi="Tết Ất Tỵ"), status=422)
    assert "28/1/2025" in answer.context["form"].faults["day"]


def test_a_sheet_is_pasted_and_what_is_exported_is_the_same(cast: Cast) -> None:
    visit = Visit(cast.chi)
    visit.send("/calendar/import/", pasted(SHEET))
    assert entered() == [(date(2025, 1, 28), "holiday"), (date(2025, 4, 26), "worked")]

    sheet = visit.look("/calendar/days.csv?year=2025").content.decode("utf-8-sig")
    with nothing_changes():
        visit.send("/calendar/import/", pasted(sheet))
    assert visit.look("/calendar/days.xlsx?year=2025").content[:2] == b"PK"


def test_every_faulty_row_is_told_and_none_is_entered(cast: Cast) -> None:
    rows = SHEET + "x;holiday;a;b;\n1/1/2025;feast;a;b;\n1/1/2025;holiday;;b;\n"

    visit = Visit(cast.chi)
    with nothing_changes():
        answer = visit.send("/calendar/import/", pasted(rows), status=422)
    faults = answer.context["form"].errors["rows"]
    assert [fault.partition(":")[0].split()[-1] for fault in faults] == ["4", "5", "6"]


def test_every_fault_of_a_row_is_told(cast: Cast) -> None:
    answer = Visit(cast.chi).send("/calendar/import/", pasted(SHEET + "x;feast;;b;\n"), status=422)

    assert answer.context["form"].errors["rows"] == [
        "Dòng 4: “x” không phải là ngày.",
        "Dòng 4: “feast” không phải holiday (nghỉ) hay worked (làm bù).",
        "Dòng 4: thiếu tên.",
    ]


@pytest.mark.parametrize("rows", ["", " ", "day;kind", "x" * 60_001])
def test_what_holds_no_day_is_refused(cast: Cast, rows: str) -> None:
    visit = Visit(cast.chi)
    with nothing_changes():
        visit.send("/calendar/import/", pasted(rows), status=422)


@pytest.mark.parametrize("member", ["thach", "ha", "nghiem", "an"])
def test_others_may_not_touch_the_calendar(cast: Cast, member: str) -> None:
    Visit(cast.chi).send("/calendar/new/", new())
    (row,) = duties.days_entered(year=2025)
    visit = Visit(cast.named_users()[member])

    visit.look("/calendar/new/", status=403)
    visit.look("/calendar/import/", status=403)
    with nothing_changes():
        visit.send("/calendar/new/", new(day="29/1/2025"), status=403)
        visit.send("/calendar/import/", pasted(SHEET), status=403)
        visit.send(f"/calendar/{row.uid}/withdraw/", {}, status=403)


def test_how_a_unit_counts_is_set_and_says_where_it_comes_from(cast: Cast) -> None:
    visit = Visit(cast.chi)
    city, district = (f"/units/{unit.uid}/counting/" for unit in (cast.city, cast.ho_sen))
    said = {"client_key": str(key()), "closes_at": "17", "soon_days": "10", "since": "7/8/2024"}
    visit.send(city, said)
    visit.send(district, {**said, "client_key": str(key()), "closes_at": "", "soon_days": "14"})

    rows = visit.look(district).context["rows"]
    assert [row.origin for row in rows] == [
        *(None, "Thành phố Hồ Sen", None, "Quận Hồ Sen"),
        *(None, None),
    ]
    assert rows[1].value == "lúc 17 giờ"
    assert "14" in rows[3].value
    form = visit.look(district).context["form"]
    assert (form.initial["soon_days"], form.initial["closes_at"]) == (14, None)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"since": "6/8/2024"}, "since"),
        ({"since": "x"}, "since"),
        ({"closes_at": "24"}, "closes_at"),
        ({"soon_days": "-1"}, "soon_days"),
        ({"read": "0191e0a0-0000-7000-8000-000000000000"}, "__all__"),
    ],
)
def test_what_cannot_be_set_is_told(cast: Cast, more: dict[str, str], field: str) -> None:
    said = {"client_key": str(key()), "soon_days": "9", "since": "7/8/2024", **more}

    visit = Visit(cast.chi)
    with nothing_changes():
        answer = visit.send(f"/units/{cast.city.uid}/counting/", said, status=422)
    assert list(answer.context["form"].errors) == [field]


@pytest.mark.parametrize("member", ["thach", "ha", "an"])
def test_others_read_how_a_unit_counts_and_who_may_set_it(cast: Cast, member: str) -> None:
    visit, page = Visit(cast.named_users()[member]), f"/units/{cast.ho_sen.uid}/counting/"
    shown = visit.look(page).context

    assert shown["form"] is None
    assert "Trưởng phòng Tổng hợp" in shown["refused_text"]
    said = {"client_key": str(key()), "soon_days": "9", "since": "7/8/2024"}
    with nothing_changes():
        visit.send(page, said, status=403)


def test_these_pages_ask_little(cast: Cast) -> None:
    load_calendar(actor=SYSTEM, at=NOW)
    visit = Visit(cast.chi)

    assert visit.cost("/calendar/") <= 12
    assert visit.cost(f"/units/{cast.ho_sen.uid}/counting/") <= 16
