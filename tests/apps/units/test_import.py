"""Sheets held against an organisation: what is taken over, what is refused and why."""

from datetime import date, timedelta

import pytest

from lotrinh.apps.accounts.models import User
from lotrinh.apps.files.sheets import as_csv, as_workbook, read_grid
from lotrinh.apps.journal.models import Entry
from lotrinh.apps.units import selectors, services
from lotrinh.apps.units.models import Appointment, Person, Placement, Unit, UnitCode
from lotrinh.rules.actions import Action
from lotrinh.rules.sheet_heads import NoHead
from lotrinh.rules.sheets import Flaw, Verdict, sentence
from tests.factories import LONG_AGO, NOW, READS, TODAY, make_officer, make_role, make_tree
from tests.unchanged import state_of_tables

pytestmark = pytest.mark.django_db

HEAD = ("code", "kind", "name", "parent", "tree", "from", "until", "aliases", "Code in: gso")
PEOPLE = ("unit", "post", "role", "full name", "account", "from", "until", "held as")


def unit_grid(*rows):
    return (HEAD, *((*row, *([""] * (len(HEAD) - len(row)))) for row in rows))


def units(*rows, user=None):
    """Take rows over; return what became of each as verdict and flaws."""
    told = services.import_units(grid=unit_grid(*rows), user=user, on=TODAY, at=NOW)
    return [(row.verdict, [fault.flaw for fault in row.faults]) for row in told.plan.verdicts]


def people(*rows, user=None):
    told = services.import_people(grid=(PEOPLE, *rows), user=user, on=TODAY, at=NOW)
    return [(row.verdict, [fault.flaw for fault in row.faults]) for row in told.plan.verdicts]


NEW, UNCHANGED = (Verdict.NEW, []), (Verdict.UNCHANGED, [])


def refused(*flaws):
    return Verdict.REFUSED, list(flaws)


def test_superiors_may_come_later_and_paths_lead_from_the_root(cast):
    told = units(
        ("c", "Phường", "Phường C", "b", "", "1/1/2024"),
        ("b", "Quận", "Quận B", "a", "", "1/1/2020"),
        ("a", "Quận", "Quận A", "tp-ho-sen", "", "1/1/2020"),
    )

    assert told == [NEW, NEW, NEW]
    ids = [Unit.objects.get(code=code).pk for code in ("tp-ho-sen", "a", "b", "c")]
    assert Placement.objects.get(unit=ids[3]).path == ".".join(map(str, ids))
    assert selectors.unit_named("phường c").pk == ids[3]


@pytest.mark.parametrize(
    ("row", "flaw"),
    [
        (("", "Phường", "X", "tp-ho-sen", "", "1/1/2024"), Flaw.MISSING),
        (("x", "Phường", "", "tp-ho-sen", "", "1/1/2024"), Flaw.MISSING),
        (("x", "Phường", "X", "tp-ho-sen", "", ""), Flaw.MISSING),
        (("x y", "Phường", "X", "tp-ho-sen", "", "1/1/2024"), Flaw.NO_CODE),
        (("x", "Phường", "X" * 201, "tp-ho-sen", "", "1/1/2024"), Flaw.TOO_LONG),
        (("x", "Phường", "X", "tp-ho-sen", "", "30/2/2024"), Flaw.NO_DAY),
        (("x", "Phường", "X", "tp-ho-sen", "", "1/1/2024", "1/1/2024"), Flaw.ENDS_FIRST),
        (("x", "Phường", "X", "khong-co", "", "1/1/2024"), Flaw.UNKNOWN_UNIT),
        (("x", "Phường", "X", "tp-ho-sen", "cay-la", "1/1/2024"), Flaw.UNKNOWN_TREE),
        (("x", "Phường", "X", "tp-ho-sen", "", "1/1/1990"), Flaw.PARENT_ABSENT),
        (("x", "Phường", "X", "phuong-sen-cu", "", "1/1/2020"), Flaw.PARENT_ABSENT),
        (("x", "Phường", "X", "x", "", "1/1/2024"), Flaw.BELOW_ITSELF),
        (("x", "Phường", "X", "", "", "1/1/2024"), Flaw.SECOND_ROOT),
        (("phuong-sen-tay", "Phường", "Tên khác", "quan-ho-sen", "", "1/8/2008"), Flaw.DIFFERS),
        (("phuong-sen-tay", "Phường", "Phường Sen Tây", "tp-ho-sen", "", "1/8/2008"), Flaw.DIFFERS),
        (
            ("phuong-sen-tay", "Phường", "Phường Sen Tây", "tp-ho-sen", "", "1/8/2009"),
            Flaw.OVERLAPS,
        ),
        (("x", "Phường", "X", "tp-ho-sen", "", "1/1/2024", "", "A [hôm qua]"), Flaw.NO_LIST),
        (("x", "Quận", "X", "tp-ho-sen", "", "1/1/2024", "", "", "007"), Flaw.CODE_TAKEN),
        (("x", "Phường", "X", "tp-ho-sen", "", "1/1/2024", "", "", "007"), Flaw.WRONG_CODE),
        (("x", "Phường", "Ph??ng X", "tp-ho-sen", "", "1/1/2024"), Flaw.LOST_LETTERS),
        (("x", "Phường", "X", "tp-ho-sen", "", "1/1/2024", "#N/A"), Flaw.FAILED_FORMULA),
    ],
)
def test_a_bad_row_is_refused_with_its_reason_and_hinders_no_other(cast, row, flaw):
    services.number_unit(unit=cast.ho_sen, system="gso", code="007", actor=cast.chi.named, at=NOW)
    good = ("good", "Phường", "Phường Tốt", "quan-ho-sen", "", "1/1/2024")

    assert units(row, good) == [refused(flaw), NEW]
    assert Unit.objects.filter(code="good").exists()
    assert not Unit.objects.filter(code__in=["x", "x y"]).exists()


def test_everything_that_is_wrong_with_a_row_is_told_at_once(cast):
    rows = (
        ("x", "vung", "X", "khong-co", "cay-la", "30/2/2024"),
        ("phuong-sen-tay", "Quận", "Tên khác", "quan-ho-sen", "", "1/8/2008", "", "A [hôm qua]"),
        ("y", "Phường", "Ph??ng Y", "tp-ho-sen", "", "", "", "", "7"),
    )

    assert units(*rows) == [
        refused(Flaw.NO_DAY, Flaw.UNKNOWN_TREE, Flaw.UNKNOWN_KIND, Flaw.UNKNOWN_UNIT),
        refused(Flaw.NO_LIST, Flaw.DIFFERS, Flaw.DIFFERS),
        refused(Flaw.MISSING, Flaw.LOST_LETTERS, Flaw.WRONG_CODE),
    ]
    assert people(("khong-co", "A", "vua", "Ph??ng", "", "", "", "")) == [
        refused(Flaw.MISSING, Flaw.UNKNOWN_ROLE, Flaw.UNKNOWN_UNIT, Flaw.LOST_LETTERS)
    ]


def test_a_code_whose_zeros_excel_has_dropped_is_told_and_makes_no_second_unit(cast):
    whole = ("007", "Phường", "Phường Bảy", "tp-ho-sen", "", "1/1/2024")
    below = ("x", "Phường", "X", "7", "", "1/1/2024")

    assert units(whole) == [NEW]
    assert units(("7", *whole[1:]), below, whole) == [
        refused(Flaw.LOST_ZEROS),
        refused(Flaw.LOST_ZEROS),
        UNCHANGED,
    ]
    assert not Unit.objects.filter(code="7").exists()


def test_a_code_of_a_wrong_form_is_told_with_its_place_and_the_cure(cast):
    head = (*HEAD[:-1], "Mã số: decision-20-2020")
    row = ("x", "Sở", "X", "tp-ho-sen", "", "1/1/2024", "", "")

    def told(code):
        judged = selectors.judged_units((head, (*row, code))).plan.verdicts[0]
        return [sentence(fault, "units", "vi") for fault in judged.faults]

    assert told("H26.12 [2021-01-01..]; 000.00.12.H26 [..2021-01-01]") == []
    assert told("000.00.12.H26 [2021-01-01..]") == [
        "Mã số: decision-20-2020: mã “000.00.12.H26” không đúng dạng; trong những ngày này mã có "
        "dạng như H26.12.3, 0100109106; xem lại mã hoặc ngày"
    ]


def test_a_code_that_is_borne_stays_whatever_its_form(cast):
    UnitCode.objects.create(unit=cast.sen_tay, system="gso", code="7", valid=(None, None))
    row = ("phuong-sen-tay", "Phường", "Phường Sen Tây", "quan-ho-sen", "", "1/8/2008")

    assert units((*row, "", "", "7")) == [UNCHANGED]


def test_a_kind_that_nobody_knows_is_new_only_where_that_is_meant(cast):
    rows = (
        ("x", "Phưong", "Phường X", "quan-ho-sen", "", "1/1/2024"),
        ("y", "vung", "Vùng Y", "quan-ho-sen", "", "1/1/2024"),
    )
    given = {"user": None, "on": TODAY, "at": NOW}

    assert units(*rows) == [NEW, refused(Flaw.UNKNOWN_KIND)]  # marks do not count in a known word
    fault = selectors.judged_units(unit_grid(*rows)).plan.verdicts[1].faults[0]
    told = sentence(fault, "units", "vi")
    assert "“vung”" in told
    assert "thành phố, tỉnh, cấp ủy" in told
    assert "city, province, Party committee".lower() in sentence(fault, "units", "en")

    again = services.import_units(grid=unit_grid(*rows), new_kinds=True, **given)
    assert [row.verdict for row in again.plan.verdicts] == [Verdict.UNCHANGED, Verdict.NEW]
    third = ("z", "vung", "Vùng Z", "quan-ho-sen", "", "1/1/2024")
    assert units(third) == [NEW]  # by now it is a kind like the others


def test_what_stands_below_a_refused_row_waits_and_so_do_rows_of_the_same_unit(cast):
    told = units(
        ("a", "Quận", "Quận A", "tp-ho-sen", "", "hôm qua"),
        ("b", "Phường", "Phường B", "a", "", "1/1/2024"),
        ("c", "Phường", "Phường C", "tp-ho-sen", "", "1/1/2022", "1/1/2023"),
        ("c", "Phường", "Phường C", "khong-co", "", "1/1/2023"),
    )

    assert told == [
        refused(Flaw.NO_DAY),
        refused(Flaw.PARENT_REFUSED),
        refused(Flaw.HELD_BACK),
        refused(Flaw.UNKNOWN_UNIT),
    ]


def test_rows_of_one_unit_agree_on_its_name_and_may_change_it_from_a_day(cast):
    told = units(
        ("a", "Quận", "Quận Cũ", "tp-ho-sen", "", "1/1/2020", "1/1/2024"),
        ("a", "Quận", "Quận Mới", "tp-ho-sen", "", "1/1/2024"),
        ("b", "Phường", "Phường B", "a", "", "1/1/2021"),
    )
    unit = Unit.objects.get(code="a")

    assert told == [NEW, NEW, NEW]
    assert unit.name_vi == "Quận Mới"
    before = selectors.place_of(unit_id=unit.pk, on=date(2023, 12, 31))
    after = selectors.place_of(unit_id=unit.pk, on=date(2024, 1, 1))
    assert (before.name_vi, after.name_vi) == ("Quận Cũ", "Quận Mới")


def test_a_superior_that_moves_in_the_midst_of_a_row_is_told_with_the_day(cast):
    services.move_unit(
        unit=cast.ho_sen,
        tree=make_tree(),
        parent=cast.dong_gao,
        day=date(2025, 1, 1),
        legal_basis="Nghị quyết",
        user=cast.chi,
        on=TODAY,
        at=NOW,
    )
    row = ("x", "Phường", "Phường X", "quan-ho-sen", "", "1/1/2024")

    (told,) = selectors.judged_units(unit_grid(row)).plan.verdicts

    assert [(fault.flaw, fault.data) for fault in told.faults] == [
        (Flaw.PARENT_MOVES, {"day": "2025-01-01"})
    ]


def test_a_sheet_is_taken_over_only_by_who_changes_the_whole(cast):
    row = ("x", "Phường", "Phường X", "quan-ho-sen", "", "1/1/2024")
    for user in (cast.ha, cast.thach, cast.tung, cast.an):
        with pytest.raises(services.ImportNotAllowed):
            units(row, user=user)
        with pytest.raises(services.ImportNotAllowed):
            people((cast.ho_sen.code, "A", "reader", "B", "", "1/1/2024", "", ""), user=user)

    assert units(row, user=cast.chi) == [NEW]
    entry = Entry.objects.get(verb="unit.created", object_uid=Unit.objects.get(code="x").uid)
    assert entry.actor_uid == cast.chi.uid


def test_a_sheet_without_the_needed_columns_is_no_sheet(cast):
    with pytest.raises(NoHead):
        services.import_units(grid=(("a", "b"),), user=None, on=TODAY, at=NOW)
    with pytest.raises(NoHead):
        services.import_people(grid=(("a", "b"),), user=None, on=TODAY, at=NOW)


def test_people_come_with_posts_and_accounts_that_nobody_can_enter_yet(cast):
    rows = (
        ("quan-ho-sen", "Chủ tịch", "leader", "Lý An", "ly-an", "1/1/2024", "", ""),
        ("quan-ho-sen", "Chủ tịch", "leader", "Lý Bình", "", "1/3/2024", "1/6/2024", "ủy quyền"),
        ("phuong-sen-tay", "Chuyên viên", "reader", "Lý Bình", "", "1/3/2024", "", "phụ trách"),
    )

    assert people(*rows) == [NEW, NEW, NEW]
    user = User.objects.get(sign_in_name="ly-an")
    assert not user.has_usable_password()
    asked = {"user_id": user.pk, "action": Action.ISSUE_DUTY, "unit_id": cast.sen_tay.pk}
    assert selectors.may(**asked, on=date(2024, 1, 1))
    assert not selectors.may(**asked, on=date(2023, 12, 31))
    lent = Appointment.objects.get(held_as="delegated")
    assert lent.lent_by.person.full_name == "Lý An"
    assert Person.objects.filter(full_name="Lý Bình").count() == 2  # they sit in different units
    before = state_of_tables()
    assert people(*rows) == [UNCHANGED] * 3
    assert state_of_tables() == before
    assert "Lý " not in "".join(Entry.objects.values_list("payload", flat=True))


@pytest.mark.parametrize(
    ("row", "flaw"),
    [
        (("khong-co", "A", "reader", "B", "", "1/1/2024", "", ""), Flaw.UNKNOWN_UNIT),
        (("quan-ho-sen", "", "reader", "B", "", "1/1/2024", "", ""), Flaw.MISSING),
        (("quan-ho-sen", "A", "vua", "B", "", "1/1/2024", "", ""), Flaw.UNKNOWN_ROLE),
        (("quan-ho-sen", "A", "reader", "B", "", "", "", ""), Flaw.MISSING),
        (("quan-ho-sen", "A", "reader", "B", "", "1/1/2024", "", "mượn"), Flaw.UNKNOWN_WORD),
        (("quan-ho-sen", "A", "reader", "B", "", "1/1/2024", "", "ủy quyền"), Flaw.NEEDS_END),
        (
            ("quan-ho-sen", "Z", "reader", "B", "", "1/1/2024", "2/1/2024", "ủy quyền"),
            Flaw.NOBODY_LENDS,
        ),
        (("quan-ho-sen", "A", "reader", "B", "can-bo-ho-sen", "1/1/2024", "", ""), Flaw.DIFFERS),
    ],
)
def test_a_bad_row_of_people_is_refused_with_its_reason(cast, row, flaw):
    good = ("quan-ho-sen", "A", "reader", "Lý Tốt", "", "1/1/2024", "", "")

    assert people(row, good) == [refused(flaw), NEW]


def test_a_name_that_looks_like_a_formula_stays_a_name_in_both_kinds_of_file():
    rows = [("Mã đơn vị", "Tên"), ("a", "=1+1"), ("b", "@tên"), ("c", "'-x"), ("d", "+84")]

    assert as_csv(rows).decode("utf-8-sig").splitlines()[1] == "a,'=1+1"
    assert read_grid(as_csv(rows), "a.csv") == tuple(rows)
    assert read_grid(as_workbook(rows, name="A"), "a.xlsx") == tuple(rows)


def test_days_are_days_in_excel(cast):
    make_role("reader", actions=READS)
    rows = list(selectors.unit_sheet_rows(language="vi"))
    grid = read_grid(as_workbook(rows, name="A"), "a.xlsx")

    at = grid[0].index("Từ ngày")
    assert {row[at] for row in grid[1:]} == {f"{LONG_AGO:%d/%m/%Y}"}
    assert LONG_AGO + timedelta(0) == rows[1][at]


def test_a_sheet_gives_nothing_that_its_sender_could_not_give_one_by_one(cast):
    organiser = make_officer(cast.city, actions=[Action.APPOINT_PEOPLE], sign_in_name="to-chuc")
    make_role("quan-tri", actions=[Action.DEFINE_ROLE])
    make_role("doc", actions=[Action.READ_DUTY])

    def enter(role, account):
        row = (cast.city.code, "Chức vụ mới", role, "Lý Mới", account, "1/8/2024", "", "")
        return people(row, user=organiser)

    with pytest.raises(services.ImportNotAllowed):
        enter("quan-tri", "ly-moi")
    with pytest.raises(services.AppointsHimself):
        services.import_people(
            grid=(
                PEOPLE,
                (cast.city.code, "Việc khác", "doc", "Trần Mộc Chi", "to-chuc", "1/8/2024", "", ""),
            ),
            user=organiser,
            on=TODAY,
            at=NOW,
        )
    assert not Person.objects.filter(full_name="Lý Mới").exists()
    assert enter("doc", "ly-moi") == [NEW]
