"""Finding a unit by what people type, on the day they mean."""

from datetime import date

import pytest

from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units import selectors, services
from lotrinh.apps.units.models import NameKind
from tests.factories import NOW, make_unit

pytestmark = pytest.mark.django_db
BY = {"actor": SYSTEM, "at": NOW}


@pytest.fixture
def wards(db):
    names = ["Phường Hoà Bình", "Phường Hòa Bình Tây", "Xã Bình Hoà", "Phường Đồng Nhân"]
    return [make_unit(name_vi=name, name_en=name, kind="commune") for name in names]


def found(words):
    return [unit.name_vi for unit, _ in selectors.units_found(words)]


def test_words_without_marks_find_every_spelling_whole_names_first(wards):
    assert found("hoa binh") == ["Phường Hoà Bình", "Phường Hòa Bình Tây", "Xã Bình Hoà"]
    assert found("dong nhan") == ["Phường Đồng Nhân"]
    assert found("phuong hoa binh")[0] == "Phường Hoà Bình"


def test_words_with_marks_must_be_found_with_them_wherever_the_tone_stands(wards):
    assert found("hòa bình") == ["Phường Hoà Bình", "Phường Hòa Bình Tây", "Xã Bình Hoà"]
    assert found("hoá bình") == []
    assert found("đồng nhân") == ["Phường Đồng Nhân"]


def test_an_abbreviation_and_a_code_find_their_unit():
    unit = make_unit(name_vi="Sở Giáo dục và Đào tạo")
    services.add_name(unit=unit, kind=NameKind.ABBREVIATION, text="Sở GD&ĐT", **BY)
    services.number_unit(unit=unit, system="decision-20-2020", code="H26.31", **BY)

    assert found("so gd&dt") == ["Sở Giáo dục và Đào tạo"]
    assert found("h26.31") == ["Sở Giáo dục và Đào tạo"]
    assert found("") == []


def test_a_name_means_the_unit_that_bears_it_that_day():
    old = make_unit(name_vi="Phường Cũ")
    new = make_unit(name_vi="Phường Khác")
    border = date(2025, 7, 1)
    services.add_name(unit=old, kind=NameKind.ALIAS, text="Phường Sen", until=border, **BY)
    services.add_name(unit=new, kind=NameKind.ALIAS, text="Phường Sen", since=border, **BY)

    assert selectors.unit_named("Phường Sen", on=date(2025, 6, 30)) == old
    assert selectors.unit_named("Phường Sen", on=border) == new
    assert selectors.unit_named("Phường Sen") is None


def test_the_same_alias_twice_is_one():
    unit = make_unit()
    first = services.add_name(unit=unit, kind=NameKind.ALIAS, text="Phường Sen", **BY)

    assert services.add_name(unit=unit, kind=NameKind.ALIAS, text="phường  Sen", **BY) == first


def test_on_one_day_a_code_has_one_bearer():
    first, second = make_unit(), make_unit()
    border = date(2025, 7, 1)
    services.number_unit(unit=first, system="gso", code="00004", until=border, **BY)

    with pytest.raises(services.CodeTaken):
        services.number_unit(unit=second, system="gso", code="00004", **BY)
    services.number_unit(unit=second, system="gso", code="00004", since=border, **BY)
    assert [row.code for row in selectors.codes_of(unit_id=second.pk)] == ["00004"]


def test_a_code_of_a_wrong_form_is_refused_with_examples_of_the_right_one():
    ward, office = make_unit(kind="commune"), make_unit(kind="department")

    for unit, system, code, examples in (
        (ward, "gso", "0004", ("00004",)),
        (office, "decision-20-2020", "000.00.12.H26", ("H26.12.3", "0100109106")),
    ):
        with pytest.raises(services.CodeMalformed) as refused:
            services.number_unit(unit=unit, system=system, code=code, since=date(2024, 1, 1), **BY)
        assert refused.value.examples == examples
    old = {"system": "decision-20-2020", "code": "000.00.12.H26", "since": date(2018, 1, 1)}
    services.number_unit(unit=office, **old, **BY)
    assert selectors.codes_of(unit_id=office.pk)[0].code == "000.00.12.H26"
