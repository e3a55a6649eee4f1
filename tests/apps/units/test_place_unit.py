"""A unit stands in one place a day in one tree, and every question is answered for its day."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from lotrinh.apps.journal.models import Entry
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units import selectors, services
from lotrinh.apps.units.models import Placement
from tests.factories import NOW, TODAY, make_tree, make_unit, place
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


def test_the_last_day_of_a_place_is_the_day_before_until():
    city = make_unit("tp")
    ward = make_unit("phuong", parent=city, since=date(2010, 1, 1), until=date(2024, 1, 1))

    days = (date(2009, 12, 31), date(2010, 1, 1), date(2023, 12, 31), date(2024, 1, 1))
    found = [selectors.place_of(unit_id=ward.pk, on=day) for day in days]
    assert [place is not None for place in found] == [False, True, True, False]


def test_a_unit_that_moves_is_below_its_old_superior_before_and_its_new_one_after():
    city = make_unit("tp")
    east, west = make_unit("dong", parent=city), make_unit("tay", parent=city)
    ward = make_unit("phuong", parent=east, until=date(2023, 7, 1))
    place(ward, parent=west, since=date(2023, 7, 1))

    before = selectors.lineage(unit_id=ward.pk, on=date(2023, 6, 30))
    after = selectors.lineage(unit_id=ward.pk, on=date(2023, 7, 1))
    assert [unit.code for unit in before] == ["tp", "dong", "phuong"]
    assert [unit.code for unit in after] == ["tp", "tay", "phuong"]


def test_the_tree_of_a_day_holds_who_stood_then_parents_first_in_vietnamese_order():
    city = make_unit("tp", name_vi="Thành phố")
    district = make_unit("q-do", parent=city, name_vi="Quận Đỏ")
    make_unit("q-xanh", parent=city, name_vi="Quận Xanh")
    make_unit("q-an", parent=city, name_vi="Quận Ấn")
    make_unit("p-cu", parent=district, until=date(2024, 1, 1), name_vi="Phường Cũ")
    make_unit("p-moi", parent=district, since=date(2024, 1, 1), name_vi="Phường Mới")

    assert [unit.code for unit in selectors.tree_on(on=date(2023, 12, 31))] == [
        "tp",
        "q-an",
        "q-do",
        "p-cu",
        "q-xanh",
    ]
    assert [unit.code for unit in selectors.tree_on(on=TODAY)] == [
        "tp",
        "q-an",
        "q-do",
        "p-moi",
        "q-xanh",
    ]
    assert [unit.depth for unit in selectors.tree_on(on=TODAY)] == [0, 1, 1, 2, 1]


def test_children_are_those_directly_below_on_that_day():
    city = make_unit("tp")
    district = make_unit("quan", parent=city)
    make_unit("phuong", parent=district)
    make_unit("cu", parent=city, until=date(2020, 1, 1))

    assert [unit.code for unit in selectors.children_of(unit_id=city.pk, on=TODAY)] == ["quan"]


def test_the_latest_place_is_known_of_a_unit_that_stands_no_more():
    city = make_unit("tp")
    ward = make_unit("phuong", parent=city, since=date(2010, 1, 1), until=date(2024, 1, 1))
    unplaced = make_unit("chua", since=None)

    latest = selectors.last_place_of(unit_id=ward.pk)
    assert latest is not None
    assert (latest.since, latest.until) == (date(2010, 1, 1), date(2024, 1, 1))
    assert selectors.last_place_of(unit_id=unplaced.pk) is None


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (date(2008, 8, 1), None),
        (date(2009, 1, 1), date(2009, 1, 2)),
        (date(2000, 1, 1), date(2008, 8, 2)),
        (date(2030, 1, 1), None),
    ],
)
def test_two_places_on_one_day_are_refused(since, until):
    city, other = make_unit("tp", since=date(1990, 1, 1)), make_unit("khac", since=date(1990, 1, 1))
    ward = make_unit("phuong", parent=city)

    with nothing_changes(), pytest.raises(services.AlreadyPlaced):
        place(ward, parent=other, since=since, until=until)


def test_places_that_meet_on_a_day_do_not_overlap():
    city = make_unit("tp")
    ward = make_unit("phuong", parent=city, until=date(2024, 1, 1))

    place(ward, parent=city, since=date(2024, 1, 1))

    assert Placement.objects.filter(unit=ward).count() == 2


def test_the_database_itself_refuses_an_overlap():
    city = make_unit("tp")
    row = Placement.objects.get(unit=city)

    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.create(unit=city, tree=row.tree, path=row.path, valid=row.valid)


def test_another_tree_is_another_place():
    city = make_unit("tp")

    place(city, tree="elections")

    assert Placement.objects.filter(unit=city).count() == 2


@pytest.mark.parametrize("until", [None, date(2024, 1, 2)])
def test_a_parent_that_does_not_stand_throughout_is_refused(until):
    city = make_unit("tp", until=date(2024, 1, 1))
    ward = make_unit("phuong", since=None)

    with nothing_changes(), pytest.raises(services.ParentNotInForce):
        place(ward, parent=city, since=date(2020, 1, 1), until=until)


def test_a_unit_cannot_be_its_own_superior():
    make_tree()
    ward = make_unit("phuong", since=None)

    with nothing_changes(), pytest.raises(services.ParentNotInForce):
        place(ward, parent=ward)


def test_a_unit_cannot_come_below_its_own_subordinate():
    city = make_unit("tp", until=date(2024, 1, 1))
    ward = make_unit("phuong", parent=city, until=date(2024, 1, 1))

    with nothing_changes(), pytest.raises((services.ParentNotInForce, services.AlreadyPlaced)):
        place(city, parent=ward, since=date(2010, 1, 1), until=date(2011, 1, 1))


def test_the_journal_keeps_place_interval_and_superior():
    city = make_unit("tp")
    ward = make_unit("phuong", since=None)

    services.place_unit(
        unit=ward,
        tree=make_tree(),
        parent=city,
        since=date(2024, 1, 1),
        actor=SYSTEM,
        at=NOW,
        legal_basis="Nghị quyết 1286/NQ-UBTVQH15",
    )

    entry = Entry.objects.get(verb="unit.placed", object_uid=ward.uid)
    assert entry.unit_uid == ward.uid
    assert f'"parent":"{city.uid}","since":"2024-01-01"' in entry.payload
    assert Placement.objects.get(unit=ward).legal_basis == "Nghị quyết 1286/NQ-UBTVQH15"
